"""A text for people as data: sections with lines, each with its sentence and source. Screen, HTML, Word and mail are made of the same."""

from msgspec import Struct

from comity.records import Evidence, LanguageCode
from comity.tracking.passages import Passage


class Line(Struct, frozen=True, kw_only=True):
    """One thing said: a heading of its own, the sentence that proves it, and where that stands: `link` is the source's own address,
    `evidence` the place in the register. `mark` is `suggested` or `conflict`; `against` is the other side, where there are two. `about` is
    what a decision on it names, as `comity decide` takes it."""

    text: str
    passage: Passage | None = None
    language: LanguageCode = ""
    source: str = ""
    link: str | None = None
    evidence: Evidence | None = None
    mark: str | None = None
    note: str = ""
    against: "Line | None" = None
    about: str = ""


class Part(Struct, frozen=True, kw_only=True):
    """Lines under a heading of their own, or under none; `more` says that some are left out."""

    lines: tuple[Line, ...]
    title: str = ""
    more: str = ""


class Section(Struct, frozen=True, kw_only=True):
    """`empty` is said where there is no line."""

    id: str
    title: str
    parts: tuple[Part, ...]
    empty: str

    @property
    def lines(self) -> int:
        return sum(len(part.lines) for part in self.parts)


class Paper(Struct, frozen=True, kw_only=True):
    """The whole text in one language."""

    language: LanguageCode
    title: str
    lead: tuple[str, ...]
    sections: tuple[Section, ...]
    foot: str
