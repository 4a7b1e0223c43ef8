"""The structs every room shares: a document, and the findings that a reading of it holds.

Offsets count characters of `Document.text` (NFC). Every finding carries its evidence, and `text[start:end]` is the quote, always.
The kinds and their fields are those of the reading guide (docs/reading.md). A struct here only says what a thing is.
"""

from enum import StrEnum

from msgspec import Struct

from comity.intervals import IsoDate

ActorId = str
"""ISO 3166 alpha-3 for a state, a well-known acronym or English kebab-case for a body, the name in kebab-case for a person, `group:...`."""
GROUP = "group:"
"""An id of people without a name begins so: `group:experts`."""
InstrumentId = str
MechanismId = str
ThemeId = str
LanguageCode = str
"""`vi`, `en`, or another ISO 639-1 code with a folder under `languages/`."""


class Span(Struct, frozen=True, order=True):
    """A stretch of a text: characters `start` to `end` (exclusive), never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"no such span: {self.start} to {self.end}")

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end

    def holds(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end


class Evidence(Struct, frozen=True):
    """The exact words, and where they stand in which document."""

    document: str
    start: int
    end: int
    quote: str

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


class DateSource(StrEnum):
    """How a document's publication date is known."""

    GIVEN = "given"
    METADATA = "metadata"
    DATELINE = "dateline"
    FILE_NAME = "file-name"
    MAIL = "mail"
    """The day the mail was sent, for the mail and for what was attached to it."""
    FEED = "feed"
    """The day the feed or news sitemap gives that announced the page."""
    PROPERTIES = "properties"
    """The day a PDF or Word file says it was made, where its text names that year too."""


class Document(Struct, frozen=True, kw_only=True):
    """One text with what is known of it.

    `id` is a hash of the text, with publisher and source where they are known. `related` are the spans outside the main article (teasers,
    captions, share lines), in order.
    `shifts` tells where a position stands in the file the text came from: pairs (position in text, what to add from there on),
    in order; empty where text and file are the same, None where the file's own text is another (HTML).
    """

    id: str
    text: str
    language: LanguageCode
    name: str = ""
    title: str | None = None
    publisher: str | None = None
    published: IsoDate | None = None
    published_from: DateSource | None = None
    source: str | None = None
    note: str | None = None
    related: tuple[Span, ...] = ()
    shifts: tuple[tuple[int, int], ...] | None = ()

    def evidence(self, start: int, end: int) -> Evidence:
        """The words from `start` to `end` as evidence. Raises ValueError where they are outside the text or empty."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"no such span in {self.name or self.id}: {start} to {end}")
        return Evidence(self.id, start, end, self.text[start:end])

    def place_in_file(self, position: int) -> int:
        """Where a position of the text stands in the file it was read from, in characters."""
        shift = 0
        for start, amount in self.shifts or ():
            if start > position:
                break
            shift = amount
        return position + shift


class ActorType(StrEnum):
    PERSON = "person"
    STATE = "state"
    ORGANISATION = "organisation"


class Act(StrEnum):
    """What somebody does by saying it."""

    AFFIRM = "affirm"
    COMMIT = "commit"
    PROPOSE = "propose"
    REQUEST = "request"
    WELCOME = "welcome"
    CRITICISE = "criticise"
    AGREE = "agree"
    INFORM = "inform"


class EventType(StrEnum):
    """PLOVER event types (Political Language Ontology for Verifiable Event Records)."""

    CONSULT = "CONSULT"
    AGREE = "AGREE"
    SUPPORT = "SUPPORT"
    COOPERATE = "COOPERATE"
    AID = "AID"
    CONCEDE = "CONCEDE"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"


class Status(StrEnum):
    HAPPENED = "happened"
    SCHEDULED = "scheduled"
    PROPOSED = "proposed"
    DENIED = "denied"


class Force(StrEnum):
    """How binding an undertaking is."""

    PLEDGED = "pledged"
    AGREED = "agreed"
    PROPOSED = "proposed"
    REQUESTED = "requested"


class Bound(StrEnum):
    """On which side of the figure the truth lies."""

    EXACTLY = "exactly"
    OVER = "over"
    NEARLY = "nearly"
    AT_LEAST = "at-least"
    AT_MOST = "at-most"
    ABOUT = "about"


class ProgressVerb(StrEnum):
    """What is said to have happened to the lines counted."""

    ADDRESSED = "addressed"
    UNDER_WAY = "under-way"
    COMPLETED = "completed"
    IMPLEMENTED = "implemented"


class ActorMention(Struct, frozen=True, kw_only=True):
    """A name of a person, state, organisation or body, as it stands; a person without title."""

    evidence: Evidence
    type: ActorType
    actor: ActorId


class OfficeMention(Struct, frozen=True, kw_only=True):
    """The title by which the text names a person; `of` is the body or state served, where the text tells."""

    evidence: Evidence
    person: ActorId
    of: ActorId | None = None


class DateMention(Struct, frozen=True, kw_only=True):
    """A date expression; `iso` is None where the document gives no way to resolve it."""

    evidence: Evidence
    iso: IsoDate | None = None


class InstrumentMention(Struct, frozen=True, kw_only=True):
    """A named document or arrangement; `instrument` is set where a pack or the world knowledge knows it."""

    evidence: Evidence
    name: str
    year: int | None = None
    instrument: InstrumentId | None = None


class MechanismMention(Struct, frozen=True, kw_only=True):
    """A named meeting, forum or standing format; `number` is the sitting's ordinal where the text gives it."""

    evidence: Evidence
    name: str
    number: int | None = None
    mechanism: MechanismId | None = None


class Statement(Struct, frozen=True, kw_only=True):
    """What somebody said or wrote. The evidence is the content: the words reported, without cue and speaker.

    `addressee` are those named as spoken to; `occasion` are the words of the same sentence that name where it was said ("a press conference
    in Geneva").
    """

    evidence: Evidence
    speaker: tuple[ActorId, ...]
    cue: Evidence | None
    act: Act
    direct: bool = False
    capacity: str | None = None
    addressee: tuple[ActorId, ...] = ()
    occasion: Evidence | None = None


class EventReport(Struct, frozen=True, kw_only=True):
    """Something that happened, is scheduled, proposed or denied, other than speaking. The evidence is the trigger."""

    evidence: Evidence
    type: EventType
    source: tuple[ActorId, ...] = ()
    target: tuple[ActorId, ...] = ()
    when: IsoDate | None = None
    status: Status = Status.HAPPENED
    mechanism: str | None = None


class Commitment(Struct, frozen=True, kw_only=True):
    """An undertaking, agreed line or proposal for the future; `by` undertakes (pledged, agreed) or asks (proposed, requested)."""

    evidence: Evidence
    by: tuple[ActorId, ...]
    force: Force
    due: IsoDate | None = None


class ProgressClaim(Struct, frozen=True, kw_only=True):
    """What a source says about how far a plan has come.

    `percent` is 0-100; `bound` tells which side of it the truth lies on; `remaining` means the figure counts what is not done.
    `subject` is the instrument's id where it is known, else None with its name in `subject_name`. `claimant` are actors, or the meeting or
    document that says so by its id; empty where the text names nobody.
    """

    evidence: Evidence
    subject: InstrumentId | None = None
    subject_name: str = ""
    numerator: int | None = None
    denominator: int | None = None
    percent: float | None = None
    bound: Bound = Bound.EXACTLY
    remaining: bool = False
    verb: ProgressVerb | None = None
    as_of: IsoDate | None = None
    claimant: tuple[ActorId, ...] = ()


class ThemeMention(Struct, frozen=True, kw_only=True):
    """A theme the document is about; the evidence is the clearest words for it."""

    evidence: Evidence
    theme: ThemeId
    score: float


class LinkKind(StrEnum):
    """What a finding can be tied to."""

    LINE = "line"
    GOAL = "goal"
    """A Sustainable Development Goal or one of its targets."""
    ELEMENT = "element"
    """An element of a vision."""
    AREA = "area"
    """A priority area of a roadmap."""


class Link(Struct, frozen=True, kw_only=True):
    """A tie from words of a document to a plan line or another target. `score` is how likely a careful reader would make it, 0 to 1;
    `words` are those that made it; `suggested` until a person has accepted it."""

    evidence: Evidence
    kind: LinkKind
    target: str
    score: float
    words: tuple[str, ...] = ()
    suggested: bool = True


class LineStatus(StrEnum):
    """How far a plan line has come. A link shows one of the middle four; `carried-over`: it stands in the next plan, its own has ended."""

    NO_EVIDENCE = "no-evidence"
    MENTIONED = "mentioned"
    UNDER_WAY = "under-way"
    COMPLETED = "completed"
    DROPPED = "dropped"
    CARRIED_OVER = "carried-over"


class Slip(Struct, frozen=True, kw_only=True):
    """A contradiction or mistake inside the document. `reason` is a key of the languages' slip sentences, `details` fills them."""

    evidence: Evidence
    reason: str
    details: dict[str, str] = {}


class Reading(Struct, frozen=True, kw_only=True):
    """What one reader version found in one document, each kind in the order of the text."""

    document: Document
    reader: str
    actors: tuple[ActorMention, ...] = ()
    offices: tuple[OfficeMention, ...] = ()
    dates: tuple[DateMention, ...] = ()
    instruments: tuple[InstrumentMention, ...] = ()
    mechanisms: tuple[MechanismMention, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[EventReport, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    progress: tuple[ProgressClaim, ...] = ()
    themes: tuple[ThemeMention, ...] = ()
    slips: tuple[Slip, ...] = ()
