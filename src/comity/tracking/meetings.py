"""The sittings of the pack's mechanisms, the documents that report them, and those that were planned for one date and held on another."""

from datetime import date, timedelta

from msgspec import Struct

from comity.intervals import IsoDate, first_day, last_day, overlap
from comity.knowledge import Mechanism, Pack
from comity.knowledge.schema import Sitting
from comity.records import EventReport, Status
from comity.register import Found, View
from comity.register.meeting_reports import meeting_reports

HORIZON = timedelta(days=400)
"""A meeting announced is taken to be the next sitting of its mechanism, if that comes within so many days."""

CLOSE = timedelta(days=31)
"""A report that is dated no closer than this tells no sitting that is."""


class Meeting(Struct, frozen=True, kw_only=True):
    """One sitting, and the reports in the register that are dated on it."""

    mechanism: Mechanism
    sitting: Sitting
    reports: tuple[Found, ...] = ()


class Moved(Struct, frozen=True, kw_only=True):
    """A sitting held on another date than planned; `report` is the document that announced it, where it was one and not the pack."""

    meeting: Meeting
    planned: IsoDate
    report: Found | None = None


def build_meetings(pack: Pack, view: View) -> tuple[tuple[Meeting, ...], tuple[Moved, ...]]:
    """All sittings of the pack's mechanisms, oldest first, and which of them moved."""
    reports: dict[str, list[Found]] = {}
    for found in meeting_reports(view, [name for mechanism in pack.mechanisms for name in (mechanism.name, mechanism.id)]):
        reports.setdefault(found.finding.mechanism, []).append(found)
    meetings, moved = [], []
    for mechanism in pack.mechanisms:
        told = [found for name in dict.fromkeys((mechanism.name, mechanism.id)) for found in reports.get(name, ())]
        announced = _announced(mechanism, told)
        for sitting in mechanism.sittings:
            meeting = Meeting(mechanism=mechanism, sitting=sitting, reports=tuple(_held(sitting, told)))
            meetings.append(meeting)
            report = announced.get(sitting)
            if sitting.planned:
                moved.append(Moved(meeting=meeting, planned=sitting.planned, report=report))
            elif report:
                moved.append(Moved(meeting=meeting, planned=report.finding.when, report=report))
    return tuple(sorted(meetings, key=_order)), tuple(sorted(moved, key=lambda move: _order(move.meeting)))


def _order(meeting: Meeting) -> tuple[date, date, str]:
    return first_day(meeting.sitting.date), last_day(meeting.sitting.date), meeting.mechanism.id


def _held(sitting: Sitting, told: list[Found]) -> list[Found]:
    """One report of each family that is dated on the sitting."""
    fitting: dict[str, Found] = {}
    for found in told:
        event: EventReport = found.finding
        if event.when and event.status is Status.HAPPENED and overlap(event.when, sitting.date) and _can_tell(found, sitting):
            fitting.setdefault(found.document.family, found)
    return list(fitting.values())


def _can_tell(found: Found, sitting: Sitting) -> bool:
    """Whether the words can be of this sitting: they are no older than it, and dated as closely ("the plan for 2021-2025" dates none)."""
    published, own = found.document.published, found.finding.when
    if published and last_day(published) < first_day(sitting.date):
        return False
    return _length(own) <= max(CLOSE, _length(sitting.date))


def _length(dates: IsoDate) -> timedelta:
    return last_day(dates) - first_day(dates)


def _announced(mechanism: Mechanism, told: list[Found]) -> dict[Sitting, Found]:
    """The sittings that a document announced for a date that did not come true, each with its first announcement."""
    announced: dict[Sitting, Found] = {}
    for found in told:
        event: EventReport = found.finding
        if event.status is not Status.SCHEDULED or not event.when or not found.document.published:
            continue
        known = last_day(found.document.published)
        later = sorted(
            (first_day(sitting.date), sitting) for sitting in mechanism.sittings if known <= first_day(sitting.date) <= known + HORIZON
        )
        if later and not overlap(event.when, later[0][1].date):
            announced.setdefault(later[0][1], found)
    return announced
