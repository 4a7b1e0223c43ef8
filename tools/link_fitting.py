"""Fits the small models of links: logistic regressions of numbers, by Newton's method, and many at once by gradient descent, with hidden
numbers between or without.

The same rows give the same weights, to the last byte, as long as products of matrices stay on one thread (`on_one_thread`).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from comity.tracking.link_model import Linear
from comity.tracking.products import Floats

MEMBERS = 3
"""So many are fitted, each from another beginning and in another order, and put together: what each finds by chance goes out."""
HIDDEN, DROPPED = 256, 0.3
"""How many hidden numbers each has, and how many of them are not seen at each step."""
AT_ONCE = 512
Array = NDArray[np.float64]


def on_one_thread() -> None:
    """From here on products of matrices stay on this thread: with several, how a sum is cut, and so its last bits, goes by how many there
    are. On a busy machine they also wait for each other: 136 s of processor time instead of 24 for what vectors show."""
    threadpool_limits(limits=1)


def fit(features: Floats, right: NDArray[np.bool_], rows: Array, penalty: float | Array = 1.0, start: Linear | None = None) -> Linear:
    """A logistic regression by Newton's method; `rows` weighs them, `penalty` holds the weights small, all alike or each by its own. From
    the weights of one that is like it (`start`) it is found in half the time."""
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-6
    x = np.c_[(features - mean) / spread, np.ones(len(features))].astype(np.float64)
    hold = np.diag(np.r_[np.broadcast_to(penalty, x.shape[1] - 1), 1e-9])
    weights: Array = np.r_[start.weights, start.bias] if start else np.zeros(x.shape[1])
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


class Layers(NamedTuple):
    """What `comity.tracking.link_model.Weighing` weighs vectors with."""

    table: Floats
    bias: Floats
    usual: Floats
    hidden: Floats
    more: Floats


def fit_hidden(x: Floats, y: Floats, weights: Floats, *, rounds: int = 12, rate: float = 0.003, penalty: float = 1e-5) -> Layers:
    """One output a column of `y`, by a table and by hidden numbers that all columns share. `weights` says how much is known of each example
    and column; each column is learned from what is known of it."""
    several = [_fit_member(x, y, weights, member, rounds=rounds, rate=rate, penalty=penalty) for member in range(MEMBERS)]
    table, bias = (np.sum(parts, axis=0) / np.float32(MEMBERS) for parts in ([one.table for one in several], [one.bias for one in several]))
    hidden, more = np.concatenate([one.hidden for one in several], axis=1), np.concatenate([one.more for one in several])
    return Layers(table, bias, several[0].usual, hidden, (more / MEMBERS).astype(np.float32))


def _fit_member(x: Floats, y: Floats, weights: Floats, member: int, *, rounds: int, rate: float, penalty: float) -> Layers:
    """One of them (Adam, a part of the examples at a time)."""
    chance, count = np.random.default_rng(member), len(x)
    known = weights.sum(axis=0)
    prior = np.clip((y * weights).sum(axis=0) / np.maximum(known, 1e-9), 1e-5, 1 - 1e-5)
    usual = np.log(prior / (1 - prior)).astype(np.float32)
    share = (count / np.maximum(known, 1)).astype(np.float32) / AT_ONCE
    turn = chance.normal(0, 1.5, (x.shape[1], HIDDEN)).astype(np.float32)
    parts = [np.zeros((x.shape[1], y.shape[1]), np.float32), usual.copy(), turn, np.zeros(HIDDEN, np.float32)]
    parts.append(np.zeros((HIDDEN, y.shape[1]), np.float32))
    moments = [(np.zeros_like(part), np.zeros_like(part)) for part in parts]
    step, steps = 0, rounds * (count // AT_ONCE)
    for _ in range(rounds):
        order = chance.permutation(count)
        for start in range(0, count - AT_ONCE + 1, AT_ONCE):
            rows, step = order[start : start + AT_ONCE], step + 1
            seen = (chance.random((AT_ONCE, HIDDEN)) >= DROPPED).astype(np.float32) / np.float32(1 - DROPPED)
            slopes = _slopes(parts, x[rows], y[rows], weights[rows] * share, seen)
            now = rate * (1 - 0.95 * step / steps)
            for part, slope, (first, second) in zip(parts, slopes, moments, strict=True):
                slope = slope + penalty * part if part.ndim == 2 else slope
                first += 0.1 * (slope - first)
                second += 0.01 * (slope * slope - second)
                part -= now * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    table, bias, turn, at_nothing, more = parts
    return Layers(table, bias, usual, np.concatenate([turn, at_nothing[None]]), more)


def _slopes(parts: list[Floats], x: Floats, y: Floats, weights: Floats, seen: Floats) -> list[Floats]:
    """The slope of the loss at each part."""
    table, bias, turn, at_nothing, more = parts
    inner = x @ turn + at_nothing
    shown = np.maximum(inner, 0) * seen
    off = (1 / (1 + np.exp(-(x @ table + bias + shown @ more))) - y) * weights
    back = (off @ more.T) * seen * (inner > 0)
    return [x.T @ off, off.sum(axis=0), x.T @ back, back.sum(axis=0), shown.T @ off]
