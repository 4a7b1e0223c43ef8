"""Full-text search in a register, best first, one page after another. What was typed is understood by `asked`; filters narrow it."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    Float,
    FromClause,
    Integer,
    Select,
    and_,
    column,
    exists,
    func,
    literal,
    or_,
    select,
    text,
)

from comity.errors import BadInputError
from comity.intervals import first_day, is_iso, last_day
from comity.register.as_then import as_then
from comity.register.asked import Term, fts5_query, marks_in, terms_of, ts_query
from comity.register.backend import is_sqlite
from comity.register.cursors import read_cursor, write_cursor
from comity.register.narrow import is_named
from comity.register.passages import DOCUMENT, KINDS
from comity.register.rows import ROLES
from comity.register.schema import FINDINGS, finding_themes, parties, passages
from comity.register.scope import Scope, is_rejected
from comity.register.tags import CODES, THEMED
from comity.register.who import Who, named_in, takes_part

AFTER_ALL = "~"
"""Sorts after every ISO date that begins the same: 2020-01 and all its days are not after `2020-01~`."""

MOST = 20
"""So many actors, themes and acts of a search are counted."""

SNIPPET = 160
"""Letters of a snippet, about."""


class Wanted(Struct, frozen=True, kw_only=True):
    """What is looked for. `words` as a person types them; the rest narrows it. `theme` is one that the words of a statement, event or
    commitment name, or that a document is about; `office` the body that somebody named serves, or the title. `since` and `until` are about
    publication."""

    words: str = ""
    kind: str = DOCUMENT
    actor: str | None = None
    theme: str | None = None
    act: str | None = None
    mechanism: str | None = None
    instrument: str | None = None
    office: str | None = None
    publisher: str | None = None
    language: str | None = None
    since: str | None = None
    until: str | None = None

    def __post_init__(self) -> None:
        if self.kind not in (DOCUMENT, *KINDS):
            raise BadInputError(f"{self.kind!r} can't be searched by words; give one of {', '.join((DOCUMENT, *KINDS))}.")
        if self.act is not None and self.kind != "statements":
            raise BadInputError("Only statements have an act; search them with kind statements.")
        for day in (self.since, self.until):
            if day is not None and (not is_iso(day) or "/" in day):
                raise BadInputError(f"{day!r} is no date; give one such as 2020-01-30, 2020-01 or 2020.")


class Place(Struct, frozen=True):
    """One row of an answer: which passage, how well it fits (more is better), and where it stands."""

    passage: int
    score: float
    document: int
    reading: int | None
    number: int
    start: int
    end: int


class Snippet(Struct, frozen=True):
    """Some words of a passage, and where in them the words asked for stand."""

    text: str
    marks: tuple[tuple[int, int], ...]


class Facets(Struct, frozen=True, kw_only=True):
    """How many hits there are in all, and by publisher, language and year, the most frequent first; of findings also by who takes part,
    theme and act, up to `MOST` of each."""

    total: int
    publishers: dict[str, int]
    languages: dict[str, int]
    years: dict[str, int]
    actors: dict[str, int] = {}
    themes: dict[str, int] = {}
    acts: dict[str, int] = {}


class Search:
    """One question to a register."""

    def __init__(self, connection: Connection, scope: Scope, wanted: Wanted, rejecting: set[int], who: Who | None) -> None:
        self._connection = connection
        self._scope = scope
        self._documents = scope.documents
        self._wanted = wanted
        self._rejecting = rejecting
        self._who = who
        self._hits = _hits(connection, wanted)

    def places(self, *, limit: int, after: str | None) -> Iterator[Place]:
        """The best hits behind the one that `after` names."""
        columns = (passages.c.key, passages.c.document, passages.c.reading, passages.c.number, passages.c.start, passages.c.end)
        score = self._hits.c.score
        query = self._narrowed(select(score, *columns))
        if after is not None:
            least, key = read_cursor(after, tuple[float, int])
            query = query.where(or_(score < least, and_(score == least, passages.c.key < key)))
        for row in self._rows(query.order_by(score.desc(), passages.c.key.desc()).limit(limit)):
            yield Place(row.key, row.score, row.document, row.reading, row.number, row.start, row.end)

    def facets(self) -> Facets:
        """Counts over all hits, not only those of a page."""
        table = self._documents
        publishers: Counter[str] = Counter()
        tongues: Counter[str] = Counter()
        years: Counter[str] = Counter()
        total = 0
        for publisher, language, published in self._rows(self._narrowed(select(table.c.publisher, table.c.language, table.c.published))):
            total += 1
            publishers[publisher or ""] += 1
            tongues[language] += 1
            years[(published or "")[:4]] += 1
        return Facets(total=total, publishers=_ranked(publishers), languages=_ranked(tongues), years=_ranked(years), **self._of_findings())

    def _of_findings(self) -> dict[str, dict[str, int]]:
        """What findings are counted by beside their documents."""
        kind = self._wanted.kind
        hits = self._narrowed(select(passages.c.reading, passages.c.number)).subquery("found")
        found = {}
        for name, table, value, able in (
            ("actors", parties, parties.c.actor, ROLES),
            ("themes", finding_themes, finding_themes.c.theme, THEMED),
        ):
            if kind in able:
                here = and_(table.c.reading == hits.c.reading, table.c.kind == kind, table.c.number == hits.c.number)
                once = select(hits.c.reading, hits.c.number, value.label("value")).join(table, here).distinct().subquery("once")
                found[name] = self._counted(once.c.value, once)
        if kind in CODES:
            finding = FINDINGS[kind]
            joined = hits.join(finding, and_(finding.c.reading == hits.c.reading, finding.c.number == hits.c.number))
            found["acts"] = self._counted(finding.c[CODES[kind][0]], joined)
        return found

    def _counted(self, value: ColumnElement[Any], rows: FromClause) -> dict[str, int]:
        query = select(value, func.count()).select_from(rows).group_by(value).order_by(func.count().desc(), value).limit(MOST)
        return {str(row[0]): int(row[1]) for row in self._rows(query) if row[0] is not None}

    def _rows(self, query: Select[Any]) -> Any:
        """The answer, by findings as they were known on the day."""
        return self._connection.execute(as_then(self._connection, query, self._scope.before))

    def _narrowed(self, query: Select[Any]) -> Select[Any]:
        """Joins the hits to their documents and leaves out what the filters and older readings don't allow."""
        table, hits, kind = self._documents, self._hits, self._wanted.kind
        query = query.select_from(hits.join(passages, passages.c.key == hits.c.key).join(table, table.c.key == passages.c.document))
        query = query.where(or_(passages.c.reading.is_(None), passages.c.reading == table.c.reading))
        if kind == DOCUMENT:
            query = query.where(self._scope.is_of_documents())
        elif self._scope.happened_by is not None:
            finding = FINDINGS[kind]
            here = (finding.c.reading == passages.c.reading, finding.c.number == passages.c.number)
            query = query.where(exists().where(*here, self._scope.is_of(kind, set())).correlate(passages, table))
        if kind != DOCUMENT and self._rejecting:
            query = query.where(~is_rejected(kind, passages.c.reading, passages.c.number, self._rejecting))
        for condition in _conditions(self._wanted, table, self._who):
            query = query.where(condition)
        return query


def cursor_of(place: Place) -> str:
    """Where the next page begins, as text that a page or a command can carry."""
    return write_cursor((place.score, place.passage))


def snippet_of(passage: str, terms: tuple[Term, ...]) -> Snippet:
    """The stretch of a passage with the first words asked for, cut between words."""
    marks = marks_in(passage, terms)
    first = marks[0][0] if marks else 0
    start = 0 if first < SNIPPET // 2 else passage.rfind(" ", 0, first - SNIPPET // 3) + 1
    end = len(passage) if len(passage) - start <= SNIPPET else max(passage.rfind(" ", start, start + SNIPPET), first + 1)
    before, behind = "… " if start else "", " …" if end < len(passage) else ""
    shown = passage[start:end].translate(LINE_ENDS)
    inside = tuple((a - start + len(before), b - start + len(before)) for a, b in marks if start <= a and b <= end)
    return Snippet(f"{before}{shown}{behind}", inside)


LINE_ENDS = str.maketrans("\n\t", "  ")


def _hits(connection: Connection, wanted: Wanted) -> CTE:
    """Keys and scores of the passages whose words fit; with no words, all of a kind."""
    terms = terms_of(wanted.words)
    if wanted.words.strip() and not terms:
        raise BadInputError(f"There is no word in {wanted.words!r}; give some letters or digits.")
    if not terms:
        return select(passages.c.key, literal(0.0, Float).label("score")).where(passages.c.kind == wanted.kind).cte("hits")
    if is_sqlite(connection):
        query = text("SELECT rowid AS key, -bm25(words, 1.0, 1.0, 0.0) AS score FROM words WHERE words MATCH :asked").bindparams(
            asked=fts5_query(terms, wanted.kind)
        )
    else:
        query = text(
            "SELECT passage AS key, CAST(ts_rank(vector, CAST(:asked AS tsquery), 1) AS double precision) AS score FROM words"
            " JOIN passages ON passages.key = words.passage WHERE vector @@ CAST(:asked AS tsquery) AND passages.kind = :kind"
        ).bindparams(asked=ts_query(terms), kind=wanted.kind)
    return query.columns(column("key", Integer), column("score", Float)).cte("hits")


def _conditions(wanted: Wanted, documents: FromClause, who: Who | None) -> Iterator[ColumnElement[bool]]:
    if wanted.publisher is not None:
        yield documents.c.publisher == wanted.publisher
    if wanted.language is not None:
        yield documents.c.language == wanted.language
    if wanted.since is not None:
        yield documents.c.published + AFTER_ALL >= first_day(wanted.since).isoformat()
    if wanted.until is not None:
        yield documents.c.published <= last_day(wanted.until).isoformat()
    if who is not None and wanted.kind in ROLES:
        yield takes_part(wanted.kind, passages.c.reading, passages.c.number, who)
    elif who is not None:
        yield named_in(documents.c.reading, who)
    if wanted.act is not None:
        table = FINDINGS["statements"]
        yield exists().where(table.c.reading == passages.c.reading, table.c.number == passages.c.number, table.c.act == wanted.act)
    if wanted.theme is not None and wanted.kind in THEMED:
        here = (finding_themes.c.reading == passages.c.reading, finding_themes.c.number == passages.c.number)
        yield exists().where(*here, finding_themes.c.kind == wanted.kind, finding_themes.c.theme == wanted.theme)
    elif wanted.theme is not None:
        yield _mentioned("themes", FINDINGS["themes"].c.theme == wanted.theme, documents)
    if wanted.office is not None:
        yield is_named("offices", "of", wanted.office, documents)
    for kind, value in (("mechanisms", wanted.mechanism), ("instruments", wanted.instrument)):
        if value is not None:
            table = FINDINGS[kind]
            yield _mentioned(kind, or_(table.c[kind.removesuffix("s")] == value, table.c.name == value), documents)


def _mentioned(kind: str, condition: ColumnElement[bool], documents: FromClause) -> ColumnElement[bool]:
    return exists().where(FINDINGS[kind].c.reading == documents.c.reading, condition)


def _ranked(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
