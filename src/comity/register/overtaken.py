"""Whether somebody else decided about a thing since a person last looked, so that two people's work meets and neither is lost."""

from collections.abc import Iterable

from sqlalchemy import Connection, and_, or_, select

from comity.errors import ComityError
from comity.register.decisions import Action, Decision, OfActors, OfDecision, OfFinding, OfLine, Subject, decision_of, undone
from comity.register.pairs import CONTRADICTION, OfContradiction, same_pair
from comity.register.schema import FINDINGS, decisions, documents, fits
from comity.register.tracked_tables import verdicts
from comity.register.verdicts import OfLink


class Overtaken(ComityError):
    """Others decided about the thing meanwhile; `since` are their decisions that stand."""

    def __init__(self, since: list[Decision]) -> None:
        super().__init__("Somebody decided about this meanwhile; look at it again.")
        self.since = since


def check_seen(connection: Connection, subjects: Iterable[Subject], seen: int) -> None:
    """Raises Overtaken where a decision on one of the things is newer than the decision `seen`."""
    since = [decision for subject in subjects for decision in decided_since(connection, subject, seen)]
    if since:
        raise Overtaken(since)


def decided_since(connection: Connection, subject: Subject, seen: int) -> list[Decision]:
    """The decisions on a thing that are newer than one, without those taken back. Of a line it is the status that two can be at, of actors
    who is whom; scores are each coder's own."""
    found = [decision for decision in _about(connection, subject) if decision.number > seen]
    if not found:
        return []
    gone = _gone(connection)
    return [decision for decision in found if decision.number not in gone]


def _about(connection: Connection, subject: Subject) -> list[Decision]:
    match subject:
        case OfFinding():
            table = FINDINGS[subject.kind]
            here = and_(table.c.start == subject.start, table.c.end == subject.end, documents.c.id == subject.document)
            query = (
                select(decisions)
                .join(fits, fits.c.decision == decisions.c.number)
                .join(table, and_(table.c.reading == fits.c.reading, table.c.number == fits.c.number))
                .join(documents, documents.c.reading == table.c.reading)
                .where(here, fits.c.kind == subject.kind)
            )
        case OfLink():
            query = (
                select(decisions)
                .join(verdicts, verdicts.c.decision == decisions.c.number)
                .join(documents, documents.c.key == verdicts.c.document)
                .where(documents.c.id == subject.document, verdicts.c.plan == subject.plan)
                .where(or_(verdicts.c.target == subject.target, verdicts.c.moved_from == subject.target))
                .where(verdicts.c.start < subject.end, verdicts.c.end > subject.start)
            )
        case OfDecision():
            taken_back = [one for one in _undoings(connection) if one.subject == subject]
            return taken_back
        case OfContradiction():
            judged = decisions.c.action.in_((Action.ACCEPT, Action.REJECT))
            of_kind = select(decisions).where(judged, decisions.c.subject["type"].as_string() == CONTRADICTION).order_by(decisions.c.number)
            found = [decision_of(row._mapping) for row in connection.execute(of_kind)]
            return [one for one in found if _is_same_pair(one.subject, subject)]
        case OfLine():
            return [one for one in _taken(connection, Action.SET_STATUS) if one.subject == subject]
        case OfActors():
            joining, who = _taken(connection, Action.MERGE, Action.SPLIT), set(subject.actors)
            return [one for one in joining if isinstance(one.subject, OfActors) and who & set(one.subject.actors)]
        case _:
            return []
    return [decision_of(row._mapping) for row in connection.execute(query.order_by(decisions.c.number))]


def _is_same_pair(decided: Subject, now: OfContradiction) -> bool:
    return isinstance(decided, OfContradiction) and same_pair(decided, now.kind, (now.first, now.second))


def _gone(connection: Connection) -> set[int]:
    return undone(_undoings(connection))


def _undoings(connection: Connection) -> list[Decision]:
    return _taken(connection, Action.UNDO)


def _taken(connection: Connection, *actions: Action) -> list[Decision]:
    query = select(decisions).where(decisions.c.action.in_(actions)).order_by(decisions.c.number)
    return [decision_of(row._mapping) for row in connection.execute(query)]
