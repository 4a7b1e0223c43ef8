"""An undertaking and what has become of it by a day."""

from enum import StrEnum

from msgspec import Struct

from comity.intervals import IsoDate
from comity.records import Evidence
from comity.register import DocumentHead, Found
from comity.tracking.occurrences import Occurrence


class Standing(StrEnum):
    """What has become of an undertaking by a day; the languages have a sentence for each (`standing_...`)."""

    OPEN = "open"
    DUE = "due"
    KEPT = "kept"
    LATE = "late"
    SUPERSEDED = "superseded"
    UNKNOWN = "unknown"


class How(StrEnum):
    """Why something is taken to keep an undertaking."""

    MEETING = "meeting"
    INSTRUMENT = "instrument"
    WORDS = "words"


class Kept(Struct, frozen=True, kw_only=True):
    """What keeps an undertaking: the words, their document, when it was, and the occurrence where it is one."""

    how: How
    document: DocumentHead
    evidence: Evidence
    when: IsoDate | None
    occurrence: Occurrence | None = None


class Undertaking(Struct, frozen=True, kw_only=True):
    """A commitment and its standing. `late_by` counts days from the due date to when it was kept, or to the day asked about. `held` is the
    meeting at which it was to be done, where that was held and nothing shows whether it was done."""

    found: Found
    standing: Standing
    kept: Kept | None = None
    held: Kept | None = None
    superseded_by: Found | None = None
    late_by: int | None = None
