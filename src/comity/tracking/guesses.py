"""Reports that name a month or a year in which a meeting sat more than once: such a date is a guess at any of the sittings.

In come reports and the bonds between them; out come those that are guesses, each with two reports that show it: tied to both, and these a
week or more apart. A guess tells its own occurrence and ties nothing: "the ministers met in 2021" would otherwise hold all meetings of the
year together in one neighbourhood (grouping.py). As long as the two stand, it stays a guess, whatever else is added or taken out.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from comity.tracking.bonds import Bonds, Ints
from comity.tracking.happening import SHARP, Traits

APART = 7
"""Dates of one sitting may be told a few days apart; more apart are two sittings."""

Shown = tuple[int, int]
"""The reports that show it: the one of the latest day, and the one of the earliest."""


def guesses(traits: Sequence[Traits], bonds: Bonds) -> dict[int, Shown]:
    """Those among the traits, by their place there. All bonds of a report must be among these, or it may be taken for no guess."""
    first, last = (np.array([getattr(one, side) for one in traits], dtype=np.int64) for side in ("first", "last"))
    dated = np.array([one.dated for one in traits], dtype=bool)
    return {one: (latest, earliest) for one, latest, earliest in zip(*guesses_by(bonds, first, last, dated), strict=True)}


def guesses_by(bonds: Bonds, first: Ints, last: Ints, dated: NDArray[np.bool_]) -> tuple[list[int], list[int], list[int]]:
    """The same by the days of the reports that the bonds number: the guesses, and the two that show each."""
    sharp, vague = dated & (last - first <= SHARP), dated & (last - first > SHARP)
    some, others = np.concatenate([bonds.a, bonds.b]), np.concatenate([bonds.b, bonds.a])
    tell = vague[some] & sharp[others]
    some, others = some[tell], others[tell]
    latest, earliest = (_last_of_each(some, others, np.lexsort((days, some))) for days in (first[others], -last[others]))
    apart = first[latest] - last[earliest] > APART
    return np.unique(some)[apart].tolist(), latest[apart].tolist(), earliest[apart].tolist()


def _last_of_each(some: Ints, others: Ints, order: Ints) -> Ints:
    """For each of some the last of the others, in an order."""
    return others[order[np.flatnonzero(np.diff(some[order], append=-1))]]


def is_vague(one: Traits) -> bool:
    """Whether it is dated, but not to the week."""
    return one.dated and not one.sharp


def without(bonds: Bonds, guessed: Iterable[int]) -> Bonds:
    """The bonds that tie no guess."""
    gone = np.array(list(guessed), dtype=np.int64)
    return bonds.only(~(np.isin(bonds.a, gone) | np.isin(bonds.b, gone))) if len(gone) else bonds
