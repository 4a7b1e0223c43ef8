"""Actors by how they are called, and which of some are named at all."""

from collections.abc import Collection

from sqlalchemy import func, or_, select

from comity.records import ActorId, ActorType
from comity.register.mentions import Named, numbers_of
from comity.register.schema import identities
from comity.register.view import View

AT_ONCE = 400


def named_like(view: View, typed: str, *, among: Collection[ActorId] = (), type: ActorType | None = None, limit: int) -> list[Named]:
    """The most named actors whose name in the register contains what was typed, or whose id is `among` those the caller knows by it."""
    numbers = numbers_of(view.asking).subquery("numbers")
    name = func.min(identities.c.name)
    kinds = select(identities.c.actor, func.min(identities.c.type).label("type"), name.label("name")).group_by(identities.c.actor)
    kind = kinds.subquery("kinds")
    like = "%" + typed.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    fits = or_(func.lower(kind.c.name).like(like, escape="\\"), numbers.c.actor.in_(sorted(among)[:AT_ONCE]))
    query = select(numbers, kind.c.type).join(kind, kind.c.actor == numbers.c.actor).where(fits)
    if type is not None:
        query = query.where(kind.c.type == type)
    rows = view.asking.rows(query.order_by(numbers.c.mentions.desc(), numbers.c.actor).limit(limit))
    return [Named(actor=row.actor, type=ActorType(row.type), mentions=row.mentions, documents=row.documents) for row in rows]


def types_named(view: View) -> dict[str, int]:
    """How many persons, states and organisations are named."""
    numbers = numbers_of(view.asking).subquery("numbers")
    kinds = select(identities.c.actor, func.min(identities.c.type).label("type")).group_by(identities.c.actor).subquery("kinds")
    query = select(kinds.c.type, func.count()).select_from(numbers.join(kinds, kinds.c.actor == numbers.c.actor)).group_by(kinds.c.type)
    return {str(row[0]): int(row[1]) for row in view.asking.rows(query)}


def named_among(view: View, actors: Collection[ActorId]) -> frozenset[ActorId]:
    """Those of some actors that a document names."""
    ids = sorted(actors)
    found: set[ActorId] = set()
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        found.update(row[0] for row in view.asking.rows(select(identities.c.actor).where(identities.c.actor.in_(some))))
    return frozenset(found)
