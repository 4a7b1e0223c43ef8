"""Reads a text with broken words as it was meant: soft hyphens, words parted at a line's end, letters set apart, figures and acronyms
with a blank inside ("1h3 0", "30 / 1 / 2020", "ASE AN").

What comes in is a document; what goes out is one without the breaks to be read, and findings that stand in the document's own text
again. Only breaks that can be nothing else are taken out: a text without any is read as it is.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import fields, replace

from comity.languages import load_words
from comity.reading.name_shapes import CAPITALS
from comity.reading.unmarked import SpellingWords
from comity.records import Document, Evidence, LanguageCode, Reading, Span

INVISIBLE = re.compile("\u00ad\n?|[\u200b\u2060\ufeff]")
LINE_END = re.compile(r"([^\W\d_]{1,40})-(\n)(?=([^\W\d_]+))")
TIME = re.compile(r"h\d( )\d(?!\w)")
DATE = re.compile(r"(?<![\d/.,])\d{1,2}( ?)/( ?)\d{1,2}( ?)/( ?)(?:19|20)\d\d(?!\d)")
DAY = re.compile(r"(?<![\d/.,])(?<!\d )[0-3]( )\d(?=/\d{1,2}/(?:19|20)\d\d(?!\d))")
"""The second figure of a day: "3 0/1/2020"."""
LETTERS = re.compile(r"(?<![^\W_])[^\W\d_](?: [^\W\d_]){2,}(?![^\W_])")
"""Letters set apart: "L i ê n  H ợ p"; two blanks part the words."""
ACRONYM = re.compile(rf"(?<!\w)([{CAPITALS}]{{1,6}})( )([{CAPITALS}]{{1,6}})(?!\w)")
SHORTEST_ACRONYM = 5
"""Where the first half is one letter; else three will do ("LH Q")."""
LONGEST_GAP = 8
SHORTEST_PLAIN = 5
"""Letters that a word set apart must have where all are plain ones, so that "a b c" stays a list."""

T = TypeVar("T")


class Repaired(Struct, frozen=True):
    """A document to be read, and where each of its characters stands in the document itself."""

    document: Document
    places: tuple[int, ...]


class Repairs:
    """What can be repaired, given the acronyms that are known."""

    def __init__(self, language: LanguageCode, acronyms: Iterable[str]) -> None:
        self._acronyms = frozenset(acronyms)
        self._suspended = frozenset(load_words(language, "spelling", SpellingWords).suspended)

    def of(self, document: Document) -> Repaired | None:
        """The document without its breaks; None where it has none."""
        text = document.text
        breaks = sorted({*_invisible(text), *self._line_ends(text), *_figures(text), *_letters(text), *self._in_acronyms(text)})
        if not breaks:
            return None
        left_out = {place for start, end in breaks for place in range(start, end)}
        places = tuple(place for place in range(len(text)) if place not in left_out)
        related = (Span(bisect_left(places, span.start), bisect_left(places, span.end)) for span in document.related if _any(places, span))
        return Repaired(replace(document, text="".join(text[place] for place in places), related=tuple(related)), places)

    def _line_ends(self, text: str) -> Iterator[tuple[int, int]]:
        """The break of "co-\\noperation" with its hyphen, of "Ki-\\nmoon" and "Secretary-\\nGeneral" without it."""
        for found in LINE_END.finditer(text):
            before, after = found.group(1), found.group(3)
            if after not in self._suspended:
                small = before.islower() and before.isascii() and after.islower()
                yield (found.start(2) - small, found.end(2))

    def _in_acronyms(self, text: str) -> Iterator[tuple[int, int]]:
        """The blank of "ASE AN", where neither half is an acronym itself."""
        position = 0
        while found := ACRONYM.search(text, position):
            halves = found.group(1), found.group(3)
            whole = "".join(halves)
            if (
                len(whole) >= (SHORTEST_ACRONYM if len(halves[0]) == 1 else 3)
                and whole in self._acronyms
                and self._acronyms.isdisjoint(halves)
            ):
                yield found.span(2)
            position = found.end(1)


def in_place(reading: Reading, document: Document, places: Sequence[int]) -> Reading:
    """The findings of a repaired document, each where it stands in the document's own text."""
    kinds = {field.name: getattr(reading, field.name) for field in fields(reading)}
    moved = {
        name: tuple(_moved(one, document, places) for one in findings) for name, findings in kinds.items() if isinstance(findings, tuple)
    }
    return replace(reading, document=document, **moved)


def _moved(finding: T, document: Document, places: Sequence[int]) -> T:
    """A finding with every piece of evidence where it stands in the document."""
    changed = {
        field.name: document.evidence(places[value.start], places[value.end - 1] + 1)
        for field in fields(finding)  # type: ignore[arg-type]
        if isinstance(value := getattr(finding, field.name), Evidence)
    }
    return replace(finding, **changed)  # type: ignore[type-var]


def _any(places: Sequence[int], span: Span) -> bool:
    return bisect_left(places, span.start) < bisect_left(places, span.end)


def _invisible(text: str) -> Iterator[tuple[int, int]]:
    if not text.isascii():
        for found in INVISIBLE.finditer(text):
            yield found.span()


def _figures(text: str) -> Iterator[tuple[int, int]]:
    for pattern in (TIME, DAY, *((DATE,) if " /" in text or "/ " in text else ())):
        for found in pattern.finditer(text):
            if pattern is not TIME or text[found.start() - 1 : found.start()].isdigit():
                yield from (found.span(group) for group in range(1, pattern.groups + 1) if found.group(group))


def _letters(text: str) -> Iterator[tuple[int, int]]:
    """The blanks between letters set apart, and all but one of those that part such a word from the next."""
    for found in LETTERS.finditer(text):
        letters = found.group()[::2]
        if not (letters[1:].islower() or letters.isupper()) or (letters.isascii() and len(letters) < SHORTEST_PLAIN):
            continue
        yield from ((place, place + 1) for place in range(found.start() + 1, found.end(), 2))
        after = found.end() + len(text[found.end() :][:LONGEST_GAP]) - len(text[found.end() :][:LONGEST_GAP].lstrip(" "))
        if after - found.end() > 1:
            yield found.end() + 1, after
