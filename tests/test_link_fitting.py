"""What links are weighed with comes out the same to the last byte, however many threads the machine would give to products of matrices."""

import sys
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))

from link_fitting import Layers, fit_hidden, on_one_thread


def fitted() -> Layers:
    chance = np.random.default_rng(1)
    x, shown = chance.normal(size=(1200, 128)).astype(np.float32), (chance.random((1200, 120)) < 0.1).astype(np.float32)
    return fit_hidden(x, shown, np.ones_like(shown), rounds=1)


def test_the_same_rows_give_the_same_bytes_on_any_number_of_threads():
    with threadpool_limits(limits=2):
        on_one_thread()
        first = fitted()
    with threadpool_limits(limits=1):
        second = fitted()
    assert [part.tobytes() for part in first] == [part.tobytes() for part in second]
