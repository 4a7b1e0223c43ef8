"""Which findings of a new reading the decisions on a document are about: a newer reader numbers them anew, and may see one no more."""

from typing import Any

from sqlalchemy import Connection, select

from comity.register.decisions import OfFinding, decision_of
from comity.register.schema import FINDINGS, decisions


def fit_again(connection: Connection, document: str, reading: int) -> list[dict[str, Any]]:
    """The rows of `fits` for a new reading of a document: a decision stays with a finding of its kind that has the same evidence."""
    rows = []
    for row in connection.execute(select(decisions).where(decisions.c.document == document)):
        subject = decision_of(row._mapping).subject
        assert isinstance(subject, OfFinding)
        table = FINDINGS[subject.kind]
        here = connection.execute(select(table.c.number, table.c.start, table.c.end, table.c.quote).where(table.c.reading == reading)).all()
        same = [found for found in here if (found.start, found.end) == (subject.start, subject.end)]
        same = same or [found for found in here if found.quote == subject.quote]
        if len(same) == 1:
            rows.append({"reading": reading, "kind": subject.kind, "number": same[0].number, "decision": row.number})
    return rows
