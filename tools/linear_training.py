"""Fits linear models (logistic regression with a penalty on large weights) for `comity.reading.weights`;
the same rows give the same weights."""

import math
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pycrfsuite

from comity.reading.weights import LinearModel

Row = tuple[list[str], bool]
"""The features that hold, and whether it is so."""


def fit(rows: Iterable[Row], *, penalty: float, rounds: int = 150) -> LinearModel:
    """The weights that L-BFGS finds. A CRF over sequences of length one is a logistic regression, and its trainer is at hand."""
    return LinearModel(_weights(rows, penalty, rounds))


def fit_telling(rows: Iterable[Row], *, penalty: float, rounds: int = 150) -> LinearModel:
    """As `fit`, but a large weight costs the less the more often a feature stands with one answer only: each counts as much as the root of
    the logarithm of its ratio (after the naive-Bayes features of Wang and Manning, 2012)."""
    rows = list(rows)
    sizes = _ratios(rows)
    weights = _weights((({feature: sizes[feature] for feature in features}, is_so) for features, is_so in rows), penalty, rounds)
    return LinearModel({feature: weight * sizes[feature] for feature, weight in weights.items()})


def mean_of(one: Mapping[str, float], other: Mapping[str, float], share: float = 0.5) -> LinearModel:
    """Two models of the same question as one that says their mean; `share` is how much of it is the other's."""
    keys = sorted({**one, **other})
    return LinearModel({key: (1 - share) * one.get(key, 0.0) + share * other.get(key, 0.0) for key in keys})


def _ratios(rows: Iterable[Row]) -> dict[str, float]:
    counts: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    totals = Counter(is_so for _, is_so in rows)
    for features, is_so in rows:
        counts[is_so].update(dict.fromkeys(features, 1))
    usual = math.log((totals[True] + 2) / (totals[False] + 2))
    return {
        feature: math.sqrt(abs(math.log((counts[True][feature] + 1) / (counts[False][feature] + 1)) - usual))
        for feature in {**counts[True], **counts[False]}
    }


def _weights(rows: Iterable[tuple[Sequence[str] | dict[str, float], bool]], penalty: float, rounds: int) -> Mapping[str, float]:
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
    return weights


def part_of(name: str, parts: int) -> int:
    """Which of the parts a document falls in: by its name, so that it stays there whatever other documents there are."""
    return sum(name.encode()) * 7919 % 10007 % parts
