"""The shape of the YAML files: what may be said of an actor, instrument, mechanism, theme and plan (docs/knowledge.md, docs/packs.md).

Names are lists by language; the first of a list is the label shown. A name is matched with its first letter's case, an acronym with all
its letters' case. A `source` is the address where the entry can be checked.
"""

from typing import Literal

from msgspec import Struct, field

from comity.intervals import IsoDate
from comity.knowledge.aims import Alignment, Claim, Flagship, Goal, PriorityArea, Vision
from comity.knowledge.words import Names as Names
from comity.knowledge.words import Said, Words
from comity.records import ActorId, ActorType, InstrumentId, LanguageCode, MechanismId, ThemeId


class Holding(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An office somebody holds for a body over a time. `title` is a key of the languages' titles (`secretary-general`)."""

    title: str
    of: ActorId
    since: IsoDate | None = None
    until: IsoDate | None = None
    source: str | None = None


class Tie(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """With whom an actor works, and on what. Not `confirmed` means known from memory only: shown with a mark, used for nothing else."""

    with_: tuple[ActorId, ...] = field(name="with")
    on: Words
    confirmed: bool = True
    source: str | None = None


OUTLETS = frozenset({"newspaper", "news-agency", "broadcaster", "media"})
"""Kinds of body that report what others say and do."""


class Actor(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A person, state, organisation or body. `kind` says which sort of body (organ, fund, agency, sectoral-body, ...); `gender` how the
    public record speaks of a person ("Mr", "bà"), where it is known."""

    id: ActorId
    type: ActorType
    gender: Literal["female", "male"] | None = None
    names: Names = {}
    acronyms: tuple[str, ...] = ()
    adjectives: Names = {}
    capitals: Names = {}
    kind: str | None = None
    part_of: ActorId | None = None
    state: ActorId | None = None
    offices: tuple[Holding, ...] = ()
    ties: tuple[Tie, ...] = ()
    source: str | None = None


class Instrument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A named document or arrangement. `name` is its canonical English name, `names` how texts call it.

    `status` is `in-force`, `signed` (not in force yet), `expired`, `superseded` or `draft`; `validity` says for how long it holds.
    """

    id: InstrumentId
    name: str
    kind: str
    names: Names = {}
    acronyms: tuple[str, ...] = ()
    date: IsoDate | None = None
    place: str | None = None
    parties: tuple[ActorId, ...] = ()
    implements: InstrumentId | None = None
    succeeds: InstrumentId | None = None
    cites: tuple[InstrumentId, ...] = ()
    status: str | None = None
    validity: Said | None = None
    source: str | None = None


class Sitting(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One meeting of a mechanism. `planned` is the date once foreseen where another came true."""

    date: IsoDate
    number: int | None = None
    place: str | None = None
    chair: str | None = None
    planned: IsoDate | None = None
    source: str | None = None


class Mechanism(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A standing format. `name` is its canonical English name, `names` how texts call it.

    `of` is the body whose own meeting it is and for which it speaks; else it speaks for the parties after whom it is called. `chair_rule`
    says who takes the chair, `mandates` are the instruments that set the mechanism up or give it its tasks. Sittings stand in the order of
    their dates.
    """

    id: MechanismId
    name: str
    names: Names = {}
    acronyms: tuple[str, ...] = ()
    level: Said | None = None
    cadence: Said | None = None
    of: ActorId | None = None
    participants: tuple[ActorId, ...] = ()
    chair_rule: Words | None = None
    mandate: Said | None = None
    mandates: tuple[InstrumentId, ...] = ()
    sittings: tuple[Sitting, ...] = ()
    source: str | None = None


class Theme(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A subject of cooperation, with the terms that show it in each language; `strong` terms need no second witness."""

    id: ThemeId
    group: str
    names: Names
    definition: dict[LanguageCode, str] = {}
    strong: Names = {}
    terms: Names = {}


class Indicator(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How progress on a line can be measured. `baseline` and `target` are written as published, with their unit and year."""

    words: Words
    baseline: str | None = None
    target: str | None = None
    source: str | None = None


class Line(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An action line. `wording` is `official` (imported) or `paraphrase` (ours, never shown as the official text).

    `numbering` is `published`, or `assigned` where the document prints no number and ours counts by heading and place. `lead` holds the
    words of the item it continues ("The parties will:"). `place` tells where an imported line stands in its file.
    """

    id: str
    words: dict[LanguageCode, str]
    wording: str = "paraphrase"
    number: str | None = None
    numbering: str = "published"
    lead: dict[LanguageCode, str] = {}
    place: str | None = None
    themes: tuple[ThemeId, ...] = ()
    responsible: tuple[ActorId, ...] = ()
    due: IsoDate | None = None
    indicators: tuple[Indicator, ...] = ()
    note: str | None = None
    source: str | None = None


class Pillar(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One of the pillars that a plan's sections stand under."""

    id: str
    names: Names


class Section(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Lines under one heading. `above` are the headings it stands under in the document, outermost first; `pillar` is one of the plan's."""

    id: str
    names: Names
    pillar: str | None = None
    above: Names = {}
    lines: tuple[Line, ...] = ()
    source: str | None = None


class Plan(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A plan of action with numbered lines; `lines_total` is the number published, whether or not we know the lines."""

    id: InstrumentId
    period: IsoDate
    names: Names
    short: dict[LanguageCode, str]
    lines_total: int | None = None
    lines_total_source: str | None = None
    pillars: tuple[Pillar, ...] = ()
    sections: tuple[Section, ...] = ()


class Role(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an actor does for the partnership over a time: coordinator, secretariat, lead."""

    actor: ActorId
    role: Words
    since: IsoDate | None = None
    until: IsoDate | None = None
    source: str | None = None


class Partnership(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a pack is about. The ids are of actors that the pack or the world knows."""

    id: str
    names: Names
    parties: tuple[ActorId, ...]
    since: IsoDate | None = None
    framework: InstrumentId | None = None
    languages: tuple[LanguageCode, ...] = ("en",)
    roles: tuple[Role, ...] = ()


class KnowledgeFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One YAML file of the world or of a pack; every part may be missing."""

    partnership: Partnership | None = None
    actors: tuple[Actor, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    mechanisms: tuple[Mechanism, ...] = ()
    themes: tuple[Theme, ...] = ()
    plans: tuple[Plan, ...] = ()
    sdgs: tuple[Goal, ...] = ()
    visions: tuple[Vision, ...] = ()
    priority_areas: tuple[PriorityArea, ...] = ()
    flagships: tuple[Flagship, ...] = ()
    alignments: tuple[Alignment, ...] = ()
    claims: tuple[Claim, ...] = ()


class Pack(Struct, frozen=True, kw_only=True):
    """A partnership as data: the folder's files joined."""

    partnership: Partnership
    folder: str
    version: str
    actors: tuple[Actor, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    mechanisms: tuple[Mechanism, ...] = ()
    themes: tuple[Theme, ...] = ()
    plans: tuple[Plan, ...] = ()
    sdgs: tuple[Goal, ...] = ()
    visions: tuple[Vision, ...] = ()
    priority_areas: tuple[PriorityArea, ...] = ()
    flagships: tuple[Flagship, ...] = ()
    alignments: tuple[Alignment, ...] = ()
    claims: tuple[Claim, ...] = ()
