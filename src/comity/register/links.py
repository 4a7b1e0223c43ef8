"""The links of a register: what was tied to a line or another target, in which state, one page after another.

A link is suggested where it is the clause's best of the plan and its score reaches the least score of its target, else held back; it is
accepted or rejected where a person said so. The least scores are the caller's (comity.tracking.least_scores): they follow from what people
accepted and rejected.
"""

import base64
import binascii
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Engine, Select, and_, func, literal, select, true, tuple_

from comity.errors import BadInputError
from comity.records import Evidence, LineStatus, Link, LinkKind
from comity.register.decisions import Action, Decision, OfLine, decision_of, undone
from comity.register.faults import told_clearly
from comity.register.heads import HEAD, DocumentHead
from comity.register.link_counts import link_counts, year_counts
from comity.register.link_records import (
    USUAL,
    Line,
    LinkCount,
    LinkFound,
    LinkPage,
    LinkState,
    Verdict,
    YearCount,
)
from comity.register.link_terms import LinkTerms, least_score
from comity.register.schema import decisions
from comity.register.scope import Scope
from comity.register.tracked_tables import clause_findings, linkings, links, verdicts

__all__ = ["USUAL", "Line", "LinkCount", "LinkFound", "LinkPage", "LinkState", "LinkView", "Verdict", "YearCount"]


class LinkView:
    """Answers about links, from the newest reading of each document, as of the day of its scope."""

    def __init__(self, engine: Engine, name: str, scope: Scope) -> None:
        self._engine = engine
        self._name = name
        self._scope = scope
        self._documents = scope.documents
        self._terms = LinkTerms(scope)

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
        conditions = [links.c.kind == kind.value, links.c.plan == plan, links.c.target == target, self._terms.state(least) == state.value]
        if shows is not None:
            conditions.append(self._terms.shows() == shows.value)
        dated = func.coalesce(links.c.dated, "")
        if after is not None:
            conditions.append(tuple_(dated, links.c.key) < tuple_(*map(literal, _place_of(after))))
        query = self._query(least).where(*conditions).order_by(dated.desc(), links.c.key.desc()).limit(limit + 1)
        found = self._built(query)
        more = len(found) > limit
        return LinkPage(tuple(found[:limit]), _cursor_of(found[limit - 1]) if more else None)

    def in_document(self, document: str, *, least: Mapping[Line, float] | None = None) -> list[LinkFound]:
        """All links of a document, in the order of its clauses, whatever their state."""
        return self._in_order(document, true(), least)

    def counts(
        self, *, plan: str = "", kind: LinkKind = LinkKind.LINE, target: str | None = None, least: Mapping[Line, float] | None = None
    ) -> list[LinkCount]:
        """Counts of the links of a plan's lines (or of goals, elements, areas), by target and state."""
        return link_counts(self._rows, self._terms.counted(plan, kind, target, least))

    def years(
        self, *, plan: str = "", kind: LinkKind = LinkKind.LINE, target: str | None = None, least: Mapping[Line, float] | None = None
    ) -> list[YearCount]:
        """The same counts by year."""
        return year_counts(self._rows, self._terms.counted(plan, kind, target, least))

    def verdicts(self, plan: str) -> list[Verdict]:
        """The verdicts on links to a plan's lines that stand, the last word on each clause, in the order of the decisions. A tie that was
        moved is accepted for its new line and rejected for the one it was moved from."""
        query = select(verdicts).where(verdicts.c.plan == plan, self._terms.standing()).order_by(verdicts.c.decision)
        last: dict[tuple[int, str], list[tuple[Any, bool]]] = {}
        for row in self._rows(query):
            accepted = row.verdict == Action.ACCEPT
            for target, yes in [(row.target, accepted), *([(row.moved_from, False)] if row.moved_from else [])]:
                there = last.setdefault((row.document, target), [])
                there[:] = [one for one in there if one[0].end <= row.start or row.end <= one[0].start]
                there.append((row, yes))
        kept = [(row, target, yes) for (_, target), rows in last.items() for row, yes in rows]
        kept.sort(key=lambda one: (one[0].decision, one[1]))
        return [Verdict(decision=row.decision, plan=row.plan, target=target, accepted=yes) for row, target, yes in kept]

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
        extra = (self._terms.state(least).label("state"), self._terms.shows().label("shown"), least_score(least).label("least"))
        return select(links, *extra, *head).join(self._documents, self._terms.is_newest()).where(self._terms.happened())

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
        places = [verdicts.c[name] for name in ("plan", "target", "moved_from", "start", "end")]
        query = select(decisions, verdicts.c.document.label("key"), *places)
        query = query.join(verdicts, verdicts.c.decision == decisions.c.number)
        for row in (
            self._rows(query.where(verdicts.c.document.in_(documents), self._terms.standing()).order_by(decisions.c.number))
            if wanted
            else ()
        ):
            for target in filter(None, (row.target, row.moved_from)):
                found.setdefault((row.key, row.plan, target), []).append((row.start, row.end, decision_of(row._mapping)))
        return found

    def _rows(self, query: Select[Any]) -> Iterator[Any]:
        with told_clearly(self._name), self._engine.connect() as connection:
            yield from connection.execute(query)


def _cursor_of(found: LinkFound) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode([found.dated or "", found.key])).decode().rstrip("=")


def _place_of(cursor: str) -> tuple[str, int]:
    try:
        padded = cursor.encode() + b"=" * (-len(cursor) % 4)
        return msgspec.json.decode(base64.urlsafe_b64decode(padded), type=tuple[str, int])
    except (binascii.Error, ValueError, msgspec.MsgspecError) as error:
        raise BadInputError(f"{cursor!r} begins no page; leave it out, or give the one that the page before named.") from error
