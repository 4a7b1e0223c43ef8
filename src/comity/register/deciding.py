"""Adds a decision, and tells what follows from it whether it stands: links, withdrawn documents, what is tied anew.

In comes what somebody decided about something; what there is nothing to decide about is refused with one sentence.
"""

from typing import Any

import msgspec
from sqlalchemy import Connection, func, insert, select

from comity.errors import BadInputError
from comity.records import Evidence
from comity.register.clock import now
from comity.register.decisions import (
    BEGINNING,
    ON,
    Action,
    Decision,
    OfActors,
    OfDecision,
    OfFinding,
    OfLine,
    Subject,
    address_of,
    decision_of,
    hash_of,
    undone,
)
from comity.register.line_values import check_value, is_quoted
from comity.register.pairs import OfContradiction, OfFamily, check_contradiction, check_family
from comity.register.rows import STRUCTS, WORDS
from comity.register.schema import FINDINGS, decisions, documents, fits, identities
from comity.register.verdicts import OfLink, add_verdict, check_link, forget_linking, take_back_verdict
from comity.register.withdrawals import INSTEAD, OfDocument, add_withdrawal, check_withdrawal, take_back_withdrawal


def append(connection: Connection, *, who: str, action: Action, subject: Subject, value: dict[str, Any], why: str) -> Decision:
    """Adds a decision; the caller holds the right to write. Raises BadInputError where it can't be meant."""
    if not who.strip():
        raise BadInputError("A decision needs the name of who takes it.")
    if not isinstance(subject, ON[action]):
        raise BadInputError(
            f"{action!s} can't be decided about {address_of(subject)}; `comity decide --help` says how a subject is written."
        )
    if isinstance(subject, OfDocument) and action is Action.WITHDRAW:
        check_withdrawal(connection, subject, why, value.get(INSTEAD))
    finding = _check(connection, action, subject, value)
    if finding and isinstance(subject, OfFinding):
        subject = msgspec.structs.replace(subject, quote=finding.quote)
    elif isinstance(subject, OfLink):
        subject = check_link(connection, subject, value, is_new=action is Action.ACCEPT)
    last = connection.execute(select(decisions.c.number, decisions.c.made, decisions.c.hash).order_by(decisions.c.number.desc()).limit(1))
    number, made, previous = next(iter(last), (0, "", BEGINNING))
    row: dict[str, Any] = {
        "number": number + 1,
        "made": max(now(), made),
        "who": who.strip(),
        "action": action.value,
        "subject": msgspec.to_builtins(subject),
        "value": value,
        "why": why,
        "previous": previous,
    }
    row["hash"] = hash_of(row)
    connection.execute(insert(decisions), [{**row, "document": subject.document if isinstance(subject, OfFinding) else None}])
    if finding and isinstance(subject, OfFinding):
        place = {"reading": finding.reading, "kind": subject.kind, "number": finding.number, "decision": row["number"]}
        connection.execute(insert(fits), [place])
        forget_linking(connection, subject.document)
    elif isinstance(subject, OfLink) and action is not Action.NOTE:
        add_verdict(connection, subject, number=row["number"], made=row["made"], verdict=action.value, value=value)
    elif isinstance(subject, OfDocument) and action is Action.WITHDRAW:
        add_withdrawal(connection, subject, number=row["number"], made=row["made"])
    elif isinstance(subject, OfDecision) and action is Action.UNDO:
        _take_back(connection, subject.number, row["made"])
    return decision_of(row)


def _take_back(connection: Connection, number: int, made: str) -> None:
    """Tells what follows from a decision whether it still stands; `number` may itself be a taking back."""
    undoing = {
        decision.number: decision
        for decision in (
            decision_of(row._mapping) for row in connection.execute(select(decisions).where(decisions.c.action == Action.UNDO))
        )
    }
    while number in undoing and isinstance(subject := undoing[number].subject, OfDecision):
        number = subject.number
    back = made if number in undone(undoing.values()) else None
    take_back_verdict(connection, number, back)
    take_back_withdrawal(connection, number, back)
    document = connection.execute(select(decisions.c.document).where(decisions.c.number == number)).scalar()
    if document is not None:
        forget_linking(connection, document)


def _check(connection: Connection, action: Action, subject: Subject, value: dict[str, Any]) -> Any:
    """The row of the finding that a decision is about, where it is about one; BadInputError where there is nothing to decide about."""
    if isinstance(subject, OfFinding):
        return _finding(connection, action, subject, value)
    if isinstance(subject, OfLine):
        check_value(connection, action.value, value)
    if isinstance(subject, OfContradiction):
        check_contradiction(connection, subject)
    if isinstance(subject, OfFamily):
        check_family(connection, subject, least=1 if action is Action.NOTE else 2)
    if (
        isinstance(subject, OfDecision)
        and not connection.execute(select(func.count()).select_from(decisions).where(decisions.c.number == subject.number)).scalar()
    ):
        raise BadInputError(f"There is no decision {subject.number}.")
    if isinstance(subject, OfActors):
        known = set(connection.execute(select(identities.c.id).where(identities.c.id.in_(subject.actors))).scalars())
        missing = [actor for actor in subject.actors if actor not in known]
        if missing or len(set(subject.actors)) < (1 if action is Action.NOTE else 2):
            what = f"there is no actor {missing[0]}" if missing else f"{action!s} needs two actors"
            raise BadInputError(f"Nothing was decided: {what}; `comity actors` lists all.")
    return None


def _finding(connection: Connection, action: Action, subject: OfFinding, value: dict[str, Any]) -> Any:
    if subject.kind not in FINDINGS:
        raise BadInputError(f"{subject.kind!r} is no kind of finding; give one of {', '.join(FINDINGS)}.")
    table = FINDINGS[subject.kind]
    query = select(table).join(documents, documents.c.reading == table.c.reading)
    here = (documents.c.id == subject.document, table.c.start == subject.start, table.c.end == subject.end)
    row = connection.execute(query.where(*here)).first()
    if row is None:
        raise BadInputError(f"{subject.document} has no finding of kind {subject.kind} from {subject.start} to {subject.end}.")
    if action is Action.CORRECT:
        _check_fields(subject, value)
        _check_words(connection, subject, value)
    return row


def _check_fields(subject: OfFinding, value: dict[str, Any]) -> None:
    shape = STRUCTS[subject.kind]
    allowed = [name for name in shape.__struct_fields__ if name not in WORDS]
    if not value or any(name not in allowed for name in value):
        raise BadInputError(f"A correction sets one of these: {', '.join(allowed)}.")
    types = {field.name: field.type for field in msgspec.structs.fields(shape)}
    for name, new in value.items():
        try:
            msgspec.convert(tuple(new) if isinstance(new, list) else new, types[name])
        except msgspec.ValidationError as error:
            raise BadInputError(f"{name} can't be {new!r}: {error}.") from error


def _check_words(connection: Connection, subject: OfFinding, value: dict[str, Any]) -> None:
    """Other evidence must stand in the same document, word for word: no span, no finding."""
    if "evidence" not in value:
        return
    other = msgspec.convert(value["evidence"], Evidence)
    if other.document != subject.document or not is_quoted(connection, other):
        raise BadInputError(f"{subject.document} does not hold these words from {other.start} to {other.end}.")
