"""What people decide: accepted, rejected, corrected, merged, split, noted; by whom, when and why. Only added, never changed.

Each decision carries the hash of the one before, so that a change, a gap or another order shows (`chain.py`). Who keeps the last
hash elsewhere can also prove later that the whole chain was not made anew.
"""

import hashlib
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, func, insert, select

from comity.errors import BadInputError
from comity.records import Evidence
from comity.register.clock import now
from comity.register.line_values import check_value, is_quoted
from comity.register.pairs import (
    FAMILY,
    OfContradiction,
    OfFamily,
    address_of_contradiction,
    check_contradiction,
    check_family,
)
from comity.register.rows import STRUCTS, WORDS
from comity.register.schema import FINDINGS, decisions, documents, fits, identities
from comity.register.verdicts import OfLink, add_verdict, check_link, forget_linking, take_back_verdict
from comity.register.withdrawals import (
    DOCUMENT,
    INSTEAD,
    OfDocument,
    add_withdrawal,
    check_withdrawal,
    take_back_withdrawal,
)

BEGINNING = "0" * 64
"""What the first decision carries as the hash of the one before."""


class Action(StrEnum):
    ACCEPT = "accept"
    REJECT = "reject"
    CORRECT = "correct"
    MERGE = "merge"
    SPLIT = "split"
    SET_STATUS = "set-status"
    SCORE = "score"
    NOTE = "note"
    WITHDRAW = "withdraw"
    UNDO = "undo"


class OfFinding(Struct, frozen=True, tag="finding"):
    """A finding, by its evidence: so the decision stays with the words when a new reader version numbers findings anew.

    The register fills in the quote when a decision is added.
    """

    kind: str
    document: str
    start: int
    end: int
    quote: str = ""


class OfActors(Struct, frozen=True, tag="actors"):
    """Some actors of the register, by id."""

    actors: tuple[str, ...]


class OfLine(Struct, frozen=True, tag="line"):
    """A line of a plan."""

    plan: str
    line: str


class OfDecision(Struct, frozen=True, tag="decision"):
    """An earlier decision, by its number."""

    number: int


Subject = OfFinding | OfActors | OfLine | OfLink | OfDecision | OfContradiction | OfFamily | OfDocument
ON = {
    Action.ACCEPT: (OfFinding, OfLink, OfContradiction),
    Action.REJECT: (OfFinding, OfLink, OfContradiction),
    Action.CORRECT: (OfFinding,),
    Action.MERGE: (OfActors, OfFamily),
    Action.SPLIT: (OfActors, OfFamily),
    Action.SET_STATUS: (OfLine, OfFinding),
    Action.SCORE: (OfLine,),
    Action.NOTE: (OfFinding, OfActors, OfLine, OfLink, OfDecision, OfContradiction, OfFamily, OfDocument),
    Action.WITHDRAW: (OfDocument,),
    Action.UNDO: (OfDecision,),
}
"""What each can be decided about."""


class Decision(Struct, frozen=True, kw_only=True):
    """One decision. `value` holds what it sets: the corrected fields, the status."""

    number: int
    made: str
    who: str
    action: Action
    subject: Subject
    value: dict[str, Any]
    why: str
    previous: str
    hash: str


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


def decision_of(row: Any) -> Decision:
    return msgspec.convert({name: row[name] for name in Decision.__struct_fields__}, Decision)


def address_of(subject: Subject) -> str:
    """What a decision is about in one line, as `comity decide` takes it."""
    match subject:
        case OfFinding():
            return f"{subject.kind}:{subject.document}:{subject.start}-{subject.end}"
        case OfActors():
            return " ".join(subject.actors)
        case OfLine():
            return f"line:{subject.plan}:{subject.line}"
        case OfLink():
            target = f"{subject.plan}:{subject.target}" if subject.plan else subject.target
            return f"link:{subject.kind}:{target}:{subject.document}:{subject.start}-{subject.end}"
        case OfDecision():
            return str(subject.number)
        case OfContradiction():
            return address_of_contradiction(subject)
        case OfDocument():
            return f"{DOCUMENT}:{subject.document}"
        case OfFamily():
            return " ".join((FAMILY, *subject.documents))


def undone(found: Iterable[Decision]) -> set[int]:
    """The numbers of decisions that were taken back; who takes back a taking back lets the first stand."""
    gone: set[int] = set()
    for decision in sorted(found, key=lambda decision: -decision.number):
        if decision.action is Action.UNDO and decision.number not in gone and isinstance(decision.subject, OfDecision):
            gone.add(decision.subject.number)
    return gone


def corrected(kind: str, finding: Any, found: Iterable[Decision]) -> Any:
    """The finding with the fields that people corrected, later ones over earlier ones."""
    for decision in found:
        if decision.action is Action.CORRECT:
            finding = _with_fields(kind, finding, decision.value)
    return finding


def rejected(found: Iterable[Decision]) -> bool:
    """Whether the last word on it is that it is wrong."""
    verdicts = [decision.action for decision in found if decision.action in (Action.ACCEPT, Action.REJECT)]
    return bool(verdicts) and verdicts[-1] is Action.REJECT


def _with_fields(kind: str, finding: Any, fields: dict[str, Any]) -> Any:
    return msgspec.convert({**msgspec.to_builtins(finding), **fields}, STRUCTS[kind])


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


def in_order(found: Iterable[Decision], gone: set[int]) -> Iterator[Decision]:
    """Those that stand, the first first."""
    return iter(sorted((decision for decision in found if decision.number not in gone), key=lambda decision: decision.number))


def hash_of(row: dict[str, Any]) -> str:
    """Of all that a decision says, with the hash of the one before."""
    told = {name: row[name] for name in Decision.__struct_fields__ if name != "hash"}
    return hashlib.sha256(msgspec.json.encode(told, order="deterministic")).hexdigest()
