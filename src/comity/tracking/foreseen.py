"""What became of announcements: an occurrence that was only planned is held on that date, held on another, or overdue as of a day.

In come merged occurrences; out come the same with planned ones tied to what was held. Of one meeting, the next sitting after the
announcement is the one announced. Without a meeting the parties must be the same, and only one occurrence of the kind may follow within a
month; such a tie is a suggestion.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from comity.intervals import first_day, last_day, overlap
from comity.knowledge import Knowledge
from comity.records import Status
from comity.tracking.occurrences import Occurrence, State

HORIZON = timedelta(days=400)
"""A meeting announced is its mechanism's next sitting, if that comes within so many days of the announcement."""

NEAR = timedelta(days=30)
"""Without a meeting's name, what was announced is looked for so near its planned date."""


def foreseen(merged: Sequence[Occurrence], knowledge: Knowledge, today: date) -> list[Occurrence]:
    """The occurrences with their state as of a day; an announcement tied to what was held is no occurrence of its own any more."""
    held_by_meeting: defaultdict[str, list[Occurrence]] = defaultdict(list)
    held_by_parties: defaultdict[tuple[str, ...], list[Occurrence]] = defaultdict(list)
    for one in merged:
        if one.state is State.HELD and one.when:
            if one.mechanism:
                held_by_meeting[one.mechanism].append(one)
            for parties in {frozenset(report.parties) for report in one.reports}:
                if len(parties) > 1:
                    held_by_parties[_kind(one, parties)].append(one)
    announced: dict[str, list[tuple[Occurrence, bool]]] = defaultdict(list)
    settled: dict[str, Occurrence] = {}
    for one in merged:
        if one.state is State.PLANNED and one.when:
            came, suggested = _next_sitting(one, held_by_meeting[one.mechanism]) if one.mechanism else None, False
            if not one.mechanism:
                came, suggested = _only_one_after(one, held_by_parties.get(_kind(one, one.parties), ())), True
            if came:
                announced[came.id].append((one, suggested))
                continue
        settled[one.id] = one
    joined = (_joined(one, announced.get(one.id, ())) for one in settled.values())
    return [_as_of(_with_sitting(one, knowledge, today), today) for one in joined]


def _next_sitting(planned: Occurrence, held: Iterable[Occurrence]) -> Occurrence | None:
    """The first sitting after the announcement, or the one held on the planned date."""
    known = _announced_on(planned)
    if known is None or planned.when is None:
        return None
    after = [one for one in held if one.when and known <= last_day(one.when) and first_day(one.when) <= known + HORIZON]
    on_the_day = [one for one in after if one.when and overlap(one.when, planned.when)]
    chosen = min(on_the_day or after, key=_begins, default=None)
    if chosen is None or not chosen.when:
        return None
    return chosen if on_the_day or abs(first_day(chosen.when) - first_day(planned.when)) <= HORIZON / 2 else None


def _only_one_after(planned: Occurrence, held: Iterable[Occurrence]) -> Occurrence | None:
    known, when = _announced_on(planned), planned.when
    if known is None or when is None or first_day(when) != last_day(when):
        return None
    after = [one for one in held if one.when and known <= first_day(one.when) and abs(first_day(one.when) - first_day(when)) <= NEAR]
    return after[0] if len(after) == 1 else None


def _announced_on(planned: Occurrence) -> date | None:
    published = [last_day(report.published) for report in planned.reports if report.published]
    return min(published, default=None)


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


def _joined(one: Occurrence, announced: Sequence[tuple[Occurrence, bool]]) -> Occurrence:
    """Held, and moved where an announcement named another date."""
    reports = (*one.reports, *(report for planned, _ in announced for report in planned.reports))
    ordered = tuple(sorted(reports, key=lambda report: (report.published or "9999", report.key)))
    together = replace(
        one,
        reports=ordered,
        families=len({report.family for report in ordered}),
        parties=tuple(dict.fromkeys((*one.parties, *(party for planned, _ in announced for party in planned.parties)))),
    )
    if one.state is not State.HELD or not one.when:
        return together
    plans = [report for report in ordered if report.status is Status.SCHEDULED and report.when and not overlap(report.when, one.when)]
    if not plans:
        return together
    first = min(plans, key=lambda report: (report.early, report.published or "9999", report.key))
    suggested = first.early or (bool(announced) and all(suggested for _, suggested in announced))
    return replace(together, state=State.MOVED, planned=first.when, suggested=suggested)


def _kind(one: Occurrence, parties: Iterable[str]) -> tuple[str, ...]:
    return (one.type.value, *sorted(parties))


def _begins(one: Occurrence) -> tuple[date, str]:
    return (first_day(one.when) if one.when else date.max, one.id)
