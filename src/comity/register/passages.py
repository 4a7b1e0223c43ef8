"""What can be searched: the text of each document, and the sentence around each finding that says something."""

from typing import Any

from sqlalchemy import Connection, column, insert, table, text

from comity.records import Document, Reading
from comity.register.backend import is_sqlite
from comity.register.words import parts_of, sentence_around, without_marks, words_of

DOCUMENT = "document"
KINDS = ("statements", "events", "commitments", "progress", "slips")
"""Kinds of finding that can be searched by words: those that say something, not mere mentions."""

FTS5 = table("words", column("rowid"), column("exact"), column("plain"), column("kind"))
VECTORS = text("INSERT INTO words (passage, vector) VALUES (:passage, CAST(:vector AS tsvector))")

Row = dict[str, Any]


def passages_of_document(document: Document) -> list[tuple[Row, str]]:
    """The passages of a document's own text, each with the words to be found by; its title counts as its first words."""
    found = []
    for number, (start, end) in enumerate(parts_of(document.text)):
        words = words_of_passage(DOCUMENT, number, document.title, document.text[start:end])
        found.append(({"reading": None, "kind": DOCUMENT, "number": number, "start": start, "end": end}, words))
    return found


def words_of_passage(kind: str, number: int, title: str | None, passage: str) -> str:
    """What a passage is found by: its own words, and before the first of a document its title."""
    if kind == DOCUMENT and number == 0 and title and title not in passage[:500]:
        return f"{title}\n{passage}"
    return passage


def passages_of_reading(reading: Reading) -> list[tuple[Row, str]]:
    """The sentence around each finding of the kinds that can be searched."""
    found = []
    for kind in KINDS:
        for number, finding in enumerate(getattr(reading, kind)):
            start, end = sentence_around(reading.document.text, finding.evidence.start, finding.evidence.end)
            found.append(({"kind": kind, "number": number, "start": start, "end": end}, reading.document.text[start:end]))
    return found


def index_words(connection: Connection, passages: list[tuple[int, str, str]]) -> None:
    """Makes passages (key, kind, words) findable."""
    if not passages:
        return
    if is_sqlite(connection):
        connection.execute(insert(FTS5), [_columns(*passage) for passage in passages])
    else:
        connection.execute(VECTORS, [{"passage": key, "vector": _vector(words)} for key, _, words in passages])


def _columns(key: int, kind: str, words: str) -> Row:
    """English needs no second copy: where no word has a diacritic, none can be looked for."""
    exact = " ".join(words_of(words))
    plain = without_marks(exact)
    return {"rowid": key, "exact": exact if exact != plain else "", "plain": plain, "kind": kind}


def _vector(words: str) -> str:
    """`'=hòa':1 'hoa':1 '=bình':2 'binh':2`: the word as written and without diacritics at one place. A word is letters and digits only."""
    found = words_of(words)
    lexemes = []
    for place, (exact, plain) in enumerate(zip(found, map(without_marks, found), strict=True), 1):
        lexemes.append(f"'={exact}':{place} '{plain}':{place}")
    return " ".join(lexemes)
