"""Two documents that contradict each other, or one that the knowledge files contradict: the kinds there are, and the two sides.

Nothing here looks for any: `contradictions.py` and the modules it names do.
"""

from datetime import timedelta
from enum import StrEnum

from msgspec import Struct

from comity.intervals import first_day
from comity.records import Evidence
from comity.register import DocumentHead
from comity.register.pairs import OfContradiction, Words


class ContradictionKind(StrEnum):
    """Why two documents do not go together; the languages have a sentence for each under `sentences` in `contradictions.yaml`."""

    MEETING_DATE = "meeting-date"
    MOVED = "moved"
    ADOPTED_SIGNED = "adopted-signed"
    REVERSED = "reversed"
    COUNT = "count"
    COUNT_SCOPE = "count-scope"
    COUNT_TIME = "count-time"
    RECORD = "record"
    OUTCOME = "outcome"
    OFFICE = "office"
    OFFICE_TERM = "office-term"


class Side(Struct, frozen=True):
    """What one document says; `says` is a date, words of it, or a key of the sentences."""

    says: str
    document: DocumentHead
    evidence: Evidence


class Contradiction(Struct, frozen=True, kw_only=True):
    """`subject` is the id of a mechanism, instrument or actor, or empty. `b` is None where the pack's knowledge is the other side;
    `details` fill the sentence. `certain` is false where both may be right, and a person should look. `accepted` by a person: until then
    it is a suggestion."""

    kind: ContradictionKind
    subject: str
    a: Side
    b: Side | None
    details: dict[str, str] = {}
    certain: bool = True
    accepted: bool = False

    @property
    def about(self) -> OfContradiction:
        """What a decision on it names."""
        return OfContradiction(self.kind.value, _words(self.a), _words(self.b) if self.b else None)


def _words(side: Side) -> Words:
    return Words(side.document.id, side.evidence.start, side.evidence.end)


def within(a: DocumentHead, b: DocumentHead, days: timedelta) -> bool:
    """Whether both were published within so many days."""
    return bool(a.published and b.published and abs(first_day(a.published) - first_day(b.published)) <= days)


def publication(head: DocumentHead) -> tuple[str, str]:
    """The order of documents by their date, those without one last."""
    return (head.published or "9999", head.id)
