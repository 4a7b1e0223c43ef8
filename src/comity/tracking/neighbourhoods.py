"""The neighbourhoods that bonds make among all reports of a register.

In come bonds between documents and bonds within documents, packed; out come those of each neighbourhood that a bond between documents
makes, so many at a time that a piece of work is worth its while. The places of millions of reports are numbered first, and all is done by
numbers.
"""

from array import array
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from comity.tracking.dated_alike import Packed

Ints = NDArray[np.int64]
Short = NDArray[np.int32]

AT_ONCE = 100_000
"""Bonds whose numbers are Python's at one time."""


class Neighbourhoods:
    """Bonds by neighbourhood. `place in neighbourhoods` says whether a report is in one."""

    def __init__(self, bonds: Packed, within: Packed) -> None:
        a, b = (np.concatenate([_numbers(one), _numbers(other)]) for one, other in ((bonds.a, within.a), (bonds.b, within.b)))
        strength = np.concatenate([np.array(one.strength, dtype=np.float64) for one in (bonds, within)])
        self._places = np.unique(np.concatenate([a, b]))
        left, right = (np.searchsorted(self._places, side).astype(np.int32) for side in (a, b))
        top = _tops(len(self._places), left, right)
        between = np.unique(top[left[: len(bonds)]])
        kept = np.isin(top[left], between)
        self._places = self._places[np.isin(top, between)]
        # in the order of the least place of each, which its top is
        order = np.argsort(top[left[kept]], kind="stable")
        self._a, self._b, self._strength = a[kept][order], b[kept][order], strength[kept][order]
        tops = top[left[kept]][order]
        self._starts = [*np.flatnonzero(np.diff(tops, prepend=-1)).tolist(), len(tops)] if len(tops) else [0]

    def __contains__(self, place: int) -> bool:
        number = int(np.searchsorted(self._places, place))
        return number < len(self._places) and int(self._places[number]) == place

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


def _numbers(values: "array[int]") -> Ints:
    return np.array(values, dtype=np.int64)


def _tops(count: int, left: Short, right: Short) -> Short:
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
