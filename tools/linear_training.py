"""Fits linear models (logistic regression with a penalty on large weights) for `comity.reading.weights`;
the same rows give the same weights."""

import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pycrfsuite

from comity.reading.weights import LinearModel

Row = tuple[list[str], bool]
"""The features that hold, and whether it is so."""


def fit(rows: Iterable[Row], *, penalty: float, rounds: int = 150) -> LinearModel:
    """The weights that L-BFGS finds. A CRF over sequences of length one is a logistic regression, and its trainer is at hand."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({"c1": 0.0, "c2": penalty, "max_iterations": rounds})
    for features, is_so in rows:
        trainer.append([features], ["yes" if is_so else "no"])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.crf"
        trainer.train(str(path))
        tagger = pycrfsuite.Tagger()
        tagger.open(str(path))
        weights: Counter[str] = Counter()
        for (feature, label), weight in tagger.info().state_features.items():
            weights[feature] += weight if label == "yes" else -weight
        tagger.close()
    return LinearModel(weights)


def part_of(name: str, parts: int) -> int:
    """Which of the parts a document falls in: by its name, so that it stays there whatever other documents there are."""
    return sum(name.encode()) * 7919 % 10007 % parts
