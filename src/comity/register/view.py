"""Answers questions about a register, from the newest reading of each document. Everything is an iterator in a fixed order.

The face of the room: each question is answered in the file of its noun (`lists`, `findings`, `search`, `who`, `mentions`).
"""

from collections.abc import Collection, Iterator

from sqlalchemy import ColumnElement, Engine, exists, func, select

from comity.records import ActorId, ActorType, Document, InstrumentId
from comity.register.asking import Asking
from comity.register.chain import Chain, check_chain
from comity.register.decisions import Decision, decision_of
from comity.register.differences import Difference, Text, differences
from comity.register.every_finding import total_now
from comity.register.faults import told_clearly
from comity.register.findings import Found, found_by, select_findings
from comity.register.heads import DocumentHead, head_columns, head_of
from comity.register.hits import Hit, Hits, facets_of, newest_hits, search
from comity.register.identities import Candidate, RegisterActor
from comity.register.lists import count, count_up_to, counts, list_documents, list_findings
from comity.register.mentions import Named, mentions, mentions_of, named
from comity.register.narrow import EVERYTHING, OPEN, Between, Narrow
from comity.register.rows import document_of
from comity.register.schema import FINDINGS, decisions, fits, identities, readings, tags
from comity.register.scope import Scope, day_after
from comity.register.search import Facets
from comity.register.tags import tally_of
from comity.register.totals import Total
from comity.register.wanted import Wanted
from comity.register.who import alike, everybody

CALLING = 50
"""So many documents are asked what they call somebody."""


class View:
    """The only object that reads a register; `asking` is for queries of other modules. What a person rejected is left out, what a person
    corrected is shown corrected.

    A list may be asked for in parts: `limit` says how many entries, `after` behind which one, by its `cursor`.
    """

    def __init__(self, engine: Engine, name: str, scope: Scope) -> None:
        self.asking = Asking(engine, name, scope)

    def documents(
        self,
        *,
        actor: ActorId | None = None,
        theme: str | None = None,
        publisher: str | None = None,
        language: str | None = None,
        between: Between = OPEN,
        newest_first: bool = False,
        after: str | None = None,
        limit: int | None = None,
    ) -> Iterator[DocumentHead]:
        """Documents by date of publication, those without one last."""
        narrow = Narrow(actor=actor, theme=theme, publisher=publisher, language=language, between=between)
        return list_documents(self.asking, narrow, newest_first=newest_first, after=after, limit=limit)

    def document(self, id: str) -> Document | None:
        """One document with its text."""
        documents = self.asking.documents
        row = next(iter(self.asking.all(select(documents).where(documents.c.id == id))), None)
        return document_of(row._mapping) if row else None

    def document_head(self, id: str) -> DocumentHead | None:
        """One document without its text."""
        documents = self.asking.documents
        row = next(iter(self.asking.all(select(*head_columns(documents)).where(documents.c.id == id))), None)
        return head_of(row._mapping) if row else None

    def statements(
        self,
        *,
        actor: ActorId | None = None,
        theme: str | None = None,
        act: str | None = None,
        between: Between = OPEN,
        document: str | None = None,
        publisher: str | None = None,
        language: str | None = None,
        newest_first: bool = True,
        after: str | None = None,
        limit: int | None = None,
    ) -> Iterator[Found]:
        """What was said: by whom, on which theme, with which act, published when and by whom. Near copies count once."""
        narrow = Narrow(actor=actor, theme=theme, act=act, between=between, document=document, publisher=publisher, language=language)
        return self.listed("statements", narrow, newest_first=newest_first, after=after, limit=limit)

    def events(
        self,
        *,
        actor: ActorId | None = None,
        theme: str | None = None,
        type: str | None = None,
        between: Between = OPEN,
        document: str | None = None,
        newest_first: bool = True,
        after: str | None = None,
        limit: int | None = None,
    ) -> Iterator[Found]:
        """The event reports with an actor on either side, on a theme, of a type, published then. Near copies count once."""
        narrow = Narrow(actor=actor, theme=theme, act=type, between=between, document=document)
        return self.listed("events", narrow, newest_first=newest_first, after=after, limit=limit)

    def commitments(
        self,
        *,
        by: ActorId | None = None,
        theme: str | None = None,
        force: str | None = None,
        due_after: str | None = None,
        due_before: str | None = None,
        between: Between = OPEN,
        document: str | None = None,
        newest_first: bool = True,
        after: str | None = None,
        limit: int | None = None,
    ) -> Iterator[Found]:
        """The undertakings of an actor, on a theme, of a force; `due_before` and `due_after` leave out those that name no day."""
        narrow = Narrow(actor=by, theme=theme, act=force, between=between, document=document, due_after=due_after, due_before=due_before)
        return self.listed("commitments", narrow, newest_first=newest_first, after=after, limit=limit)

    def claims(
        self,
        subjects: InstrumentId | Collection[InstrumentId],
        *,
        newest_first: bool = False,
        after: str | None = None,
        limit: int | None = None,
    ) -> Iterator[Found]:
        """The progress claims on one instrument or several, by date, near copies too: the ledger tells them apart."""
        names = (subjects,) if isinstance(subjects, str) else tuple(subjects)
        return list_findings(
            self.asking, "progress", Narrow(subjects=names, copies=True), newest_first=newest_first, after=after, limit=limit
        )

    def claims_untied(self, subjects: Collection[InstrumentId], *, limit: int | None = None) -> Iterator[Found]:
        """The progress claims on none of some instruments, the newest first; what near copies repeat is left out."""
        return self.listed("progress", Narrow(untied=tuple(subjects)), limit=limit)

    def count_untied(self, subjects: Collection[InstrumentId]) -> int:
        """How many these are."""
        return self.count_of("progress", Narrow(untied=tuple(subjects)))

    def listed(
        self,
        kind: str,
        narrow: Narrow = EVERYTHING,
        *,
        newest_first: bool = True,
        after: str | None = None,
        limit: int | None = None,
    ) -> Iterator[Found]:
        """The findings of any kind, narrowed by anything."""
        return list_findings(self.asking, kind, narrow, newest_first=newest_first, after=after, limit=limit)

    def count_of(self, kind: str, narrow: Narrow = EVERYTHING) -> int:
        """How many entries a list has (`documents` or a kind of finding)."""
        return count(self.asking, kind, narrow)

    def count_up_to(self, kind: str, narrow: Narrow = EVERYTHING) -> Total:
        """The same for a page: told as "over" so many where finding out how many would take long."""
        return count_up_to(self.asking, kind, narrow)

    def counts(self, kind: str, by: str, narrow: Narrow = EVERYTHING) -> dict[str, int]:
        """How many entries of a list there are by `actor`, `theme`, `act`, `publisher`, `language` or `year`, the most first."""
        return counts(self.asking, kind, by, narrow)

    def mentions(self, *, type: ActorType | None = None, after: str | None = None, limit: int | None = None) -> Iterator[Named]:
        """Every actor that a document names, the most named first."""
        return mentions(self.asking, type=type, after=after, limit=limit)

    def named(self, actor: ActorId) -> Named | None:
        """How often one actor is named; None where no document does."""
        return named(self.asking, actor)

    def count(self, kind: str) -> int:
        """How many findings of a kind there are (`statements`, `progress` ...), near copies too."""
        if self.asking.scope.before is None and self.asking.scope.happened_by is None:
            return total_now(self.asking, kind)
        joined = FINDINGS[kind].join(self.asking.documents, self.asking.scope.is_of(kind, self.asking.rejecting()))
        return int(self.asking.all(select(func.count()).select_from(joined))[0][0])

    def count_documents(self) -> int:
        seen = self.asking.scope.is_of_documents(), self.asking.scope.is_read()
        query = select(func.count()).select_from(self.asking.documents).where(*seen)
        return int(self.asking.all(query)[0][0])

    def count_families(self) -> int:
        """How many sources there are when near copies count once."""
        seen = self.asking.scope.is_of_documents(), self.asking.scope.is_read()
        query = select(func.count(self.asking.documents.c.family.distinct())).where(*seen)
        return int(self.asking.all(query)[0][0])

    def findings(self, kind: str) -> Iterator[Found]:
        """Every finding of a kind, by its document's date, then in the order of the text; near copies too."""
        return self._findings(kind)

    def findings_in(self, kind: str, document: str) -> list[Found]:
        """The findings of a kind in one document, in the order of the text."""
        return list(self._findings(kind, self.asking.documents.c.id == document))

    def newest(self, kind: str, limit: int) -> list[Found]:
        """The findings of a kind in the latest documents, newest document first."""
        if self.asking.scope.before is not None:
            return list(self.listed(kind, limit=limit))
        documents, number = self.asking.documents, FINDINGS[kind].c.number
        query = select_findings(self.asking, kind).order_by(documents.c.day.desc(), documents.c.id, number).limit(limit)
        return list(found_by(self.asking, kind, query))

    def family_of(self, document: str) -> list[DocumentHead]:
        """The near copies of a document with itself, the earliest first: that one stands for all."""
        documents = self.asking.documents
        mine = select(documents.c.family).where(documents.c.id == document).scalar_subquery()
        order = (documents.c.published.is_(None), documents.c.published, documents.c.id)
        rows = self.asking.all(
            select(*head_columns(documents)).where(documents.c.family == mine, documents.c.reading.is_not(None)).order_by(*order)
        )
        return [head_of(row._mapping) for row in rows]

    def differences(self, first: str, second: str) -> list[Difference]:
        """What stands otherwise in the second document than in the first; none where one of them is not there."""
        one, other = self._text(first), self._text(second)
        return list(differences(one, other)) if one and other else []

    def _text(self, id: str) -> Text | None:
        document = self.document(id)
        places = {kind: tuple(one.finding.evidence.span for one in self.findings_in(kind, id)) for kind in ("dates", "actors")}
        return Text(document.text, places["dates"], places["actors"]) if document else None

    def search(self, wanted: Wanted, *, limit: int = 20, after: str | None = None) -> Hits:
        """The best hits; `after` is the `next` of the page before. Raises BadInputError where nothing can be looked for."""
        return search(self.asking, wanted, limit=limit, after=after)

    def newest_hits(self, wanted: Wanted, *, best: int, limit: int) -> tuple[Hit, ...]:
        """Of so many of the best hits those published last, the newest first. Raises BadInputError where nothing can be looked for."""
        return newest_hits(self.asking, wanted, best=best, limit=limit)

    def facets(self, wanted: Wanted) -> Facets:
        """How many hits a search has, by publisher, language and year."""
        return facets_of(self.asking, wanted)

    def readings_since(self, day: str) -> Iterator[str]:
        """The documents that have a reading made after a day."""
        documents = self.asking.documents
        query = select(documents.c.id).join(readings, readings.c.document == documents.c.key).where(readings.c.added >= day_after(day))
        for row in self.asking.rows(query.distinct()):
            yield str(row[0])

    def actors(self) -> Iterator[RegisterActor]:
        """Everybody who is named in the documents, by id; those that people decided to be the same know of each other."""
        yield from everybody(self.asking)

    def candidates(self) -> list[Candidate]:
        """Pairs of actors that may be one, the most alike first, with the reasons; a person decides."""
        return alike(self.asking)

    def actor_surface(self, actor: str) -> str | None:
        """The longest name by which the newest documents that name an actor call it; of one of several of a name (`tran-lan~2`) its own."""
        table, newest = FINDINGS["actors"], select(tags.c.document).where(tags.c.tally == tally_of("documents.actor", actor))
        newest = newest.order_by(tags.c.day.desc(), tags.c.id.desc()).limit(CALLING)
        reading = select(self.asking.documents.c.reading).where(self.asking.documents.c.key.in_(newest))
        query = select(table.c.quote).order_by(func.length(table.c.quote).desc(), table.c.quote).limit(1)
        rows = self.asking.all(query.where(table.c.reading.in_(reading), table.c.actor == actor))
        rows = rows or self.asking.all(query.where(*mentions_of(actor)))
        rows = rows or self.asking.all(select(identities.c.name).where(identities.c.id == actor))
        return next((str(row[0]) for row in rows), None)

    def decisions(self) -> Iterator[Decision]:
        """Every decision in order, those taken back too."""
        for row in self.asking.rows(select(decisions).where(self.asking.scope.decided()).order_by(decisions.c.number)):
            yield decision_of(row._mapping)

    def unfitting(self) -> list[Decision]:
        """Decisions on findings that the newest reading of their document does not have any more."""
        gone, documents = self.asking.undone(), self.asking.documents
        here = exists().where(fits.c.decision == decisions.c.number, fits.c.reading == documents.c.reading)
        query = select(decisions).join(documents, documents.c.id == decisions.c.document)
        rows = self.asking.rows(query.where(self.asking.scope.decided(), ~here).order_by(decisions.c.number))
        return [decision for decision in (decision_of(row._mapping) for row in rows) if decision.number not in gone]

    def chain(self) -> Chain:
        """Whether the decisions are those that were taken, in their order."""
        with told_clearly(self.asking.name), self.asking.engine.connect() as connection:
            return check_chain(connection)

    def findings_where(self, kind: str, condition: ColumnElement[bool]) -> Iterator[Found]:
        """The findings of a kind that meet a condition on its table or the documents, in the order of `findings`."""
        return self._findings(kind, condition)

    def _findings(self, kind: str, condition: ColumnElement[bool] | None = None) -> Iterator[Found]:
        documents = self.asking.documents
        query = select_findings(self.asking, kind)
        if condition is not None:
            query = query.where(condition)
        order = (documents.c.published.is_(None), documents.c.published, documents.c.id, FINDINGS[kind].c.number)
        return found_by(self.asking, kind, query.order_by(*order))
