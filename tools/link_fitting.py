"""Fits the small linear models of links: logistic regressions of numbers, by Newton's method, and many at once by gradient descent.

The same rows give the same weights.
"""

import numpy as np
from numpy.typing import NDArray

from comity.tracking.embedding import Floats
from comity.tracking.link_model import Linear

Array = NDArray[np.float64]


def fit(features: Floats, right: NDArray[np.bool_], rows: Array, penalty: float | Array = 1.0) -> Linear:
    """A logistic regression by Newton's method; `rows` weighs them, `penalty` holds the weights small, all alike or each by its own."""
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-6
    x = np.c_[(features - mean) / spread, np.ones(len(features))].astype(np.float64)
    hold = np.diag(np.r_[np.broadcast_to(penalty, x.shape[1] - 1), 1e-9])
    weights: Array = np.zeros(x.shape[1])
    for _ in range(40):
        chance = 1 / (1 + np.exp(-x @ weights))
        change = np.linalg.solve(
            (x * (rows * chance * (1 - chance) + 1e-9)[:, None]).T @ x + hold, x.T @ (rows * (chance - right)) + hold @ weights
        )
        weights -= change
        if np.abs(change).max() < 1e-6:
            break
    kept = [[round(float(value), 5) for value in values] for values in (mean, spread, weights)]
    return Linear(mean=kept[0], spread=kept[1], weights=kept[2][:-1], bias=kept[2][-1])


def fit_many(
    x: Floats, y: Floats, weights: Floats, *, penalty: float = 3e-5, steps: int = 160, rate: float = 0.25
) -> tuple[Floats, Floats, Floats]:
    """One logistic regression a column, all at once by gradient descent (Adam); the table, the biases, and the usual log odds of each
    column."""
    share = (weights / weights.sum())[:, None]
    prior = np.clip((y * share).sum(axis=0), 1e-6, 1 - 1e-6)
    usual = np.log(prior / (1 - prior)).astype(np.float32)
    values = np.concatenate([np.zeros((x.shape[1], y.shape[1]), dtype=np.float32), usual[None]])
    first, second = np.zeros_like(values), np.zeros_like(values)
    for step in range(1, steps + 1):
        off = (1 / (1 + np.exp(-(x @ values[:-1] + values[-1]))) - y) * share
        slope = np.concatenate([x.T @ off + penalty * values[:-1], off.sum(axis=0)[None]])
        first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope * slope
        values -= rate * (1 - 0.9 * step / steps) * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return values[:-1], values[-1], usual
