"""Reports of one occurrence together: bonds between reports, and groups joined from the strongest bond on.

In come the traits of some reports and the stories of their documents; out come groups of reports, gathered by *neighbourhood*: reports that
bonds tie, directly or through others. What a neighbourhood's groups are depends on its own reports alone, so that a new report changes
nothing but the neighbourhoods that it is tied to (occurrence_update.py), and all reports at once give the same as one after another.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from math import inf

from msgspec import Struct

from comity.tracking.happening import (
    MEETING,
    MONTH,
    SHARP,
    STORY,
    UNLIKELY,
    Traits,
    may_be_one,
    may_tell_one,
    meeting_bond,
    one_document_bond,
    parties_bond,
    story_bond,
)
from comity.tracking.occurrence_odds import log_odds, met_others
from comity.tracking.stories import DAYS, LIKE, Stories, Told

APART = 7
"""Dates of one sitting may be told a few days apart; more apart are two sittings."""

TOGETHER = 0.0
"""Least mean log odds of the reports of two groups that a story ties."""

MANY_PARTIES = 8
"""Of more parties than this the first by name stand for all when reports are looked up."""


Wanted = Callable[[int, int], bool]
"""Whether a pair of reports, by their place among the traits, is asked for."""


class Bond(Struct, frozen=True):
    """How strongly two reports, by their place among the traits, belong together."""

    strength: float
    a: int
    b: int


def neighbourhoods(traits: Sequence[Traits], stories: Stories) -> list[list[list[Traits]]]:
    """The groups of each neighbourhood; no report is in two."""
    return joined(traits, list(bonds_between(traits, stories, lambda a, b: True)), stories)


def joined(traits: Sequence[Traits], bonds: Sequence[Bond], stories: Stories) -> list[list[list[Traits]]]:
    """The same with bonds that are known."""
    place = list(range(len(traits)))

    def top(one: int) -> int:
        while place[one] != one:
            place[one] = place[place[one]]
            one = place[one]
        return one

    for bond in bonds:
        place[top(bond.a)] = top(bond.b)
    members: defaultdict[int, list[int]] = defaultdict(list)
    for one in range(len(traits)):
        members[top(one)].append(one)
    tied: defaultdict[int, list[Bond]] = defaultdict(list)
    for bond in bonds:
        tied[top(bond.a)].append(bond)
    return [groups_of(traits, several, tied[first], stories) for first, several in members.items()]


def bonds_between(traits: Sequence[Traits], stories: Stories, wanted: Wanted) -> Iterator[Bond]:
    """The strongest bond of each wanted pair that has one."""
    strongest: dict[tuple[int, int], float] = {}
    for a, b, strength in _all_bonds(traits, stories, wanted):
        pair = (min(a, b), max(a, b))
        if strength > strongest.get(pair, 0.0):
            strongest[pair] = strength
    for (a, b), strength in sorted(strongest.items()):
        yield Bond(strength, a, b)


def _all_bonds(traits: Sequence[Traits], stories: Stories, wanted: Wanted) -> Iterator[tuple[int, int, float]]:
    yield from meeting_bonds(traits, wanted)
    for a, b, strength in parties_bonds(traits, wanted):
        if are_likely(traits[a], traits[b], stories):
            yield a, b, strength
    yield from document_bonds(traits, wanted)
    yield from story_bonds(traits, stories, wanted)


def meeting_bonds(traits: Sequence[Traits], wanted: Wanted) -> Iterator[tuple[int, int, float]]:
    """Of one kind and meeting."""
    of_meetings: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for number, one in enumerate(traits):
        if one.mechanism and one.last:
            of_meetings[one.report.type.value, one.mechanism].append(number)
    for a, b in _overlapping(of_meetings.values(), traits):
        if wanted(a, b) and may_be_one(traits[a], traits[b]) and (strength := meeting_bond(traits[a], traits[b])):
            yield a, b, strength


def parties_bonds(traits: Sequence[Traits], wanted: Wanted) -> Iterator[tuple[int, int, float]]:
    """Of one kind, day and parties; each pair once. It takes their words to say that they are likely."""
    of_parties: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, one in enumerate(traits):
        if one.sharp:
            for pair in combinations(sorted(one.represented)[:MANY_PARTIES], 2):
                of_parties[one.report.type.value, *pair].append(number)
    seen: set[tuple[int, int]] = set()
    for a, b in _overlapping(of_parties.values(), traits):
        if (min(a, b), max(a, b)) in seen or not wanted(a, b):
            continue
        seen.add((min(a, b), max(a, b)))
        if may_be_one(traits[a], traits[b]) and (strength := parties_bond(traits[a], traits[b])):
            yield a, b, strength


def document_bonds(traits: Sequence[Traits], wanted: Wanted) -> Iterator[tuple[int, int, float]]:
    """Of one kind and document."""
    for numbers in _by_document(traits).values():
        for a, b in combinations(numbers, 2):
            one, other = traits[a], traits[b]
            may_be = one.report.type is other.report.type and wanted(a, b) and may_be_one(one, other)
            if may_be and (strength := one_document_bond(one, other)):
                yield a, b, strength


def are_likely(a: Traits, b: Traits, stories: Stories) -> bool:
    """Whether two of the same day and parties are told in words that let them be of one occurrence."""
    return _odds(a, b, stories) >= UNLIKELY


def _overlapping(blocks: Iterable[list[int]], traits: Sequence[Traits]) -> Iterator[tuple[int, int]]:
    """The pairs in each block whose days overlap."""
    for block in blocks:
        ordered = sorted(block, key=lambda number: traits[number].first)
        for place, a in enumerate(ordered):
            for b in ordered[place + 1 :]:
                if traits[b].first > traits[a].last:
                    break
                yield a, b


def story_bonds(traits: Sequence[Traits], stories: Stories, wanted: Wanted) -> Iterator[tuple[int, int, float]]:
    """Of documents that tell one story, the pairs of reports of one kind."""
    of_documents = _by_document(traits)
    for one, other in _told_at_once(traits, of_documents):
        if not stories.may_be_alike(one, other) or (alike := stories.alike(one, other)) < LIKE:
            continue
        for a in of_documents[one]:
            for b in of_documents[other]:
                may_be = traits[a].report.type is traits[b].report.type and wanted(a, b) and may_tell_one(traits[a], traits[b])
                if may_be and (strength := story_bond(traits[a], traits[b], alike, _odds(traits[a], traits[b], stories))):
                    yield a, b, strength


def _odds(a: Traits, b: Traits, stories: Stories) -> float:
    told_a, told_b = _told(a, stories), _told(b, stories)
    return -inf if met_others(a, b, told_a, told_b) else log_odds(a, b, told_a, told_b)


def _told(one: Traits, stories: Stories) -> Told:
    document, start = one.report.key
    return stories.told(document, start, start + len(one.report.words))


def _by_document(traits: Sequence[Traits]) -> dict[str, list[int]]:
    of_documents: defaultdict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(traits):
        of_documents[one.report.document].append(number)
    return of_documents


def _told_at_once(traits: Sequence[Traits], of_documents: dict[str, list[int]]) -> Iterator[tuple[str, str]]:
    """Documents published within a story's days, those dated by a year or less sharply left out."""
    out = [(*days, id) for id, numbers in of_documents.items() if (days := traits[numbers[0]].out) and days[1] - days[0] <= MONTH]
    ordered = sorted(out)
    for place, (_, last, one) in enumerate(ordered):
        for first, _, other in ordered[place + 1 :]:
            if first > last + DAYS.days:
                break
            yield one, other


def groups_of(traits: Sequence[Traits], members: list[int], bonds: Sequence[Bond], stories: Stories) -> list[list[Traits]]:
    """The groups of a neighbourhood. None holds two that speak against each other, nor two of one document that it tells as two."""
    group = {number: [number] for number in members}
    tied = {(min(bond.a, bond.b), max(bond.a, bond.b)) for bond in bonds}
    strongest_first = sorted(
        _best_of_stories(_without_guesses(bonds, traits), traits),
        key=lambda bond: (-bond.strength, *sorted((_place(traits[bond.a]), _place(traits[bond.b])))),
    )
    for bond in strongest_first:
        left, right = group[bond.a], group[bond.b]
        across = [(one, other) for one in left for other in right] if left is not right else []
        if not across or not all((min(pair), max(pair)) in tied or _fit(traits[pair[0]], traits[pair[1]]) for pair in across):
            continue
        if (
            len(across) > 1
            and STORY <= bond.strength < MEETING
            and _mean_odds([(traits[a], traits[b]) for a, b in across], stories) < TOGETHER
        ):
            continue
        left += right
        group.update(dict.fromkeys(right, left))
    seen = {id(several): several for several in group.values()}
    return [sorted((traits[number] for number in several), key=_place) for several in seen.values()]


def _mean_odds(pairs: Sequence[tuple[Traits, Traits]], stories: Stories) -> float:
    """How likely the reports of two groups are of one occurrence on the whole, by those in documents that tell one story."""
    told = [
        _odds(a, b, stories)
        for a, b in pairs
        if a.report.document != b.report.document and stories.alike(a.report.document, b.report.document) >= LIKE
    ]
    return sum(told) / len(told) if told else 0.0


def _fit(a: Traits, b: Traits) -> bool:
    if a.report.document == b.report.document and not (a.mechanism and a.mechanism == b.mechanism) and not one_document_bond(a, b):
        return False
    return may_be_one(a, b)


def _best_of_stories(bonds: Sequence[Bond], traits: Sequence[Traits]) -> list[Bond]:
    """A document tells several events, and so does another that tells the same story: each report goes with the one that is most like it,
    where that one has none more like it."""
    best: defaultdict[tuple[int, str], float] = defaultdict(float)
    for bond in bonds:
        if STORY <= bond.strength < MEETING:
            for one, other in ((bond.a, bond.b), (bond.b, bond.a)):
                place = (one, traits[other].report.document)
                best[place] = max(best[place], bond.strength)
    return [
        bond
        for bond in bonds
        if not STORY <= bond.strength < MEETING
        or bond.strength == best[bond.a, traits[bond.b].report.document] == best[bond.b, traits[bond.a].report.document]
    ]


def _without_guesses(bonds: Sequence[Bond], traits: Sequence[Traits]) -> list[Bond]:
    """A month or a year in which a meeting sat more than once says of no sitting that it is meant."""
    sittings: defaultdict[int, list[Traits]] = defaultdict(list)
    for bond in bonds:
        for vague, sharp in ((bond.a, bond.b), (bond.b, bond.a)):
            if traits[sharp].sharp and traits[vague].dated and traits[vague].last - traits[vague].first > SHARP:
                sittings[vague].append(traits[sharp])
    unsure = {vague for vague, found in sittings.items() if max(one.first for one in found) - min(one.last for one in found) > APART}
    return [bond for bond in bonds if bond.a not in unsure and bond.b not in unsure]


def _place(one: Traits) -> tuple[tuple[str, int], int, int]:
    """An order of reports that no register changes."""
    return (one.report.key, one.report.own, one.report.number)
