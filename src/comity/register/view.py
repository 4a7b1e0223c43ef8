"""Answers questions about a register, from the newest reading of each document. Everything is an iterator in a fixed order."""

from collections.abc import Collection, Iterator
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Engine, Row, Select, and_, func, select

from comity.intervals import IsoDate
from comity.records import Document, InstrumentId, LanguageCode
from comity.register.asked import terms_of
from comity.register.faults import told_clearly
from comity.register.rows import document_of, finding_of
from comity.register.schema import FINDINGS, documents, parties
from comity.register.search import Facets, Place, Snippet, Wanted, cursor_of, facets, places, snippet_of

HEAD = ("id", "name", "title", "publisher", "published", "published_from", "language", "source", "family")
BATCH = 500


class DocumentHead(Struct, frozen=True, kw_only=True):
    """A document without its text; documents of the same `family` are near copies of one another."""

    id: str
    name: str
    title: str | None
    publisher: str | None
    published: IsoDate | None
    published_from: str | None
    language: LanguageCode
    source: str | None
    family: str


class Found(Struct, frozen=True):
    """A finding and the document it stands in. `finding` is one of the structs of comity.records."""

    document: DocumentHead
    finding: Any


class Hit(Struct, frozen=True, kw_only=True):
    """What a search found: a document, or a finding in it, and the words around. The higher the score the better."""

    document: DocumentHead
    kind: str
    finding: Any
    start: int
    end: int
    snippet: Snippet
    score: float


class Hits(Struct, frozen=True):
    """A page of hits, and where the next one begins, None after the last."""

    hits: tuple[Hit, ...]
    next: str | None


class View:
    """The only object that reads a register."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self._name = name

    def documents(self) -> Iterator[DocumentHead]:
        """All documents, by date of publication, those without one last."""
        query = select(*[documents.c[name] for name in HEAD]).order_by(
            documents.c.published.is_(None), documents.c.published, documents.c.id
        )
        for row in self._rows(query):
            yield _head(row._mapping)

    def document(self, id: str) -> Document | None:
        """One document with its text."""
        row = next(self._rows(select(documents).where(documents.c.id == id)), None)
        return document_of(row._mapping) if row else None

    def count(self, kind: str) -> int:
        """How many findings of a kind there are (`statements`, `progress` ...)."""
        table = FINDINGS[kind]
        query = select(func.count()).select_from(table.join(documents, documents.c.reading == table.c.reading))
        return int(next(self._rows(query))[0])

    def count_documents(self) -> int:
        return int(next(self._rows(select(func.count()).select_from(documents)))[0])

    def count_families(self) -> int:
        """How many sources there are when near copies count once."""
        return int(next(self._rows(select(func.count(documents.c.family.distinct()))))[0])

    def findings(self, kind: str) -> Iterator[Found]:
        """Every finding of a kind, by its document's date, then in the order of the text."""
        yield from self._findings(kind, newest_first=False, condition=None, limit=None)

    def claims(self, subjects: Collection[InstrumentId]) -> Iterator[Found]:
        """The progress claims on some instruments, in the same order."""
        yield from self._findings("progress", newest_first=False, condition=FINDINGS["progress"].c.subject.in_(subjects), limit=None)

    def events_of(self, mechanisms: Collection[str]) -> Iterator[Found]:
        """The event reports that belong to some mechanisms, by their names, in the same order."""
        yield from self._findings("events", newest_first=False, condition=FINDINGS["events"].c.mechanism.in_(mechanisms), limit=None)

    def newest(self, kind: str, limit: int) -> list[Found]:
        """The findings of a kind in the latest documents, newest document first."""
        return list(self._findings(kind, newest_first=True, condition=None, limit=limit))

    def findings_in(self, kind: str, document: str) -> list[Found]:
        """The findings of a kind in one document, in the order of the text."""
        return list(self._findings(kind, newest_first=False, condition=documents.c.id == document, limit=None))

    def search(self, wanted: Wanted, *, limit: int = 20, after: str | None = None) -> Hits:
        """The best hits; `after` is the `next` of the page before. Raises BadInputError where nothing can be looked for."""
        with told_clearly(self._name), self._engine.connect() as connection:
            found = list(places(connection, wanted, limit=limit + 1, after=after))
            hits = tuple(self._hit(connection, wanted, place) for place in found[:limit])
        return Hits(hits, cursor_of(found[limit - 1]) if len(found) > limit else None)

    def facets(self, wanted: Wanted) -> Facets:
        """How many hits a search has, by publisher, language and year."""
        with told_clearly(self._name), self._engine.connect() as connection:
            return facets(connection, wanted)

    def _hit(self, connection: Connection, wanted: Wanted, place: Place) -> Hit:
        row = connection.execute(select(documents).where(documents.c.key == place.document)).one()._mapping
        finding = None
        if place.reading is not None:
            table = FINDINGS[wanted.kind]
            here = and_(table.c.reading == place.reading, table.c.number == place.number)
            finding = next(self._findings(wanted.kind, newest_first=False, condition=here, limit=1)).finding
        return Hit(
            document=_head(row),
            kind=wanted.kind,
            finding=finding,
            start=place.start,
            end=place.end,
            snippet=snippet_of(row["text"][place.start : place.end], terms_of(wanted.words)),
            score=place.score,
        )

    def actor_surface(self, actor: str) -> str | None:
        """The longest name by which documents call an actor."""
        table = FINDINGS["actors"]
        length = func.length(table.c.quote)
        query = select(table.c.quote).where(table.c.actor == actor).order_by(length.desc(), table.c.quote).limit(1)
        row = next(self._rows(query), None)
        return str(row[0]) if row else None

    def _findings(self, kind: str, *, newest_first: bool, condition: ColumnElement[bool] | None, limit: int | None) -> Iterator[Found]:
        table = FINDINGS[kind]
        head = [documents.c[name].label(f"document_{name}") for name in HEAD]
        date = documents.c.published.desc() if newest_first else documents.c.published
        query = select(table, *head).join(documents, documents.c.reading == table.c.reading)
        query = query.order_by(documents.c.published.is_(None), date, documents.c.id, table.c.number).limit(limit)
        if condition is not None:
            query = query.where(condition)
        batch: list[Row[Any]] = []
        for row in self._rows(query):
            batch.append(row)
            if len(batch) == BATCH:
                yield from self._built(kind, batch)
                batch = []
        yield from self._built(kind, batch)

    def _built(self, kind: str, batch: list[Row[Any]]) -> Iterator[Found]:
        """The findings of a batch of rows, with the actors that take part in them."""
        roles: dict[tuple[int, int], dict[str, list[str]]] = {}
        query = select(parties).where(parties.c.kind == kind, parties.c.reading.in_({row._mapping["reading"] for row in batch}))
        for party in self._rows(query.order_by(parties.c.position)):
            roles.setdefault((party.reading, party.number), {}).setdefault(party.role, []).append(party.actor)
        for row in batch:
            values = row._mapping
            head = _head({name: values[f"document_{name}"] for name in HEAD})
            yield Found(head, finding_of(kind, values, head.id, roles.get((values["reading"], values["number"]), {})))

    def _rows(self, query: Select[Any]) -> Iterator[Row[Any]]:
        with told_clearly(self._name), self._engine.connect() as connection:
            yield from connection.execution_options(yield_per=BATCH).execute(query)


def _head(values: Any) -> DocumentHead:
    return DocumentHead(**{name: values[name] for name in HEAD})
