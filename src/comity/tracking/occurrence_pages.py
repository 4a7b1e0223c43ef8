"""Occurrences a page at a time, in the order of time: from those that a register keeps, else from all put together on the spot."""

from collections.abc import Callable
from datetime import date

from msgspec import Struct

from comity.intervals import first_day, last_day
from comity.knowledge import Knowledge
from comity.register import View
from comity.register.cursors import read_cursor, write_cursor
from comity.register.occurrence_rows import MONTH, Cursor, Kept, Wished
from comity.tracking.kept_occurrences import are_kept, page_of
from comity.tracking.occurrence import Occurrence, day_of
from comity.tracking.occurrences import occurrences


class OccurrencePage(Struct, frozen=True):
    """Some occurrences of `total`; `after` is the cursor of the next ones, None at the end."""

    entries: tuple[Occurrence, ...]
    total: int
    after: str | None


def occurrence_page(
    view: View,
    knowledge: Knowledge,
    wished: Wished,
    *,
    today: date,
    after: str | None = None,
    limit: int = 50,
    count: Callable[[Wished], int] | None = None,
) -> OccurrencePage:
    """The next occurrences behind a cursor, as of a day. Raises BadInputError where no list gave the cursor. `count` says how many there
    are, for somebody who asks for page after page."""
    if are_kept(view, knowledge, today):
        page = page_of(view, knowledge, today, wished, after=after, limit=limit)
        return OccurrencePage(page.occurrences, (count or Kept(view).count)(wished), page.next)
    every = occurrences(
        view, knowledge, today=today, since=wished.since, until=wished.until, mechanism=wished.mechanism, actor=wished.actor
    )
    found = [one for one in every if _is_wished(one, wished)]
    last = None if after is None else read_cursor(after, tuple[str, int])
    behind = [one for one in found if last is None or _place(one) > last]
    shown = behind[:limit]
    return OccurrencePage(tuple(shown), len(found), write_cursor(_place(shown[-1])) if len(behind) > limit else None)


def _is_wished(one: Occurrence, wished: Wished) -> bool:
    if wished.type and one.type is not wished.type:
        return False
    if wished.dated and (one.when is None or (last_day(one.when) - first_day(one.when)).days >= MONTH):
        return False
    day = day_of(one)
    return wished.since is None or (day is not None and day >= first_day(wished.since))


def _place(one: Occurrence) -> Cursor:
    day = day_of(one)
    return (day.isoformat() if day else "~", int(one.id, 16))
