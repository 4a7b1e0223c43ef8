"""What can be searched: the text of each document, and the sentence around each finding that says something.

A sentence that says several things (a statement, the event it tells of, a commitment in it) stands in the full-text index once.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec import Struct
from sqlalchemy import Connection

from comity.knowledge.folded import fold
from comity.records import Reading
from comity.register.backend import is_sqlite
from comity.register.bulk import copy_rows, do_many
from comity.register.signs import Place, Signs
from comity.register.words import Sentences, parts_of, without_marks, words_in

DOCUMENT = "document"
KINDS = ("statements", "events", "commitments", "progress", "slips")
"""Kinds of finding that can be searched by words: those that say something, not mere mentions."""

WORDS = "words"
"""The full-text index of sentences; PostgreSQL has documents there too."""

PASSAGES = "words_of_documents"
"""That of documents in SQLite: to weigh a word is to count all places of it, and sentences have forty times as many."""

MOST_TOGETHER = 8
"""So many findings at most stand under one key of the index: their passages have this key and those behind it."""

VECTORS = f"COPY {WORDS} (passage, vector) FROM STDIN"


OTHER = re.compile(r"[^\w\x00-\x7f]")
"""Signs beyond ASCII that are no part of a word (… and •): the quickest way in which SQLite takes words apart knows those of ASCII only."""


class Searchable(Struct, frozen=True):
    """A text folded, and folded without diacritics, letter for letter: made once for a document, cut for each of its passages. Only ASCII
    signs stand between words."""

    exact: str
    plain: str

    def cut(self, start: int, end: int) -> "Searchable":
        plain = self.plain[start:end]
        return Searchable(plain if self.exact is self.plain else self.exact[start:end], plain)


def searchable(folded: str) -> Searchable:
    exact = folded if folded.isascii() else OTHER.sub(" ", folded)
    return Searchable(exact, without_marks(exact))


Stretch = tuple[int, int, str, tuple[Place, ...]]
"""Start and end of a stretch that can be found, its kinds and its own signs, and what stands in it: kinds and numbers."""


def stretches_of(reading: Reading, sentences: Sentences, signs: Signs) -> Iterator[Stretch]:
    """The document's own text, and the sentences around the findings of the kinds that can be searched, in the order of the text. A reading
    has its own stretches of the text, because it says by whom and what the document can be narrowed."""
    for number, (start, end) in enumerate(parts_of(reading.document.text)):
        yield start, end, signs.of_document(DOCUMENT), ((DOCUMENT, number),)
    inside: defaultdict[tuple[int, int], list[Place]] = defaultdict(list)
    for kind in KINDS:
        for number, finding in enumerate(getattr(reading, kind)):
            inside[sentences.around(finding.evidence.start, finding.evidence.end)].append((kind, number))
    for (start, end), places in sorted(inside.items()):
        for first in range(0, len(places), MOST_TOGETHER):
            some = places[first : first + MOST_TOGETHER]
            yield start, end, signs.of_findings(some), tuple(some)


def words_of_passage(kind: str, number: int, span: tuple[int, int], title: str | None, whole: Searchable) -> Searchable:
    """What a passage is found by: its own words, and before the first of a document its title."""
    words = whole.cut(*span)
    if kind == DOCUMENT and number == 0 and title:
        head = searchable(fold(title))
        if head.exact not in words.exact[:500]:
            return Searchable(f"{head.exact}\n{words.exact}", f"{head.plain}\n{words.plain}")
    return words


Indexed = tuple[int, str, str, str]
"""A key, the words as written (empty where no word has a diacritic: then none can be looked for), without diacritics, and the signs."""


def indexed(key: int, words: Searchable, signs: str) -> Indexed:
    return key, "" if words.exact == words.plain else words.exact, words.plain, signs


def index_words(connection: Connection, passages: Sequence[Indexed]) -> None:
    """Makes passages findable."""
    if not passages:
        return
    if not is_sqlite(connection):
        copy_rows(connection, VECTORS, ((key, _vector(exact, plain, signs)) for key, exact, plain, signs in passages))
        return
    for index in (WORDS, PASSAGES):
        if rows := [passage for passage in passages if passage[3].startswith(DOCUMENT) == (index == PASSAGES)]:
            do_many(connection, f"INSERT INTO {index} (rowid, exact, plain, kind) VALUES (?, ?, ?, ?)", rows)


def forget_words(connection: Connection) -> None:
    """Empties the index."""
    for index in (WORDS, PASSAGES) if is_sqlite(connection) else ():
        connection.exec_driver_sql(f"INSERT INTO {index} ({index}) VALUES ('delete-all')")
    if not is_sqlite(connection):
        connection.exec_driver_sql(f"DELETE FROM {WORDS}")


def _vector(exact: str, plain: str, signs: str) -> str:
    """`'#statements' '=hòa':1 'hoa':1 '=bình':2 'binh':2`: each word as written and without diacritics, at one place; letters and digits
    only. Signs have no place. A vector of half the length is read in half the time, so English words stand there once."""
    lexemes = [f"'#{one}'" for one in signs.split()]
    lexemes += [f"'{bare}':{place}" for place, bare in enumerate(words_in(plain), 1)]
    lexemes += [f"'={written}':{place}" for place, written in enumerate(words_in(exact), 1)]
    return " ".join(lexemes)
