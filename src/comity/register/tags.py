"""By what findings and documents can be listed without reading them all: who, which theme, what kind of act, published by whom.

The rows of `tags` say for each document how many findings of its newest reading carry a value (`statements.actor`, `VNM`, 3), without what
a person rejected and what a near copy says again; those of `tallies` are their sums. Both follow from the other tables and are made anew
for a document whenever something about it changes.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, Select, delete, exists, func, insert, literal, select, text

from comity.knowledge import Theme
from comity.knowledge.folded import Folded, fold
from comity.knowledge.matcher import Matcher
from comity.records import Document, LanguageCode, Reading, ThemeId
from comity.register.bulk import insert_rows
from comity.register.rows import ROLES
from comity.register.schema import FINDINGS, documents, finding_themes, fits, parties, repeats, tags
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

TALLY = text(
    "INSERT INTO tallies (facet, value, findings, documents) VALUES (:facet, :value, :findings, :documents)"
    " ON CONFLICT (facet, value) DO UPDATE"
    " SET findings = tallies.findings + excluded.findings, documents = tallies.documents + excluded.documents"
)
ADD_TALLIES = text(
    "INSERT INTO tallies (facet, value, findings, documents)"
    " SELECT facet, value, sum(findings), count(*) FROM tags WHERE document = :document GROUP BY facet, value"
    " ON CONFLICT (facet, value) DO UPDATE"
    " SET findings = tallies.findings + excluded.findings, documents = tallies.documents + excluded.documents"
)
TAKE_TALLIES = text(
    "INSERT INTO tallies (facet, value, findings, documents)"
    " SELECT facet, value, -sum(findings), -count(*) FROM tags WHERE document = :document GROUP BY facet, value"
    " ON CONFLICT (facet, value) DO UPDATE"
    " SET findings = tallies.findings + excluded.findings, documents = tallies.documents + excluded.documents"
)


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


def add_tags(connection: Connection, tagged: Iterable[tuple[int, Document, list[tuple[str, str, int]]]]) -> None:
    """Adds the tags of new documents, which are known without asking the tables."""
    rows = []
    sums: Counter[tuple[str, str]] = Counter()
    having: Counter[tuple[str, str]] = Counter()
    for key, document, found in tagged:
        day = document.published or ""
        rows += [(facet, value, day, document.id, key, findings) for facet, value, findings in found]
        for facet, value, findings in found:
            sums[facet, value] += findings
            having[facet, value] += 1
    insert_rows(connection, tags, sorted(rows))
    if sums:
        tallied = [{"facet": tag[0], "value": tag[1], "findings": sums[tag], "documents": having[tag]} for tag in sorted(sums)]
        connection.execute(TALLY, tallied)


def tag_documents(connection: Connection, keys: Collection[int], rejecting: Collection[int]) -> None:
    """Makes the tags of some documents anew. `rejecting` are the decisions that reject a finding and stand."""
    of = [{"document": key} for key in sorted(keys)]
    if not of:
        return
    connection.execute(TAKE_TALLIES, of)
    connection.execute(delete(tags).where(tags.c.document.in_(keys)))
    for query in tag_queries(rejecting):
        connection.execute(insert(tags).from_select(["facet", "value", "day", "id", "document", "findings"], _of(query, keys)))
    connection.execute(ADD_TALLIES, of)


def tag_queries(rejecting: Collection[int]) -> Iterator[Select[Any]]:
    """What `tags` holds, by the tables it follows from, one query a facet."""
    one = literal(1)
    for facet, value in (
        (DOCUMENTS, literal("")),
        (f"{DOCUMENTS}.publisher", func.coalesce(documents.c.publisher, "")),
        (f"{DOCUMENTS}.language", documents.c.language),
        (f"{DOCUMENTS}.year", func.substr(documents.c.day, 1, 4)),
    ):
        yield select(literal(facet), value, documents.c.day, documents.c.id, documents.c.key, one).where(documents.c.reading.is_not(None))
    for kind, table in FINDINGS.items():
        if kind in LISTED:
            yield _counted(kind, kind, literal(""), rejecting)
        for field in CODES.get(kind, ()):
            yield _counted(kind, f"{kind}.{field}", table.c[field], rejecting).where(table.c[field].is_not(None))
        if kind in NAMED:
            facet, field = NAMED[kind]
            yield _counted(kind, f"{DOCUMENTS}.{facet}", table.c[field], rejecting).where(table.c[field].is_not(None))
        for name, beside, column in (("actor", parties, "actor"), ("theme", finding_themes, "theme")):
            if kind in (ROLES if name == "actor" else THEMED):
                here = (beside.c.reading == table.c.reading, beside.c.kind == kind, beside.c.number == table.c.number)
                yield _counted(kind, f"{kind}.{name}", beside.c[column], rejecting, beside).where(*here)


def _counted(kind: str, facet: str, value: Any, rejecting: Collection[int], *beside: Any) -> Select[Any]:
    table = FINDINGS[kind]
    query = select(
        literal(facet),
        value.label("value"),
        documents.c.day,
        documents.c.id,
        documents.c.key,
        func.count(table.c.number.distinct() if beside else table.c.number),
    )
    query = query.select_from(documents.join(table, table.c.reading == documents.c.reading), *beside)
    if kind in TOLD_ONCE:
        query = query.where(~is_repeat(kind))
    if rejecting:
        place = (fits.c.reading == table.c.reading, fits.c.kind == kind, fits.c.number == table.c.number)
        query = query.where(~exists().where(*place, fits.c.decision.in_(sorted(rejecting))))
    return query.group_by(value, documents.c.day, documents.c.id, documents.c.key)


def is_repeat(kind: str) -> Any:
    """Whether a near copy has said the finding in the same words."""
    table = FINDINGS[kind]
    return exists().where(repeats.c.reading == table.c.reading, repeats.c.kind == kind, repeats.c.number == table.c.number)


def _of(query: Select[Any], keys: Collection[int]) -> Select[Any]:
    return query.where(documents.c.key.in_(keys))
