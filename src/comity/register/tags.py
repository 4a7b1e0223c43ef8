"""By what findings and documents can be listed without reading them all: who, which theme, what kind of act, published by whom.

The rows of `tags` say for each document how many findings of its newest reading carry a value (`statements.actor`, `VNM`, 3), without what
a person rejected and what a near copy says again; those of `tallies` are their sums. Both follow from the other tables, as `tag_queries`
says, and `tagging` keeps them.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from sqlalchemy import ScalarSelect, Select, exists, func, literal, select

from comity.knowledge import Theme
from comity.knowledge.folded import Folded, fold
from comity.knowledge.matcher import Matcher
from comity.records import LanguageCode, Reading, ThemeId
from comity.register.rows import ROLES
from comity.register.schema import FINDINGS, documents, finding_themes, fits, parties, repeats, tallies
from comity.register.words import Sentences, sentence_around

DOCUMENTS = "documents"
CODES: dict[str, tuple[str, ...]] = {
    "statements": ("act",),
    "events": ("type", "mechanism"),
    "commitments": ("force",),
    "progress": ("subject",),
    "slips": ("reason",),
}
"""Fields of a kind by which it is listed, beside the actors who take part and the themes."""

NAMED = {
    "actors": ("actor", "actor"),
    "themes": ("theme", "theme"),
    "instruments": ("instrument", "instrument"),
    "mechanisms": ("mechanism", "mechanism"),
    "offices": ("office", "of"),
}
"""Kinds of mention by which whole documents are listed: the facet's name, and the field with its value."""

THEMED = ("statements", "events", "commitments")
"""Kinds of finding whose own words may name themes."""

LISTED = ("statements", "events", "commitments", "progress", "slips")
"""Kinds of finding that are listed by themselves."""

TOLD_ONCE = ("statements", "events", "commitments", "progress")
"""Kinds of finding that count once when near copies say the same."""


class ThemeWords:
    """The terms of themes that need no second witness, in each language."""

    def __init__(self, themes: Iterable[Theme]) -> None:
        terms: dict[LanguageCode, list[tuple[str, ThemeId]]] = {}
        for theme in themes:
            for language, names in theme.strong.items():
                terms.setdefault(language, []).extend((name, theme.id) for name in names)
        self._matchers = {language: Matcher(names) for language, names in terms.items()}

    def of(self, words: str, language: LanguageCode) -> tuple[ThemeId, ...]:
        """The themes that some words name, in the order of the words."""
        return tuple(dict.fromkeys(theme for _, _, theme in self.places(fold(words), words, language)))

    def places(self, folded: str, text: str, language: LanguageCode) -> list[tuple[int, int, ThemeId]]:
        """Where a text names which theme, in order; a term may go on in the next line."""
        matcher = self._matchers.get(language)
        if matcher is None:
            return []
        found = matcher.find_all(Folded(text, folded.replace("\n", " ")))
        return sorted((match.start, match.end, theme) for match in found for theme in match.values)


def theme_rows(reading: Reading, words: ThemeWords, folded: str, sentences: Sentences) -> Iterator[tuple[str, int, str]]:
    """The rows of `finding_themes` without the reading's key: kind, number, theme."""
    places = words.places(folded, reading.document.text, reading.document.language)
    starts = [start for start, _, _ in places]
    for kind in THEMED if places else ():
        for number, finding in enumerate(getattr(reading, kind)):
            start, end = finding.evidence.start, finding.evidence.end
            if kind == "events":
                start, end = sentences.around(start, end)
            inside = places[bisect_left(starts, start) : bisect_left(starts, end)]
            yield from ((kind, number, theme) for theme in sorted({theme for _, last, theme in inside if last <= end}))


def told_in(kind: str, text: str, start: int, end: int) -> str:
    """A finding's own words; of an event report, which is a single verb ("met"), those of its sentence."""
    if kind == "events":
        start, end = sentence_around(text, start, end)
    return text[start:end]


def tag_queries(rejecting: Collection[int]) -> Iterator[tuple[str, Select[Any]]]:
    """What `tags` holds, by the tables it follows from: a facet, and the query of documents, values and numbers of findings."""
    one = literal(1)
    for facet, value in (
        (DOCUMENTS, literal("")),
        (f"{DOCUMENTS}.publisher", func.coalesce(documents.c.publisher, "")),
        (f"{DOCUMENTS}.language", documents.c.language),
        (f"{DOCUMENTS}.year", func.substr(documents.c.day, 1, 4)),
    ):
        yield facet, select(documents.c.key, value, one).where(documents.c.reading.is_not(None))
    for kind, table in FINDINGS.items():
        if kind in LISTED:
            yield kind, _counted(kind, literal(""), rejecting)
        for field in CODES.get(kind, ()):
            yield f"{kind}.{field}", _counted(kind, table.c[field], rejecting).where(table.c[field].is_not(None))
        if kind in NAMED:
            facet, field = NAMED[kind]
            yield f"{DOCUMENTS}.{facet}", _counted(kind, table.c[field], rejecting).where(table.c[field].is_not(None))
        for name, beside, column in (("actor", parties, "actor"), ("theme", finding_themes, "theme")):
            if kind in (ROLES if name == "actor" else THEMED):
                here = (beside.c.reading == table.c.reading, beside.c.kind == kind, beside.c.number == table.c.number)
                yield f"{kind}.{name}", _counted(kind, beside.c[column], rejecting, beside).where(*here)


def _counted(kind: str, value: Any, rejecting: Collection[int], *beside: Any) -> Select[Any]:
    table = FINDINGS[kind]
    number = table.c.number.distinct() if beside else table.c.number
    query = select(documents.c.key, value.label("value"), func.count(number))
    query = query.select_from(documents.join(table, table.c.reading == documents.c.reading), *beside)
    if kind in TOLD_ONCE:
        query = query.where(~is_repeat(kind))
    if rejecting:
        place = (fits.c.reading == table.c.reading, fits.c.kind == kind, fits.c.number == table.c.number)
        query = query.where(~exists().where(*place, fits.c.decision.in_(sorted(rejecting))))
    return query.group_by(documents.c.key, value)


def tally_of(facet: str, value: str) -> ScalarSelect[int]:
    """The key by which `tags` have a facet and value."""
    return select(tallies.c.key).where(tallies.c.facet == facet, tallies.c.value == value).scalar_subquery()


def is_repeat(kind: str) -> Any:
    """Whether a near copy has said the finding in the same words."""
    table = FINDINGS[kind]
    return exists().where(repeats.c.reading == table.c.reading, repeats.c.kind == kind, repeats.c.number == table.c.number)
