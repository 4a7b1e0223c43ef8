"""When a link is accepted, suggested, rejected or held back, in terms of the database: by the verdicts that stand on the day of a
scope, and by the least score of its target."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, true

from comity.records import LinkKind
from comity.register.decisions import Action
from comity.register.link_records import USUAL, USUAL_OF_AIMS, Line, LinkState
from comity.register.scope import Scope
from comity.register.tracked_tables import links, verdicts
from comity.register.verdicts import is_about, said_of, shown_of

BEST = 1


class LinkTerms:
    """The terms as of the day of a scope."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._documents = scope.documents

    def is_newest(self) -> ColumnElement[bool]:
        return links.c.reading == self._documents.c.reading

    def happened(self) -> ColumnElement[bool]:
        return true() if self._scope.happened_by is None else func.coalesce(links.c.dated, "0") <= self._scope.happened_by

    def standing(self) -> ColumnElement[bool]:
        """The verdicts taken by the scope's day and not taken back by then."""
        if self._scope.before is None:
            return verdicts.c.undone.is_(None)
        made, back = verdicts.c.made < self._scope.before, verdicts.c.undone >= self._scope.before
        return and_(made, or_(verdicts.c.undone.is_(None), back))

    def state(self, least: Mapping[Line, float] | None) -> ColumnElement[str]:
        verdict = self._verdict(said_of(links.c))
        return case(
            (verdict == Action.ACCEPT.value, LinkState.ACCEPTED.value),
            (verdict == Action.REJECT.value, LinkState.REJECTED.value),
            (and_(_may_be_suggested(), links.c.score >= least_score(least)), LinkState.SUGGESTED.value),
            else_=LinkState.HELD_BACK.value,
        )

    def shows(self) -> ColumnElement[str]:
        return func.coalesce(self._verdict(shown_of(links.c)), links.c.shows)

    def counted(self, plan: str, kind: LinkKind, target: str | None, least: Mapping[Line, float] | None) -> Select[Any]:
        """The links of a plan's lines, or of one, as far as they are counted."""
        columns = (links.c.plan, links.c.target, self.state(least).label("state"), self.shows().label("shown"), links.c.dated)
        query = select(*columns, self._documents.c.family).join(self._documents, self.is_newest())
        query = query.where(links.c.kind == kind.value, links.c.plan == plan, self.happened())
        return query if target is None else query.where(links.c.target == target)

    def _verdict(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        """What the last standing verdict on a link says in a column."""
        query = select(column).where(is_about(links.c), self.standing()).order_by(verdicts.c.decision.desc()).limit(1)
        return query.correlate(links).scalar_subquery()


def least_score(least: Mapping[Line, float] | None) -> ColumnElement[float]:
    """The score that the target of a link asks for."""
    moved = [(and_(links.c.plan == plan, links.c.target == target), value) for (plan, target), value in sorted((least or {}).items())]
    return case(*moved, (links.c.kind == LinkKind.LINE.value, USUAL), else_=USUAL_OF_AIMS)


def _may_be_suggested() -> ColumnElement[bool]:
    """The best line of each plan for a clause; its second and third are for whoever looks at the clause and finds the first one wrong."""
    return or_(links.c.rank == BEST, and_(links.c.kind != LinkKind.LINE.value, links.c.rank > BEST))
