"""What a register answers about links: a link in its state, a page of them, counts by target and year, and what people said of them."""

from enum import StrEnum

from msgspec import Struct

from comity.intervals import IsoDate
from comity.records import LineStatus, Link
from comity.register.decisions import Decision
from comity.register.heads import DocumentHead

USUAL, USUAL_OF_AIMS = 0.6, 0.5
"""The least score of a suggestion where nobody has decided anything: of a link to a line; to a goal, an element or an area."""
Line = tuple[str, str]
"""A plan and a line of it; the plan is empty for goals, elements and areas."""


class LinkState(StrEnum):
    ACCEPTED = "accepted"
    SUGGESTED = "suggested"
    REJECTED = "rejected"
    HELD_BACK = "held-back"


class LinkFound(Struct, frozen=True, kw_only=True):
    """A link with its document. `findings` are the kinds and numbers of the findings that its clause stands in; `shows` is what it is
    evidence of, `dated` when that was; rank 1 is the clause's best line of the plan, rank 0 a tie that a person made. `least` is the score
    that its target asks for."""

    key: int
    document: DocumentHead
    link: Link
    plan: str
    rank: int
    shows: LineStatus
    dated: IsoDate | None
    state: LinkState
    least: float
    findings: tuple[tuple[str, int], ...] = ()
    decisions: tuple[Decision, ...] = ()


class LinkPage(Struct, frozen=True):
    """Some links, and where the next page begins, None after the last."""

    links: tuple[LinkFound, ...]
    next: str | None


class LinkCount(Struct, frozen=True, kw_only=True):
    """How many links a target has in one state; `sources` counts families of documents, `last` is the latest date. `shown` has for each
    thing that they show how many links show it, and the latest date."""

    plan: str
    target: str
    state: LinkState
    links: int
    sources: int
    last: IsoDate | None
    shown: dict[LineStatus, tuple[int, IsoDate | None]]


class YearCount(Struct, frozen=True, kw_only=True):
    """How many links a target has in one state that are of one year (None: undated), in how many sources."""

    plan: str
    target: str
    state: LinkState
    year: int | None
    links: int
    sources: int


class Verdict(Struct, frozen=True, kw_only=True):
    """What a person said about a link; the last word on it."""

    decision: int
    plan: str
    target: str
    accepted: bool
