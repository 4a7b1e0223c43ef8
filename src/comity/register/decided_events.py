"""Which documents have events that people decided about since a decision: what they tell has to be put together anew."""

from sqlalchemy import select

from comity.register.decisions import Action, OfDecision, OfFinding, Subject, decision_of
from comity.register.schema import decisions
from comity.register.view import View

EVENTS = "events"
TELLING = (Action.ACCEPT, Action.REJECT, Action.CORRECT, Action.UNDO)


def documents_decided_about(view: View, after: int) -> tuple[set[str], int]:
    """The documents, and the number of the newest decision."""
    asking, found, newest = view.asking, set(), after
    for row in asking.rows(select(decisions).where(decisions.c.number > after).order_by(decisions.c.number)):
        decision = decision_of(row._mapping)
        newest = decision.number
        subject: Subject = decision.subject
        while isinstance(subject, OfDecision):
            query = select(decisions).where(decisions.c.number == subject.number)
            subject = decision_of(asking.all(query)[0]._mapping).subject
        if decision.action in TELLING and isinstance(subject, OfFinding) and subject.kind == EVENTS:
            found.add(subject.document)
    return found, newest
