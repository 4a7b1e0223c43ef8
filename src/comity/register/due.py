"""Commitments by the day they are due."""

from sqlalchemy import func

from comity.intervals import IsoDate
from comity.register.findings import Found, found_by, select_findings
from comity.register.schema import FINDINGS
from comity.register.tags import is_repeat
from comity.register.view import View

COMMITMENTS = "commitments"


def next_due(view: View, day: IsoDate, *, limit: int) -> list[Found]:
    """The commitments due on a day or later, the nearest first; a month or year is due until it is over. Near copies count once."""
    table, documents = FINDINGS[COMMITMENTS], view.asking.documents
    open_yet = func.substr(day, 1, func.length(table.c.due)) <= table.c.due
    query = select_findings(view.asking, COMMITMENTS).where(table.c.due >= day[:4], open_yet, ~is_repeat(COMMITMENTS))
    return list(found_by(view.asking, COMMITMENTS, query.order_by(table.c.due, documents.c.id, table.c.number).limit(limit)))
