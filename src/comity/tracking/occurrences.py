"""Events told by many: the reports of one occurrence from all documents, merged, with what they disagree on.

In comes a view of the register and which occurrences are wanted; out come they in the order of time, each with its reports, its sources
(near copies count once) and its state: held, planned, moved, or overdue as of a day. They are taken from the register where it keeps them
(occurrence_update.py), else merged on the spot, which gives the same. Everything follows from the set of reports alone.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from comity.errors import BadInputError
from comity.intervals import IsoDate, first_day, last_day
from comity.knowledge import Knowledge
from comity.records import ActorId, MechanismId
from comity.register import View
from comity.register.occurrence_rows import Kept, Wished
from comity.register.occurrences import Report, bodies_named, count_reports, event_reports
from comity.settings import limit_of
from comity.tracking.foreseen import foreseen, foretold, ties
from comity.tracking.grouping import neighbourhoods
from comity.tracking.happening import traits_of
from comity.tracking.kept_occurrences import are_kept, built
from comity.tracking.occurrence import Occurrence, State, in_order, merged
from comity.tracking.stories import Stories

__all__ = ["Occurrence", "State", "loaded_between", "occurrences", "telling_occurrences"]

BESIDE = timedelta(days=60)
"""More than a story's days and the month in which an announcement without a meeting's name may come true."""


def occurrences(
    view: View,
    knowledge: Knowledge,
    *,
    today: date,
    since: IsoDate | None = None,
    until: IsoDate | None = None,
    mechanism: MechanismId | None = None,
    actor: ActorId | None = None,
) -> tuple[Occurrence, ...]:
    """The occurrences between two dates, of one mechanism, or with one actor, the oldest first; those without any date last. As of
    `today`: what was published later is not known yet."""
    if are_kept(view, knowledge, today):
        settled = built(view, knowledge, today, Kept(view).wished(Wished(since=since, until=until, mechanism=mechanism, actor=actor)))
    else:
        settled = _on_the_spot(view, knowledge, today, since, until)
    wanted: Iterable[Occurrence] = (one for one in settled if _between(one, since, until))
    if mechanism:
        wanted = (one for one in wanted if one.mechanism == mechanism)
    if actor:
        wanted = (one for one in wanted if actor in one.parties)
    return tuple(sorted(wanted, key=in_order))


def telling_occurrences(view: View, knowledge: Knowledge, *, today: date) -> Sequence[Occurrence]:
    """The occurrences about which documents may contradict each other, as of a day: those of known meetings and those that had been
    announced, where the register keeps them; else all."""
    if are_kept(view, knowledge, today):
        return built(view, knowledge, today, Kept(view).telling())
    return occurrences(view, knowledge, today=today)


def loaded_between(since: IsoDate | None, until: IsoDate | None) -> tuple[str | None, str | None]:
    """The whole years that are asked for, and some weeks to each side: so what is dated as vaguely as a year, and what was announced for
    another day, is put together as it would be among all reports. Those of known meetings are all loaded anyway."""
    first, last = None, None
    if since is not None:
        day = first_day(since)
        first = min(f"{day.year:04}", (day - BESIDE).isoformat()[:7]) if day - date.min > BESIDE else ""
    if until is not None:
        day = last_day(until)
        last = max(f"{day.year:04}-12-31", (day + BESIDE).isoformat()) if date.max - day > BESIDE else "9999"
    return first, last


def _on_the_spot(view: View, knowledge: Knowledge, today: date, since: IsoDate | None, until: IsoDate | None) -> list[Occurrence]:
    first, last = loaded_between(since, until)
    if (many := count_reports(view, first, last)) > (most := limit_of("COMITY_EVENTS_AT_ONCE")):
        raise BadInputError(
            f"{many:,} event reports are to be put together for this, more than {most:,} (COMITY_EVENTS_AT_ONCE); run comity track once, "
            "so that the register keeps what they tell, or ask for a shorter time and no earlier day."
        )
    standing = tuple(name for known in knowledge.mechanisms.values() for name in (known.id, known.name)) if first or last else ()
    known = [report for report in event_reports(view, first, last, standing) if _is_out(report, today)]
    traits = traits_of(known, knowledge, bodies_named(view, known))
    every = [merged(group) for groups in neighbourhoods(traits, Stories(view)) for group in groups]
    return foreseen(every, ties(facts for one in every if (facts := foretold(one))), knowledge, today)


def _is_out(report: Report, today: date) -> bool:
    return report.published is None or first_day(report.published) <= today


def _between(one: Occurrence, since: IsoDate | None, until: IsoDate | None) -> bool:
    """Whether it was between two days; an undated one by the days on which it was told."""
    days = [one.when] if one.when else [report.published for report in one.reports if report.published]
    if since is None and until is None:
        return True
    return any(
        (since is None or last_day(day) >= first_day(since)) and (until is None or first_day(day) <= last_day(until)) for day in days
    )
