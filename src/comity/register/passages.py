"""What can be searched: the text of each document, and the sentence around each finding that says something."""

from collections.abc import Iterator

from msgspec import Struct
from sqlalchemy import Connection, text

from comity.knowledge.folded import fold
from comity.records import Reading
from comity.register.backend import is_sqlite
from comity.register.words import Sentences, parts_of, without_marks, words_in

DOCUMENT = "document"
KINDS = ("statements", "events", "commitments", "progress", "slips")
"""Kinds of finding that can be searched by words: those that say something, not mere mentions."""

FTS5 = "INSERT INTO words (rowid, exact, plain, kind) VALUES (?, ?, ?, ?)"
VECTORS = text("INSERT INTO words (passage, vector) VALUES (:passage, CAST(:vector AS tsvector))")


class Searchable(Struct, frozen=True):
    """A text folded, and folded without diacritics, letter for letter: made once for a document, cut for each of its passages."""

    exact: str
    plain: str

    def cut(self, start: int, end: int) -> "Searchable":
        return Searchable(self.exact[start:end], self.plain[start:end])


def searchable(text: str) -> Searchable:
    folded = fold(text)
    return Searchable(folded, without_marks(folded))


class Passage(Struct, frozen=True):
    """A stretch of a document that can be found, and the words to find it by."""

    kind: str
    number: int
    start: int
    end: int
    words: Searchable


def passages_of_document(text: str, title: str | None, whole: Searchable) -> Iterator[Passage]:
    """The passages of a document's own text, each with the words to be found by."""
    for number, (start, end) in enumerate(parts_of(text)):
        yield Passage(DOCUMENT, number, start, end, words_of_passage(DOCUMENT, number, (start, end), title, whole))


def passages_of_reading(reading: Reading, whole: Searchable, sentences: Sentences) -> Iterator[Passage]:
    """The sentence around each finding of the kinds that can be searched."""
    for kind in KINDS:
        for number, finding in enumerate(getattr(reading, kind)):
            start, end = sentences.around(finding.evidence.start, finding.evidence.end)
            yield Passage(kind, number, start, end, whole.cut(start, end))


def words_of_passage(kind: str, number: int, span: tuple[int, int], title: str | None, whole: Searchable) -> Searchable:
    """What a passage is found by: its own words, and before the first of a document its title."""
    words = whole.cut(*span)
    if kind == DOCUMENT and number == 0 and title:
        head = searchable(title)
        if head.exact not in words.exact[:500]:
            return Searchable(f"{head.exact}\n{words.exact}", f"{head.plain}\n{words.plain}")
    return words


def index_words(connection: Connection, passages: list[tuple[int, str, Searchable]]) -> None:
    """Makes passages (key, kind, words) findable."""
    if not passages:
        return
    if is_sqlite(connection):
        connection.exec_driver_sql(FTS5, [_columns(*passage) for passage in passages])
    else:
        connection.execute(VECTORS, [{"passage": key, "vector": _vector(words)} for key, _, words in passages])


def _columns(key: int, kind: str, words: Searchable) -> tuple[int, str, str, str]:
    """English needs no second copy: where no word has a diacritic, none can be looked for."""
    exact = "" if words.exact == words.plain else words.exact
    return key, exact, words.plain, kind


def _vector(words: Searchable) -> str:
    """`'=hòa':1 'hoa':1 '=bình':2 'binh':2`: each word as written and without diacritics, at one place; letters and digits only."""
    lexemes = []
    for place, (exact, plain) in enumerate(zip(words_in(words.exact), words_in(words.plain), strict=True), 1):
        lexemes.append(f"'={exact}':{place} '{plain}':{place}")
    return " ".join(lexemes)
