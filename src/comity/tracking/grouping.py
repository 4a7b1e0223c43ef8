"""Reports of one occurrence together: bonds between reports, and groups joined from the strongest bond on.

In come the traits of some reports and the stories of their documents; out come groups of reports, gathered by *neighbourhood*: reports that
bonds tie, directly or through others. What a neighbourhood's groups are depends on its own reports alone, so that a new report changes
nothing but the neighbourhoods that it is tied to (occurrence_update.py), and all reports at once give the same as one after another.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations

import numpy as np

from comity.records import EventType
from comity.register.places import as_place
from comity.tracking.bonds import Bonds, Ints, all_of, are_likely, bonds_of, odds_told_once, pairs_of
from comity.tracking.groups import best_of_stories, groups_of
from comity.tracking.guesses import guesses, without
from comity.tracking.happening import (
    MONTH,
    Traits,
    least_odds,
    may_be_one,
    may_tell_one,
    meeting_bond,
    one_document_bond,
    parties_bond,
    story_bond,
)
from comity.tracking.occurrence_odds import placed
from comity.tracking.stories import DAYS, Stories

MANY_PARTIES = 8
"""Of more parties than this the first by name stand for all when reports are looked up."""


FEW = 4
"""Pairs of reports that are looked at before their documents are."""


def neighbourhoods(traits: Sequence[Traits], stories: Stories) -> list[list[list[Traits]]]:
    """The groups of each neighbourhood; no report is in two."""
    bonds = bonds_between(traits, stories, len(traits))
    return joined(traits, without(bonds, guesses(traits, bonds)), stories)


def joined(traits: Sequence[Traits], bonds: Bonds, stories: Stories) -> list[list[list[Traits]]]:
    """The same with bonds that are known, none of them of a guess."""
    place = list(range(len(traits)))

    def top(one: int) -> int:
        while place[one] != one:
            place[one] = place[place[one]]
            one = place[one]
        return one

    for a, b, _ in bonds:
        place[top(a)] = top(b)
    members: defaultdict[int, list[Traits]] = defaultdict(list)
    for number, one in enumerate(traits):
        members[top(number)].append(one)
    found: defaultdict[int, list[list[Traits]]] = defaultdict(list)
    number_of = {id(one): number for number, one in enumerate(traits)}
    best = best_of_stories(bonds, places_of(traits)) if len(bonds) else bonds
    for group in groups_of(traits, bonds, best, stories) if len(bonds) else [[one] for one in traits]:
        found[top(number_of[id(group[0])])].append(group)
    return [found[first] for first in members]


def bonds_between(traits: Sequence[Traits], stories: Stories, first: int) -> Bonds:
    """The strongest bond of each pair that has one and in which one of the first so many is."""
    return all_of([*meeting_bonds(traits, first), _strongest(_other_bonds(traits, stories, first), traits)])


def bonds_beside(traits: Sequence[Traits], stories: Stories, first: int, known: Bonds) -> Bonds:
    """The same of all pairs, where it is known what the words of those behind the first so many tie (kept_bonds.py): none that a meeting or
    their document ties, which is stronger."""
    others = _strongest(chain(_other_bonds(traits, stories, first), document_bonds(traits, len(traits))), traits)
    return all_of([*meeting_bonds(traits, len(traits)), others, known])


def _strongest(several: Iterable[tuple[int, int, float]], traits: Sequence[Traits]) -> Bonds:
    """Of bonds by anything but a meeting the strongest of each pair that no meeting ties."""
    found: dict[tuple[int, int], float] = {}
    for a, b, strength in several:
        pair = (min(a, b), max(a, b))
        if strength > found.get(pair, 0.0) and not _is_met(traits[a], traits[b]):
            found[pair] = strength
    return bonds_of((a, b, strength) for (a, b), strength in found.items())


def _other_bonds(traits: Sequence[Traits], stories: Stories, first: int) -> Iterator[tuple[int, int, float]]:
    by_parties = list(parties_bonds(traits, first))
    stories.read({traits[one].report.document for a, b, _ in by_parties for one in (a, b)})
    likely = are_likely([(traits[a], traits[b]) for a, b, _ in by_parties], stories)
    yield from (bond for bond, is_likely in zip(by_parties, likely, strict=True) if is_likely)
    yield from document_bonds(traits, first)
    yield from story_bonds(traits, stories, first)


def _is_met(a: Traits, b: Traits) -> bool:
    """Whether they are of one meeting, which ties more strongly than all else."""
    return a.report.type is b.report.type and a.last > 0 < b.last and may_be_one(a, b) and meeting_bond(a, b) > 0


def meeting_bonds(traits: Sequence[Traits], first: int) -> Iterator[Bonds]:
    """Of one kind and meeting, of pairs in which one of the first so many is. Those that say the same of when it was are looked at as one:
    thousands may tell one meeting."""
    ways: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for number, one in enumerate(traits):
        if one.mechanism and one.last:
            ways[one.report.type.value, one.mechanism, one.status, one.first, one.last, one.dated, one.once].append(number)
    of_meetings: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for (type, mechanism, *_), several in ways.items():
        of_meetings[type, mechanism].append(several[0])
    told = {several[0]: np.array(several, dtype=np.int64) for several in ways.values()}
    for block in of_meetings.values():
        for a, b in chain(((one, one) for one in block), _overlapping([block], traits, len(traits))):
            if may_be_one(traits[a], traits[b]) and (strength := meeting_bond(traits[a], traits[b])):
                pairs = pairs_of(told[a], told[b], the_same=a == b)
                asked = (pairs[0] < first) | (pairs[1] < first)
                yield Bonds(pairs[0][asked], pairs[1][asked], np.full(int(asked.sum()), strength))


def parties_bonds(traits: Sequence[Traits], first: int) -> Iterator[tuple[int, int, float]]:
    """Of one kind, day and parties; each pair once. It takes their words to say that they are likely."""
    of_parties: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, one in enumerate(traits):
        if one.sharp:
            for pair in combinations(sorted(one.represented)[:MANY_PARTIES], 2):
                of_parties[one.report.type.value, *pair].append(number)
    seen: set[tuple[int, int]] = set()
    for a, b in _overlapping((block for block in of_parties.values() if block[0] < first), traits, first):
        if (min(a, b), max(a, b)) in seen:
            continue
        seen.add((min(a, b), max(a, b)))
        if may_be_one(traits[a], traits[b]) and (strength := parties_bond(traits[a], traits[b])):
            yield a, b, strength


def document_bonds(traits: Sequence[Traits], first: int) -> Iterator[tuple[int, int, float]]:
    """Of one kind and document."""
    for numbers in _by_document(traits).values():
        for a, b in combinations(numbers, 2):
            if a >= first:  # they are in order
                break
            one, other = traits[a], traits[b]
            may_be = one.report.type is other.report.type and may_be_one(one, other)
            if may_be and (strength := one_document_bond(one, other)):
                yield a, b, strength


def _overlapping(blocks: Iterable[list[int]], traits: Sequence[Traits], first: int) -> Iterator[tuple[int, int]]:
    """The pairs in each block whose days overlap, and in which one of the first so many is."""
    for block in blocks:
        ordered = sorted(block, key=lambda number: traits[number].first)
        for place, a in enumerate(ordered):
            for b in ordered[place + 1 :]:
                if traits[b].first > traits[a].last:
                    break
                if a < first or b < first:
                    yield a, b


def story_bonds(traits: Sequence[Traits], stories: Stories, first: int) -> Iterator[tuple[int, int, float]]:
    """Of documents that tell one story, the pairs of reports of one kind."""
    of_documents = _by_document(traits)
    told = list(told_alike(traits, stories, first))
    of_kinds = {other: _by_kind(of_documents[other], traits) for other in {other for _, other, _ in told}}
    stories.read({document for *both, _ in told for document in both})
    asked = [
        (a, b, alike)
        for one, other, alike in told
        for a in of_documents[one]
        for b in of_kinds[other].get(traits[a].report.type, ())
        if (a < first or b < first) and _may_be_told(traits[a], traits[b])
    ]
    pairs = [(traits[a], traits[b]) for a, b, _ in asked]
    least = [least_odds(alike) - placed(0.0, *pair) for pair, (_, _, alike) in zip(pairs, asked, strict=True)]
    for (a, b, alike), pair, odds in zip(asked, pairs, odds_told_once(pairs, stories, least), strict=True):
        if strength := story_bond(*pair, alike, placed(odds, *pair)):
            yield a, b, strength


def _may_be_told(a: Traits, b: Traits) -> bool:
    """Whether two reports may be tied by the story that their documents tell, and by nothing stronger."""
    return a.report.type is b.report.type and may_tell_one(a, b) and not _is_met(a, b)


def told_alike(traits: Sequence[Traits], stories: Stories, first: int) -> Iterator[tuple[str, str, float]]:
    """The documents with reports among these that tell one story, two by two, one of them with one of the first so many, and how alike they
    are; but for some that have no two reports which a story may tie."""
    of_documents = _by_document(traits)
    documents = _in_order(traits, of_documents)
    one, other = _told_at_once([days for _, days in documents])
    asked_for = np.array([of_documents[id][0] < first for id, _ in documents], dtype=bool)
    asked = asked_for[one] | asked_for[other]
    # of documents with few reports it is quickly seen whether any may be tied: a thousand that tell of one meeting need not be read
    many = np.array([len(of_documents[id]) for id, _ in documents], dtype=np.int64)
    for pair in np.flatnonzero(asked & (many[one] * many[other] <= FEW)).tolist():
        here, there = (of_documents[documents[side[pair]][0]] for side in (one, other))
        asked[pair] = any(_may_be_told(traits[a], traits[b]) for a in here for b in there)
    yield from stories.told_alike([id for id, _ in documents], one[asked], other[asked])


def places_of(traits: Sequence[Traits]) -> Ints:
    """Where reports stand (places.py)."""
    return np.array([as_place(one.report.reading, one.report.number) for one in traits], dtype=np.int64)


def _by_document(traits: Sequence[Traits]) -> dict[str, list[int]]:
    of_documents: defaultdict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(traits):
        of_documents[one.report.document].append(number)
    return of_documents


def _by_kind(numbers: Sequence[int], traits: Sequence[Traits]) -> dict[EventType, list[int]]:
    kinds: defaultdict[EventType, list[int]] = defaultdict(list)
    for number in numbers:
        kinds[traits[number].report.type].append(number)
    return kinds


def _in_order(traits: Sequence[Traits], of_documents: dict[str, list[int]]) -> list[tuple[str, tuple[int, int]]]:
    """The documents with the days on which they may have been published, the oldest first; not those dated by a year or less sharply."""
    out = [(days, id) for id, numbers in of_documents.items() if (days := traits[numbers[0]].out) and days[1] - days[0] <= MONTH]
    return [(id, days) for days, id in sorted(out)]


def _told_at_once(days: Sequence[tuple[int, int]]) -> tuple[Ints, Ints]:
    """The pairs of documents in order that were published within a story's days."""
    first, last = (np.array([one[end] for one in days], dtype=np.int64) for end in (0, 1))
    places = np.arange(len(days))
    many = np.searchsorted(first, last + DAYS.days, side="right") - places - 1
    one = np.repeat(places, many)
    return one, one + 1 + np.arange(len(one)) - np.repeat(np.cumsum(many) - many, many)
