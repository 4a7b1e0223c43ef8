"""What can be searched: the text of each document, and the sentence around each finding that says something."""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from sqlalchemy import Connection

from comity.knowledge.folded import fold
from comity.records import Reading
from comity.register.backend import is_sqlite
from comity.register.bulk import copy_rows
from comity.register.signs import Signs
from comity.register.words import Sentences, parts_of, without_marks, words_in

DOCUMENT = "document"
KINDS = ("statements", "events", "commitments", "progress", "slips")
"""Kinds of finding that can be searched by words: those that say something, not mere mentions."""

WORDS = "words"
"""The full-text index of sentences; PostgreSQL has documents there too."""

PASSAGES = "words_of_documents"
"""That of documents in SQLite: to weigh a word is to count all places of it, and sentences have forty times as many."""

VECTORS = f"COPY {WORDS} (passage, vector) FROM STDIN"


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
    """A stretch of a document that can be found, the words to find it by, and the signs to narrow a search by."""

    kind: str
    number: int
    start: int
    end: int
    words: Searchable
    signs: str


def passages_of(reading: Reading, whole: Searchable, sentences: Sentences, signs: Signs) -> Iterator[Passage]:
    """The document's own text, and the sentence around each finding of the kinds that can be searched. A reading has its own passages of
    the text, because it says by whom and what the document can be narrowed."""
    document, of_document = reading.document, signs.of_document()
    for number, (start, end) in enumerate(parts_of(document.text)):
        words = words_of_passage(DOCUMENT, number, (start, end), document.title, whole)
        yield Passage(DOCUMENT, number, start, end, words, of_document)
    for kind in KINDS:
        for number, finding in enumerate(getattr(reading, kind)):
            start, end = sentences.around(finding.evidence.start, finding.evidence.end)
            yield Passage(kind, number, start, end, whole.cut(start, end), signs.of_finding(kind, number))


def words_of_passage(kind: str, number: int, span: tuple[int, int], title: str | None, whole: Searchable) -> Searchable:
    """What a passage is found by: its own words, and before the first of a document its title."""
    words = whole.cut(*span)
    if kind == DOCUMENT and number == 0 and title:
        head = searchable(title)
        if head.exact not in words.exact[:500]:
            return Searchable(f"{head.exact}\n{words.exact}", f"{head.plain}\n{words.plain}")
    return words


Indexed = tuple[int, str, Searchable, str]
"""A passage's key and kind, its words and its signs."""


def index_words(connection: Connection, passages: Sequence[Indexed]) -> None:
    """Makes passages findable."""
    if not passages:
        return
    if not is_sqlite(connection):
        copy_rows(connection, VECTORS, ((key, _vector(kind, words, signs)) for key, kind, words, signs in passages))
        return
    for index in (WORDS, PASSAGES):
        if rows := [_columns(*passage) for passage in passages if (passage[1] == DOCUMENT) == (index == PASSAGES)]:
            connection.exec_driver_sql(f"INSERT INTO {index} (rowid, exact, plain, kind) VALUES (?, ?, ?, ?)", rows)


def forget_words(connection: Connection) -> None:
    """Empties the index."""
    for index in (WORDS, PASSAGES) if is_sqlite(connection) else ():
        connection.exec_driver_sql(f"INSERT INTO {index} ({index}) VALUES ('delete-all')")
    if not is_sqlite(connection):
        connection.exec_driver_sql(f"DELETE FROM {WORDS}")


def _columns(key: int, kind: str, words: Searchable, signs: str) -> tuple[int, str, str, str]:
    """English needs no second copy: where no word has a diacritic, none can be looked for."""
    exact = "" if words.exact == words.plain else words.exact
    return key, exact, words.plain, f"{kind} {signs}"


def _vector(kind: str, words: Searchable, signs: str) -> str:
    """`'#statements' '=hòa':1 'hoa':1 '=bình':2 'binh':2`: each word as written and without diacritics, at one place; letters and digits
    only. Signs have no place."""
    lexemes = [f"'#{one}'" for one in (kind, *signs.split())]
    for place, (exact, plain) in enumerate(zip(words_in(words.exact), words_in(words.plain), strict=True), 1):
        lexemes.append(f"'={exact}':{place} '{plain}':{place}")
    return " ".join(lexemes)
