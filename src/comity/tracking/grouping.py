"""Reports of one occurrence together: bonds between reports, and groups joined from the strongest bond on.

In come the traits of some reports and the stories of their documents; out come groups of reports, gathered by *neighbourhood*: reports that
bonds tie, directly or through others. What a neighbourhood's groups are depends on its own reports alone, so that a new report changes
nothing but the neighbourhoods that it is tied to (occurrence_update.py), and all reports at once give the same as one after another.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import combinations
from math import inf

from msgspec import Struct

from comity.records import Status
from comity.tracking.happening import (
    MEETING,
    MONTH,
    SHARP,
    STORY,
    UNLIKELY,
    Traits,
    is_apart,
    may_be_one,
    may_tell_one,
    meeting_bond,
    one_document_bond,
    parties_bond,
    story_bond,
)
from comity.tracking.occurrence_odds import log_odds, met_others, placed
from comity.tracking.stories import DAYS, LIKE, Stories

APART = 7
"""Dates of one sitting may be told a few days apart; more apart are two sittings."""

TOGETHER = -0.3
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


def telling(one: Traits, stories: Stories) -> bytes:
    """What tells how likely a report is of one occurrence with another, but for whether their days are apart: the same words on the same
    day with the same parties are as likely as each other, in whatever documents they stand."""
    key = (one.report.reading, one.report.number)
    if key not in stories.tellings:
        said = (one.report.type, one.words, one.deed, one.report.when, one.dated, one.sharp, one.report.status, one.mechanism, one.meeting)
        who = (one.report.source, one.report.target, sorted(one.represented), sorted(one.persons), one.report.language)
        whole = repr((*stories.place(*_words_at(one)), said, who))
        stories.tellings[key] = blake2b(whole.encode("utf-8", "surrogatepass"), digest_size=12).digest()
    return stories.tellings[key]


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
                first, second = traits[a], traits[b]
                if first.report.type is second.report.type and wanted(a, b) and may_tell_one(first, second):
                    odds = placed(_odds(first, second, stories), first, second)
                    if strength := story_bond(first, second, alike, odds):
                        yield a, b, strength


def _odds(a: Traits, b: Traits, stories: Stories) -> float:
    key = (telling(a, stories), telling(b, stories), is_apart(a, b))
    if key not in stories.odds:
        told_a, told_b = stories.told(*_words_at(a)), stories.told(*_words_at(b))
        stories.odds[key] = -inf if met_others(a, b, told_a, told_b) else log_odds(a, b, told_a, told_b)
    return stories.odds[key]


def _words_at(one: Traits) -> tuple[str, int, int]:
    document, start = one.report.key
    return document, start, start + len(one.report.words)


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


class _Group:
    """Reports that are together, and what of them all decides whether others fit: most groups are told apart by that alone."""

    def __init__(self, number: int, one: Traits) -> None:
        self.members = [number]
        self.mechanisms = {one.mechanism} - {None}
        self.statuses = {one.status}
        self.documents = {one.report.document}
        self.first, self.last = one.first, one.last

    def fits(self, other: "_Group") -> bool:
        """Whether every report of one fits every report of the other; where this is false, some still may."""
        statuses = self.statuses | other.statuses
        return (
            len(self.mechanisms | other.mechanisms) <= 1
            and (len(statuses) == 1 or statuses <= {Status.HAPPENED, Status.SCHEDULED})
            and self.first <= other.last
            and other.first <= self.last
            and self.documents.isdisjoint(other.documents)
        )

    def take(self, other: "_Group") -> None:
        self.members += other.members
        self.mechanisms |= other.mechanisms
        self.statuses |= other.statuses
        self.documents |= other.documents
        self.first, self.last = max(self.first, other.first), min(self.last, other.last)


def groups_of(traits: Sequence[Traits], members: list[int], bonds: Sequence[Bond], stories: Stories) -> list[list[Traits]]:
    """The groups of a neighbourhood. None holds two that speak against each other, nor two of one document that it tells as two."""
    if len(members) == 1:
        return [[traits[members[0]]]]
    group = {number: _Group(number, traits[number]) for number in members}
    tied = {(bond.a, bond.b) if bond.a < bond.b else (bond.b, bond.a) for bond in bonds}
    rank = {number: place for place, number in enumerate(sorted(members, key=lambda number: _place(traits[number])))}
    strongest_first = sorted(
        _best_of_stories(_without_guesses(bonds, traits), traits),
        key=lambda bond: (-bond.strength, *sorted((rank[bond.a], rank[bond.b]))),
    )
    for bond in strongest_first:
        left, right = group[bond.a], group[bond.b]
        if left is right:
            continue
        if not left.fits(right) and not all(
            ((one, other) if one < other else (other, one)) in tied or _fit(traits[one], traits[other])
            for one in left.members
            for other in right.members
        ):
            continue
        if STORY <= bond.strength < MEETING and len(left.members) * len(right.members) > 1:
            across = [(traits[one], traits[other]) for one in left.members for other in right.members]
            if _mean_odds(across, stories) < TOGETHER:
                continue
        left.take(right)
        group.update(dict.fromkeys(right.members, left))
    seen = {id(several): several.members for several in group.values()}
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
    sittings: dict[int, tuple[int, int]] = {}
    for bond in bonds:
        for vague, sharp in ((bond.a, bond.b), (bond.b, bond.a)):
            if traits[sharp].sharp and traits[vague].dated and traits[vague].last - traits[vague].first > SHARP:
                one = traits[sharp]
                latest, earliest = sittings.get(vague, (one.first, one.last))
                sittings[vague] = (max(latest, one.first), min(earliest, one.last))
    unsure = {vague for vague, (latest, earliest) in sittings.items() if latest - earliest > APART}
    return [bond for bond in bonds if bond.a not in unsure and bond.b not in unsure]


def _place(one: Traits) -> tuple[tuple[str, int], int, int]:
    """An order of reports that no register changes."""
    return (one.report.key, one.report.own, one.report.number)
