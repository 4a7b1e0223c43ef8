"""Who is meant by an actor's id, and whether a finding has that actor among those who take part."""

from collections.abc import Iterable
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, and_, exists, or_, select, true

from comity.register.asking import Asking
from comity.register.decisions import Action, Decision, decision_of
from comity.register.identities import Candidate, RegisterActor, candidates, groups, is_of_one_document, parted
from comity.register.rows import ROLES
from comity.register.schema import FINDINGS, decisions, identities, parties, resolutions


class Who(Struct, frozen=True):
    """An actor that is looked for: `members` are the ids in the register that people decided to be the same, `names` the ids by which
    readings call them. `alone` where nobody else is called by those, so that no reading needs to be asked whom it means."""

    members: frozenset[str]
    names: frozenset[str]
    alone: bool


def who_is(asking: Asking, actor: str) -> Who:
    """Whom an id means: one of the register's actors, or all that readings call by it."""
    rows = asking.all(select(identities.c.id).where(or_(identities.c.id == actor, identities.c.actor == actor)))
    there = {row.id for row in rows}
    found = {actor} if actor in there else there
    same = groups(about_actors(asking))
    members = frozenset([actor]).union(found, *(same.get(one, ()) for one in found))
    called = frozenset(row.actor for row in asking.all(select(identities.c.actor).where(identities.c.id.in_(members)).distinct()))
    names = called or frozenset([actor])
    everybody = {row.id for row in asking.all(select(identities.c.id).where(identities.c.actor.in_(names)))}
    return Who(members, names, everybody <= members)


def takes_part(kind: str, reading: Any, number: Any, who: Who) -> ColumnElement[bool]:
    """Whether they take part in the finding; for a whole document or a kind without parties, whether it names them."""
    if kind not in ROLES:
        return named_in(reading, who)
    of = (parties.c.reading == reading, parties.c.kind == kind, parties.c.number == number, parties.c.actor.in_(sorted(who.names)))
    if who.alone:
        return exists().where(*of)
    somebody = (resolutions.c.reading == parties.c.reading, resolutions.c.actor == parties.c.actor)
    resolved = exists().where(*somebody)
    of_them = exists().where(*somebody, resolutions.c.identity.in_(sorted(who.members)))
    themselves = and_(parties.c.actor.in_(sorted(who.members)), ~resolved)
    return exists().where(*of, or_(of_them, themselves))


def named_in(reading: Any, who: Who) -> ColumnElement[bool]:
    """Whether a reading names them."""
    here = (resolutions.c.reading == reading, resolutions.c.actor.in_(sorted(who.names)))
    mentions = FINDINGS["actors"]  # a person may have corrected whom a mention names; by its reading, an index on actors is far longer
    named = exists().where(mentions.c.reading == resolutions.c.reading, mentions.c.actor + "" == resolutions.c.actor)
    return exists().where(*here, named, true() if who.alone else resolutions.c.identity.in_(sorted(who.members)))


def everybody(asking: Asking) -> Iterable[RegisterActor]:
    """Everybody who is named in the documents, by id; those that people decided to be the same know of each other."""
    same = groups(about_actors(asking))
    query = select(identities).where(true() if asking.scope.before is None else identities.c.added < asking.scope.before)
    for row in asking.rows(query.order_by(identities.c.id)):
        others = tuple(sorted(same.get(row.id, frozenset()) - {row.id}))
        yield RegisterActor(id=row.id, actor=row.actor, type=row.type, name=row.name, body=row.body, same=others)


def alike(asking: Asking) -> list[Candidate]:
    """Pairs of actors that may be one, the most alike first, with the reasons; behind them those of which one is a single name in one
    document."""
    found = candidates(everybody(asking), parted(about_actors(asking)))
    return sorted(found, key=lambda pair: (is_of_one_document(pair.second), -pair.likeness, pair.first.id, pair.second.id))


def about_actors(asking: Asking) -> list[Decision]:
    """The decisions that join or part actors and stand, in order."""
    gone = asking.undone()
    query = select(decisions).where(decisions.c.action.in_([Action.MERGE, Action.SPLIT]), asking.scope.decided())
    found = (decision_of(row._mapping) for row in asking.rows(query.order_by(decisions.c.number)))
    return [decision for decision in found if decision.number not in gone]
