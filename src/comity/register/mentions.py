"""How often, and in how many documents, each actor is named."""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, union_all

from comity.records import ActorId, ActorType
from comity.register.amended_tables import amended
from comity.register.asking import Asking
from comity.register.cursors import read_cursor, write_cursor
from comity.register.schema import FINDINGS, documents, fits, identities, readings, resolutions, tags, tallies
from comity.register.tags import DOCUMENTS, tally_of


class Named(Struct, frozen=True, kw_only=True):
    """An actor, by the id that readings use, and how often it is named."""

    actor: ActorId
    type: ActorType
    mentions: int
    documents: int

    @property
    def cursor(self) -> str:
        """Names this entry of the list: `mentions(after=...)` goes on behind it."""
        return write_cursor((self.mentions, self.actor))


def mentions(asking: Asking, *, type: ActorType | None = None, after: str | None = None, limit: int | None = None) -> Iterator[Named]:
    """The most named first, behind an entry."""
    numbers = numbers_of(asking).subquery("numbers")
    kinds = select(identities.c.actor, func.min(identities.c.type).label("type")).group_by(identities.c.actor).subquery("kinds")
    query = select(numbers, kinds.c.type).join(kinds, kinds.c.actor == numbers.c.actor)
    if type is not None:
        query = query.where(kinds.c.type == type)
    if after is not None:
        least, last = read_cursor(after, tuple[int, str])
        query = query.where(or_(numbers.c.mentions < least, and_(numbers.c.mentions == least, numbers.c.actor > last)))
    for row in asking.rows(query.order_by(numbers.c.mentions.desc(), numbers.c.actor).limit(limit)):
        yield Named(actor=row.actor, type=ActorType(row.type), mentions=row.mentions, documents=row.documents)


def named(asking: Asking, actor: ActorId) -> Named | None:
    """How often one actor is named; None where no document does."""
    kind = asking.all(select(func.min(identities.c.type)).where(identities.c.actor == actor))[0][0]
    row = next(iter(asking.all(numbers_of(asking, actor))), None)
    return Named(actor=actor, type=ActorType(kind), mentions=row.mentions, documents=row.documents) if row and kind else None


def numbers_of(asking: Asking, actor: ActorId | None = None) -> Select[Any]:
    """From the tallies; as of an earlier day, counted."""
    if asking.scope.before is None and asking.scope.happened_by is None:
        columns = (tallies.c.value.label("actor"), tallies.c.findings.label("mentions"), tallies.c.documents.label("documents"))
        query = select(*columns).where(tallies.c.facet == f"{DOCUMENTS}.actor", tallies.c.findings > 0)
        return query if actor is None else query.where(tallies.c.value == actor)
    table, seen = FINDINGS["actors"], asking.documents
    query = select(table.c.actor, func.count().label("mentions"), func.count(seen.c.key.distinct()).label("documents"))
    query = query.select_from(table.join(seen, asking.scope.is_of("actors", asking.rejecting()))).group_by(table.c.actor)
    return query if actor is None else query.where(*mentions_of(actor))


def mentions_of(actor: ActorId) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """The mentions of an actor as of any day: in the readings that tags lead to, and in those that no tag tells of, because they are not
    the newest of their document or because a person decided about a mention in them."""
    table, newest = FINDINGS["actors"], select(documents.c.reading).where(documents.c.reading.is_not(None))
    named = exists().where(resolutions.c.reading == readings.c.key, resolutions.c.actor == actor)
    carrying = select(tags.c.document).where(tags.c.tally == tally_of(f"{DOCUMENTS}.actor", actor))
    places = union_all(
        select(documents.c.reading).where(documents.c.key.in_(carrying)),
        select(readings.c.key).where(readings.c.key.not_in(newest), named),
        select(fits.c.reading).where(fits.c.kind == "actors"),
        select(amended.c.reading).where(amended.c.kind == "actors"),
    )
    return table.c.reading.in_(places), table.c.actor == actor
