"""What plans serve, and what people say of their progress: goals and targets, visions, priority areas, alignments, typed claims.

These are parts of the YAML files (docs/packs.md), as `schema` has the others.
"""

from typing import Literal

from msgspec import Struct

from comity.intervals import IsoDate
from comity.knowledge.words import Names, Words
from comity.records import ActorId, InstrumentId

GoalId = str
"""An SDG by its number (`16`), or one of its targets (`16.1`, `3.d`)."""
ElementId = str
"""An element of a vision: the vision's id, a slash, the element's (`asean-2025/APSC-A`)."""


class Target(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A target of a Sustainable Development Goal, by its number, with a short name of our own."""

    id: GoalId
    words: Words


class Goal(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A Sustainable Development Goal."""

    id: GoalId
    names: Names
    targets: tuple[Target, ...] = ()


class Element(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of a vision. Not `confirmed` as in a tie."""

    id: str
    names: Names
    above: Names = {}
    confirmed: bool = True
    source: str | None = None


class Vision(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A long-term vision (ASEAN Community Vision 2025) by its elements."""

    id: str
    names: Names
    instrument: InstrumentId | None = None
    elements: tuple[Element, ...] = ()
    source: str | None = None


class PriorityArea(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An area that the partnership, or the `instrument`, puts first."""

    id: str
    names: Names
    number: int | None = None
    instrument: InstrumentId | None = None
    source: str | None = None


class Flagship(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A flagship initiative, of one priority area or of none. Not `confirmed` as in a tie."""

    id: str
    names: Names
    area: str | None = None
    confirmed: bool = True
    source: str | None = None


class Alignment(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A row of the alignment table: the things it names serve each other.

    `by` is `ours` (a proposal) or `published` (the source says so).
    """

    plan: InstrumentId | None = None
    line: str | None = None
    sdgs: tuple[GoalId, ...] = ()
    elements: tuple[ElementId, ...] = ()
    areas: tuple[str, ...] = ()
    by: Literal["ours", "published"] = "ours"
    source: str | None = None


class Claim(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A figure on a plan's progress that stands in no document Comity can read, typed in by a person. `words` are the claim as told."""

    id: str
    subject: InstrumentId
    source: str
    words: Words = {}
    numerator: int | None = None
    denominator: int | None = None
    percent: float | None = None
    verb: str | None = None
    as_of: IsoDate | None = None
    claimant: tuple[ActorId, ...] = ()
    entered_by: str | None = None
    entered: IsoDate | None = None
