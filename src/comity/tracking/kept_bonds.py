"""What words made of ties between reports, as a register keeps it beside the occurrences of these reports.

In come bonds between reports of some occurrences; out come bytes for each two of these, or bonds again. Kept is what it took texts to work
out, bonds by parties and by stories: those of a meeting or of one document follow from the reports themselves, and one meeting has hundreds
of thousands. A bond follows from its two reports alone, so that what is kept holds as long as they do.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from comity.tracking.bonds import Bonds, Ints
from comity.tracking.happening import MEETING

ROW = np.dtype([("a", "<i8"), ("b", "<i8"), ("strength", "<f8")])
"""One bond: the places of two reports, and how strongly they are tied."""


def packed_by_two(bonds: Bonds, places: Ints, keys: Ints) -> Iterator[tuple[int, int, bytes]]:
    """For each two occurrences, the lower key first, and for each alone, the bonds between their reports. The bonds number reports with
    these places, of occurrences with these keys; reports of none have the key -1."""
    told = np.flatnonzero((bonds.strength < MEETING) & (bonds.strength > 0) & (keys[bonds.a] >= 0) & (keys[bonds.b] >= 0))
    if not len(told):
        return
    rows: NDArray[np.void] = np.empty(len(told), dtype=ROW)
    a, b = bonds.a[told], bonds.b[told]
    rows["a"], rows["b"] = np.minimum(places[a], places[b]), np.maximum(places[a], places[b])
    rows["strength"] = bonds.strength[told]
    one, other = np.minimum(keys[a], keys[b]), np.maximum(keys[a], keys[b])
    order = np.lexsort((rows["b"], rows["a"], other, one))
    one, other, rows = one[order], other[order], rows[order]
    starts = np.flatnonzero((np.diff(one, prepend=-1) != 0) | (np.diff(other, prepend=-1) != 0))
    for start, end in zip(starts.tolist(), [*starts[1:].tolist(), len(rows)], strict=True):
        yield int(one[start]), int(other[start]), rows[start:end].tobytes()


class KeptBonds:
    """What is kept of bonds of some reports, which have these places and are numbered from `first` on."""

    def __init__(self, kept: Sequence[bytes], places: Ints, first: int) -> None:
        rows = np.frombuffer(b"".join(kept), dtype=ROW)
        self._a, self._b, self._strength = (rows[name].astype(kind) for name, kind in (("a", "i8"), ("b", "i8"), ("strength", "f8")))
        self._order = np.argsort(places)
        self._places, self._first = places[self._order], first

    @property
    def bonds(self) -> Bonds:
        """Those between two of them."""
        both = np.isin(self._a, self._places) & np.isin(self._b, self._places)
        return Bonds(self._numbers(self._a[both]), self._numbers(self._b[both]), self._strength[both])

    def outside(self, inside: Sequence[int], count: int) -> tuple[Bonds, Ints]:
        """Those between one of them and a report at none of the places `inside`; such reports are numbered from `count` on, and their
        places come second."""
        known = np.array(inside, dtype=np.int64)
        a, b = np.r_[self._a, self._b], np.r_[self._b, self._a]
        across = np.isin(a, self._places) & ~np.isin(b, known)
        others, number = np.unique(b[across], return_inverse=True)
        return Bonds(self._numbers(a[across]), number.astype(np.int64) + count, np.r_[self._strength, self._strength][across]), others

    def _numbers(self, places: Ints) -> Ints:
        return self._order[np.searchsorted(self._places, places)] + self._first
