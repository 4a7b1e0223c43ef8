"""Which reports of a neighbourhood tell one occurrence: groups joined from the strongest bond on.

In come reports and the bonds between them (grouping.py); out come groups. A neighbourhood may hold thousands of reports of one meeting:
whether two groups may be one is asked of the ways in which their reports are told, which are few, not of each pair of reports, and two
groups that hold what can't be one are never asked about again, however they grow.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from comity.records import MechanismId, Status
from comity.register.places import PLACES
from comity.tracking.bonds import Bonds, Ints, odds_of
from comity.tracking.happening import MEETING, STORY, Traits, may_be_one, one_document_bond, told_at_once
from comity.tracking.stories import LIKE, Stories

TOGETHER = -0.3
"""Least mean log odds of the reports of two groups that a story ties."""

AT_ONCE = 5000
"""Bonds that are looked through at once for those between groups that are not one yet."""

Way = tuple[MechanismId | None, Status, int, int]
"""What decides whether a report may be of one occurrence with another in any document: meeting, status, first and last day."""


def groups_of(traits: Sequence[Traits], bonds: Bonds, best: Bonds, stories: Stories) -> list[list[Traits]]:
    """The groups of some neighbourhoods. None holds two that speak against each other, nor two of one document that it tells as two. `best`
    are those of the bonds that join."""
    if len(traits) == 1:
        return [list(traits)]
    tied = np.unique(np.concatenate([best.a, best.b])).tolist()
    group = {number: _Group(number, traits[number]) for number in tied}
    joining = _Joining(traits, bonds, stories)
    ordered = _strongest_first(best, traits)
    first = np.arange(len(traits))  # of each report the first member of its group
    for start in range(0, len(ordered), AT_ONCE):
        for a, b, strength in _worth_asking(ordered.only(slice(start, start + AT_ONCE)), first):
            left, right = group[a], group[b]
            if left is not right and joining.may_join(left, right, by_story=STORY <= strength < MEETING):
                if len(right.members) > len(left.members):
                    left, right = right, left
                left.take(right)
                first[right.members] = left.members[0]
                for member in right.members:
                    group[member] = left
    seen = set[_Group]()
    found: list[list[Traits]] = []
    for number, one in enumerate(traits):
        several = group.get(number)
        if several is None:
            found.append([one])
        elif several not in seen:
            seen.add(several)
            found.append(sorted((traits[member] for member in several.members), key=_place))
    return found


def _worth_asking(bonds: Bonds, first: Ints) -> Bonds:
    """Those between two groups, these by the first member of each. What the first bond of two groups does not join, no other does, unless a
    story made it: one meeting may be told in hundreds of thousands of bonds."""
    left, right, by_story = first[bonds.a], first[bonds.b], is_story(bonds)
    two = (np.minimum(left, right) * len(first) + np.maximum(left, right)) * 2 + by_story
    foremost = np.zeros(len(bonds), dtype=bool)
    foremost[np.unique(two, return_index=True)[1]] = True
    return bonds.only((left != right) & (foremost | by_story))


class _Group:
    """Reports that are together, by the ways in which they are told and by document; and the groups that can't be one with them."""

    def __init__(self, number: int, one: Traits) -> None:
        self.members = [number]
        self.ways: dict[Way, list[int]] = {(one.mechanism, one.status, one.first, one.last): [number]}
        self.documents = {one.report.document: [number]}
        self.mechanisms = {one.mechanism} - {None}
        self.statuses = {one.status}
        self.first, self.last = one.first, one.last
        self.against: set[_Group] = set()

    def fits(self, other: "_Group") -> bool:
        """Whether every report of one fits every report of the other; where this is false, some still may."""
        statuses = self.statuses | other.statuses
        return (
            len(self.mechanisms | other.mechanisms) <= 1
            and (len(statuses) == 1 or statuses <= {Status.HAPPENED, Status.SCHEDULED})
            and self.first <= other.last
            and other.first <= self.last
            and self.documents.keys().isdisjoint(other.documents)
        )

    def take(self, other: "_Group") -> None:
        self.members += other.members
        for way, several in other.ways.items():
            self.ways.setdefault(way, []).extend(several)
        for document, several in other.documents.items():
            self.documents.setdefault(document, []).extend(several)
        self.mechanisms |= other.mechanisms
        self.statuses |= other.statuses
        self.first, self.last = max(self.first, other.first), min(self.last, other.last)
        for one in other.against:
            one.against.discard(other)
            one.against.add(self)
        self.against |= other.against


class _Joining:
    """Says whether two groups of a neighbourhood may be one."""

    def __init__(self, traits: Sequence[Traits], bonds: Bonds, stories: Stories) -> None:
        self._traits = traits
        self._stories = stories
        # reports that are tied more strongly never speak against each other
        self._tied = {(a, b) if a < b else (b, a) for a, b, _ in bonds.only(bonds.strength < MEETING)}
        self._one_story = {_two(traits[a], traits[b]) for a, b, _ in bonds.only(is_story(bonds) & (bonds.strength > STORY))}
        self._may_be: dict[tuple[Way, Way], bool] = {}
        self._unlikely: dict[tuple[int, int], tuple[int, int]] = {}

    def may_join(self, left: _Group, right: _Group, *, by_story: bool) -> bool:
        if left in right.against:
            return False
        if not left.fits(right) and any(self._misfits(left, right)):
            left.against.add(right)
            right.against.add(left)
            return False
        return not (by_story and len(left.members) * len(right.members) > 1) or self._are_likely(left, right)

    def _misfits(self, left: _Group, right: _Group) -> Iterator[bool]:
        """True for each pair of reports that speak against each other and that no bond ties."""
        for way, several in left.ways.items():
            for other, others in right.ways.items():
                if not self._may_be_of(way, other, several[0], others[0]):
                    yield from (not self._are_tied(a, b) for a in several for b in others)
        for document in left.documents.keys() & right.documents.keys():
            for a in left.documents[document]:
                yield from (not self._are_tied(a, b) and not self._told_twice(a, b) for b in right.documents[document])

    def _may_be_of(self, way: Way, other: Way, a: int, b: int) -> bool:
        if (way, other) not in self._may_be:
            self._may_be[way, other] = may_be_one(self._traits[a], self._traits[b])
        return self._may_be[way, other]

    def _told_twice(self, a: int, b: int) -> bool:
        one, other = self._traits[a], self._traits[b]
        return bool((one.mechanism and one.mechanism == other.mechanism) or one_document_bond(one, other))

    def _are_tied(self, a: int, b: int) -> bool:
        return ((a, b) if a < b else (b, a)) in self._tied

    def _are_likely(self, left: _Group, right: _Group) -> bool:
        """By all their reports; asked again only where one of the groups has grown since."""
        pair, sizes = (left.members[0], right.members[0]), (len(left.members), len(right.members))
        if self._unlikely.get(pair) == sizes:
            return False
        across = [(self._traits[one], self._traits[other]) for one in left.members for other in right.members]
        if self._mean_odds(across) >= TOGETHER:
            return True
        self._unlikely[pair] = sizes
        return False

    def _mean_odds(self, pairs: Sequence[tuple[Traits, Traits]]) -> float:
        """How likely the reports of two groups are of one occurrence on the whole, by those in documents that tell one story: where a bond
        says so, they need not be compared again."""
        stories = self._stories
        at_once = [(a, b) for a, b in pairs if a.report.document != b.report.document and told_at_once(a, b)]
        unsure = {two for a, b in at_once if (two := _two(a, b)) not in self._one_story}
        stories.load({document for two in unsure for document in two})
        apart = {two for two in unsure if stories.alike(*two) < LIKE}
        told = [(a, b) for a, b in at_once if _two(a, b) not in apart]
        stories.read({one.report.document for both in told for one in both})
        return sum(odds_of(told, stories)) / len(told) if told else 0.0


def _two(a: Traits, b: Traits) -> tuple[str, str]:
    """The documents of two reports, in order."""
    one, other = a.report.document, b.report.document
    return (one, other) if one < other else (other, one)


def _strongest_first(bonds: Bonds, traits: Sequence[Traits]) -> Bonds:
    """Those of one strength in the order of their reports."""
    rank = np.empty(len(traits), dtype=np.int64)
    rank[sorted(range(len(traits)), key=lambda number: _place(traits[number]))] = np.arange(len(traits))
    a, b = rank[bonds.a], rank[bonds.b]
    return bonds.only(np.lexsort((np.minimum(a, b) * len(traits) + np.maximum(a, b), -bonds.strength)))


def is_story(bonds: Bonds) -> NDArray[np.bool_]:
    """Which of them a story makes."""
    by_story: NDArray[np.bool_] = (bonds.strength >= STORY) & (bonds.strength < MEETING)
    return by_story


def best_of_stories(bonds: Bonds, places: Ints) -> Bonds:
    """A document tells several events, and so does another that tells the same story: each report goes with the one that is most like it,
    where that one has none more like it. `places` are those of the reports that the bonds number (places.py)."""
    by_story = np.flatnonzero(is_story(bonds))
    if not len(by_story):
        return bonds
    readings, reading = np.unique(places >> PLACES, return_inverse=True)
    a, b, strength = bonds.a[by_story], bonds.b[by_story], bonds.strength[by_story]
    # what each report is tied to in each document: both ends of a bond, one behind the other
    tied = np.unique(np.concatenate([a * len(readings) + reading[b], b * len(readings) + reading[a]]), return_inverse=True)[1]
    best = np.zeros(len(tied))
    np.maximum.at(best, tied, np.concatenate([strength, strength]))
    kept = np.ones(len(bonds), dtype=bool)
    kept[by_story] = strength >= np.maximum(best[tied[: len(a)]], best[tied[len(a) :]])
    return bonds.only(kept)


def _place(one: Traits) -> tuple[tuple[str, int], int, int]:
    """An order of reports that no register changes."""
    return (one.report.key, one.report.own, one.report.number)
