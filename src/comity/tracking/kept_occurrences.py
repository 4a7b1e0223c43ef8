"""Occurrences that a register keeps, built from their reports: a page of them costs what is on it.

In come a view and keys (register/occurrence_rows.py); out come occurrences as of a day.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from comity.intervals import first_day
from comity.knowledge import Knowledge
from comity.register import View
from comity.register.cursors import read_cursor, write_cursor
from comity.register.occurrence_rows import Kept, Wished
from comity.register.occurrences import count_reports, reports_telling
from comity.settings import limit_of
from comity.tracking.foreseen import foreseen
from comity.tracking.happening import Traits, traits_of
from comity.tracking.kept_sayings import sayings_version
from comity.tracking.occurrence import Occurrence, id_of, merged
from comity.tracking.occurrence_odds import weights_version

MERGING = "6"
"""Raised when the code puts reports together otherwise than before; the weights of occurrence_odds.py are in the version by themselves."""


class Page(Struct, frozen=True):
    """Some occurrences in the order of time, and the cursor of what follows."""

    occurrences: tuple[Occurrence, ...]
    next: str | None


def merging_version(knowledge: Knowledge) -> str:
    """The version of what puts reports together and of what it knows: where it changes, they are put together anew."""
    return version_of(knowledge.version)


def version_of(knowledge: str) -> str:
    return f"{MERGING}.{weights_version()}+{sayings_version()}+{knowledge}"


def are_kept(view: View, knowledge: Knowledge, today: date) -> bool:
    """Whether the register keeps the occurrences of all that it holds, by this version, and none is asked as of an earlier day. In a
    register of too many reports to put them together for one answer those count that are kept so far."""
    newest = Kept(view).newest_day()
    if newest and first_day(newest) > today:
        return False
    return are_up_to_date(view, knowledge) or (_are_of_version(view, knowledge) and count_reports(view) > limit_of("COMITY_EVENTS_AT_ONCE"))


def are_up_to_date(view: View, knowledge: Knowledge) -> bool:
    """Whether all that the register holds was put together by this version, and the view is of now."""
    kept = Kept(view)
    return _are_of_version(view, knowledge) and int(kept.marks().get("reading", "0")) >= kept.newest_reading()


def _are_of_version(view: View, knowledge: Knowledge) -> bool:
    """Whether what is kept was put together by this version, and the view is of now."""
    scope = view.asking.scope
    if scope.before is not None or scope.happened_by is not None:
        return False
    return Kept(view).marks().get("version") == merging_version(knowledge)


def page_of(view: View, knowledge: Knowledge, today: date, wished: Wished, *, after: str | None = None, limit: int = 50) -> Page:
    """The next occurrences behind a cursor."""
    places = Kept(view).page(wished, after=None if after is None else read_cursor(after, tuple[str, int]), limit=limit + 1)
    shown = places[:limit]
    found = {one.id: one for one in built(view, knowledge, today, [key for _, key in shown])}
    ordered = tuple(found[id_of(key)] for _, key in shown if id_of(key) in found)
    return Page(ordered, write_cursor(shown[-1]) if len(places) > limit else None)


def built(view: View, knowledge: Knowledge, today: date, keys: Sequence[int]) -> list[Occurrence]:
    """Some occurrences with the announcements that came true in them. What a person rejected is told by nobody."""
    kept = Kept(view)
    came = kept.announcements(keys)
    groups = _groups(view, knowledge, kept, sorted({*keys, *came}))
    every = [replace(merged(group), id=id_of(key)) for key, group in groups.items()]
    return foreseen(every, {id_of(old): id_of(new) for old, new in came.items()}, knowledge, today)


def _groups(view: View, knowledge: Knowledge, kept: Kept, keys: Iterable[int]) -> dict[int, list[Traits]]:
    of = {(reading, number): key for reading, number, key in kept.members(list(keys))}
    reports = [one for one in reports_telling(view, set(of.values())) if (one.reading, one.number) in of]
    groups: defaultdict[int, list[Traits]] = defaultdict(list)
    for one in traits_of(reports, knowledge, {}):
        groups[of[one.report.reading, one.report.number]].append(one)
    return groups
