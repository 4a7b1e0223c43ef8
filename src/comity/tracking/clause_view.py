"""A clause made ready for linking: its words without the names in it, their vector, and the concepts they show.

In come the words and their language; out comes a `Clause`. Names are taken out before meanings are compared, so that "Viet Nam" and "the
UN" tie nothing; whom they name is kept, since a body that is responsible for a line is evidence of another kind.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, cached_property

from msgspec import Struct

from comity.knowledge import Knowledge
from comity.knowledge.folded import Folded, fold
from comity.knowledge.matcher import Match, Matcher
from comity.languages import load_words
from comity.records import ActorId, LanguageCode, Span
from comity.tracking.clauses import ClauseWords
from comity.tracking.concepts import ConceptId, Shown, by_concept, load_concepts
from comity.tracking.embedding import Floats, Table

WORD = re.compile(r"\w+")


class Clause(Struct, frozen=True, dict=True):
    """`rows` are its entries in the table; `shown` are the words that show concepts of lines. The rest is worked out where it is asked for:
    most clauses are of other matters."""

    text: Folded
    language: LanguageCode
    bare: str
    vector: Floats
    rows: list[int]
    shown: list[Shown]
    concepts: dict[ConceptId, str]
    named: frozenset[ActorId]

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


def name_matcher(knowledge: Knowledge) -> Matcher[ActorId]:
    """All names of the actors known."""
    return Matcher(
        (name, actor.id) for actor in knowledge.actors.values() for name in _names(actor.names, actor.acronyms, actor.adjectives)
    )


def view_clause(words: str, language: LanguageCode, *, table: Table, names: Matcher[ActorId]) -> Clause | None:
    """The clause, or None where the table knows none of its words."""
    text = Folded(words)
    return _view(text, *_without_names(text, names.find(text)), Span(0, len(words)), language, table) if words else None


def view_clauses(
    text: Folded, spans: Sequence[Span | None], language: LanguageCode, *, table: Table, names: list[Match[ActorId]]
) -> list[Clause | None]:
    """The same for clauses of one text, in which `names` were found; where there is no span there is no clause."""
    bare, found = _without_names(text, names)
    return [None if span is None else _view(text, bare, found, span, language, table) for span in spans]


def shows_something(text: Folded, span: Span, language: LanguageCode) -> bool:
    """Whether words of a clause show a concept of lines: quicker than the whole view."""
    return bool(load_concepts(language)[0].find_all(Folded(text.text[span.start : span.end], text.folded[span.start : span.end])))


def _without_names(text: Folded, names: list[Match[ActorId]]) -> tuple[str, list[Match[ActorId]]]:
    return text.masked([(match.start, match.end) for match in names]).folded, names


def _view(text: Folded, bare: str, found: list[Match[ActorId]], span: Span, language: LanguageCode, table: Table) -> Clause | None:
    own = Folded(text.text[span.start : span.end], text.folded[span.start : span.end])
    kept = bare[span.start : span.end]
    rows = table.rows_in(kept)
    if not rows:
        kept, rows = own.folded, table.rows_in(own.folded)
    vector = table.vector_of(rows, language)
    if vector is None:
        return None
    shown = load_concepts(language)[0].find_all(own)
    return Clause(
        text=own,
        language=language,
        bare=kept,
        vector=vector,
        rows=rows,
        shown=shown,
        concepts=by_concept(own, shown),
        named=frozenset(actor for match in found if span.start <= match.start and match.end <= span.end for actor in match.values),
    )


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
