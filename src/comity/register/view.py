"""Answers questions about a register, from the newest reading of each document. Everything is an iterator in a fixed order."""

from collections.abc import Collection, Iterator
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Engine, Row, Select, and_, exists, func, select, true

from comity.intervals import IsoDate
from comity.records import Document, InstrumentId, LanguageCode
from comity.register.asked import terms_of
from comity.register.decisions import Action, Chain, Decision, check_chain, corrected, decision_of, undone
from comity.register.faults import told_clearly
from comity.register.identities import Candidate, RegisterActor, candidates, groups, parted
from comity.register.rows import document_of, finding_of
from comity.register.schema import FINDINGS, decisions, fits, identities, parties, readings
from comity.register.scope import Scope, day_after
from comity.register.search import Facets, Place, Search, Snippet, Wanted, cursor_of, snippet_of

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
    """A finding, the document it stands in, and what people decided about it. `finding` is one of the structs of comity.records."""

    document: DocumentHead
    finding: Any
    decisions: tuple[Decision, ...] = ()


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
    """The only object that reads a register. What a person rejected is left out, what a person corrected is shown corrected."""

    def __init__(self, engine: Engine, name: str, scope: Scope) -> None:
        self._engine = engine
        self._name = name
        self._scope = scope
        self._documents = scope.documents

    def documents(self) -> Iterator[DocumentHead]:
        """All documents, by date of publication, those without one last."""
        table = self._documents
        query = select(*[table.c[name] for name in HEAD]).where(self._scope.is_of_documents())
        for row in self._rows(query.order_by(table.c.published.is_(None), table.c.published, table.c.id)):
            yield _head(row._mapping)

    def document(self, id: str) -> Document | None:
        """One document with its text."""
        row = next(self._rows(select(self._documents).where(self._documents.c.id == id)), None)
        return document_of(row._mapping) if row else None

    def count(self, kind: str) -> int:
        """How many findings of a kind there are (`statements`, `progress` ...)."""
        joined = FINDINGS[kind].join(self._documents, self._scope.is_of(kind, self._rejecting()))
        return int(next(self._rows(select(func.count()).select_from(joined)))[0])

    def count_documents(self) -> int:
        query = select(func.count()).select_from(self._documents).where(self._scope.is_of_documents())
        return int(next(self._rows(query))[0])

    def count_families(self) -> int:
        """How many sources there are when near copies count once."""
        query = select(func.count(self._documents.c.family.distinct())).where(self._scope.is_of_documents())
        return int(next(self._rows(query))[0])

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
        return list(self._findings(kind, newest_first=False, condition=self._documents.c.id == document, limit=None))

    def search(self, wanted: Wanted, *, limit: int = 20, after: str | None = None) -> Hits:
        """The best hits; `after` is the `next` of the page before. Raises BadInputError where nothing can be looked for."""
        with told_clearly(self._name), self._engine.connect() as connection:
            query = Search(connection, self._scope, wanted, self._rejecting(), self._members(wanted))
            found = list(query.places(limit=limit + 1, after=after))
        hits = tuple(self._hit(wanted, place) for place in found[:limit])
        return Hits(hits, cursor_of(found[limit - 1]) if len(found) > limit else None)

    def facets(self, wanted: Wanted) -> Facets:
        """How many hits a search has, by publisher, language and year."""
        with told_clearly(self._name), self._engine.connect() as connection:
            return Search(connection, self._scope, wanted, self._rejecting(), self._members(wanted)).facets()

    def readings_since(self, day: str) -> Iterator[str]:
        """The documents that have a reading made after a day."""
        table = self._documents
        query = select(table.c.id).join(readings, readings.c.document == table.c.key).where(readings.c.added >= day_after(day)).distinct()
        for row in self._rows(query):
            yield str(row[0])

    def actors(self) -> Iterator[RegisterActor]:
        """Everybody who is named in the documents, by id; those that people decided to be the same know of each other."""
        same = groups(self._about_actors())
        query = select(identities).where(true() if self._scope.before is None else identities.c.added < self._scope.before)
        for row in self._rows(query.order_by(identities.c.id)):
            others = tuple(sorted(same.get(row.id, frozenset()) - {row.id}))
            yield RegisterActor(id=row.id, actor=row.actor, type=row.type, name=row.name, body=row.body, same=others)

    def candidates(self) -> list[Candidate]:
        """Pairs of actors that may be one, the most alike first, with the reasons; a person decides."""
        found = candidates(self.actors(), parted(self._about_actors()))
        return sorted(found, key=lambda pair: (-pair.likeness, pair.first.id, pair.second.id))

    def _about_actors(self) -> list[Decision]:
        gone = self._undone()
        query = select(decisions).where(decisions.c.action.in_([Action.MERGE, Action.SPLIT]), self._scope.decided())
        found = (decision_of(row._mapping) for row in self._rows(query.order_by(decisions.c.number)))
        return [decision for decision in found if decision.number not in gone]

    def _members(self, wanted: Wanted) -> frozenset[str]:
        """The ids in the register of the actor that is looked for, with those that are the same."""
        if wanted.actor is None:
            return frozenset()
        found = {row.id for row in self._rows(select(identities.c.id).where(identities.c.id == wanted.actor))}
        found = found or {row.id for row in self._rows(select(identities.c.id).where(identities.c.actor == wanted.actor))}
        same = groups(self._about_actors())
        return frozenset([wanted.actor]).union(found, *(same.get(one, ()) for one in found))

    def decisions(self) -> Iterator[Decision]:
        """Every decision in order, those taken back too."""
        for row in self._rows(select(decisions).where(self._scope.decided()).order_by(decisions.c.number)):
            yield decision_of(row._mapping)

    def unfitting(self) -> list[Decision]:
        """Decisions on findings that the newest reading of their document does not have any more."""
        gone = self._undone()
        here = exists().where(fits.c.decision == decisions.c.number, fits.c.reading == self._documents.c.reading)
        query = select(decisions).join(self._documents, self._documents.c.id == decisions.c.document)
        rows = self._rows(query.where(self._scope.decided(), ~here).order_by(decisions.c.number))
        return [decision for decision in (decision_of(row._mapping) for row in rows) if decision.number not in gone]

    def chain(self) -> Chain:
        """Whether the decisions are those that were taken, in their order."""
        with told_clearly(self._name), self._engine.connect() as connection:
            return check_chain(connection)

    def _undone(self) -> set[int]:
        query = select(decisions).where(decisions.c.action == Action.UNDO, self._scope.decided())
        return undone(decision_of(row._mapping) for row in self._rows(query))

    def _rejecting(self) -> set[int]:
        """The decisions that are the last word on a finding, and reject it."""
        gone = self._undone()
        query = select(decisions).where(decisions.c.action.in_([Action.ACCEPT, Action.REJECT]), self._scope.decided())
        last = {}
        for row in self._rows(query.order_by(decisions.c.number)):
            decision = decision_of(row._mapping)
            if decision.number not in gone:
                last[decision.subject] = decision
        return {decision.number for decision in last.values() if decision.action is Action.REJECT}

    def _hit(self, wanted: Wanted, place: Place) -> Hit:
        row = next(self._rows(select(self._documents).where(self._documents.c.key == place.document)))._mapping
        finding = None
        if place.reading is not None:
            table = FINDINGS[wanted.kind]
            here = and_(table.c.reading == place.reading, table.c.number == place.number, self._documents.c.key == place.document)
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
        table, documents = FINDINGS[kind], self._documents
        head = [documents.c[name].label(f"document_{name}") for name in HEAD]
        date = documents.c.published.desc() if newest_first else documents.c.published
        query = select(table, *head).select_from(table.join(documents, self._scope.is_of(kind, self._rejecting())))
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
        """The findings of a batch of rows, with the actors that take part in them and what was decided about them."""
        keys = {row._mapping["reading"] for row in batch}
        roles: dict[tuple[int, int], dict[str, list[str]]] = {}
        query = select(parties).where(parties.c.kind == kind, parties.c.reading.in_(keys))
        for party in self._rows(query.order_by(parties.c.position)):
            roles.setdefault((party.reading, party.number), {}).setdefault(party.role, []).append(party.actor)
        decided = self._decided(kind, keys)
        for row in batch:
            values = row._mapping
            head = _head({name: values[f"document_{name}"] for name in HEAD})
            place = (values["reading"], values["number"])
            finding = finding_of(kind, values, head.id, roles.get(place, {}))
            taken = decided.get(place, ())
            yield Found(head, corrected(kind, finding, taken), tuple(taken))

    def _decided(self, kind: str, keys: Collection[int]) -> dict[tuple[int, int], list[Decision]]:
        """The decisions that stand on findings of some readings, in order."""
        query = select(decisions, fits.c.reading, fits.c.number.label("place"))
        query = query.select_from(decisions.join(fits, fits.c.decision == decisions.c.number))
        found: dict[tuple[int, int], list[Decision]] = {}
        rows = list(
            self._rows(query.where(fits.c.kind == kind, fits.c.reading.in_(keys), self._scope.decided()).order_by(decisions.c.number))
        )
        gone = self._undone() if rows else set()
        for row in rows:
            if row.number not in gone:
                found.setdefault((row.reading, row.place), []).append(decision_of(row._mapping))
        return found

    def _rows(self, query: Select[Any]) -> Iterator[Row[Any]]:
        with told_clearly(self._name), self._engine.connect() as connection:
            yield from connection.execution_options(yield_per=BATCH).execute(query)


def _head(values: Any) -> DocumentHead:
    return DocumentHead(**{name: values[name] for name in HEAD})
