"""Reports that name a month or a year in which a meeting sat more than once: such a date is a guess at any of the sittings.

In come reports and the bonds between them; out come those that are guesses, each with two reports that show it: tied to both, and these a
week or more apart. A guess tells its own occurrence and ties nothing: "the ministers met in 2021" would otherwise hold all meetings of the
year together in one neighbourhood (grouping.py). As long as the two stand, it stays a guess, whatever else is added or taken out.
"""

from collections.abc import Container, Iterable, Sequence

from comity.tracking.bonds import Bond
from comity.tracking.happening import Traits

APART = 7
"""Dates of one sitting may be told a few days apart; more apart are two sittings."""

Shown = tuple[int, int]
"""The reports that show it: the one of the latest day, and the one of the earliest."""


def guesses(traits: Sequence[Traits], bonds: Iterable[Bond]) -> dict[int, Shown]:
    """Those among the traits, by their place there. All bonds of a report must be among these, or it may be taken for no guess."""
    shown: dict[int, Shown] = {}
    for bond in bonds:
        for vague, sharp in ((bond.a, bond.b), (bond.b, bond.a)):
            if traits[sharp].sharp and is_vague(traits[vague]):
                latest, earliest = shown.get(vague, (sharp, sharp))
                later, earlier = traits[sharp].first > traits[latest].first, traits[sharp].last < traits[earliest].last
                shown[vague] = (sharp if later else latest, sharp if earlier else earliest)
    return {
        vague: (latest, earliest) for vague, (latest, earliest) in shown.items() if traits[latest].first - traits[earliest].last > APART
    }


def is_vague(one: Traits) -> bool:
    """Whether it is dated, but not to the week."""
    return one.dated and not one.sharp


def without(bonds: Iterable[Bond], guessed: Container[int]) -> list[Bond]:
    """The bonds that tie no guess."""
    return [bond for bond in bonds if bond.a not in guessed and bond.b not in guessed]
