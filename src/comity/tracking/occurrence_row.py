"""Reports on their way to the rows that a register keeps: traits with what their documents say, and the occurrences of groups of them."""

from collections.abc import Sequence

from comity.intervals import first_day, last_day
from comity.knowledge import Knowledge
from comity.register import View
from comity.register.occurrence_store import AWAITED, NewOccurrence
from comity.register.occurrences import Report, bodies_named
from comity.tracking.foreseen import foretold
from comity.tracking.happening import Traits, traits_of
from comity.tracking.occurrence import Occurrence, day_of, merged


def traits_of_reports(view: View, knowledge: Knowledge, reports: Sequence[Report]) -> list[Traits]:
    """With what their documents say of the people in them."""
    return traits_of(reports, knowledge, bodies_named(view, {one.reading for one in reports}))


def rows_of_groups(groups: Sequence[Sequence[Traits]]) -> list[NewOccurrence]:
    """The occurrences of a neighbourhood's groups; it is named by the least of them."""
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
