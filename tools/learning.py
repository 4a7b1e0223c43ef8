"""Fits linear models: softmax over choices and logistic for yes or no, by AdaGrad over shuffled examples, averaged over the later rounds.

Pure Python and seeded, so the same examples give the same weights.
"""

import math
import random
from collections.abc import Iterator, Sequence

Weights = dict[str, float]
Choice = tuple[Sequence[str], float]
"""One option's features and how much of the choice should fall on it; an example's options sum to 1."""


def learn_choice(examples: Sequence[Sequence[Choice]], *, rounds: int = 8, rate: float = 0.15, shrink: float = 1e-6) -> Weights:
    """Weights by which the right option of each example scores highest; `shrink` (for each example) draws rare features' weights to 0."""
    fit = _Fit(len(examples), rate, shrink=shrink)
    for order in fit.orders(rounds):
        for index in order:
            options = examples[index]
            scores = [fit.score(features) for features, _ in options]
            top = max(scores)
            parts = [math.exp(score - top) for score in scores]
            total = sum(parts)
            slopes: Weights = {}
            for (features, wanted), part in zip(options, parts, strict=True):
                slope = wanted - part / total
                if abs(slope) > 1e-3:
                    for feature in features:
                        slopes[feature] = slopes.get(feature, 0.0) + slope
            fit.step(slopes)
    return fit.averaged()


def learn_decision(examples: Sequence[tuple[Sequence[str], float]], *, rounds: int = 15, rate: float = 0.15, orders: int = 1) -> Weights:
    """Weights by which the logistic of the score is how likely an example is a yes (1.0), averaged over so many orders of the examples:
    where few documents teach, one order alone moves the score of a cross-validation by .015."""
    total: Weights = {}
    for seed in range(1, orders + 1):
        for feature, weight in _decision(examples, rounds, _Fit(len(examples), rate, seed)).items():
            total[feature] = total.get(feature, 0.0) + weight / orders
    return total


def _decision(examples: Sequence[tuple[Sequence[str], float]], rounds: int, fit: "_Fit") -> Weights:
    for order in fit.orders(rounds):
        for index in order:
            features, wanted = examples[index]
            slope = wanted - 1 / (1 + math.exp(-max(-30.0, min(30.0, fit.score(features)))))
            fit.step(dict.fromkeys(features, slope))
    return fit.averaged()


class _Fit:
    def __init__(self, count: int, rate: float, seed: int = 1, *, shrink: float = 1e-6) -> None:
        self.rate, self.count, self.shrink, self.seed = rate, count, shrink * count, seed
        self.weights: Weights = {}
        self.squares: Weights = {}
        self.sums: Weights = {}
        self.kept = 0

    def orders(self, rounds: int) -> Iterator[list[int]]:
        """The examples' order for each round; the weights are kept after each of the later half."""
        shuffler = random.Random(self.seed)
        order = list(range(self.count))
        for number in range(rounds):
            shuffler.shuffle(order)
            yield order
            if number >= rounds // 2:
                self.keep()

    def score(self, features: Sequence[str]) -> float:
        weight = self.weights.get
        return sum([weight(feature, 0.0) for feature in features])

    def step(self, slopes: Weights) -> None:
        for feature, slope in slopes.items():
            weight = self.weights.get(feature, 0.0)
            slope -= self.shrink * weight
            square = self.squares.get(feature, 0.01) + slope * slope
            self.squares[feature] = square
            self.weights[feature] = weight + self.rate * slope / math.sqrt(square)

    def keep(self) -> None:
        self.kept += 1
        for feature, weight in self.weights.items():
            self.sums[feature] = self.sums.get(feature, 0.0) + weight

    def averaged(self) -> Weights:
        return {feature: total / self.kept for feature, total in self.sums.items()}
