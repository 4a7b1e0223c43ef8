"""Which passages fit what is wanted, as a query whose rows come the last added first: the full-text index is read from its end, and only as
far as rows are taken.

What narrows a search stands in the index too (`signs`), so that a rare filter leads and a frequent word follows. Every filter is a
condition of the query as well: the signs only lead, they decide nothing.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Double,
    FromClause,
    Integer,
    Select,
    and_,
    cast,
    column,
    exists,
    func,
    literal_column,
    select,
    table,
)

from comity.errors import BadInputError
from comity.intervals import first_day, last_day
from comity.register.as_then import as_then
from comity.register.asked import as_one, fts5_query, terms_of, ts_query
from comity.register.backend import is_sqlite
from comity.register.narrow import is_named, is_of_theme
from comity.register.passages import DOCUMENT, MOST_TOGETHER, PASSAGES, WORDS
from comity.register.rows import ROLES
from comity.register.schema import FINDINGS, finding_themes, passages, tallies
from comity.register.scope import Scope, is_rejected
from comity.register.signs import sign
from comity.register.tags import DOCUMENTS, THEMED
from comity.register.wanted import Wanted
from comity.register.who import Who, named_in, takes_part

AFTER_ALL = "~"
"""Sorts after every ISO date that begins the same: 2020-01 and all its days are not after `2020-01~`."""

SEVERAL = 20
"""So many values of one filter (years, ids of one person) lead; more are told apart by the conditions alone."""

TOGETHER, APART = 2.0, 1.0
"""What a sentence is worth in which the words stand one behind the other, as they were typed, and one in which they stand anywhere."""


class Matching:
    """One question to a register's full-text index."""

    def __init__(self, connection: Connection, scope: Scope, wanted: Wanted, rejecting: set[int], who: Who | None) -> None:
        self._connection = connection
        self._scope = scope
        self._documents = scope.documents
        self._wanted = wanted
        self._rejecting = rejecting
        self._who = who
        self.terms = terms_of(wanted.words)
        if wanted.words.strip() and not self.terms:
            raise BadInputError(f"There is no word in {wanted.words!r}; give some letters or digits.")
        self._phrase = as_one(self.terms)
        self._signs = [[wanted.kind], *self._leading()]
        self._sqlite = is_sqlite(connection)
        self._index = table(PASSAGES if self._sqlite and wanted.kind == DOCUMENT else WORDS)
        self._key: ColumnElement[int] = column("rowid" if self._sqlite else "passage", Integer, _selectable=self._index)

    @property
    def scored(self) -> bool:
        """Whether passages are told apart by how often the words stand in them: sentences are too short for that."""
        return self._wanted.kind == DOCUMENT and any(not term.without for term in self.terms)

    @property
    def worths(self) -> tuple[float, ...]:
        """What sentences are worth, the most first."""
        if self._phrase is None:
            return (APART,) if self.terms else (0.0,)
        return (TOGETHER, APART)

    def last(self) -> int:
        """The key of the passage that was added last."""
        return int(self._connection.execute(select(func.max(passages.c.key))).scalar() or 0)

    def scores(self, *, below: int, limit: int) -> list[Any]:
        """The last added passages with a key below this one, and how well each fits by the whole text. PostgreSQL would work that out for
        all that fit before it leaves any out, and read the vector of each for it: so it is asked about the last ones alone."""
        if self._sqlite:
            return self._rows(self._select(None, self._score().label("score"), *PLACE), below=below, limit=limit)
        last = self._latest(self._select(None, *PLACE), below=below).limit(limit).subquery("last")
        score = select(self._score().label("score"), *last.c).join(self._index, self._key == last.c.key)
        return sorted(self.ask(score), key=lambda row: row.key, reverse=True)

    def sentences(self, worth: float, *, least: int, below: int, limit: int) -> list[Any]:
        """Those of one worth with a key of at least `least`."""
        query = self._select(worth, literal_column(str(worth)).label("score"), *PLACE).where(
            own_key >= least, self._key > least - MOST_TOGETHER
        )
        return self._rows(query, below=below, limit=limit)

    def heads(self, *, limit: int) -> list[Any]:
        """The last added passages, with what is known of their documents."""
        documents = self._documents
        columns = (passages.c.key, documents.c.publisher, documents.c.language, documents.c.published)
        return self._rows(self._select(None, *columns), below=None, limit=limit)

    def ask(self, query: Select[Any]) -> list[Any]:
        """The answer, by findings as they were known on the day."""
        return list(self._connection.execute(as_then(self._connection, query, self._scope.before)).all())

    def _rows(self, query: Select[Any], *, below: int | None, limit: int) -> list[Any]:
        """The index is read from its end; of a sentence that says several things all come, so some more are asked for than are wanted."""
        found = self.ask(self._latest(query, below=below).limit(limit + MOST_TOGETHER))
        return sorted(found, key=lambda row: row.key, reverse=True)[:limit]

    def _latest(self, query: Select[Any], *, below: int | None) -> Select[Any]:
        if below is not None:
            query = query.where(self._key < below, own_key < below)
        return query.order_by(self._key.desc())

    def _select(self, worth: float | None, *columns: ColumnElement[Any]) -> Select[Any]:
        documents, kind = self._documents, self._wanted.kind
        found = self._index.join(passages, self._under()).join(documents, documents.c.reading == passages.c.reading)
        query = select(*columns).select_from(found).where(self._matches(worth), passages.c.kind == kind)
        if kind == DOCUMENT:
            query = query.where(self._scope.is_of_documents())
        elif self._scope.happened_by is not None:
            finding = FINDINGS[kind]
            here = (finding.c.reading == passages.c.reading, finding.c.number == passages.c.number)
            query = query.where(exists().where(*here, self._scope.is_of(kind, set())).correlate(passages, documents))
        if kind != DOCUMENT and self._rejecting:
            query = query.where(~is_rejected(kind, passages.c.reading, passages.c.number, self._rejecting))
        return query.where(*_conditions(self._wanted, documents, self._who))

    def _under(self) -> ColumnElement[bool]:
        """Which passages stand under a key of the index: of documents the one with this key, of findings in one sentence all of them. The
        sum keeps SQLite from looking for the words of each passage instead."""
        if self._wanted.kind == DOCUMENT:
            return passages.c.key == self._key
        own = func.coalesce(passages.c.under, passages.c.key)
        return and_(passages.c.key >= self._key, passages.c.key < self._key + MOST_TOGETHER, own == self._key + 0)

    def _matches(self, worth: float | None) -> ColumnElement[bool]:
        phrase = self._phrase if worth is not None else None
        if self._sqlite:
            asked = fts5_query(self.terms, self._signs, phrase, together=worth == TOGETHER)
            return literal_column(self._index.name).bool_op("MATCH")(asked)
        return literal_column("vector").bool_op("@@")(_as_query(ts_query(self.terms, self._signs, phrase, together=worth == TOGETHER)))

    def _score(self) -> ColumnElement[float]:
        if self._sqlite:
            return literal_column(f"-bm25({PASSAGES}, 1.0, 1.0, 0.0)")
        return cast(func.ts_rank(literal_column("vector"), _as_query(ts_query(self.terms, ())), 1), Double)

    def _leading(self) -> Iterator[Sequence[str]]:
        """The signs that every passage must have that fits, one of each."""
        wanted = self._wanted
        for facet in ("publisher", "language", "act", "theme", "office", "mechanism", "instrument"):
            if (value := getattr(wanted, facet)) is not None:
                yield [sign(facet, value)]
        if self._who is not None and len(self._who.names) <= SEVERAL:
            yield [sign("actor", name) for name in sorted(self._who.names)]
        if wanted.since or wanted.until:
            years = self._years()
            if years is not None and len(years) <= SEVERAL:
                yield [sign("year", year) for year in years] or [sign("year", "none")]

    def _years(self) -> list[str] | None:
        """The years that documents are of and that are wanted; None where all are."""
        query = select(tallies.c.value).where(tallies.c.facet == f"{DOCUMENTS}.year", tallies.c.value != "")
        there = list(self._connection.execute(query.order_by(tallies.c.value)).scalars())
        first = str(first_day(self._wanted.since).year).zfill(4) if self._wanted.since else ""
        until = str(last_day(self._wanted.until).year).zfill(4) if self._wanted.until else AFTER_ALL
        found = [year for year in there if first <= year <= until]
        return None if found == there else found


own_key = passages.c.key + 0
"""The sum keeps SQLite from going through all passages up to a bound, where it is to go through those under one key of the index."""

PLACE = (passages.c.key, passages.c.document, passages.c.reading, passages.c.number, passages.c.start, passages.c.end)


def _as_query(words: str) -> ColumnElement[Any]:
    from sqlalchemy.dialects.postgresql import TSQUERY  # takes as long to import as a question of a file takes

    return cast(words, TSQUERY)


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
        statements = FINDINGS["statements"]
        here = (statements.c.reading == passages.c.reading, statements.c.number == passages.c.number)
        yield exists().where(*here, statements.c.act == wanted.act)
    if wanted.theme is not None and wanted.kind in THEMED:
        here = (finding_themes.c.reading == passages.c.reading, finding_themes.c.number == passages.c.number)
        yield exists().where(*here, finding_themes.c.kind == wanted.kind, finding_themes.c.theme == wanted.theme)
    elif wanted.theme is not None:
        yield is_of_theme(wanted.kind, wanted.theme, documents)
    for mentions, field, value in (
        ("offices", "of", wanted.office),
        ("mechanisms", "mechanism", wanted.mechanism),
        ("instruments", "instrument", wanted.instrument),
    ):
        if value is not None:
            yield is_named(mentions, field, value, documents)
