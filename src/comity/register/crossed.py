"""Clauses that are tied to two things at once, such as a Sustainable Development Goal and an element of a vision: counted, and listed.

A link counts from the usual score on and where nobody rejected it; a clause is accepted where a person accepted both of its links.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Select, and_, case, exists, func, literal, or_, select, tuple_

from comity.intervals import IsoDate
from comity.records import Evidence, LinkKind
from comity.register.cursors import read_cursor, write_cursor
from comity.register.decisions import Action
from comity.register.heads import DocumentHead, head_columns, head_of
from comity.register.link_records import USUAL_OF_AIMS
from comity.register.parts import in_parts
from comity.register.tracked_tables import links, verdicts
from comity.register.verdicts import is_about, said_of
from comity.register.view import View

Clause = tuple[int, str, int]
"""A reading, the pack it was linked for, and the number of the clause."""


class Crossing(Struct, frozen=True, kw_only=True):
    """How many clauses are tied to a row and a column; `accepted` of them by people."""

    row: str
    column: str
    clauses: int
    accepted: int


class Crossed(Struct, frozen=True, kw_only=True):
    """A clause that is tied to both, with its document."""

    document: DocumentHead
    evidence: Evidence
    dated: IsoDate | None
    accepted: bool

    @property
    def cursor(self) -> str:
        """Names this entry of the list: `clauses_crossed(after=...)` goes on behind it."""
        return write_cursor((self.dated or "", self.document.id, self.evidence.start, self.evidence.end))


def crossings(view: View, rows: Sequence[str], columns: Mapping[str, Sequence[str]]) -> list[Crossing]:
    """The clauses tied to each goal in `rows` and to any of the elements of each column, where there are any.

    Those tied to an element are few and lead: joined by the database, a hundred thousand documents took it seventeen seconds."""
    column_of = {target: column for column, ids in columns.items() for target in ids}
    tied: defaultdict[Clause, set[tuple[str, bool]]] = defaultdict(set)
    for row in view.asking.rows(_tied(view).where(*_counts(links, LinkKind.ELEMENT, list(column_of)))):
        tied[row.reading, row.pack, row.clause].add((column_of[row.target], bool(row.accepted)))
    found: defaultdict[tuple[str, str], dict[tuple[int, int], bool]] = defaultdict(dict)
    for some in in_parts(sorted({reading for reading, _, _ in tied})):
        for row in view.asking.rows(
            _tied(view).where(links.c.reading.in_(some), *_counts(links, LinkKind.GOAL, rows, plan=links.c.plan + ""))
        ):
            for column, accepted in tied.get((row.reading, row.pack, row.clause), ()):
                clauses, clause = found[row.target, column], (row.reading, row.clause)
                clauses[clause] = clauses.get(clause, False) or (accepted and bool(row.accepted))
    places = {column: place for place, column in enumerate(columns)}
    return [
        Crossing(row=row, column=column, clauses=len(clauses), accepted=sum(clauses.values()))
        for (row, column), clauses in sorted(found.items(), key=lambda one: (one[0][0], places[one[0][1]]))
    ]


def _tied(view: View) -> Select[Any]:
    """Clauses with what they are tied to, each with whether a person accepted that."""
    documents = view.asking.documents
    query = select(links.c.reading, links.c.pack, links.c.clause, links.c.target, case((_accepted(links), 1), else_=0).label("accepted"))
    return query.join(documents, documents.c.reading == links.c.reading)


def clauses_crossed(view: View, goal_id: str, elements: Sequence[str], *, limit: int, after: str | None = None) -> list[Crossed]:
    """The clauses tied to a goal and to any of some elements, the latest first, behind the cursor `after`."""
    goal, element = links.alias("goal"), links.alias("element")
    documents = view.asking.documents
    accepted = func.max(case((and_(_accepted(goal), _accepted(element)), 1), else_=0)).label("accepted")
    columns = (goal.c.start, goal.c.end, goal.c.quote, goal.c.dated)
    query = select(documents.c.id, *columns, accepted, *head_columns(documents)).select_from(_joined(view, goal, element))
    query = query.where(*_counts(goal, LinkKind.GOAL, [goal_id], plan=goal.c.plan + ""), *_counts(element, LinkKind.ELEMENT, elements))
    dated = func.coalesce(goal.c.dated, "")
    if after is not None:
        day, *place = read_cursor(after, tuple[str, str, int, int])
        later = tuple_(documents.c.id, goal.c.start, goal.c.end) > tuple_(*(literal(part) for part in place))
        query = query.where(or_(dated < day, and_(dated == day, later)))
    query = query.group_by(documents.c.key, *columns, *head_columns(documents), documents.c.id)
    query = query.order_by(dated.desc(), documents.c.id, goal.c.start, goal.c.end).limit(limit)
    return [
        Crossed(
            document=head_of(row._mapping),
            evidence=Evidence(row.id, row.start, row.end, row.quote),
            dated=row.dated,
            accepted=bool(row.accepted),
        )
        for row in view.asking.all(query)
    ]


def _joined(view: View, goal: Any, element: Any) -> Any:
    documents = view.asking.documents
    same = and_(element.c.reading == goal.c.reading, element.c.pack == goal.c.pack, element.c.clause == goal.c.clause)
    return goal.join(element, same).join(documents, documents.c.reading == goal.c.reading)


def _counts(table: Any, kind: LinkKind, targets: Sequence[str], *, plan: Any = None) -> tuple[ColumnElement[bool], ...]:
    """The links of a kind to some targets that count. `plan` is its column where the index of targets leads; given as an expression, the
    index of readings does."""
    usual, of_none = table.c.score >= USUAL_OF_AIMS, (table.c.plan if plan is None else plan) == ""
    return table.c.kind == kind.value, of_none, table.c.target.in_(list(targets)), usual, ~_said(table, Action.REJECT)


def _accepted(table: Any) -> ColumnElement[bool]:
    return _said(table, Action.ACCEPT)


def _said(table: Any, action: Action) -> ColumnElement[bool]:
    """Whether a verdict that stands says so of the words."""
    return exists().where(is_about(table.c), said_of(table.c) == action.value, verdicts.c.undone.is_(None))
