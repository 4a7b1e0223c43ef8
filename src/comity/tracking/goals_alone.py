"""Clauses of documents that are of no partnership, tied to goals alone: by their words, whatever document they stand in.

In come readings that do not name all parties; out come for each its clauses with goals. Nine of ten documents may be such: the names in
them are looked for only beside clauses that show a matter of cooperation, and what a stretch of text or a clause says is worked out once.
"""

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from comity.knowledge.folded import Folded
from comity.knowledge.matcher import Matcher
from comity.languages import languages
from comity.records import ActorId, LanguageCode, Span
from comity.register import Unlinked
from comity.tracking.aims import AimLinker, Goals
from comity.tracking.clause_view import Clause, without_names
from comity.tracking.clauses import clauses_in
from comity.tracking.concepts import load_concepts
from comity.tracking.embedding import load_table
from comity.tracking.memory import Memory
from comity.tracking.partnership_scope import SENTENCE_END
from comity.tracking.pieces import Part, Piece, pieces_telling

STRETCHES, CLAUSES = 100_000, 60_000
"""Stretches of text of which it is kept which clauses in them may show something, most of them nothing; and clauses with their goals. Both
are known by their words, some 400 bytes each."""
BESIDE = 40
"""Letters of its sentence on each side of a clause in which a name may begin or end that it holds a part of."""


class Beside(NamedTuple):
    """A clause from `start` to `end` of some words of its sentence."""

    words: str
    start: int
    end: int
    language: LanguageCode


class GoalsAlone:
    """The goals of clauses by their words; what they say is remembered."""

    def __init__(self, aims: AimLinker, names: Matcher[ActorId]) -> None:
        self._aims = aims
        self._table = load_table()
        self._names = names
        self._known = frozenset(languages())
        self._parts = Memory[tuple[LanguageCode, str], tuple[Part, ...]](STRETCHES)
        self._seen = Memory[Beside, Goals | None](CLAUSES)

    def of(self, readings: Sequence[Unlinked]) -> list[list[tuple[Piece, Goals | None]]]:
        """The clauses of each reading that show a matter of cooperation, with their goals."""
        pieces = [self._pieces(reading) if reading.language in self._known else [] for reading in readings]
        beside = [[_beside(reading, piece.span) for piece in some] for reading, some in zip(readings, pieces, strict=True)]
        asked = dict.fromkeys(chain.from_iterable(beside))
        found = {one: self._seen[one] for one in asked if one in self._seen}
        new = [one for one in asked if one not in found]
        found |= zip(new, self._aims.goals([self._view(one) for one in new]), strict=True)
        for one in new:
            self._seen[one] = found[one]
        return [[(piece, found[one]) for piece, one in zip(*several, strict=True)] for several in zip(pieces, beside, strict=True)]

    def _pieces(self, reading: Unlinked) -> list[Piece]:
        text, language = reading.text, reading.language
        return pieces_telling(reading, lambda start, end: self._cut(text[start:end], language))

    def _cut(self, words: str, language: LanguageCode) -> tuple[Part, ...]:
        """The clauses of a stretch; none where it shows nothing."""
        key = (language, words)
        if key not in self._parts:
            shown = load_concepts(language)[0].by_place(Folded(words))
            clauses = clauses_in(words, Span(0, len(words)), language) if shown.may_be_within(0, len(words)) else ()
            self._parts[key] = tuple(Part(one.start, one.end, shown.may_be_within(one.start, one.end)) for one in clauses)
        return self._parts[key]

    def _view(self, beside: Beside) -> Clause:
        """A clause ready to be weighed."""
        whole = Folded(beside.words)
        spared, own = without_names(whole, self._names.find(whole)), slice(beside.start, beside.end)
        return Clause(Folded(beside.words[own], whole.folded[own]), beside.language, spared[own], self._table)


def _beside(reading: Unlinked, clause: Span) -> Beside:
    """A clause among the letters of its sentence; the full stop may be the last of a name ("the U.S.")."""
    text, first = reading.text, max(0, clause.start - BESIDE)
    for match in SENTENCE_END.finditer(text, first, clause.start):
        first = match.end()
    end = SENTENCE_END.search(text, clause.end, clause.end + BESIDE)
    last = end.start() + 1 if end else clause.end + BESIDE
    return Beside(text[first:last], clause.start - first, clause.end - first, reading.language)
