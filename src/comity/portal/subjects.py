"""What a form or address is about: a finding by kind, document and place, or a link by its target as well; and the place in the queue."""

from collections.abc import Callable

from comity.records import LinkKind
from comity.register.decisions import OfFinding
from comity.register.review import LINK, Place
from comity.register.rows import STRUCTS
from comity.register.verdicts import OfLink

Asked = Callable[[str], str | None]
LONGEST = 64
"""Characters of an id in a cursor."""


def subject_in(asked: Asked) -> OfFinding | OfLink | None:
    """The finding or link that the fields `kind`, `document`, `start`, `end` name, a link with `target`, `plan` and `tie`."""
    kind, document = asked("kind") or "", asked("document") or ""
    start, end = _number(asked("start")), _number(asked("end"))
    if not document or start is None or end is None:
        return None
    if kind == LINK:
        tie = asked("tie") or LinkKind.LINE.value
        if tie not in set(LinkKind):
            return None
        return OfLink(LinkKind(tie), asked("plan") or "", asked("target") or "", document, start, end)
    return OfFinding(kind, document, start, end) if kind in STRUCTS else None


def fields_of(subject: OfFinding | OfLink) -> list[tuple[str, str]]:
    """The same fields, for a form or address."""
    place = [("document", subject.document), ("start", str(subject.start)), ("end", str(subject.end))]
    if isinstance(subject, OfLink):
        return [("kind", LINK), *place, ("tie", subject.kind.value), ("plan", subject.plan), ("target", subject.target)]
    return [("kind", subject.kind), *place]


def cursor_of(place: Place) -> str:
    return f"{place.kind}~{place.day}~{place.document}~{place.number}"


def place_in(cursor: str | None) -> Place | None:
    """The place a cursor names; None where it names none."""
    parts = (cursor or "").split("~")
    if len(parts) != 4 or not parts[3].isascii() or not parts[3].isdigit() or len(parts[3]) > 15:
        return None
    return Place(parts[0], parts[1], parts[2], int(parts[3]))


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 12 else None
