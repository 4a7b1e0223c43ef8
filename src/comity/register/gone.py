"""What was here once and is no more, and where it went: actors that people decided to be somebody else, documents that they withdrew,
findings that a newer reading of their document does not have or has otherwise."""

from collections.abc import Iterable, Sequence

from msgspec import Struct
from sqlalchemy import and_, select

from comity.records import ActorId
from comity.register.asking import Asking
from comity.register.decisions import Action, Decision, OfActors, decision_of
from comity.register.findings import Found
from comity.register.identities import groups
from comity.register.schema import FINDINGS, decisions, documents, readings, withdrawals
from comity.register.view import View
from comity.register.who import about_actors
from comity.register.withdrawals import INSTEAD, is_withdrawn


class Merged(Struct, frozen=True, kw_only=True):
    """An actor that a person decided to be `into`."""

    actor: ActorId
    into: ActorId
    who: str
    day: str
    why: str


class Withdrawal(Struct, frozen=True, kw_only=True):
    """A document that a person withdrew by the decision `number`; `instead` is the one that counts in its place."""

    document: str
    number: int
    who: str
    day: str
    why: str
    instead: str | None


class Reread(Struct, frozen=True, kw_only=True):
    """A finding that a reading had at this place; `now` are those of its kind that are in its place. `newest` where it is the newest
    reading that has it: then a person rejected or corrected it."""

    reader: str
    day: str
    newest: bool
    now: tuple[Found, ...]


def merged_actors(asking: Asking) -> dict[ActorId, ActorId]:
    """Each actor that stands for nobody of its own any more, with whoever it is: the one named first in the decision that stands."""
    return wholes(about_actors(asking))


def wholes(decided: Sequence[Decision]) -> dict[ActorId, ActorId]:
    """The same by decisions that stand, in their order."""
    together = groups(decided)
    first: dict[frozenset[str], str] = {}
    for decision in decided:
        if decision.action is Action.MERGE and isinstance(decision.subject, OfActors):
            named = decision.subject.actors[0]
            first.setdefault(together[named], named)
    return {actor: whole for members, whole in first.items() for actor in members if actor != whole}


def merge_of(asking: Asking, actor: ActorId) -> Merged | None:
    """What became of an actor by a person's decision; None where it is itself."""
    into = merged_actors(asking).get(actor)
    if into is None:
        return None
    decision = _joining(about_actors(asking), actor)
    return Merged(actor=actor, into=into, who=decision.who, day=decision.made[:10], why=decision.why)


def withdrawal_of(view: View, document: str) -> Withdrawal | None:
    """Why a document does not count, as of the day of the view; None where it does, or where there is none."""
    before, asking = view.asking.scope.before, view.asking
    standing = withdrawals.c.undone.is_(None) if before is None else is_withdrawn(documents.c.key, before)
    joined = withdrawals.join(documents, documents.c.key == withdrawals.c.document).join(
        decisions, decisions.c.number == withdrawals.c.decision
    )
    query = select(decisions).select_from(joined).where(documents.c.id == document, standing, asking.scope.decided())
    row = next(iter(asking.all(query.order_by(decisions.c.number.desc()).limit(1))), None)
    if row is None:
        return None
    one = decision_of(row._mapping)
    return Withdrawal(document=document, number=one.number, who=one.who, day=one.made[:10], why=one.why, instead=one.value.get(INSTEAD))


def reread(view: View, kind: str, document: str, start: int, end: int) -> Reread | None:
    """What became of a finding that is not in the newest reading; None where no reading ever had one there."""
    table = FINDINGS[kind]
    place = and_(table.c.start == start, table.c.end == end, documents.c.id == document)
    query = (
        select(readings.c.reader, readings.c.added, (readings.c.key == documents.c.reading).label("newest"))
        .join(documents, documents.c.key == readings.c.document)
        .join(table, table.c.reading == readings.c.key)
        .where(place)
        .order_by(readings.c.key.desc())
        .limit(1)
    )
    row = next(iter(view.asking.all(query)), None)
    if row is None:
        return None
    now = tuple(one for one in view.findings_in(kind, document) if one.finding.evidence.start < end and start < one.finding.evidence.end)
    return Reread(reader=row.reader, day=row.added[:10], newest=bool(row.newest), now=now)


def _joining(decided: Iterable[Decision], actor: ActorId) -> Decision:
    """The last decision that joins an actor to others."""
    return [one for one in decided if one.action is Action.MERGE and isinstance(one.subject, OfActors) and actor in one.subject.actors][-1]
