"""What stands in some documents, however many others a register holds: their heads, and their findings in the order of lists."""

from collections.abc import Collection, Iterator

from sqlalchemy import select

from comity.register.findings import Found, found_by, select_findings
from comity.register.heads import DocumentHead, head_columns, head_of
from comity.register.parts import in_parts
from comity.register.tags import TOLD_ONCE, is_repeat
from comity.register.view import View


def heads_among(view: View, ids: Collection[str]) -> Iterator[DocumentHead]:
    """The heads of some documents, in no order."""
    documents = view.asking.documents
    for some in in_parts(sorted(ids)):
        for row in view.asking.rows(select(*head_columns(documents)).where(documents.c.id.in_(some))):
            yield head_of(row._mapping)


def found_among(view: View, kind: str, ids: Collection[str]) -> list[Found]:
    """Their findings of a kind, the newest first; what a near copy said before is left out."""
    documents = view.asking.documents
    found: list[Found] = []
    for some in in_parts(sorted(ids)):
        query = select_findings(view.asking, kind).where(documents.c.id.in_(some))
        found += found_by(view.asking, kind, query.where(~is_repeat(kind)) if kind in TOLD_ONCE else query)
    found.sort(key=lambda one: one.number)
    return sorted(found, key=lambda one: (one.document.published or "", one.document.id), reverse=True)
