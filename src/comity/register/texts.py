"""Texts, many at once. What compares documents needs their beginnings only: then a long text costs no more than a short one."""

from collections.abc import Iterator, Sequence

from sqlalchemy import func, select

from comity.records import Document
from comity.register.parts import in_parts
from comity.register.rows import document_of
from comity.register.view import View


def beginnings(view: View, documents: Sequence[str], letters: int) -> Iterator[tuple[str, str]]:
    """The first letters of some documents, each with its id."""
    table = view.asking.documents
    for some in in_parts(documents):
        query = select(table.c.id, func.substr(table.c.text, 1, letters)).where(table.c.id.in_(some))
        for id, text in view.asking.rows(query):
            yield str(id), str(text)


def texts_of(view: View, documents: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The texts of some documents, each with its id."""
    table = view.asking.documents
    for some in in_parts(documents):
        for id, text in view.asking.rows(select(table.c.id, table.c.text).where(table.c.id.in_(some))):
            yield str(id), str(text)


def whole_documents(view: View, readings: Sequence[int]) -> Iterator[tuple[int, Document]]:
    """The documents of some readings, each with the reading's key."""
    table = view.asking.documents
    for some in in_parts(readings):
        for row in view.asking.rows(select(table).where(table.c.reading.in_(some)).order_by(table.c.reading)):
            yield int(row.reading), document_of(row._mapping)


def readings_seen(view: View) -> list[int]:
    """The readings of all documents that a view sees, in order."""
    table = view.asking.documents
    query = select(table.c.reading).where(table.c.reading.is_not(None), view.asking.scope.is_of_documents())
    return sorted(int(row[0]) for row in view.asking.rows(query))
