"""How much one address or token may ask: a bucket that fills evenly and holds what a minute gives."""

from collections import OrderedDict
from collections.abc import Callable
from math import ceil
from threading import Lock
from typing import Protocol

MOST = 20_000
"""Buckets that are kept; the one longest unused goes first."""


class Limiting(Protocol):
    """What says how long somebody has to wait."""

    def wait(self, name: str, rate: int) -> int: ...


class Limits:
    """Buckets by name, such as an address. `clock` is given by tests."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = Lock()
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, name: str, rate: int) -> int:
        """Takes one from a bucket that gets `rate` a minute; the seconds to wait where it is empty, else 0."""
        now = self._clock()
        with self._lock:
            left, at = self._buckets.pop(name, (float(rate), now))
            left = min(float(rate), left + (now - at) * rate / 60)
            taken = left >= 1
            self._buckets[name] = (left - 1 if taken else left, now)
            if len(self._buckets) > MOST:
                self._buckets.popitem(last=False)
        return 0 if taken else max(1, ceil((1 - left) * 60 / rate))
