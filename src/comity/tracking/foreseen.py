"""What became of announcements: an occurrence that was only planned is held on that date, held on another, or overdue as of a day.

Of one meeting, the next sitting after the announcement is the one announced. Without a meeting the parties must be the same, and only one
occurrence of the kind may follow within a month; such a tie is a suggestion. What is tied to what is worked out from a few facts of each
occurrence (`Foretold`), so that a register can keep it; the states as of a day follow from that.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from comity.intervals import IsoDate, first_day, last_day, overlap
from comity.knowledge import Knowledge
from comity.records import EventType, Status
from comity.tracking.deeds import deed_told
from comity.tracking.occurrence import Occurrence, State

HORIZON = timedelta(days=400)
"""A meeting announced is its mechanism's next sitting, if that comes within so many days of the announcement."""

NEAR = timedelta(days=30)
"""Without a meeting's name, what was announced is looked for so near its planned date."""


class Foretold(Struct, frozen=True, kw_only=True):
    """What decides about an announcement. `awaits` are what a planned one waits for, and a held one may be: its mechanism, or a kind and
    deed with the very parties of one of its reports; `announced` is the day on which it was first told."""

    id: str
    state: State
    when: IsoDate
    awaits: tuple[str, ...]
    announced: date | None


Ties = dict[str, str]
"""The held occurrence of each announcement that came true, by their ids."""


def foretold(one: Occurrence) -> Foretold | None:
    """The facts of an occurrence that was held or is planned at a known time; None of any other."""
    if one.when is None or one.state not in (State.HELD, State.PLANNED):
        return None
    return Foretold(id=one.id, state=one.state, when=one.when, awaits=tuple(_awaits(one)), announced=_announced_on(one))


def ties(several: Iterable[Foretold]) -> Ties:
    """Which announcements came true in which occurrence, among some."""
    planned: list[Foretold] = []
    held: defaultdict[str, list[Foretold]] = defaultdict(list)
    for one in several:
        if one.state is State.PLANNED:
            planned.append(one)
        else:
            for key in one.awaits:
                held[key].append(one)
    found = {}
    for one in planned:
        for key in one.awaits:
            came = _next_sitting(one, held[key]) if is_meeting(key) else _only_one_after(one, held[key])
            if came:
                found[one.id] = came.id
    return found


def is_meeting(key: str) -> bool:
    """Whether what is awaited is a mechanism, and no kind with parties."""
    return " " not in key


def foreseen(merged: Sequence[Occurrence], came: Mapping[str, str], knowledge: Knowledge, today: date) -> list[Occurrence]:
    """The occurrences with their state as of a day; an announcement that is tied to one of them is none of its own any more."""
    there = {one.id for one in merged}
    announced: defaultdict[str, list[Occurrence]] = defaultdict(list)
    for one in merged:
        if came.get(one.id) in there:
            announced[came[one.id]].append(one)
    left = (one for one in merged if came.get(one.id) not in there)
    return [_as_of(_with_sitting(_joined(one, announced.get(one.id, ())), knowledge, today), today) for one in left]


def _awaits(one: Occurrence) -> Iterator[str]:
    if one.mechanism:
        yield one.mechanism
    if one.state is State.HELD:
        companies = {(frozenset(report.parties), deed_told(report)) for report in one.reports if len(set(report.parties)) > 1}
        yield from sorted(company_of(one.type, parties, deed) for parties, deed in companies)
    elif not one.mechanism and one.when and first_day(one.when) == last_day(one.when) and len(one.parties) > 1:
        yield company_of(one.type, one.parties, deed_told(one.first_report))


def company_of(type: EventType, parties: Iterable[str], deed: str | None) -> str:
    """What is awaited without a meeting's name: an announced visit does not come true in talks before it."""
    return " ".join((type.value, deed or "-", *sorted(parties)))


def _next_sitting(planned: Foretold, held: Iterable[Foretold]) -> Foretold | None:
    """The first sitting after the announcement, or the one held on the planned date."""
    known = planned.announced
    if known is None:
        return None
    after = [one for one in held if known <= last_day(one.when) and first_day(one.when) <= known + HORIZON]
    on_the_day = [one for one in after if overlap(one.when, planned.when)]
    chosen = min(on_the_day or after, key=lambda one: (first_day(one.when), one.id), default=None)
    if chosen is None:
        return None
    return chosen if on_the_day or abs(first_day(chosen.when) - first_day(planned.when)) <= HORIZON / 2 else None


def _only_one_after(planned: Foretold, held: Iterable[Foretold]) -> Foretold | None:
    known, when = planned.announced, first_day(planned.when)
    if known is None:
        return None
    after = [one for one in held if known <= first_day(one.when) and abs(first_day(one.when) - when) <= NEAR]
    return after[0] if len(after) == 1 else None


def _announced_on(planned: Occurrence) -> date | None:
    published = [last_day(report.published) for report in planned.reports if report.published]
    return min(published, default=None)


def _joined(one: Occurrence, announced: Sequence[Occurrence]) -> Occurrence:
    """Held, and moved where an announcement named another date."""
    reports = (*one.reports, *(report for planned in announced for report in planned.reports))
    ordered = tuple(sorted(reports, key=lambda report: (report.published or "9999", report.key)))
    together = replace(
        one,
        reports=ordered,
        families=len({report.family for report in ordered}),
        parties=tuple(dict.fromkeys((*one.parties, *(party for planned in announced for party in planned.parties)))),
    )
    if one.state is not State.HELD or not one.when:
        return together
    plans = [report for report in ordered if report.status is Status.SCHEDULED and report.when and not overlap(report.when, one.when)]
    if not plans:
        return together
    first = min(plans, key=lambda report: (report.early, report.published or "9999", report.key))
    suggested = first.early or (bool(announced) and all(planned.mechanism is None for planned in announced))
    return replace(together, state=State.MOVED, planned=first.when, suggested=suggested)


def _with_sitting(one: Occurrence, knowledge: Knowledge, today: date) -> Occurrence:
    """With what the pack says of the sitting; a meeting that no document reports was held where the pack says so."""
    known = knowledge.mechanisms.get(one.mechanism or "")
    if known is None or not one.when or one.state in (State.PROPOSED, State.DENIED):
        return one
    sat = [sitting for sitting in known.sittings if first_day(sitting.date) <= today]
    if sitting := next((sitting for sitting in sat if overlap(sitting.date, one.when)), None):
        return replace(one, sitting=sitting, state=State.HELD if one.state is State.PLANNED else one.state)
    announced = _announced_on(one)
    if one.state is not State.PLANNED or announced is None:
        return one
    after = [sitting for sitting in sat if announced <= first_day(sitting.date) <= announced + HORIZON]
    sitting = min(after, key=lambda sitting: first_day(sitting.date), default=None)
    return replace(one, sitting=sitting, state=State.MOVED, planned=one.when, when=sitting.date) if sitting else one


def _as_of(one: Occurrence, today: date) -> Occurrence:
    """What was planned for a day that is past is overdue."""
    return replace(one, state=State.OVERDUE) if one.state is State.PLANNED and one.when and last_day(one.when) < today else one
