"""Which decisions are the last word on a finding, and reject it: what they are about is left out of views, lists and tallies."""

from sqlalchemy import ColumnElement, Connection, select, true

from comity.register.decisions import Action, OfFinding, decision_of, undone
from comity.register.schema import decisions


def rejecting(connection: Connection, taken: ColumnElement[bool] | None = None) -> set[int]:
    """The decisions that are the last word on a finding, and reject it; `taken` narrows to those that count."""
    counts = true() if taken is None else taken
    verdicts = [Action.ACCEPT, Action.REJECT, Action.UNDO]
    query = select(decisions).where(decisions.c.action.in_(verdicts), counts).order_by(decisions.c.number)
    found = [decision_of(row._mapping) for row in connection.execute(query)]
    gone = undone(found)
    last = {one.subject: one for one in found if isinstance(one.subject, OfFinding) and one.number not in gone}
    return {decision.number for decision in last.values() if decision.action is Action.REJECT}
