"""A clause made ready for linking: its words without the names in it, their vector, and the concepts they show.

In come the words and their language; out comes a `Clause`. Names are taken out before meanings are compared, so that "Viet Nam" and "the
UN" tie nothing; whom they name is kept, since a body that is responsible for a line is evidence of another kind.
"""

import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from comity.knowledge import Knowledge
from comity.knowledge.folded import Folded, fold
from comity.knowledge.matcher import Matcher
from comity.languages import load_words
from comity.records import ActorId, LanguageCode
from comity.tracking.clauses import ClauseWords
from comity.tracking.concepts import ConceptId, Shown, load_concepts
from comity.tracking.embedding import Floats, Table

WORD = re.compile(r"\w+")


class Clause(Struct, frozen=True):
    """`rows` are its entries in the table; `shown` are the words that show concepts of lines, `elsewhere` counts those of other matters;
    `deed` tells whether a verb of common work stands in it ("strengthen"); `capitals` counts words with a capital."""

    text: Folded
    bare: str
    vector: Floats
    rows: list[int]
    shown: list[Shown]
    concepts: dict[ConceptId, str]
    elsewhere: int
    named: frozenset[ActorId]
    words: int
    deed: bool
    capitals: int


def name_matcher(knowledge: Knowledge) -> Matcher[ActorId]:
    """All names of the actors known."""
    return Matcher(
        (name, actor.id) for actor in knowledge.actors.values() for name in _names(actor.names, actor.acronyms, actor.adjectives)
    )


def view_clause(words: str, language: LanguageCode, *, table: Table, names: Matcher[ActorId]) -> Clause | None:
    """The clause, or None where the table knows none of its words."""
    text = Folded(words)
    found = names.find(text)
    bare = text.masked([(match.start, match.end) for match in found]).folded
    rows = table.rows_in(bare)
    if not rows:
        bare, rows = text.folded, table.rows_in(text.folded)
    vector = table.vector_of(rows, language)
    if vector is None:
        return None
    of_lines, elsewhere = load_concepts(language)
    return Clause(
        text=text,
        bare=bare,
        vector=vector,
        rows=rows,
        shown=of_lines.find_all(text),
        concepts=of_lines.find(text),
        elsewhere=len(elsewhere.find_all(text)),
        named=frozenset(actor for match in found for actor in match.values),
        words=max(1, len(WORD.findall(bare))),
        deed=bool(_deeds(language).search(bare)),
        capitals=sum(word[0].isupper() or word[0].isdigit() for word in WORD.findall(words)),
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
