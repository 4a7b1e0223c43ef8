"""Fits linear models: softmax over choices and logistic for yes or no, by AdaGrad over shuffled examples, averaged over the later rounds.

Seeded, and sums run in one order whatever the processor, so the same examples give the same weights to the last bit.
"""

import math
import random
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Weights = dict[str, float]
Choice = tuple[Sequence[str], float]
"""One option's features and how much of the choice should fall on it; an example's options sum to 1."""
LEAST = 1e-3
"""An option whose share is that near to the wanted one teaches nothing."""


def learn_choice(examples: Iterable[Sequence[Choice]], *, rounds: int = 8, rate: float = 0.15, shrink: float = 1e-6) -> Weights:
    """Weights by which the right option of each example scores highest; `shrink` (for each example) draws rare features' weights to 0."""
    numbers: dict[str, int] = {}
    read = [_Example(options, numbers) for options in examples]
    fit = _Fit(len(read), len(numbers), rate, shrink=shrink)
    for order in fit.orders(rounds):
        for index in order:
            example = read[index]
            scores = example.scores(fit.weights)
            top = max(scores)
            parts = [math.exp(score - top) for score in scores]
            total = sum(parts)
            slopes = [wanted - part / total for wanted, part in zip(example.wanted, parts, strict=True)]
            taught = [slope if abs(slope) > LEAST else 0.0 for slope in slopes]
            if any(taught):
                example.step(fit, taught)
    return fit.averaged(numbers)


def learn_decision(examples: Iterable[tuple[Sequence[str], float]], *, rounds: int = 15, rate: float = 0.15, orders: int = 1) -> Weights:
    """Weights by which the logistic of the score is how likely an example is a yes (1.0), averaged over so many orders of the examples:
    where few documents teach, one order alone moves the score of a cross-validation by .015."""
    numbers: dict[str, int] = {}
    read = [_Example([example], numbers) for example in examples]
    total: Weights = {}
    for seed in range(1, orders + 1):
        fit = _Fit(len(read), len(numbers), rate, seed)
        for order in fit.orders(rounds):
            for index in order:
                example = read[index]
                (score,), (wanted,) = example.scores(fit.weights), example.wanted
                slope = wanted - 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
                fit.step(example.own, np.full(len(example.own), slope))
        for feature, weight in fit.averaged(numbers).items():
            total[feature] = total.get(feature, 0.0) + weight / orders
    return total


class _Fit:
    """Weights by the features' numbers while they are fitted."""

    def __init__(self, examples: int, features: int, rate: float, seed: int = 1, *, shrink: float = 1e-6) -> None:
        self.rate, self.count, self.shrink, self.seed = rate, examples, shrink * examples, seed
        self.weights: NDArray[np.float64] = np.zeros(features)
        self.squares: NDArray[np.float64] = np.full(features, 0.01)
        self.sums: NDArray[np.float64] = np.zeros(features)
        self.touched: NDArray[np.bool_] = np.zeros(features, dtype=bool)
        self.kept = 0

    def orders(self, rounds: int) -> Iterator[list[int]]:
        """The examples' order for each round; the weights are kept after each of the later half."""
        shuffler = random.Random(self.seed)
        order = list(range(self.count))
        for number in range(rounds):
            shuffler.shuffle(order)
            yield order
            if number >= rounds // 2:
                self.kept += 1
                self.sums += self.weights

    def step(self, features: NDArray[np.intp], slopes: NDArray[np.float64]) -> None:
        """Moves the weights of some features, each once."""
        weights = self.weights[features]
        slopes = slopes - self.shrink * weights
        squares = self.squares[features] + slopes * slopes
        self.squares[features] = squares
        self.weights[features] = weights + self.rate * slopes / np.sqrt(squares)
        self.touched[features] = True

    def averaged(self, numbers: dict[str, int]) -> Weights:
        means = (self.sums / self.kept).tolist()
        return {feature: means[number] for feature, number in numbers.items() if self.touched[number]}


class _Example:
    """The options of an example, their features as numbers; which of its own features each is, and whose option."""

    __slots__ = ("features", "option", "own", "wanted", "which")

    def __init__(self, options: Sequence[Choice], numbers: dict[str, int]) -> None:
        named = [numbers.setdefault(feature, len(numbers)) for features, _ in options for feature in features]
        self.wanted = [wanted for _, wanted in options]
        self.features = np.array(named, dtype=np.intp)
        self.option = np.repeat(np.arange(len(options)), [len(features) for features, _ in options])
        self.own, self.which = np.unique(self.features, return_inverse=True)

    def scores(self, weights: NDArray[np.float64]) -> list[float]:
        """The score of each option: the sum of its features' weights in their order."""
        sums: list[float] = _sums(self.option, weights[self.features], len(self.wanted)).tolist()
        return sums

    def step(self, fit: _Fit, slopes: list[float]) -> None:
        """Moves the weights of the options' features by the options' slopes; an option of slope 0 moves nothing."""
        each = np.array(slopes)[self.option]
        moved = _sums(self.which, each, len(self.own))
        if 0.0 in slopes:
            told = _sums(self.which, each != 0.0, len(self.own)) > 0
            fit.step(self.own[told], moved[told])
        else:
            fit.step(self.own, moved)


def _sums(places: NDArray[np.intp], values: NDArray[Any], count: int) -> NDArray[np.float64]:
    """The sum of the values at each of so many places, added in their order."""
    return np.bincount(places, values, count).astype(np.float64, copy=False)
