"""The records that the interface for programs gives: flat, with ids, ISO dates and the place of every quote in its document."""

from collections.abc import Iterable

from msgspec import Struct

from comity.intervals import IsoDate
from comity.knowledge import Instrument, Mechanism, Plan
from comity.knowledge.schema import Line, Section
from comity.knowledge.words import Names, Words
from comity.records import ActorId, InstrumentId, MechanismId, ThemeId
from comity.register import Action, DocumentHead, Found, Named
from comity.tracking.meetings import Meeting


class DocumentRow(Struct, frozen=True, kw_only=True):
    """A document without its text. Documents of one `family` are near copies."""

    id: str
    title: str | None
    publisher: str | None
    published: IsoDate | None
    language: str
    source: str | None
    family: str


class StatementRow(Struct, frozen=True, kw_only=True):
    """What somebody said. `addressee` are those named as spoken to, `occasion` the words that name where. `themes` are those that the words
    themselves name; `decided` is a person's last word on it (accept, correct), null where it is as read."""

    document: str
    published: IsoDate | None
    start: int
    end: int
    quote: str
    speaker: tuple[ActorId, ...]
    act: str
    direct: bool
    themes: tuple[ThemeId, ...]
    decided: str | None = None
    addressee: tuple[ActorId, ...] = ()
    occasion: str | None = None


class CommitmentRow(Struct, frozen=True, kw_only=True):
    """What somebody undertook, agreed, proposed or asked for; `themes` and `decided` as of statements."""

    document: str
    published: IsoDate | None
    start: int
    end: int
    quote: str
    by: tuple[ActorId, ...]
    force: str
    due: IsoDate | None
    decided: str | None = None
    themes: tuple[ThemeId, ...] = ()


class ActorRow(Struct, frozen=True, kw_only=True):
    """An actor that documents name."""

    id: ActorId
    type: str
    names: Names
    mentions: int
    documents: int
    statements: int


class MeetingRow(Struct, frozen=True, kw_only=True):
    """A sitting of a mechanism; `planned` is the date once foreseen where another came true. `reports` are documents."""

    mechanism: MechanismId
    date: IsoDate
    planned: IsoDate | None
    number: int | None
    place: str | None
    chair: str | None
    reports: tuple[str, ...]
    source: str | None


class MechanismRow(Struct, frozen=True, kw_only=True):
    """A standing format of meetings."""

    id: MechanismId
    name: str
    names: Names
    participants: tuple[ActorId, ...]
    mandates: tuple[InstrumentId, ...]
    sittings: int


class InstrumentRow(Struct, frozen=True, kw_only=True):
    """A document or arrangement the partnership rests on; `mentions` is how often documents name it."""

    id: InstrumentId
    name: str
    kind: str
    names: Names
    date: IsoDate | None
    parties: tuple[ActorId, ...]
    implements: InstrumentId | None
    succeeds: InstrumentId | None
    status: str | None
    source: str | None
    mentions: int


class PlanRow(Struct, frozen=True, kw_only=True):
    """A plan of action. `lines` is the number published, `lines_known` how many the pack holds."""

    id: InstrumentId
    names: Names
    period: IsoDate
    lines: int | None
    lines_known: int
    claims: int
    conflicts: int


class LineRow(Struct, frozen=True, kw_only=True):
    """An action line. `wording` is `official`, or `paraphrase` where the words are ours."""

    plan: InstrumentId
    section: str
    id: str
    number: str | None
    wording: str
    words: Words
    themes: tuple[ThemeId, ...]
    responsible: tuple[ActorId, ...]
    due: IsoDate | None
    source: str | None


def document_row(head: DocumentHead) -> DocumentRow:
    return DocumentRow(**{field: getattr(head, field) for field in DocumentRow.__struct_fields__})


def statement_row(found: Found) -> StatementRow:
    finding, document = found.finding, found.document
    return StatementRow(
        document=document.id,
        published=document.published,
        start=finding.evidence.start,
        end=finding.evidence.end,
        quote=finding.evidence.quote,
        speaker=finding.speaker,
        act=finding.act,
        direct=finding.direct,
        themes=found.themes,
        decided=_decided(found),
        addressee=finding.addressee,
        occasion=finding.occasion.quote if finding.occasion else None,
    )


def commitment_row(found: Found) -> CommitmentRow:
    finding = found.finding
    return CommitmentRow(
        document=found.document.id,
        published=found.document.published,
        start=finding.evidence.start,
        end=finding.evidence.end,
        quote=finding.evidence.quote,
        by=finding.by,
        force=finding.force,
        due=finding.due,
        decided=_decided(found),
        themes=found.themes,
    )


def _decided(found: Found) -> str | None:
    words = [decision.action.value for decision in found.decisions if decision.action in (Action.ACCEPT, Action.CORRECT)]
    return words[-1] if words else None


def actor_row(named: Named, names: Names, statements: int) -> ActorRow:
    return ActorRow(id=named.actor, type=named.type, names=names, mentions=named.mentions, documents=named.documents, statements=statements)


def meeting_row(meeting: Meeting) -> MeetingRow:
    sitting = meeting.sitting
    return MeetingRow(
        mechanism=meeting.mechanism.id,
        date=sitting.date,
        planned=sitting.planned,
        number=sitting.number,
        place=sitting.place,
        chair=sitting.chair,
        reports=tuple(report.document.id for report in meeting.reports),
        source=sitting.source,
    )


def mechanism_row(mechanism: Mechanism) -> MechanismRow:
    return MechanismRow(
        id=mechanism.id,
        name=mechanism.name,
        names=mechanism.names,
        participants=mechanism.participants,
        mandates=mechanism.mandates,
        sittings=len(mechanism.sittings),
    )


def instrument_row(instrument: Instrument, mentions: int) -> InstrumentRow:
    own = {field: getattr(instrument, field) for field in InstrumentRow.__struct_fields__ if field != "mentions"}
    return InstrumentRow(**own, mentions=mentions)


def plan_row(plan: Plan, claims: int, conflicts: int) -> PlanRow:
    return PlanRow(
        id=plan.id,
        names=plan.names,
        period=plan.period,
        lines=plan.lines_total,
        lines_known=sum(len(section.lines) for section in plan.sections),
        claims=claims,
        conflicts=conflicts,
    )


def line_row(plan: Plan, section: Section, line: Line) -> LineRow:
    own = {field: getattr(line, field) for field in ("id", "number", "wording", "words", "themes", "responsible", "due", "source")}
    return LineRow(plan=plan.id, section=section.id, **own)


def line_rows(plan: Plan) -> Iterable[LineRow]:
    for section in plan.sections:
        for line in section.lines:
            yield line_row(plan, section, line)
