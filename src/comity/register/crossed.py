"""Clauses that are tied to two things at once, such as a Sustainable Development Goal and an element of a vision: counted, and listed.

A link counts from the usual score on and where nobody rejected it; a clause is accepted where a person accepted both of its links.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, and_, case, exists, func, literal, or_, select, tuple_

from comity.intervals import IsoDate
from comity.records import Evidence, LinkKind
from comity.register.cursors import read_cursor, write_cursor
from comity.register.decisions import Action
from comity.register.heads import DocumentHead, head_columns, head_of
from comity.register.link_records import USUAL_OF_AIMS
from comity.register.tracked_tables import links, verdicts
from comity.register.verdicts import is_about, said_of
from comity.register.view import View

MOST = 100_000
"""More clauses than a reading has."""


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
    """The clauses tied to each goal in `rows` and to any of the elements of each column, where there are any."""
    goal, element = links.alias("goal"), links.alias("element")
    clause = goal.c.reading * MOST + goal.c.clause
    both = and_(_accepted(goal), _accepted(element))
    counted = []
    for number, ids in enumerate(columns.values()):
        inside = element.c.target.in_(list(ids))
        counted.append(func.count(case((inside, clause)).distinct()).label(f"n_{number}"))
        counted.append(func.count(case((and_(inside, both), clause)).distinct()).label(f"a_{number}"))
    every = [one for ids in columns.values() for one in ids]
    query = select(goal.c.target, *counted).select_from(_joined(view, goal, element))
    query = query.where(*_counts(goal, LinkKind.GOAL, rows), *_counts(element, LinkKind.ELEMENT, every)).group_by(goal.c.target)
    return [
        Crossing(row=row.target, column=column, clauses=row._mapping[f"n_{number}"], accepted=row._mapping[f"a_{number}"])
        for row in view.asking.all(query)
        for number, column in enumerate(columns)
        if row._mapping[f"n_{number}"]
    ]


def clauses_crossed(view: View, goal_id: str, elements: Sequence[str], *, limit: int, after: str | None = None) -> list[Crossed]:
    """The clauses tied to a goal and to any of some elements, the latest first, behind the cursor `after`."""
    goal, element = links.alias("goal"), links.alias("element")
    documents = view.asking.documents
    accepted = func.max(case((and_(_accepted(goal), _accepted(element)), 1), else_=0)).label("accepted")
    columns = (goal.c.start, goal.c.end, goal.c.quote, goal.c.dated)
    query = select(documents.c.id, *columns, accepted, *head_columns(documents)).select_from(_joined(view, goal, element))
    query = query.where(*_counts(goal, LinkKind.GOAL, [goal_id]), *_counts(element, LinkKind.ELEMENT, elements))
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


def _counts(table: Any, kind: LinkKind, targets: Sequence[str]) -> tuple[ColumnElement[bool], ...]:
    usual = table.c.score >= USUAL_OF_AIMS
    return table.c.kind == kind.value, table.c.plan == "", table.c.target.in_(list(targets)), usual, ~_said(table, Action.REJECT)


def _accepted(table: Any) -> ColumnElement[bool]:
    return _said(table, Action.ACCEPT)


def _said(table: Any, action: Action) -> ColumnElement[bool]:
    """Whether a verdict that stands says so of the words."""
    return exists().where(is_about(table.c), said_of(table.c) == action.value, verdicts.c.undone.is_(None))
