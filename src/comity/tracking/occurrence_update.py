"""Keeps the occurrences of a register up to date: only what new documents touch is put together anew.

In come a register and what is known; the occurrences go into the register. Documents are taken a part at a time, in the order of their
days. A new report is tied to those told or dated within days of it and to those of its meeting; the neighbourhoods of what it is tied to
are put together anew with it (grouping.py), which gives the same as all reports put together at once.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from comity.intervals import first_day, last_day
from comity.knowledge import Knowledge, Pack, knowledge_version, load_knowledge
from comity.records import EventType
from comity.register import Register, View
from comity.register.decided_events import documents_decided_about
from comity.register.occurrence_store import AWAITED, Changed, NewOccurrence, OccurrenceStore, OldMember
from comity.register.occurrences import Days, Place, documents_told, places_dated, places_of_meetings, reports_of
from comity.register.places import as_place, place_at, reading_at
from comity.tracking.dated_alike import place_of
from comity.tracking.foreseen import Foretold, ties
from comity.tracking.grouping import bonds_between, joined
from comity.tracking.guesses import Shown, guesses, without
from comity.tracking.happening import MONTH, SHARP, TELLING, Traits, days_told, names_of_meetings
from comity.tracking.kept_occurrences import merging_version, version_of
from comity.tracking.kept_sayings import rows_of
from comity.tracking.occurrence import State, id_of
from comity.tracking.occurrence_build import build_occurrences
from comity.tracking.occurrence_row import rows_of_groups, traits_of_reports
from comity.tracking.stories import DAYS, LIKE, Stories

TOGETHER = 300
"""Documents put together at a time."""

MANY = 2000
"""From so many documents on a register of which nothing is kept is put together by all processors at once."""

ALL_TIES = 2000
"""From so many kinds and meetings on all announcements are looked at again."""


def update_occurrences(register: Register, knowledge: Knowledge, step: Callable[[int], None] = lambda _: None) -> int:
    """Puts together what was not yet; gives the number of documents. `step` is told how many more are done."""
    store, version = register.occurrence_store(), merging_version(knowledge)
    store.begin(version)
    marks = store.marks()
    view = register.view()
    decided, newest = documents_decided_about(view, int(marks.get("decision", "0")))
    if decided:
        store.forget(decided)
    waiting = store.waiting()
    if not waiting and marks.get("whole"):
        return 0
    store.finish({"whole": ""})
    left = waiting
    if len(waiting) >= MANY and store.is_empty():
        build_occurrences(register, knowledge, waiting, step)
        left = store.waiting()
    touched: set[str] = set()
    for start in range(0, len(left), TOGETHER):
        part = left[start : start + TOGETHER]
        touched |= _Part(register, knowledge, part).put_together()
        step(len(part))
    whole = marks.get("whole") and len(touched) < ALL_TIES
    store.tie(_ties(store, touched if whole else None))
    last = max([*waiting, *left], default=0)
    store.finish({"whole": "yes", "reading": str(max(last, int(marks.get("reading", "0")))), "decision": str(newest)})
    return len(waiting)


def keep_occurrences(register: Register, pack: Pack) -> int:
    """The same with what a pack knows, which is not even loaded where there is nothing to do."""
    store, version = register.occurrence_store(), version_of(knowledge_version((pack,)))
    marks = store.marks()
    done = marks.get("version") == version and marks.get("whole") and not store.waiting()
    if done and not documents_decided_about(register.view(), int(marks.get("decision", "0")))[0]:
        return 0
    return update_occurrences(register, load_knowledge((pack,)))


class _Part:
    """Some readings on their way into the occurrences that a register keeps. What is kept already of their reports and tells the same as
    before stays as it is: a decision on one report touches that report, and what is near it."""

    def __init__(self, register: Register, knowledge: Knowledge, readings: Sequence[int]) -> None:
        self._store = register.occurrence_store()
        self._view = register.view()
        self._knowledge = knowledge
        self._readings = readings
        self._stories = Stories(self._view)

    def put_together(self) -> set[str]:
        """Writes what changes; gives what is awaited by, or may be awaited in, what went or came."""
        while True:
            turn = self._store.marks()["turn"]
            gone, new = self._what_changes()
            tied, guessed = self._tied_to(new)
            old = {one.neighbourhood for one in gone} | tied
            there = self._store.members_of_neighbourhoods(old)
            stay = {one.place for one in there} - {one.place for one in gone}
            every = [*(one for one in new if place_of(one) not in guessed), *self._again(stay)]
            bonds = list(bonds_between(every, self._stories, lambda a, b: True))
            more = guesses(every, bonds)
            guessed |= _by_places(every, more)
            groups = [*joined(every, without(bonds, more), self._stories), *([[one]] for one in new if place_of(one) in guessed)]
            made = tuple(row for several in groups for row in rows_of_groups(several))
            changed = Changed(
                old=tuple(sorted(old)),
                new=made,
                readings=tuple(self._readings),
                sayings=tuple(rows_of(self._view, self._readings)),
                guesses=tuple((place, *shown) for place, shown in sorted(guessed.items())),
                looked_at=tuple(sorted({*(one.place for one in gone), *map(place_of, every), *guessed})),
            )
            before = self._store.awaited_by({one.occurrence for one in there})
            if self._store.write(changed, turn, _moves(there, made)):
                return before | {key for one in made for key in _awaited(one)}

    def _what_changes(self) -> tuple[list[OldMember], list[Traits]]:
        """What is kept of these documents and stands no more, and what they tell that is not kept yet. What was shown to be a guess by
        something that stands no more goes and comes anew."""
        kept = {one.place: one for one in self._store.members_of_documents(self._readings)}
        reports = {as_place(one.reading, one.number): one for one in reports_of(self._view, self._readings)}
        same = {at for at, one in kept.items() if at in reports and reports[at].own == one.own}
        gone = [one for at, one in kept.items() if at not in same]
        doubtful = self._store.guesses_shown_by([one.place for one in gone]) - {one.place for one in gone}
        gone += [one for one in self._store.members_of_readings(set(map(reading_at, doubtful))) if one.place in doubtful]
        new = [one for at, one in reports.items() if at not in same and at not in doubtful]
        return gone, [*traits_of_reports(self._view, self._knowledge, new), *self._again(doubtful)]

    def _tied_to(self, new: Sequence[Traits]) -> tuple[set[int], dict[int, Shown]]:
        """The neighbourhoods of reports kept already that the new ones are tied to; and those of the new that are guesses, with what shows
        it: these tie nothing, and so do guesses that are kept."""
        places, whole = near_reports(self._view, self._knowledge, new, self._stories)
        own = set(map(place_of, new))
        near = self._store.members_of_readings({reading for reading, _ in places} | whole)
        members = {
            one.place: one.neighbourhood
            for one in near
            if one.place not in own and (one.reading in whole or (one.reading, one.number) in places)
        }
        for guess in self._store.guesses_among(members):
            del members[guess]
        every = [*new, *self._again(members)]
        count = len(new)
        bonds = list(bonds_between(every, self._stories, lambda a, b: a < count or b < count))
        guessed = {one: shown for one, shown in guesses(every, bonds).items() if one < count}
        tied = {members[place_of(every[one])] for bond in without(bonds, guessed) for one in (bond.a, bond.b) if one >= count}
        return tied, _by_places(every, guessed)

    def _again(self, wanted: Collection[int]) -> list[Traits]:
        """The traits of reports that are kept already, by their places."""
        reports = reports_of(self._view, set(map(reading_at, wanted)), set(map(place_at, wanted)))
        return traits_of_reports(self._view, self._knowledge, reports)


def near_reports(view: View, knowledge: Knowledge, new: Sequence[Traits], stories: Stories) -> tuple[set[tuple[int, int]], set[int]]:
    """All that one of the new may be tied to: reports dated on its days or of its meeting, by reading and number, and whole readings of
    documents that tell its document's story."""
    places: set[tuple[int, int]] = set()
    dated: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    met: defaultdict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for one in new:
        if one.sharp:
            dated[one.report.type.value].append((one.first, one.last))
        if one.mechanism and one.last:
            met[one.report.type.value, one.mechanism].append((one.first, one.last))
    days = stretches((first - SHARP, last) for several in dated.values() for first, last in several)
    for place in places_dated(view, [EventType(type) for type in dated], days):
        if _overlaps(place, dated[place.type]):
            places.add((place.reading, place.number))
    meetings = names_of_meetings(knowledge)
    wanted = {mechanism for _, mechanism in met}
    if met:
        every = [days for several in met.values() for days in several]
        first, last = min(first for first, _ in every), max(last for _, last in every) + TELLING
        names = [name for name, mechanism in meetings.items() if mechanism in wanted]
        for place in places_of_meetings(view, names, _year(first), _year(last)):
            if _overlaps(place, met.get((place.type, meetings[place.mechanism or ""]), [])):
                places.add((place.reading, place.number))
    return places, set(_telling_the_same(view, new, stories))


def _overlaps(place: Place, several: Sequence[tuple[int, int]]) -> bool:
    first, last = days_told(place.when, place.published)
    return any(begin <= last and first <= end for begin, end in several)


def _telling_the_same(view: View, new: Sequence[Traits], stories: Stories) -> Iterator[int]:
    """The readings of documents that tell the story of a new one."""
    own = {one.report.document: one.out for one in new if one.out and one.out[1] - one.out[0] <= MONTH}
    days = stretches((first - MONTH, last + DAYS.days) for first, last in own.values())
    beside = {id: (published, reading) for id, published, reading in documents_told(view, days) if id not in own}
    out = sorted((first_day(published).toordinal(), last_day(published).toordinal(), id) for id, (published, _) in beside.items())
    starts = [first for first, _, _ in out]
    at_once = [
        (document, other)
        for document, (begin, end) in own.items()
        for first, last, other in out[bisect_left(starts, begin - DAYS.days - MONTH) : bisect_right(starts, end + DAYS.days)]
        if last >= begin - DAYS.days and last - first <= MONTH
    ]
    stories.load({document for pair in at_once for document in pair})
    for document, other in at_once:
        if stories.may_be_alike(document, other) and stories.alike(document, other) >= LIKE:
            yield beside[other][1]


def _by_places(traits: Sequence[Traits], guessed: Mapping[int, Shown]) -> dict[int, Shown]:
    return {place_of(traits[one]): (place_of(traits[a]), place_of(traits[b])) for one, (a, b) in guessed.items()}


def _year(day: int) -> str:
    return _day(day)[:4]


def stretches(days: Iterable[tuple[int, int]]) -> list[Days]:
    """Days joined into as few stretches as hold them all; each begins with its month, so that what is known to the month alone is in it."""
    joined: list[list[int]] = []
    for first, last in sorted(days):
        if joined and first <= joined[-1][1] + MONTH:
            joined[-1][1] = max(joined[-1][1], last)
        else:
            joined.append([max(first, 1), last])
    return [(_day(first)[:7], _day(last)) for first, last in joined]


def _day(day: int) -> str:
    return date.fromordinal(min(max(1, day), date.max.toordinal())).isoformat()


def _awaited(one: NewOccurrence) -> Iterator[str]:
    if one.mechanism:
        yield one.mechanism
    yield from (tag.removeprefix(AWAITED) for tag in one.tags if tag.startswith(AWAITED))


def _moves(there: Sequence[OldMember], made: Sequence[NewOccurrence]) -> dict[int, int]:
    """Where occurrences went whose oldest report is gone: to where the rest of their reports are, else to what the same document tells now
    in their stead."""
    places = {own: one.key for one in made for _, _, own in one.members}
    members: defaultdict[int, list[int]] = defaultdict(list)
    for one in there:
        members[one.occurrence].append(one.own)
    moves = {}
    for key, owns in members.items():
        if key not in places and (left := sorted(places[own] for own in owns if own in places)):
            moves[key] = left[0]
    return moves


def _ties(store: OccurrenceStore, keys: set[str] | None) -> dict[int, int | None]:
    """In what announcements came true, of those that await one of these."""
    waiting: defaultdict[str, list[Foretold]] = defaultdict(list)
    before: dict[int, int | None] = {}
    for key, row in store.awaiting(keys):
        announced = date.fromisoformat(row.announced) if row.announced else None
        waiting[key].append(Foretold(id=id_of(row.key), state=State(row.state), when=row.when, awaits=(key,), announced=announced))
        before[row.key] = row.foretold
    found: dict[int, int | None] = {}
    for several in waiting.values():
        came = ties(several)
        for one in several:
            if one.state is State.PLANNED:
                there = int(came[one.id], 16) if one.id in came else None
                if before[int(one.id, 16)] != there:
                    found[int(one.id, 16)] = there
    return found
