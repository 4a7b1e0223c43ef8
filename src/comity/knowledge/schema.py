"""The shape of the YAML files: what may be said of an actor, instrument, mechanism, theme and plan (docs/knowledge.md, docs/packs.md).

Names are lists by language; the first of a list is the label shown. A name is matched with its first letter's case, an acronym with all
its letters' case.
"""

from msgspec import Struct

from comity.intervals import IsoDate
from comity.records import ActorId, ActorType, InstrumentId, LanguageCode, MechanismId, ThemeId

Names = dict[LanguageCode, tuple[str, ...]]


class Holding(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An office somebody holds for a body over a time. `title` is a key of the languages' titles (`secretary-general`)."""

    title: str
    of: ActorId
    since: IsoDate | None = None
    until: IsoDate | None = None
    source: str | None = None


class Actor(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A person, state, organisation or body. `kind` says which sort of body (organ, fund, agency, sectoral-body, ...)."""

    id: ActorId
    type: ActorType
    names: Names = {}
    acronyms: tuple[str, ...] = ()
    adjectives: Names = {}
    capitals: Names = {}
    kind: str | None = None
    part_of: ActorId | None = None
    state: ActorId | None = None
    offices: tuple[Holding, ...] = ()
    works_with: tuple[ActorId, ...] = ()
    works_on: str | None = None
    source: str | None = None


class Instrument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A named document or arrangement. `name` is its canonical English name, `names` how texts call it."""

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
    validity: str | None = None
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
    """A standing format. `name` is its canonical English name, `names` how texts call it."""

    id: MechanismId
    name: str
    names: Names = {}
    acronyms: tuple[str, ...] = ()
    level: str | None = None
    cadence: str | None = None
    participants: tuple[ActorId, ...] = ()
    mandate: str | None = None
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


class Line(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An action line. `wording` is `official` (imported) or `paraphrase` (ours, never shown as the official text).

    `numbering` is `published`, or `assigned` where the document prints no number and ours counts by heading and place. `lead` holds the words
    of the item it continues ("The parties will:"). `place` tells where an imported line stands in its file.
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
    note: str | None = None
    source: str | None = None


class Section(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Lines under one heading. `above` are the headings it stands under (part, pillar), outermost first."""

    id: str
    names: Names
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
    sections: tuple[Section, ...] = ()


class Partnership(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a pack is about. The ids are of actors that the pack or the world knows."""

    id: str
    names: Names
    parties: tuple[ActorId, ...]
    since: IsoDate | None = None
    framework: InstrumentId | None = None
    languages: tuple[LanguageCode, ...] = ("en",)


class KnowledgeFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One YAML file of the world or of a pack; every part may be missing."""

    partnership: Partnership | None = None
    actors: tuple[Actor, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    mechanisms: tuple[Mechanism, ...] = ()
    themes: tuple[Theme, ...] = ()
    plans: tuple[Plan, ...] = ()


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
