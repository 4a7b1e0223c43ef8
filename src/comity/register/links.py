"""The links of a register: what was tied to a line or another target, in which state, counted by line and year, one page after another.

A link is suggested where it is the clause's best of the plan and its score reaches the least score of its target, else held back; it is
accepted or rejected where a person said so. The least scores are the caller's (comity.tracking.least_scores): they follow from what people
accepted and rejected.
"""

import base64
import binascii
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import ColumnElement, Engine, Integer, Select, and_, case, cast, func, literal, or_, select, true, tuple_

from comity.errors import BadInputError
from comity.intervals import IsoDate
from comity.records import Evidence, LineStatus, Link, LinkKind
from comity.register.decisions import Action, Decision, OfLine, decision_of, undone
from comity.register.faults import told_clearly
from comity.register.heads import HEAD, DocumentHead
from comity.register.schema import FINDINGS, clause_findings, decisions, linkings, links, verdicts
from comity.register.scope import Scope
from comity.register.verdicts import BY_PERSON, SHOWN

USUAL = 0.5
"""The least score of a suggestion where nobody has decided anything."""
BEST = 1
Line = tuple[str, str]
"""A plan and a line of it; the plan is empty for goals, elements and areas."""


class LinkState(StrEnum):
    ACCEPTED = "accepted"
    SUGGESTED = "suggested"
    REJECTED = "rejected"
    HELD_BACK = "held-back"


class LinkFound(Struct, frozen=True, kw_only=True):
    """A link with its document. `findings` are the kinds and numbers of the findings that its clause stands in; `shows` is what it is
    evidence of, `dated` when that was; rank 1 is the clause's best line of the plan, rank 0 a tie that a person made. `least` is the score
    that its target asks for."""

    key: int
    document: DocumentHead
    link: Link
    plan: str
    rank: int
    shows: LineStatus
    dated: IsoDate | None
    state: LinkState
    least: float
    findings: tuple[tuple[str, int], ...] = ()
    decisions: tuple[Decision, ...] = ()


class LinkPage(Struct, frozen=True):
    """Some links, and where the next page begins, None after the last."""

    links: tuple[LinkFound, ...]
    next: str | None


class LinkCount(Struct, frozen=True, kw_only=True):
    """How many links a target has in one state; `sources` counts families of documents, `last` is the latest date. `shown` has for each
    thing that they show how many links show it, and the latest date."""

    plan: str
    target: str
    state: LinkState
    links: int
    sources: int
    last: IsoDate | None
    shown: dict[LineStatus, tuple[int, IsoDate | None]]


class YearCount(Struct, frozen=True, kw_only=True):
    """How many links a target has in one state that are of one year (None: undated), in how many sources."""

    plan: str
    target: str
    state: LinkState
    year: int | None
    links: int
    sources: int


class Verdict(Struct, frozen=True, kw_only=True):
    """What a person said about a link; the last word on it."""

    decision: int
    plan: str
    target: str
    accepted: bool


class LinkView:
    """Answers about links, from the newest reading of each document, as of the day of its scope."""

    def __init__(self, engine: Engine, name: str, scope: Scope) -> None:
        self._engine = engine
        self._name = name
        self._scope = scope
        self._documents = scope.documents

    def of_target(
        self,
        kind: LinkKind,
        target: str,
        *,
        state: LinkState,
        plan: str = "",
        shows: LineStatus | None = None,
        least: Mapping[Line, float] | None = None,
        limit: int = 20,
        after: str | None = None,
    ) -> LinkPage:
        """The links of a line (with its plan), goal, element or area in one state, the latest first; `after` is the `next` of the page
        before. Raises BadInputError where it is none."""
        conditions = [links.c.kind == kind.value, links.c.plan == plan, links.c.target == target, self._state(least) == state.value]
        if shows is not None:
            conditions.append(self._shows() == shows.value)
        dated = func.coalesce(links.c.dated, "")
        if after is not None:
            conditions.append(tuple_(dated, links.c.key) < tuple_(*map(literal, _place_of(after))))
        query = self._query(least).where(*conditions).order_by(dated.desc(), links.c.key.desc()).limit(limit + 1)
        found = self._built(query)
        more = len(found) > limit
        return LinkPage(tuple(found[:limit]), _cursor_of(found[limit - 1]) if more else None)

    def of_finding(self, kind: str, document: str, start: int, end: int, *, least: Mapping[Line, float] | None = None) -> list[LinkFound]:
        """All links of a finding, in the order of its clauses, whatever their state."""
        table = FINDINGS[kind]
        held = (
            select(clause_findings.c.clause)
            .join(table, and_(table.c.reading == clause_findings.c.reading, table.c.number == clause_findings.c.number))
            .where(
                clause_findings.c.kind == kind,
                clause_findings.c.reading == links.c.reading,
                clause_findings.c.pack == links.c.pack,
                table.c.start == start,
                table.c.end == end,
            )
        )
        in_it = and_(links.c.rank == BY_PERSON, links.c.start < end, links.c.end > start)
        return self._in_order(document, or_(links.c.clause.in_(held) & (links.c.rank > BY_PERSON), in_it), least)

    def in_document(self, document: str, *, least: Mapping[Line, float] | None = None) -> list[LinkFound]:
        """All links of a document, in the order of its clauses, whatever their state."""
        return self._in_order(document, true(), least)

    def counts(
        self, *, plan: str = "", kind: LinkKind = LinkKind.LINE, target: str | None = None, least: Mapping[Line, float] | None = None
    ) -> list[LinkCount]:
        """Counts of the links of a plan's lines (or of goals, elements, areas), by target and state."""
        rows = self._counted(plan, kind, target, least).subquery("counted")
        showing = [
            (
                status,
                func.sum(cast(rows.c.shown == status.value, Integer)).label(f"n_{number}"),
                func.max(case((rows.c.shown == status.value, rows.c.dated))).label(f"last_{number}"),
            )
            for number, status in enumerate(SHOWN)
        ]
        by = (rows.c.plan, rows.c.target, rows.c.state)
        totals = (func.count().label("number"), func.count(rows.c.family.distinct()).label("sources"), func.max(rows.c.dated).label("last"))
        query = select(*by, *totals, *(column for _, *pair in showing for column in pair))
        return [
            LinkCount(
                plan=row.plan,
                target=row.target,
                state=LinkState(row.state),
                links=row.number,
                sources=row.sources,
                last=row.last,
                shown={
                    status: (row._mapping[f"n_{number}"], row._mapping[f"last_{number}"])
                    for number, status in enumerate(SHOWN)
                    if row._mapping[f"n_{number}"]
                },
            )
            for row in self._rows(query.group_by(*by).order_by(*by))
        ]

    def years(
        self, *, plan: str = "", kind: LinkKind = LinkKind.LINE, target: str | None = None, least: Mapping[Line, float] | None = None
    ) -> list[YearCount]:
        """The same counts by year."""
        rows = self._counted(plan, kind, target, least).subquery("counted")
        by = (rows.c.plan, rows.c.target, rows.c.state, func.substr(rows.c.dated, 1, 4).label("year"))
        query = select(*by, func.count().label("number"), func.count(rows.c.family.distinct()).label("sources"))
        return [
            YearCount(
                plan=row.plan,
                target=row.target,
                state=LinkState(row.state),
                year=int(row.year) if row.year else None,
                links=row.number,
                sources=row.sources,
            )
            for row in self._rows(query.group_by(*by).order_by(*by))
        ]

    def _counted(self, plan: str, kind: LinkKind, target: str | None, least: Mapping[Line, float] | None) -> Select[Any]:
        state, shows = self._state(least).label("state"), self._shows().label("shown")
        query = select(links.c.plan, links.c.target, state, shows, links.c.dated, self._documents.c.family)
        query = query.join(self._documents, self._is_newest())
        query = query.where(links.c.kind == kind.value, links.c.plan == plan, self._happened())
        return query if target is None else query.where(links.c.target == target)

    def verdicts(self, plan: str) -> list[Verdict]:
        """The verdicts on links to a plan's lines that stand, the last word on each clause, in the order of the decisions."""
        query = select(verdicts).where(verdicts.c.plan == plan, self._standing()).order_by(verdicts.c.decision)
        last: dict[tuple[int, str], list[Any]] = {}
        for row in self._rows(query):
            there = last.setdefault((row.document, row.target), [])
            there[:] = [one for one in there if one.end <= row.start or row.end <= one.start]
            there.append(row)
        kept = sorted((row for rows in last.values() for row in rows), key=lambda row: row.decision)
        return [Verdict(decision=row.decision, plan=row.plan, target=row.target, accepted=row.verdict == Action.ACCEPT) for row in kept]

    def about_lines(self, plan: str) -> list[Decision]:
        """The decisions on a plan's lines that stand (status, score, note), in order."""
        undoing = select(decisions).where(decisions.c.action == Action.UNDO, self._scope.decided())
        gone = undone(decision_of(row._mapping) for row in self._rows(undoing))
        wanted = [Action.SET_STATUS, Action.SCORE, Action.NOTE]
        query = select(decisions).where(decisions.c.action.in_(wanted), self._scope.decided()).order_by(decisions.c.number)
        found = (decision_of(row._mapping) for row in self._rows(query))
        return [one for one in found if one.number not in gone and isinstance(one.subject, OfLine) and one.subject.plan == plan]

    def count_linked(self, pack: str, version: str) -> tuple[int, int]:
        """How many of the newest readings are linked by a version of the linker and pack, and how many there are."""
        table = self._documents
        here = and_(linkings.c.reading == table.c.reading, linkings.c.pack == pack, linkings.c.version == version)
        done = select(func.count()).select_from(table).join(linkings, here)
        every = select(func.count()).select_from(table).where(table.c.reading.is_not(None))
        return int(next(self._rows(done))[0]), int(next(self._rows(every))[0])

    def _in_order(self, document: str, condition: ColumnElement[bool], least: Mapping[Line, float] | None) -> list[LinkFound]:
        query = self._query(least).where(self._documents.c.id == document, condition)
        return self._built(query.order_by(links.c.start, links.c.end, links.c.kind, links.c.rank, links.c.key))

    def _query(self, least: Mapping[Line, float] | None) -> Select[Any]:
        head = [self._documents.c[name].label(f"document_{name}") for name in HEAD]
        extra = (self._state(least).label("state"), self._shows().label("shown"), _least(least).label("least"))
        return select(links, *extra, *head).join(self._documents, self._is_newest()).where(self._happened())

    def _built(self, query: Select[Any]) -> list[LinkFound]:
        rows = list(self._rows(query))
        findings = self._findings({row.reading for row in rows})
        decided = self._decided({(row.document, row.plan, row.target) for row in rows})
        return [
            LinkFound(
                key=row.key,
                document=DocumentHead(**{name: row._mapping[f"document_{name}"] for name in HEAD}),
                link=Link(
                    evidence=Evidence(row.document_id, row.start, row.end, row.quote),
                    kind=LinkKind(row.kind),
                    target=row.target,
                    score=row.score,
                    words=tuple(row.words),
                    suggested=row.state != LinkState.ACCEPTED,
                ),
                plan=row.plan,
                rank=row.rank,
                shows=LineStatus(row.shown),
                dated=row.dated,
                state=LinkState(row.state),
                least=row.least,
                findings=findings.get((row.reading, row.pack, row.clause), ()),
                decisions=tuple(
                    decision
                    for start, end, decision in decided.get((row.document, row.plan, row.target), ())
                    if start < row.end and row.start < end
                ),
            )
            for row in rows
        ]

    def _findings(self, readings: set[int]) -> dict[tuple[int, str, int], tuple[tuple[str, int], ...]]:
        found: dict[tuple[int, str, int], tuple[tuple[str, int], ...]] = {}
        query = select(clause_findings).where(clause_findings.c.reading.in_(sorted(readings)))
        for row in self._rows(query.order_by(clause_findings.c.kind, clause_findings.c.number)) if readings else ():
            place = (row.reading, row.pack, row.clause)
            found[place] = (*found.get(place, ()), (row.kind, row.number))
        return found

    def _decided(self, wanted: set[tuple[int, str, str]]) -> dict[tuple[int, str, str], list[tuple[int, int, Decision]]]:
        """The decisions that stand on links of some documents, with the words they are about."""
        found: dict[tuple[int, str, str], list[tuple[int, int, Decision]]] = {}
        documents = sorted({document for document, _, _ in wanted})
        query = select(decisions, verdicts.c.document.label("key"), verdicts.c.plan, verdicts.c.target, verdicts.c.start, verdicts.c.end)
        query = query.join(verdicts, verdicts.c.decision == decisions.c.number)
        for row in (
            self._rows(query.where(verdicts.c.document.in_(documents), self._standing()).order_by(decisions.c.number)) if wanted else ()
        ):
            found.setdefault((row.key, row.plan, row.target), []).append((row.start, row.end, decision_of(row._mapping)))
        return found

    def _is_newest(self) -> ColumnElement[bool]:
        return links.c.reading == self._documents.c.reading

    def _happened(self) -> ColumnElement[bool]:
        return true() if self._scope.happened_by is None else func.coalesce(links.c.dated, "0") <= self._scope.happened_by

    def _standing(self) -> ColumnElement[bool]:
        """The verdicts taken by the scope's day and not taken back by then."""
        if self._scope.before is None:
            return verdicts.c.undone.is_(None)
        made, back = verdicts.c.made < self._scope.before, verdicts.c.undone >= self._scope.before
        return and_(made, or_(verdicts.c.undone.is_(None), back))

    def _verdict(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        """What the last standing verdict on a link says in a column."""
        on_it = and_(
            verdicts.c.document == links.c.document,
            verdicts.c.plan == links.c.plan,
            verdicts.c.target == links.c.target,
            verdicts.c.start < links.c.end,
            verdicts.c.end > links.c.start,
        )
        query = select(column).where(on_it, self._standing()).order_by(verdicts.c.decision.desc()).limit(1)
        return query.correlate(links).scalar_subquery()

    def _state(self, least: Mapping[Line, float] | None) -> ColumnElement[str]:
        verdict = self._verdict(verdicts.c.verdict)
        return case(
            (verdict == Action.ACCEPT.value, LinkState.ACCEPTED.value),
            (verdict == Action.REJECT.value, LinkState.REJECTED.value),
            (and_(_may_be_suggested(), links.c.score >= _least(least)), LinkState.SUGGESTED.value),
            else_=LinkState.HELD_BACK.value,
        )

    def _shows(self) -> ColumnElement[str]:
        return func.coalesce(self._verdict(verdicts.c.shows), links.c.shows)

    def _rows(self, query: Select[Any]) -> Iterator[Any]:
        with told_clearly(self._name), self._engine.connect() as connection:
            yield from connection.execute(query)


def _may_be_suggested() -> ColumnElement[bool]:
    """The best line of each plan for a clause; its second and third are for whoever looks at the clause and finds the first one wrong."""
    return or_(links.c.rank == BEST, and_(links.c.kind != LinkKind.LINE.value, links.c.rank > BEST))


def _least(least: Mapping[Line, float] | None) -> ColumnElement[float]:
    moved = [(and_(links.c.plan == plan, links.c.target == target), value) for (plan, target), value in sorted((least or {}).items())]
    return case(*moved, else_=USUAL) if moved else literal(USUAL)


def _cursor_of(found: LinkFound) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode([found.dated or "", found.key])).decode().rstrip("=")


def _place_of(cursor: str) -> tuple[str, int]:
    try:
        padded = cursor.encode() + b"=" * (-len(cursor) % 4)
        return msgspec.json.decode(base64.urlsafe_b64decode(padded), type=tuple[str, int])
    except (binascii.Error, ValueError, msgspec.MsgspecError) as error:
        raise BadInputError(f"{cursor!r} begins no page; leave it out, or give the one that the page before named.") from error
