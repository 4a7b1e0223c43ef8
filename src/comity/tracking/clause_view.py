"""A clause made ready for linking: its words without the names in it, their vector, and the concepts they show.

In come the words and their language; out comes a `Clause`. Names are taken out before meanings are compared, so that "Viet Nam" and "the
UN" tie nothing; whom they name is kept apart, since a body that is responsible for a line is evidence of another kind.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from functools import cache, cached_property
from hashlib import blake2b

import numpy as np
from msgspec import Struct

from comity.knowledge import Knowledge
from comity.knowledge.folded import Folded, fold
from comity.knowledge.matcher import Match, Matcher
from comity.languages import load_words
from comity.records import ActorId, LanguageCode, Span
from comity.tracking.clauses import ClauseWords
from comity.tracking.concepts import ConceptId, Shown, ShownByPlace, by_concept, load_concepts
from comity.tracking.embedding import Table
from comity.tracking.products import Floats

WORD = re.compile(r"\w+")


class Clause(Struct, frozen=True, dict=True):
    """`spared` is its folded copy with blanks for the names, `found` the words that show concepts of lines where they are known already.
    The rest is worked out where it is asked for: most clauses are of other matters, and many stand in several documents."""

    text: Folded
    language: LanguageCode
    spared: str
    table: Table
    found: list[Shown] | None = None

    @cached_property
    def key(self) -> bytes:
        """What tells it from every other; all else follows from that."""
        whole = "\0".join((self.language, self.text.text, self.text.folded, self.spared))
        return blake2b(whole.encode("utf-8", "surrogatepass"), digest_size=16).digest()

    @property
    def bare(self) -> str:
        """Its folded words without the names; with them where it is names alone."""
        return self._entries[0]

    @property
    def rows(self) -> list[int]:
        """The entries of the table in `bare`."""
        return self._entries[1]

    @cached_property
    def _entries(self) -> tuple[str, list[int]]:
        rows = self.table.rows_in(self.spared)
        return (self.spared, rows) if rows else (self.text.folded, self.table.rows_in(self.text.folded))

    @cached_property
    def vector(self) -> Floats:
        """Of a clause that is known."""
        vector: Floats = vectors_of([self])[0]
        return vector

    @property
    def is_known(self) -> bool:
        """Whether the table knows a word of it."""
        return bool(self.rows)

    @cached_property
    def shown(self) -> list[Shown]:
        """The words that show concepts of lines."""
        return load_concepts(self.language)[0].find_all(self.text) if self.found is None else self.found

    @cached_property
    def rest(self) -> list[int]:
        """The entries of the table in the words that show no concept: "những nét kết nối giữa cạnh ngôi sao" shows connectivity by one
        word, and the others say that it is about a star."""
        if not self.shown:
            return self.rows
        hits = [(shown.start, shown.end) for shown in self.shown]
        entries = self.table.entries_in(self.bare)
        return [one.row for one in entries if not any(start < one.end and one.start < end for start, end in hits)]

    @property
    def named(self) -> float:
        """How much of it is names."""
        return 1 - len(self.spared.split()) / max(1, len(self.text.folded.split()))

    @cached_property
    def concepts(self) -> dict[ConceptId, str]:
        """The concepts of lines, each with the longest words that show it."""
        return by_concept(self.text, self.shown)

    @cached_property
    def elsewhere(self) -> int:
        """How often words show concepts that are of no line."""
        return len(load_concepts(self.language)[1].find_all(self.text))

    @cached_property
    def words(self) -> int:
        """Without the names, one at least."""
        return max(1, len(WORD.findall(self.bare)))

    @cached_property
    def deed(self) -> bool:
        """Whether a verb of common work stands in it ("strengthen")."""
        return bool(_deeds(self.language).search(self.bare))

    @cached_property
    def capitals(self) -> int:
        """How many words have a capital or are numbers."""
        return sum(word[0].isupper() or word[0].isdigit() for word in WORD.findall(self.text.text))


def name_matcher(knowledge: Knowledge, some: Collection[ActorId] | None = None) -> Matcher[ActorId]:
    """All names of the actors known, or of some of them."""
    return Matcher(names_known(knowledge, some))


def names_known(knowledge: Knowledge, some: Collection[ActorId] | None = None) -> Iterator[tuple[str, ActorId]]:
    """The same names, each with whom it names."""
    for actor in knowledge.actors.values():
        if some is None or actor.id in some:
            for name in _names(actor.names, actor.acronyms, actor.adjectives):
                yield name, actor.id


def view_clause(words: str, language: LanguageCode, *, table: Table, names: Matcher[ActorId]) -> Clause | None:
    """The clause, or None where the table knows none of its words."""
    text = Folded(words)
    clause = Clause(text, language, without_names(text, names.find(text)), table)
    return clause if clause.is_known else None


def vectors_of(clauses: Sequence[Clause]) -> Floats:
    """The vectors of several clauses that are known, a row each: all at once, which is several times as fast as one by one."""
    if not clauses:
        return np.empty((0, 0), dtype=np.float32)
    return clauses[0].table.vectors_of([clause.rows for clause in clauses], [clause.language for clause in clauses])


def without_names(text: Folded, names: Sequence[Match[ActorId]]) -> str:
    """The folded copy of a text with blanks for the names that were found in it."""
    return text.masked([(match.start, match.end) for match in names]).folded


class Clauses:
    """Clauses of one text, whose names, in order, and words that show concepts are found once for all of them."""

    def __init__(self, text: Folded, names: Sequence[Match[ActorId]], language: LanguageCode, table: Table) -> None:
        self._text = text
        self._names = names
        self._language = language
        self._table = table

    @cached_property
    def _spared(self) -> str:
        return without_names(self._text, self._names)

    @cached_property
    def _shown(self) -> ShownByPlace:
        return load_concepts(self._language)[0].by_place(self._text)

    def at(self, start: int, end: int) -> Clause:
        own = Folded(self._text.text[start:end], self._text.folded[start:end])
        return Clause(own, self._language, self._spared[start:end], self._table, self._shown.within(start, end))


def named_in(span: Span, names: Sequence[Match[ActorId]]) -> set[ActorId]:
    """Who is named within a stretch; `names` are in order."""
    found: set[ActorId] = set()
    for match in names[bisect_left(names, span.start, key=lambda match: match.start) :]:
        if match.end > span.end:
            break
        found.update(match.values)
    return found


def _names(*groups: dict[LanguageCode, tuple[str, ...]] | tuple[str, ...]) -> Iterator[str]:
    for group in groups:
        if isinstance(group, dict):
            for names in group.values():
                yield from names
        else:
            yield from group


@cache
def _deeds(language: LanguageCode) -> re.Pattern[str]:
    """The verbs that open a clause about common work."""
    verbs = sorted(map(fold, load_words(language, "clauses", ClauseWords).openers), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, verbs)) + r")\b")
