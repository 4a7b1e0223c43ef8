"""The near copies of a document: the other members of its family."""

from sqlalchemy import select

from comity.register.heads import DocumentHead, head_columns, head_of
from comity.register.view import View


def copies_of(view: View, head: DocumentHead) -> list[DocumentHead]:
    """The others of its family, the earliest first."""
    documents = view.asking.documents
    query = select(*head_columns(documents)).where(documents.c.family == head.family, documents.c.id != head.id)
    return [head_of(row._mapping) for row in view.asking.rows(query.order_by(documents.c.published, documents.c.id))]
