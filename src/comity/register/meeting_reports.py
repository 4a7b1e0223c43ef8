"""The event reports of some meetings, for whoever only sets them beside the sittings.

In come a view and the names of meetings; out come the reports with their documents and as people corrected them, but without who took part
and on what: of a document of three hundred events that is read for each report, which made the first page of a large register slow.
"""

from collections.abc import Collection, Iterator
from itertools import islice

from comity.register.asking import BATCH
from comity.register.decisions import corrected
from comity.register.findings import Found, decided_on, select_findings
from comity.register.heads import head_of
from comity.register.rows import finding_of
from comity.register.schema import FINDINGS
from comity.register.view import View

KIND = "events"


def meeting_reports(view: View, mechanisms: Collection[str]) -> Iterator[Found]:
    """By the date of their documents, the oldest first, then in the order of the text."""
    documents, events = view.asking.documents, FINDINGS[KIND]
    query = select_findings(view.asking, KIND).where(events.c.mechanism.in_(mechanisms))
    rows = view.asking.rows(query.order_by(documents.c.published.is_(None), documents.c.published, documents.c.id, events.c.number))
    while batch := list(islice(rows, BATCH)):
        decided = decided_on(view.asking, KIND, {row._mapping["reading"] for row in batch})
        for row in batch:
            values = row._mapping
            head = head_of(values)
            taken = decided.get((values["reading"], values["number"]), ())
            finding = corrected(KIND, finding_of(KIND, values, head.id, {}), taken)
            yield Found(head, finding, tuple(taken), values["number"])
