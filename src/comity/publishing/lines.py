"""A text for people as data: sections with lines, each with its sentence and source. Screen, HTML, Word and mail are made of the same."""

import re
from collections.abc import Iterator

from msgspec import Struct

from comity.records import Evidence, LanguageCode
from comity.tracking.passages import Passage

BLANKS = re.compile(r"\s+")
Place = tuple[int, int]
"""Where words begin and end in the text of a passage."""


class Line(Struct, frozen=True, kw_only=True):
    """One thing said: a heading of its own, the sentence that proves it, and where that stands: `link` is the source's own address,
    `evidence` the place in the register. `besides` are further words of the passage that prove the same. `mark` is `suggested` or
    `conflict`; `against` is the other side, where there are two. `about` is what a decision on it names, as `comity decide` takes it."""

    text: str
    passage: Passage | None = None
    besides: tuple[Place, ...] = ()
    language: LanguageCode = ""
    source: str = ""
    link: str | None = None
    evidence: Evidence | None = None
    mark: str | None = None
    note: str = ""
    against: "Line | None" = None
    about: str = ""

    @property
    def pieces(self) -> Iterator[tuple[str, bool]]:
        """The sentence in pieces, one blank between words; true with those that prove the line."""
        if self.passage:
            text, shown = self.passage.text, 0
            for start, end in _apart((self.passage.start, self.passage.end), *self.besides):
                yield from _piece(text[shown:start], proves=False)
                yield from _piece(text[start:end], proves=True)
                shown = end
            yield from _piece(text[shown:], proves=False)


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


def _apart(*places: Place) -> list[Place]:
    """In order, and those that overlap as one."""
    apart: list[Place] = []
    for start, end in sorted(places):
        if apart and start <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart


def _piece(text: str, *, proves: bool) -> Iterator[tuple[str, bool]]:
    if text:
        yield BLANKS.sub(" ", text), proves
