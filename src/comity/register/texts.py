"""The beginnings of texts, many at once: what compares documents needs no more, and a long text costs no more than a short one."""

from collections.abc import Iterator, Sequence

from sqlalchemy import func, select

from comity.register.occurrences import in_parts
from comity.register.view import View


def beginnings(view: View, documents: Sequence[str], letters: int) -> Iterator[tuple[str, str]]:
    """The first letters of some documents, each with its id."""
    table = view.asking.documents
    for some in in_parts(documents):
        query = select(table.c.id, func.substr(table.c.text, 1, letters)).where(table.c.id.in_(some))
        for id, text in view.asking.rows(query):
            yield str(id), str(text)
