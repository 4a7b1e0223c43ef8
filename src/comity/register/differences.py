"""What an edited copy changed: the stretches that differ between two documents, each with what it is about.

In: two texts and where their dates and names stand. Out: differences in the order of the first text. Words are compared as folded, so that
another place of a tone or another quotation mark is no difference.
"""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum

from msgspec import Struct

from comity.knowledge.folded import fold
from comity.records import Span

TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|[^\w\s]")
WORD = re.compile(r"\w")


class DifferenceKind(StrEnum):
    DATE = "date"
    FIGURE = "figure"
    NAME = "name"
    WORDS = "words"


class Difference(Struct, frozen=True, kw_only=True):
    """What stands at one place of the first text and of the second; a side that has nothing there has no span and no words."""

    kind: DifferenceKind
    first: Span | None
    second: Span | None
    first_words: str
    second_words: str


class Text(Struct, frozen=True):
    """A text, and where its dates and names stand."""

    text: str
    dates: tuple[Span, ...] = ()
    names: tuple[Span, ...] = ()


def differences(first: Text, second: Text) -> Iterator[Difference]:
    """The stretches that differ, without those of punctuation only."""
    ours, theirs = list(TOKEN.finditer(fold(first.text))), list(TOKEN.finditer(fold(second.text)))
    for (start, end), (other_start, other_end) in _changed([match[0] for match in ours], [match[0] for match in theirs]):
        one, other = _span(ours[start:end]), _span(theirs[other_start:other_end])
        words, other_words = _words(first.text, one), _words(second.text, other)
        if WORD.search(words) or WORD.search(other_words):
            kind = _kind((first, one, words), (second, other, other_words))
            yield Difference(kind=kind, first=one, second=other, first_words=words, second_words=other_words)


def _changed(ours: list[str], theirs: list[str]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """The stretches between those that both have in the same order."""
    from rapidfuzz.distance import LCSseq

    place = other_place = 0
    for block in LCSseq.editops(ours, theirs).as_matching_blocks():
        if block.a > place or block.b > other_place:
            yield (place, block.a), (other_place, block.b)
        place, other_place = block.a + block.size, block.b + block.size


def _span(matches: list[re.Match[str]]) -> Span | None:
    return Span(matches[0].start(), matches[-1].end()) if matches else None


def _words(text: str, span: Span | None) -> str:
    return text[span.start : span.end] if span else ""


def _kind(*sides: tuple[Text, Span | None, str]) -> DifferenceKind:
    """The surest first: a figure inside a date is a date."""
    if any(_touches(span, text.dates) for text, span, _ in sides):
        return DifferenceKind.DATE
    if any(any(letter.isdigit() for letter in words) for _, _, words in sides):
        return DifferenceKind.FIGURE
    return DifferenceKind.NAME if any(_touches(span, text.names) for text, span, _ in sides) else DifferenceKind.WORDS


def _touches(span: Span | None, places: Iterable[Span]) -> bool:
    return span is not None and any(span.overlaps(place) for place in places)
