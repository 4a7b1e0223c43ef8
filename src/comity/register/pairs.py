"""What people decide about documents held against each other: that two contradict each other or do not, that some are one release or not.

In comes an address as `comity decide` takes it, or the parts of one; out comes the subject of a decision, checked against the register.
"""

from collections.abc import Iterable, Sequence

from msgspec import Struct
from sqlalchemy import Connection, func, select

from comity.errors import BadInputError
from comity.register.schema import documents

CONTRADICTION = "contradiction"
FAMILY = "family"
LONGEST = 12
"""Digits of a place in a text."""


class Words(Struct, frozen=True):
    """A stretch of a document's text."""

    document: str
    start: int
    end: int


class OfContradiction(Struct, frozen=True, tag=CONTRADICTION):
    """Two stretches that were held against each other, and as what kind; `second` is None where the other side is the knowledge files."""

    kind: str
    first: Words
    second: Words | None = None


class OfFamily(Struct, frozen=True, tag=FAMILY):
    """Documents that are, or are not, copies or translations of one release; the first stays where it is when they are parted."""

    documents: tuple[str, ...]


def contradiction_of(address: str) -> OfContradiction | None:
    """What `contradiction:KIND:DOCUMENT:START-END:DOCUMENT:START-END` names (the second side may be left out); None for others."""
    name, *parts = address.split(":")
    if name != CONTRADICTION or len(parts) not in (3, 5):
        return None
    sides = [_words(*parts[place : place + 2]) for place in range(1, len(parts), 2)]
    if any(side is None for side in sides) or sides[0] is None:
        return None
    return OfContradiction(parts[0], sides[0], sides[1] if len(sides) > 1 else None)


def address_of_contradiction(subject: OfContradiction) -> str:
    sides = [side for side in (subject.first, subject.second) if side]
    return ":".join([CONTRADICTION, subject.kind, *(f"{side.document}:{side.start}-{side.end}" for side in sides)])


def family_of(given: Sequence[str]) -> OfFamily | None:
    """What `family DOCUMENT DOCUMENT ...` names; None for others."""
    return OfFamily(tuple(given[1:])) if given and given[0] == FAMILY else None


def check_contradiction(connection: Connection, subject: OfContradiction) -> None:
    """Raises BadInputError where a side stands nowhere."""
    for side in (subject.first, subject.second):
        if side is None:
            continue
        size = connection.execute(select(func.length(documents.c.text)).where(documents.c.id == side.document)).scalar()
        if size is None:
            raise BadInputError(f"There is no document {side.document}.")
        if not 0 <= side.start < side.end <= size:
            raise BadInputError(f"{side.document} has no words from {side.start} to {side.end}.")


def check_family(connection: Connection, subject: OfFamily, *, least: int) -> None:
    """Raises BadInputError where a document is not there, or there are too few of them."""
    known = set(connection.execute(select(documents.c.id).where(documents.c.id.in_(subject.documents))).scalars())
    missing = [one for one in subject.documents if one not in known]
    if missing:
        raise BadInputError(f"Nothing was decided: there is no document {missing[0]}.")
    if len(set(subject.documents)) < least:
        raise BadInputError("Nothing was decided: a family needs two documents; give family DOCUMENT DOCUMENT.")


def same_pair(subject: OfContradiction, kind: str, sides: Iterable[Words | None]) -> bool:
    """Whether a decision is about a contradiction found now: of the same kind, between the same words or more of them, in either order."""
    a, b = sides
    there = (subject.first, subject.second)
    return kind == subject.kind and any(_same(one, a) and _same(other, b) for one, other in (there, there[::-1]))


def _same(one: Words | None, other: Words | None) -> bool:
    if one is None or other is None:
        return one is other
    return one.document == other.document and one.start < other.end and other.start < one.end


def _words(document: str, span: str) -> Words | None:
    start, _, end = span.partition("-")
    fits = start.isdecimal() and end.isdecimal() and len(start) < LONGEST and len(end) < LONGEST
    return Words(document, int(start), int(end)) if document and fits else None
