"""Lists as of an earlier day: the documents known then are gone through in the order of the list, a few at first, then more and more at a
time, until the list's part is full. (What leads the lists of today, `tags`, knows today's readings only.)
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, and_, select, tuple_

from comity.register.asking import Asking
from comity.register.rows import ROLES
from comity.register.schema import parties
from comity.register.who import Who

FIRST, GROWING, MOST = 50, 4, 12_800
"""So many documents are looked at first, then so many times more, and at most so many at a time."""


def readings_known(asking: Asking, kind: str, who: Who | None, behind: tuple[str, str] | None) -> Iterator[list[int]]:
    """The readings that were the newest then, those of the newest documents first, from the document `behind` on; where somebody is asked
    for, only those in which they take part in a finding of the kind."""
    documents, size = asking.documents, FIRST
    query = select(documents.c.day, documents.c.id, documents.c.reading).where(asking.scope.is_of_documents())
    if who is not None and kind in ROLES:
        taking = select(parties.c.reading).where(parties.c.actor.in_(sorted(who.names)), parties.c.kind == kind)
        query = query.where(documents.c.reading.in_(taking))
    query = query.order_by(documents.c.day.desc(), documents.c.id.desc())
    part = query if behind is None else query.where(_from(documents, behind))
    while rows := asking.all(part.limit(size)):
        yield [row.reading for row in rows]
        if len(rows) < size:
            return
        last = (rows[-1].day, rows[-1].id)
        part = query.where(_from(documents, last), documents.c.id != last[1])
        size = min(MOST, size * GROWING)


def newest_known(asking: Asking, limit: int) -> list[int]:
    """The readings of the newest documents that were known."""
    documents = asking.documents
    query = select(documents.c.reading).where(asking.scope.is_of_documents())
    return [row.reading for row in asking.all(query.order_by(documents.c.day.desc(), documents.c.id.desc()).limit(limit))]


def in_parts(asking: Asking, query: Select[Any], parts: Iterator[list[int]], limit: int) -> Iterator[Select[Any]]:
    """The query over one part of the documents after the other; whoever asks ends it when the list is full."""
    for part in parts:
        yield query.where(asking.documents.c.reading.in_(part)).limit(limit)


def _from(documents: Any, last: tuple[str, str]) -> Any:
    return and_(documents.c.day <= last[0], tuple_(documents.c.day, documents.c.id) <= last)
