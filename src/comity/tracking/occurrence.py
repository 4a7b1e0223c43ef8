"""One thing that happened or is to: the reports of it from all documents, merged, with what they disagree on.

In comes a group of reports that tell the same (grouping.py); out comes an Occurrence. What became of announcements is worked out in
foreseen.py.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from enum import StrEnum

from msgspec import Struct

from comity.intervals import IsoDate, first_day, last_day
from comity.knowledge.schema import Sitting
from comity.records import ActorId, EventType, MechanismId, Status
from comity.register.occurrences import Report
from comity.tracking.happening import Traits, is_date


class State(StrEnum):
    """What has become of an occurrence."""

    HELD = "held"
    MOVED = "moved"
    """Held on another date than was announced."""
    PLANNED = "planned"
    OVERDUE = "overdue"
    """Its planned date is past and no document tells that it was held."""
    PROPOSED = "proposed"
    DENIED = "denied"


STATES = {
    Status.HAPPENED: State.HELD,
    Status.SCHEDULED: State.PLANNED,
    Status.PROPOSED: State.PROPOSED,
    Status.DENIED: State.DENIED,
}
"""What one report makes of an occurrence; of several the first of these counts that one tells."""


class Occurrence(Struct, frozen=True, kw_only=True):
    """One thing that happened, or is to. `when` is the date most sources give, the sharpest of these; `planned` another one once announced.
    `reports` are in the order of publication, `families` counts near copies once; `dates` are all dates told, with how many sources each.
    `sitting` is the pack's own entry. `suggested` marks what was tied to its announcement by the parties alone.

    `id` follows from the oldest report: the same reports have the same id in every register, and what is told later changes it not."""

    id: str
    type: EventType
    state: State
    when: IsoDate | None
    parties: tuple[ActorId, ...]
    mechanism: MechanismId | None
    meeting: str | None
    reports: tuple[Report, ...]
    families: int
    dates: tuple[tuple[IsoDate, int], ...] = ()
    planned: IsoDate | None = None
    sitting: Sitting | None = None
    suggested: bool = False

    @property
    def first_report(self) -> Report:
        return self.reports[0]


def merged(group: Sequence[Traits]) -> Occurrence:
    """The occurrence that a group of reports tells."""
    reports = sorted((one.report for one in group), key=telling_order)
    told = Counter(party for report in reports for party in dict.fromkeys(report.parties))
    place = {party: number for number, party in reversed(list(enumerate(p for r in reports for p in r.parties)))}
    held = [report for report in reports if report.status is Status.HAPPENED]
    meetings = Counter(one.meeting for one in sorted(group, key=lambda t: telling_order(t.report)) if one.meeting)
    return Occurrence(
        id=id_of(reports[0].own),
        type=reports[0].type,
        state=_state(reports),
        when=_when(held or reports),
        parties=tuple(sorted(told, key=lambda party: (-told[party], place[party], party))),
        mechanism=next((one.mechanism for one in group if one.mechanism), None),
        meeting=meetings.most_common(1)[0][0] if meetings else None,
        reports=tuple(reports),
        families=len({report.family for report in reports}),
        dates=_dates(reports),
    )


def telling_order(report: Report) -> tuple[str, tuple[str, int], int]:
    """The oldest first, those of unknown date last."""
    return (report.published or "9999", report.key, report.own)


def id_of(own: int) -> str:
    """How the number of an occurrence is written."""
    return f"{own:015x}"


def day_of(one: Occurrence) -> date | None:
    """Where it stands in time: by its first day; one without a date by the day on which it was first told."""
    when = one.when or min((report.published for report in one.reports if report.published), default=None)
    return first_day(when) if when else None


def in_order(one: Occurrence) -> tuple[date, str]:
    """The order of occurrences in time, those of no known day last."""
    return (day_of(one) or date.max, one.id)


def _state(reports: Collection[Report]) -> State:
    statuses = {report.status for report in reports}
    return next(state for status, state in STATES.items() if status in statuses)


def _dates(reports: Collection[Report]) -> tuple[tuple[IsoDate, int], ...]:
    families: defaultdict[IsoDate, set[str]] = defaultdict(set)
    for report in reports:
        if is_date(report.when) and report.when:
            families[report.when].add(report.family)
    return tuple((when, len(found)) for when, found in sorted(families.items(), key=lambda pair: (-len(pair[1]), pair[0])))


def _when(reports: Collection[Report]) -> IsoDate | None:
    """The sharpest date; of those as sharp as each other, the one that most sources give."""
    dates = _dates(reports)
    if not dates:
        return None
    return min(dates, key=lambda pair: (last_day(pair[0]) - first_day(pair[0]), -pair[1], pair[0]))[0]
