"""The neighbourhoods that bonds make among all reports of a register.

In come bonds between documents and bonds within documents, packed, and the days of dated reports; out come those of each neighbourhood that
a bond between documents makes, so many at a time that a piece of work is worth its while. The places
of millions of reports are numbered first, and all is done by numbers.
"""

from array import array
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from comity.tracking.bonds import Bonds, Ints
from comity.tracking.dated_alike import Packed
from comity.tracking.guesses import guesses_by

Short = NDArray[np.int32]

AT_ONCE = 100_000
"""Bonds whose numbers are Python's at one time."""


class Days:
    """The first and last day of dated reports, by their places."""

    def __init__(self) -> None:
        self.place, self.first, self.last = array("q"), array("l"), array("l")

    def add(self, place: int, first: int, last: int) -> None:
        self.place.append(place)
        self.first.append(first)
        self.last.append(last)

    def take(self, other: "Days") -> None:
        self.place.extend(other.place)
        self.first.extend(other.first)
        self.last.extend(other.last)


class Neighbourhoods:
    """Bonds by neighbourhood, without those of guesses (guesses.py). `guesses` are those, each with the two reports that show it."""

    def __init__(self, bonds: Packed, within: Packed, days: Days) -> None:
        a, b = (np.concatenate([_numbers(one), _numbers(other)]) for one, other in ((bonds.a, within.a), (bonds.b, within.b)))
        strength = np.concatenate([np.array(one.strength, dtype=np.float64) for one in (bonds, within)])
        self._places = np.unique(np.concatenate([a, b]))
        left, right = (np.searchsorted(self._places, side).astype(np.int32) for side in (a, b))
        guessed, latest, earliest = _guesses(self._places, left, right, days)
        self.guesses = [tuple(one) for one in self._places[np.stack([guessed, latest, earliest], axis=1)].tolist()]
        is_guess = np.zeros(len(self._places), dtype=bool)
        is_guess[guessed] = True
        ties, between = ~(is_guess[left] | is_guess[right]), np.arange(len(a)) < len(bonds)
        top = tops(len(self._places), left[ties], right[ties])
        # what a guess was tied to within its document was put together with it, and is again, without it
        own = tops(len(self._places), left[~between], right[~between])
        apart = np.isin(own, own[guessed]) & (np.bincount(own, minlength=len(own))[own] > 1)
        kept = np.isin(top, np.union1d(top[left[between & ties]], top[apart]))
        alone = np.flatnonzero(kept & ~np.isin(np.arange(len(top)), np.concatenate([left[ties], right[ties]])))
        shown = ties & kept[left]
        # a report that is left alone is a neighbourhood too: it is tied to itself
        all_tops = np.concatenate([top[left[shown]], top[alone]])
        order = np.argsort(all_tops, kind="stable")  # in the order of the least place of each, which its top is
        self._a = np.concatenate([a[shown], self._places[alone]])[order]
        self._b = np.concatenate([b[shown], self._places[alone]])[order]
        self._strength = np.concatenate([strength[shown], np.zeros(len(alone))])[order]
        self._places = self._places[kept]
        all_tops = all_tops[order]
        self._starts = [*np.flatnonzero(np.diff(all_tops, prepend=-1)).tolist(), len(all_tops)] if len(all_tops) else [0]

    def hold(self, places: Sequence[int]) -> NDArray[np.bool_]:
        """Whether each of some reports is in one of them, or was held in its document by a guess."""
        these = np.array(places, dtype=np.int64)
        at = np.searchsorted(self._places, these)
        held: NDArray[np.bool_] = np.append(self._places, -1)[at] == these
        return held

    def in_bulk(self, size: int) -> Iterator[Sequence[Packed]]:
        """Neighbourhoods in the order of their reports, with so many bonds together, or one alone that has more."""
        piece: list[Packed] = []
        count = 0
        for start, end in zip(self._starts, self._starts[1:], strict=False):
            piece.append(self._packed(start, end))
            count += end - start
            if count >= size:
                yield piece
                piece, count = [], 0
        if piece:
            yield piece

    def _packed(self, start: int, end: int) -> Packed:
        packed = Packed()
        packed.a.frombytes(self._a[start:end].tobytes())
        packed.b.frombytes(self._b[start:end].tobytes())
        packed.strength.frombytes(self._strength[start:end].tobytes())
        return packed


def _guesses(places: Ints, left: Short, right: Short, days: Days) -> tuple[Ints, Ints, Ints]:
    """The guesses among some places, by their numbers, and for each the two that show it."""
    known = _numbers(days.place)
    order = np.argsort(known)
    known, began, ended = known[order], np.array(days.first)[order], np.array(days.last)[order]
    at = np.minimum(np.searchsorted(known, places), max(len(known) - 1, 0))
    dated = known[at] == places if len(known) else np.zeros(len(places), dtype=bool)
    first, last = (np.where(dated, side[at], 0) if len(known) else np.zeros(len(places), dtype=np.int64) for side in (began, ended))
    bonds = Bonds(left.astype(np.int64), right.astype(np.int64), np.empty(0))
    guessed, latest, earliest = (np.array(side, dtype=np.int64) for side in guesses_by(bonds, first, last, dated))
    return guessed, latest, earliest


def _numbers(values: "array[int]") -> Ints:
    return np.array(values, dtype=np.int64)


def tops(count: int, left: NDArray[np.integer], right: NDArray[np.integer]) -> Short:
    """For each number the least one that bonds lead to."""
    above = list(range(count))

    def top(one: int) -> int:
        while above[one] != one:
            above[one] = above[above[one]]
            one = above[one]
        return one

    for start in range(0, len(left), AT_ONCE):
        for a, b in zip(left[start : start + AT_ONCE].tolist(), right[start : start + AT_ONCE].tolist(), strict=True):
            one, other = top(a), top(b)
            if one < other:
                above[other] = one
            elif other < one:
                above[one] = other
    return np.array([top(one) for one in range(count)], dtype=np.int32)
