"""A document laid out for reading: paragraphs of pieces with the findings on them, each paragraph's notes, other articles folded away.

In: a document and its findings. Out: paragraphs and asides in the order of the text; the pieces of a paragraph joined are its text.
Findings of the five `NOTED` kinds get a number, a letter in the text and a note; names, dates and the like are gathered in one line.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from msgspec import Struct

from comity.languages import languages
from comity.reading.page import Page, sentence_words
from comity.records import Document, Evidence, Span

NOTED = ("statements", "events", "commitments", "progress", "slips")
NAMED = ("actors", "offices", "dates", "instruments", "mechanisms", "themes")
ASKED = "asked"
"""The kind of words that somebody followed a link to, whether anything was found in them or not."""
DIFFERS = "differs"
"""The kind of words that a copy has otherwise than the document it is a copy of."""
Marks = Mapping[str, Sequence[Span]]
"""Words marked for another reason than a finding, by kind."""
BLANK_LINE = re.compile(r"\n[ \t]*\n\s*")
LINE_END = re.compile(r"\n\s*")


NONE: Marks = MappingProxyType({})


class Note(Struct, frozen=True, kw_only=True):
    """A finding with its number on the page."""

    number: int
    kind: str
    finding: Any

    @property
    def evidence(self) -> Evidence:
        evidence: Evidence = self.finding.evidence
        return evidence


class Piece(Struct, frozen=True, kw_only=True):
    """A stretch of text that the same findings cover; `begins` are the notes whose words begin here."""

    text: str
    start: int
    kinds: tuple[str, ...] = ()
    notes: tuple[int, ...] = ()
    begins: tuple[Note, ...] = ()


class Paragraph(Struct, frozen=True, kw_only=True):
    """`names` are the findings of each other kind, once for each thing named."""

    pieces: tuple[Piece, ...]
    notes: tuple[Note, ...]
    names: dict[str, tuple[Any, ...]]


class Aside(Struct, frozen=True):
    """Text outside the article: teasers of other articles, captions, share lines."""

    texts: tuple[str, ...]


def lay_out(document: Document, findings: Mapping[str, Sequence[Any]], marked: Marks = NONE) -> list[Paragraph | Aside]:
    """The whole text; stretches outside the article become asides, neighbours one; words `marked` are pieces of their own kind."""
    notes = _notes(findings)
    parts: list[Paragraph | Aside] = []
    outside: list[str] = []
    for span, related in _stretches(document):
        if related:
            outside += [line.strip() for line in document.text[span.start : span.end].splitlines() if line.strip()]
            continue
        if outside:
            parts.append(Aside(tuple(outside)))
            outside = []
        parts.append(_paragraph(document, span, notes, findings, marked))
    return [*parts, Aside(tuple(outside))] if outside else parts


def _notes(findings: Mapping[str, Sequence[Any]]) -> list[Note]:
    """Numbered by their place; of two that begin together the longer comes first."""
    found = [(kind, finding) for kind in NOTED for finding in findings.get(kind, ())]
    found.sort(key=lambda pair: (pair[1].evidence.start, -pair[1].evidence.end))
    return [Note(number=number, kind=kind, finding=finding) for number, (kind, finding) in enumerate(found, 1)]


def _stretches(document: Document) -> Iterator[tuple[Span, bool]]:
    """The paragraphs of the article, and what lies outside it."""
    page = Page(document, sentence_words(document.language) if document.language in languages() else frozenset())
    wrapped = any("\n" in document.text[sentence.start : sentence.end] for sentence in page.sentences)
    position = 0
    for span in (*document.related, None):
        end = span.start if span else len(document.text)
        yield from ((paragraph, False) for paragraph in _paragraphs(document.text, position, end, BLANK_LINE if wrapped else LINE_END))
        if span:
            yield span, True
            position = span.end


def _paragraphs(text: str, start: int, end: int, divider: re.Pattern[str]) -> Iterator[Span]:
    for stop, following in [*((m.start(), m.end()) for m in divider.finditer(text, start, end)), (end, end)]:
        if text[start:stop].strip():
            yield Span(start, stop)
        start = following


def _paragraph(document: Document, span: Span, notes: Sequence[Note], findings: Mapping[str, Sequence[Any]], marked: Marks) -> Paragraph:
    here = [note for note in notes if note.evidence.span.overlaps(span)]
    names = {kind: [f for f in findings.get(kind, ()) if f.evidence.span.overlaps(span)] for kind in NAMED}
    marks = [(note.kind, note.evidence.span, note.number) for note in here]
    marks += [(kind, found.evidence.span, 0) for kind, group in names.items() for found in group]
    marks += [(kind, one, 0) for kind, spans in marked.items() for one in spans]
    return Paragraph(
        pieces=tuple(_pieces(document.text, span, marks, here)),
        notes=tuple(note for note in here if _starts_in(note, span)),
        names={kind: tuple(_distinct(group)) for kind, group in names.items() if group},
    )


def _pieces(text: str, span: Span, marks: Sequence[tuple[str, Span, int]], notes: Sequence[Note]) -> Iterator[Piece]:
    edges = {span.start, span.end, *(edge for _, e, _ in marks for edge in (e.start, e.end) if span.start < edge < span.end)}
    for start, end in pairwise(sorted(edges)):
        over = [(kind, number) for kind, e, number in marks if e.start < end and start < e.end]
        yield Piece(
            text=text[start:end],
            start=start,
            kinds=tuple(dict.fromkeys(kind for kind, _ in over)),
            notes=tuple(sorted({number for _, number in over if number})),
            begins=tuple(note for note in notes if _starts_in(note, span) and max(note.evidence.start, span.start) == start),
        )


def _starts_in(note: Note, span: Span) -> bool:
    """Whether a note belongs to the paragraph in which its words begin."""
    return span.start <= note.evidence.start < span.end


def _distinct(findings: Iterable[Any]) -> Iterator[Any]:
    """One finding for each thing named."""
    seen: set[Any] = set()
    for finding in findings:
        named = _named(finding)
        if named not in seen:
            seen.add(named)
            yield finding


def _named(finding: Any) -> Any:
    for field in ("actor", "person", "iso", "instrument", "mechanism", "theme"):
        if value := getattr(finding, field, None):
            return value
    return " ".join(finding.evidence.quote.casefold().split())
