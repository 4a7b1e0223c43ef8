"""Keeps the occurrences of a register up to date: only what new documents touch is put together anew.

In come a register and what is known; the occurrences go into the register. Documents are taken a part at a time, in the order of their
days. A new report is tied to those told or dated within days of it and to those of its meeting; the neighbourhoods of what it is tied to
are put together anew with it (grouping.py), which gives the same as all reports put together at once.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from comity.intervals import first_day, last_day
from comity.knowledge import Knowledge
from comity.register import Register, View
from comity.register.decided_events import documents_decided_about
from comity.register.occurrence_store import AWAITED, Changed, NewOccurrence, OccurrenceStore, OldMember
from comity.register.occurrences import (
    Days,
    Report,
    bodies_named,
    reports_dated,
    reports_of,
    reports_of_meetings,
    reports_told,
)
from comity.tracking.foreseen import Foretold, foretold, ties
from comity.tracking.grouping import bonds_between, neighbourhoods
from comity.tracking.happening import MONTH, SHARP, TELLING, Traits, names_of_meetings, traits_of
from comity.tracking.kept_occurrences import merging_version
from comity.tracking.occurrence import Occurrence, State, day_of, id_of, merged
from comity.tracking.stories import DAYS, Stories

TOGETHER = 300
"""Documents put together at a time."""

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
    touched: set[str] = set()
    for start in range(0, len(waiting), TOGETHER):
        part = waiting[start : start + TOGETHER]
        touched |= _Part(register, knowledge, part).put_together()
        step(len(part))
    whole = marks.get("whole") and len(touched) < ALL_TIES
    store.tie(_ties(store, touched if whole else None))
    last = max(waiting, default=0)
    store.finish({"whole": "yes", "reading": str(max(last, int(marks.get("reading", "0")))), "decision": str(newest)})
    return len(waiting)


class _Part:
    """Some readings on their way into the occurrences that a register keeps."""

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
            gone = self._store.members_of_documents(self._readings)
            new = traits_of_reports(self._view, self._knowledge, reports_of(self._view, self._readings))
            old = {one.neighbourhood for one in gone} | self._tied_to(new)
            there = self._store.members_of_neighbourhoods(old)
            replaced = {(one.reading, one.number) for one in gone}
            stay = [one for one in there if (one.reading, one.number) not in replaced]
            every = [*new, *self._again(stay)]
            self._stories.load({one.report.document for one in every})
            kept = [_kept(groups) for groups in neighbourhoods(every, self._stories)]
            made = tuple(one for several in kept for one in several)
            changed = Changed(old=tuple(sorted(old)), new=made, readings=tuple(self._readings))
            before = self._store.awaited_by({one.occurrence for one in there})
            if self._store.write(changed, turn, _moves(there, made)):
                return before | {key for one in made for key in _awaited(one)}

    def _tied_to(self, new: Sequence[Traits]) -> set[int]:
        """The neighbourhoods of reports kept already that the new ones are tied to."""
        places = {(one.report.reading, one.report.number) for one in new}
        own = {one.report.document for one in new}
        near = {(one.reading, one.number): one for one in near_reports(self._view, self._knowledge, new) if one.document not in own}
        members = {
            (one.reading, one.number): one.neighbourhood for one in self._store.members_of_readings({reading for reading, _ in near})
        }
        beside = [one for place, one in near.items() if place in members and place not in places]
        every = [*new, *traits_of_reports(self._view, self._knowledge, beside)]
        self._stories.load({one.report.document for one in every})
        count = len(new)
        tied = bonds_between(every, self._stories, lambda a, b: (a < count) is not (b < count))
        return {members[every[one].report.reading, every[one].report.number] for bond in tied for one in (bond.a, bond.b) if one >= count}

    def _again(self, members: Iterable[OldMember]) -> list[Traits]:
        wanted = {(one.reading, one.number) for one in members}
        reports = reports_of(self._view, {reading for reading, _ in wanted})
        return traits_of_reports(self._view, self._knowledge, [one for one in reports if (one.reading, one.number) in wanted])


def traits_of_reports(view: View, knowledge: Knowledge, reports: Sequence[Report]) -> list[Traits]:
    """With what their documents say of the people in them."""
    return traits_of(reports, knowledge, bodies_named(view, {one.reading for one in reports}))


def near_reports(view: View, knowledge: Knowledge, new: Sequence[Traits]) -> Iterator[Report]:
    """All reports that one of the new may be tied to: of documents published within days of its own, dated on its days, or of its
    meeting."""
    told = {one.out for one in new if one.out and one.out[1] - one.out[0] <= MONTH}
    yield from reports_told(view, stretches(((first - DAYS.days, last + DAYS.days) for first, last in told), whole_months=True))
    dated = {(one.first - SHARP, one.last) for one in new if one.sharp}
    yield from reports_dated(view, stretches(dated, whole_months=False))
    names: defaultdict[str, set[str]] = defaultdict(set)
    for name, mechanism in names_of_meetings(knowledge).items():
        names[mechanism].add(name)
    of_meetings = [one for one in new if one.mechanism and one.last]
    if of_meetings:
        first, last = min(one.first for one in of_meetings), max(one.last for one in of_meetings) + TELLING
        meetings = {name for one in of_meetings for name in names[one.mechanism or ""]}
        yield from reports_of_meetings(view, meetings, _year(first), _year(last))


def _year(day: int) -> str:
    return date.fromordinal(max(1, day)).isoformat()[:4]


def stretches(days: Iterable[tuple[int, int]], *, whole_months: bool) -> list[Days]:
    """Days joined into as few stretches as hold them all. `whole_months` begins each with its month, so that what is known to the month
    alone is in it."""
    joined: list[list[int]] = []
    for first, last in sorted(days):
        if joined and first <= joined[-1][1] + MONTH:
            joined[-1][1] = max(joined[-1][1], last)
        else:
            joined.append([max(first, 1), last])
    return [
        (date.fromordinal(first).isoformat()[: 7 if whole_months else 10], date.fromordinal(min(last, date.max.toordinal())).isoformat())
        for first, last in joined
    ]


def _kept(groups: Sequence[Sequence[Traits]]) -> list[NewOccurrence]:
    """A neighbourhood's occurrences as rows; it is named by the least of them."""
    several = [(merged(group), group) for group in groups]
    neighbourhood = min(int(one.id, 16) for one, _ in several)
    return [_row(one, group, neighbourhood) for one, group in several]


def _row(one: Occurrence, group: Sequence[Traits], neighbourhood: int) -> NewOccurrence:
    facts, day = foretold(one), day_of(one)
    published = [report.published for report in one.reports if report.published]
    last = last_day(one.when) if one.when else max((last_day(day) for day in published), default=None)
    awaits = [f"{AWAITED}{key}" for key in facts.awaits if " " in key] if facts else []
    return NewOccurrence(
        key=int(one.id, 16),
        neighbourhood=neighbourhood,
        type=one.type.value,
        state=one.state.value,
        when=one.when,
        mechanism=one.mechanism,
        announced=facts.announced.isoformat() if facts and facts.announced else None,
        day=day.isoformat() if day else "",
        until=last.isoformat() if last else "",
        grain=(last_day(one.when) - first_day(one.when)).days if one.when else None,
        members=tuple((member.report.reading, member.report.number, member.report.own) for member in group),
        tags=tuple(dict.fromkeys((*one.parties, *awaits))),
    )


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
