"""Who did something together: event reports with one actor of each of two groups, counted by pair and year, and the reports of one pair."""

from collections.abc import Collection, Iterator
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Select, and_, case, exists, func, literal, select, tuple_

from comity.records import ActorId, ThemeId
from comity.register.cursors import read_cursor
from comity.register.findings import Found, found_by, select_findings
from comity.register.schema import FINDINGS, finding_themes, parties
from comity.register.tags import is_repeat
from comity.register.view import View

EVENTS = "events"
TABLE = FINDINGS[EVENTS]


class Together(Struct, frozen=True, kw_only=True):
    """How many event reports of a year (None: undated) have both actors in them; what near copies say again counts once."""

    a: ActorId
    b: ActorId
    year: int | None
    reports: int


def together(view: View, group: Collection[ActorId], others: Collection[ActorId], theme: ThemeId | None = None) -> Iterator[Together]:
    """The pairs of one actor of each group that have an event in common, by actor and year. `theme` is one that the report's words name."""
    one, two, documents = parties.alias("one"), parties.alias("two"), view.asking.documents
    when = func.coalesce(TABLE.c.when, documents.c.published, "")
    year = case((when == "", ""), else_=func.substr(when, 1, 4)).label("year")
    reports = func.count(func.distinct(TABLE.c.reading * 100_000 + TABLE.c.number)).label("reports")
    query: Select[tuple[str, str, str, int]] = (
        select(one.c.actor.label("a"), two.c.actor.label("b"), year, reports)
        .select_from(
            TABLE.join(documents, view.asking.scope.is_of(EVENTS, view.asking.rejecting())).join(one, _of(one)).join(two, _of(two))
        )
        .where(one.c.actor.in_(sorted(group)), two.c.actor.in_(sorted(others)), ~is_repeat(EVENTS), *_on(theme))
        .group_by(one.c.actor, two.c.actor, year)
        .order_by(one.c.actor, two.c.actor, year)
    )
    for row in view.asking.rows(query):
        yield Together(a=row.a, b=row.b, year=int(row.year) if row.year else None, reports=int(row.reports))


def count_together(view: View, a: ActorId, b: ActorId, theme: ThemeId | None = None) -> int:
    """How many event reports have both actors in them."""
    return int(view.asking.all(_both(view, a, b, theme).with_only_columns(func.count()))[0][0])


def events_together(
    view: View, a: ActorId, b: ActorId, theme: ThemeId | None = None, *, limit: int, after: str | None = None
) -> list[Found]:
    """The newest of these by their document's date, behind the cursor `after`."""
    documents, found = view.asking.documents, _both(view, a, b, theme)
    order = (documents.c.day, documents.c.id, TABLE.c.number)
    if after is not None:
        found = found.where(tuple_(*order) < tuple_(*(literal(part) for part in read_cursor(after, tuple[str, str, int]))))
    return list(found_by(view.asking, EVENTS, found.order_by(*(column.desc() for column in order)).limit(limit)))


def _both(view: View, a: ActorId, b: ActorId, theme: ThemeId | None) -> Select[Any]:
    return select_findings(view.asking, EVENTS).where(_with_both(a, b), ~is_repeat(EVENTS), *_on(theme))


def _with_both(a: ActorId, b: ActorId) -> ColumnElement[bool]:
    one, two = parties.alias("one"), parties.alias("two")
    same = and_(two.c.reading == one.c.reading, two.c.kind == one.c.kind, two.c.number == one.c.number, two.c.actor == b)
    both = select(one.c.reading, one.c.number).join(two, same).where(one.c.actor == a, one.c.kind == EVENTS)
    return tuple_(TABLE.c.reading, TABLE.c.number).in_(both)


def _of(table: object) -> ColumnElement[bool]:
    columns = table.c  # type: ignore[attr-defined]
    return and_(columns.kind == EVENTS, columns.reading == TABLE.c.reading, columns.number == TABLE.c.number)


def _on(theme: ThemeId | None) -> list[ColumnElement[bool]]:
    if theme is None:
        return []
    of = (finding_themes.c.reading == TABLE.c.reading, finding_themes.c.kind == EVENTS, finding_themes.c.number == TABLE.c.number)
    return [exists().where(*of, finding_themes.c.theme == theme)]
