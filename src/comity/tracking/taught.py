"""Clauses that a reader judged, remembered: a clause is about a line if one like it was tied to a line like this.

In come the vectors of clauses and of lines by one encoder; out come, for each clause and line, how near the nearest judgements for and
against such a tie are. A judgement for one plan counts for a line of another as far as the lines are alike, so that a plan that nobody
judged clauses of gains from those of others. "The rescue of the football team from the cave" is like sentences on relief, and more like
those of which a reader said that they are about none.
"""

from collections.abc import Sequence
from functools import cached_property

import msgspec
import numpy as np
from numpy.typing import NDArray

from comity.tracking.products import Factor, Floats

NEAREST = 2
"""The mean of so many judgements counts."""
LOOKED_AT = 150
"""Of each clause so many of the judgements that are most like it are held against the lines."""
TAUGHT_AT = ("tied", "tied-behind", "tied-ahead-of-none")
TAUGHT_OVER = ("tied", "none", "tied-ahead-of-none")


class Judgement(msgspec.Struct, frozen=True, array_like=True):
    """Which of the `lines` of `Taught` a reader tied a clause to, of those of one pack; none where `lines` is empty."""

    clause: int
    pack: int
    lines: tuple[int, ...]


class Taught(msgspec.Struct, frozen=True, dict=True):
    """`clauses` are vectors with one byte a number, `scale` turns the bytes into numbers; `lines` are the lines' vectors, each language
    after the other, and `packs` says which pack each is of."""

    clauses: bytes
    scale: float
    size: int
    lines: list[bytes]
    packs: list[int]
    judgements: list[Judgement]

    def likeness(self, vectors: Floats) -> Floats:
        """How much each vector is like the clause of each judgement; nothing where it is unlike."""
        likeness: Floats = np.maximum(self._factor.of(vectors), 0)[:, self._judged]
        return likeness

    @cached_property
    def _factor(self) -> Factor:
        every = np.frombuffer(self.clauses, dtype=np.int8).reshape(-1, self.size)
        return Factor(every.T.astype(np.float32) * np.float32(self.scale))

    @cached_property
    def _judged(self) -> NDArray[np.intp]:
        """The clause of each judgement."""
        return np.array([one.clause for one in self.judgements], dtype=np.intp)

    @cached_property
    def of_lines(self) -> list[Floats]:
        """The lines' vectors, for each language."""
        return [np.frombuffer(part, dtype=np.float16).reshape(-1, self.size).astype(np.float32) for part in self.lines]


class TaughtLines:
    """The lines of plans beside those that were judged: what each judgement says for or against a tie to each line."""

    def __init__(self, lines: Sequence[Floats], taught: Taught) -> None:
        self._taught = taught
        alike = np.max([own @ other.T for own in lines for other in taught.of_lines], axis=0)
        alike = np.clip(alike, 0, 1).astype(np.float32)
        in_pack = {pack: alike[:, np.array(taught.packs) == pack].max(axis=1) for pack in set(taught.packs)}
        self._tied = np.zeros((len(taught.judgements), len(alike)), dtype=np.float32)
        self._none = np.zeros_like(self._tied)
        for number, one in enumerate(taught.judgements):
            if one.lines:
                self._tied[number] = alike[:, one.lines].max(axis=1)
            else:
                self._none[number] = in_pack[one.pack]

    def features(self, vectors: Floats, left_out: Sequence[Sequence[int]] = ()) -> Floats:
        """The columns TAUGHT_AT for each clause and line; judgements that are `left_out` of a clause say nothing of it."""
        likeness = self._taught.likeness(vectors)
        for of_clause, left in zip(likeness, left_out, strict=False):
            of_clause[list(left)] = 0
        few = min(LOOKED_AT, likeness.shape[1])
        near = np.argpartition(likeness, -few, axis=1)[:, -few:]
        tied, none = (np.stack([_nearest(row[at], said[at]) for row, at in zip(likeness, near, strict=True)]) for said in self._said)
        at: Floats = np.stack([tied, tied - tied.max(axis=1, keepdims=True), tied - none], axis=2).astype(np.float32)
        return at

    @property
    def _said(self) -> tuple[Floats, Floats]:
        return self._tied, self._none


def said_over(at: Floats) -> Floats:
    """The columns TAUGHT_OVER for each clause, from TAUGHT_AT of each line."""
    tied, ahead = at[:, :, 0], at[:, :, 2]
    return np.column_stack([tied.max(axis=1), (tied - ahead).max(axis=1), ahead.max(axis=1)]).astype(np.float32)


def _nearest(likeness: Floats, said: Floats) -> Floats:
    """For each line the mean of what the nearest judgements say."""
    few = min(NEAREST, len(said))
    weighed, lines = likeness[:, None] * said, np.arange(said.shape[1])
    mean: Floats = np.zeros_like(weighed[0])
    for _ in range(few):
        highest = weighed.argmax(axis=0)
        mean += weighed[highest, lines]
        weighed[highest, lines] = -np.inf
    return mean / np.float32(few)
