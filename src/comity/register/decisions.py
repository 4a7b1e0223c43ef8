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

from comity.register.pairs import (
    FAMILY,
    OfContradiction,
    OfFamily,
    address_of_contradiction,
)
from comity.register.rows import STRUCTS
from comity.register.verdicts import OfLink
from comity.register.withdrawals import (
    DOCUMENT,
    OfDocument,
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


def in_order(found: Iterable[Decision], gone: set[int]) -> Iterator[Decision]:
    """Those that stand, the first first."""
    return iter(sorted((decision for decision in found if decision.number not in gone), key=lambda decision: decision.number))


def hash_of(row: dict[str, Any]) -> str:
    """Of all that a decision says, with the hash of the one before."""
    told = {name: row[name] for name in Decision.__struct_fields__ if name != "hash"}
    return hashlib.sha256(msgspec.json.encode(told, order="deterministic")).hexdigest()
