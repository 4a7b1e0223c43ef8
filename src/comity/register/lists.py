"""Lists of findings and documents, a part at a time, and how many entries they have by what: no question reads more than it shows.

The newest come first: by date of publication, then by the document's id, both from the last to the first, then in the order of the text. A
part goes on behind the entry whose cursor it is given, so that documents added meanwhile shift nothing. What a near copy says again in
the same words is in no list, unless the list is of that very document.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from msgspec.structs import replace
from sqlalchemy import BigInteger, FromClause, Select, and_, case, cast, func, literal, or_, select, tuple_

from comity.errors import BadInputError
from comity.register.asking import Asking
from comity.register.cursors import read_cursor
from comity.register.findings import Found, found_by, select_findings
from comity.register.heads import DocumentHead, head_columns, head_of
from comity.register.narrow import EVERYTHING, Narrow, conditions, leads, within
from comity.register.rows import ROLES
from comity.register.schema import FINDINGS, finding_themes, parties, tags, tallies
from comity.register.tags import CODES, DOCUMENTS, THEMED, TOLD_ONCE, is_repeat
from comity.register.totals import Total, tallies_of, total_by_tags, totals_by_tags
from comity.register.walk import in_parts, readings_known
from comity.register.who import Who, who_is

COUNTED = 2_000
"""So many entries are counted one by one; of more is told that there are more."""

FEW = 30_000
"""Findings of an actor that are gone through one by one to tell how many are of an act or a theme: a twentieth of a second."""

MOST = 1_000_000
"""More than the findings of one kind in any document."""


def list_findings(
    asking: Asking, kind: str, narrow: Narrow = EVERYTHING, *, newest_first: bool = True, after: str | None = None, limit: int | None = None
) -> Iterator[Found]:
    """The findings of a kind that are wanted, behind an entry."""
    query, number = _narrowed(asking, kind, narrow, select_findings(asking, kind)), FINDINGS[kind].c.number
    day, id = _order(asking, query)
    if after is not None:
        last_day, last_id, last_number = read_cursor(after, tuple[str, str, int])
        query = query.where(_behind(day, id, (last_day, last_id), newest_first))
        query = query.where(or_(day != last_day, id != last_id, number > last_number))
    query = query.order_by(*_sorted(day, id, newest_first), number)
    if asking.scope.before is None or limit is None or not newest_first or narrow.document is not None:
        yield from found_by(asking, kind, query.limit(limit))
        return
    who, found = None if narrow.actor is None else who_is(asking, narrow.actor), 0
    parts = readings_known(asking, kind, who, None if after is None else (last_day, last_id))
    for part in in_parts(asking, query, parts, limit):
        for one in islice(found_by(asking, kind, part), limit - found):
            found += 1
            yield one
        if found >= limit:
            return


def list_documents(
    asking: Asking, narrow: Narrow = EVERYTHING, *, newest_first: bool = True, after: str | None = None, limit: int | None = None
) -> Iterator[DocumentHead]:
    """The documents that are wanted, behind an entry."""
    documents = asking.documents
    query = select(*head_columns(documents)).select_from(documents).where(asking.scope.is_of_documents(), asking.scope.is_read())
    query = _narrowed(asking, DOCUMENTS, narrow, query)
    last = None if after is None else read_cursor(after, tuple[str, str])
    for part in _stretches(query, *_order(asking, query), last, newest_first=newest_first):
        for row in asking.rows(part.limit(limit)):
            limit = None if limit is None else limit - 1
            yield head_of(row._mapping)
        if limit == 0:
            return


def _stretches(query: Select[Any], day: Any, id: Any, last: tuple[str, str] | None, *, newest_first: bool) -> Iterator[Select[Any]]:
    """The parts of a list of documents behind an entry, each in the order of an index. The oldest first behind one, those without date are
    a part of their own: in one question SQLite sorts all that come later to give the next, 14 ms of each page of the reader at 100,000
    documents. A whole list is one question, so that it is as it was when it began, whatever is added meanwhile."""
    if newest_first or last is None:
        behind = [] if last is None else [_behind(day, id, last, newest_first), or_(day != last[0], id != last[1])]
        yield query.where(*behind).order_by(*_sorted(day, id, newest_first))
        return
    if last[0]:
        yield query.where(day >= last[0], tuple_(day, id) > last).order_by(day, id)  # one bound: SQLite begins at the first it finds
    yield query.where(day == "", *([] if last[0] else [id > last[1]])).order_by(day, id)


def count(asking: Asking, kind: str, narrow: Narrow = EVERYTHING) -> int:
    """How many findings (or `documents`) are wanted."""
    told = _told(asking, kind, narrow)
    return int(asking.all(_narrowed(asking, kind, narrow, _counting(asking, kind, func.count())))[0][0]) if told is None else told


def count_up_to(asking: Asking, kind: str, narrow: Narrow = EVERYTHING) -> Total:
    """The same, told as "over" so many where finding out how many would take long."""
    told = _told(asking, kind, narrow)
    if told is not None:
        return Total(told)
    some = _narrowed(asking, kind, narrow, _counting(asking, kind, literal(1).label("one"))).limit(COUNTED + 1).subquery("some")
    number = int(asking.all(select(func.count()).select_from(some))[0][0])
    return Total(min(number, COUNTED), number > COUNTED)


def counts(asking: Asking, kind: str, by: str, narrow: Narrow = EVERYTHING) -> dict[str, int]:
    """How many findings (or `documents`) are wanted, by `actor`, `theme`, `act`, `publisher`, `language` or `year`, the most first."""
    value, query = _grouped(asking, kind, by)
    if narrow == EVERYTHING and _is_now(asking) and (kind == DOCUMENTS or by not in ("publisher", "language", "year")):
        return _tallied(asking, f"{kind}.{_field(kind, by)}")
    able = (by == "theme" and kind in THEMED) or (by == "act" and bool(CODES.get(kind)))
    if able and narrow.actor and (lead := _alone(asking, kind, narrow)) is not None:
        return _of_actor(asking, kind, by, lead[1])
    if (by_tags := totals_by_tags(asking, kind, by, narrow)) is not None:
        return _ranked(by_tags)
    rows = asking.all(_narrowed(asking, kind, narrow, query).group_by(value))
    return _ranked({str(row[0]): int(row[1]) for row in rows if row[0] is not None})


def _told(asking: Asking, kind: str, narrow: Narrow) -> int | None:
    """How many entries a list has where tallies or tags say it; None where it takes a count."""
    if narrow == EVERYTHING and _is_now(asking):
        return _tallied(asking, kind).get("", 0)
    if (lead := _alone(asking, kind, narrow)) is not None:
        return _tallied(asking, lead[0], lead[1]).get(lead[1], 0)
    told = _told_by_actor(asking, kind, narrow)
    return total_by_tags(asking, kind, narrow) if told is None else told


def _told_by_actor(asking: Asking, kind: str, narrow: Narrow) -> int | None:
    """How many findings an actor has of an act, or on a theme, where nothing else is asked for and the actor has few."""
    for by, able in (("act", bool(CODES.get(kind))), ("theme", kind in THEMED)):
        value = getattr(narrow, by)
        lead = _alone(asking, kind, replace(narrow, **{by: None})) if able and value and narrow.actor else None
        if lead is not None and _tallied(asking, lead[0], lead[1]).get(lead[1], 0) <= FEW:
            return _of_actor(asking, kind, by, lead[1]).get(value, 0)
    return None


def _narrowed(asking: Asking, kind: str, narrow: Narrow, query: Select[Any]) -> Select[Any]:
    """A query over a kind and its documents with all that narrows it; `tags` leads it where the list is of what is known now."""
    who = None if narrow.actor is None else who_is(asking, narrow.actor)
    for condition in conditions(kind, narrow, asking.documents, who):
        query = query.where(condition)
    if asking.scope.before is not None or narrow.document is not None or narrow.copies:
        return query
    if kind in TOLD_ONCE:
        query = query.where(~is_repeat(kind))
    query = query.where(tags.c.tally == _rarest(asking, kind, narrow, who), tags.c.document == asking.documents.c.key)
    return query.where(*within(narrow.between, tags.c.day))


def _rarest(asking: Asking, kind: str, narrow: Narrow, who: Who | None) -> int:
    """Of all that narrows a list, the tag that the fewest documents have."""
    able = list(leads(kind, narrow, who))
    having = tallies_of(asking, able)
    return having[min(able, key=lambda lead: (having[lead].documents, lead))].key


def _order(asking: Asking, query: Select[Any]) -> tuple[Any, Any]:
    """The columns that a list is ordered by: those of its lead where it has one."""
    led = any(table is tags for table in query.get_final_froms())
    return (tags.c.day, tags.c.id) if led else (asking.documents.c.day, asking.documents.c.id)


def _sorted(day: Any, id: Any, newest_first: bool) -> tuple[Any, ...]:
    """Documents without a date come last either way."""
    return (day.desc(), id.desc()) if newest_first else (case((day == "", 1), else_=0), day, id)


def _behind(day: Any, id: Any, last: tuple[str, str], newest_first: bool) -> Any:
    if newest_first:
        return and_(day <= last[0], tuple_(day, id) <= last)
    if not last[0]:
        return and_(day == "", id >= last[1])
    return or_(day == "", tuple_(day, id) >= last)


def _counting(asking: Asking, kind: str, *columns: Any) -> Select[Any]:
    documents = asking.documents
    if kind == DOCUMENTS:
        return select(*columns).select_from(documents).where(asking.scope.is_of_documents())
    return select(*columns).select_from(FINDINGS[kind].join(documents, asking.scope.is_of(kind, asking.rejecting())))


def _grouped(asking: Asking, kind: str, by: str) -> tuple[Any, Select[Any]]:
    """The column to count by, and the query of values and counts."""
    documents, table = asking.documents, FINDINGS.get(kind)
    beside: FromClause
    if by in ("publisher", "language", "year"):
        # of the columns before the text: those behind it (`day`) cost a second page of the file for each document
        value = func.substr(func.coalesce(documents.c.published, ""), 1, 4) if by == "year" else func.coalesce(documents.c[by], "")
        return value, _counting(asking, kind, value, func.count())
    if table is None:
        beside, column = FINDINGS[f"{by}s"].alias("counted"), by
        here = [beside.c.reading == documents.c.reading]
    elif by == "act" and CODES.get(kind):
        return table.c[CODES[kind][0]], _counting(asking, kind, table.c[CODES[kind][0]], func.count())
    elif (by == "actor" and kind in ROLES) or (by == "theme" and kind in THEMED):
        # under another name: who takes part, or which theme, may also narrow the list
        beside, column = (parties.alias("counted"), "actor") if by == "actor" else (finding_themes.alias("counted"), "theme")
        here = [beside.c.reading == table.c.reading, beside.c.kind == kind, beside.c.number == table.c.number]
    else:
        raise BadInputError(f"{kind} can't be counted by {by!r}; count them by act, actor, theme, publisher, language or year.")
    whole = documents.c.key if table is None else cast(table.c.reading, BigInteger) * MOST + table.c.number
    return beside.c[column], _counting(asking, kind, beside.c[column], func.count(whole.distinct())).where(*here)


def _field(kind: str, by: str) -> str:
    return CODES[kind][0] if by == "act" and kind in CODES else by


def _alone(asking: Asking, kind: str, narrow: Narrow) -> tuple[str, str] | None:
    """The one facet and value that a list is narrowed by, where its tally says how many entries the list has."""
    (name, *others) = [name for name in Narrow.__struct_fields__ if getattr(narrow, name) != getattr(EVERYTHING, name)] or [""]
    able = (name == "actor" and kind in ROLES) or (name == "theme" and kind in THEMED) or (name == "act" and bool(CODES.get(kind)))
    if others or not able or not _is_now(asking):
        return None
    who = None if narrow.actor is None else who_is(asking, narrow.actor)
    found = [lead for lead in leads(kind, narrow, who) if lead[1]]
    return found[0] if len(found) == 1 and (who is None or who.alone) else None


def _of_actor(asking: Asking, kind: str, by: str, actor: str) -> dict[str, int]:
    """The themes or acts of all that one actor takes part in, from the actor's own rows on: nobody speaks as often as all together."""
    table, documents = FINDINGS[kind], asking.documents
    themes = [finding_themes] if by == "theme" else []
    beside = [and_(one.c.reading == table.c.reading, one.c.kind == kind, one.c.number == table.c.number) for one in (parties, *themes)]
    whole = cast(table.c.reading, BigInteger) * MOST + table.c.number
    found = parties.join(table, beside[0]).join(documents, asking.scope.is_of(kind, asking.rejecting()))
    found = found.join(finding_themes, beside[1]) if themes else found
    value = finding_themes.c.theme if themes else table.c[CODES[kind][0]]
    query = select(value, func.count(whole.distinct())).select_from(found).where(parties.c.actor == actor)
    query = query.where(~is_repeat(kind)) if kind in TOLD_ONCE else query
    return _ranked({str(row[0]): int(row[1]) for row in asking.all(query.group_by(value)) if row[0] is not None})


def _tallied(asking: Asking, facet: str, *values: str) -> dict[str, int]:
    number = tallies.c.documents if facet.startswith(DOCUMENTS) else tallies.c.findings
    these = [tallies.c.value.in_(values)] if values else []
    rows = asking.all(select(tallies.c.value, number).where(tallies.c.facet == facet, number > 0, *these))
    return _ranked({row[0]: row[1] for row in rows})


def _is_now(asking: Asking) -> bool:
    return asking.scope.before is None and asking.scope.happened_by is None


def _ranked(found: dict[str, int]) -> dict[str, int]:
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))
