"""A document without its text, as lists show it."""

from collections.abc import Collection
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, FromClause, select

from comity.intervals import IsoDate
from comity.records import LanguageCode
from comity.register.asking import Asking
from comity.register.cursors import write_cursor

HEAD = ("id", "name", "title", "publisher", "published", "published_from", "language", "source", "family")


class DocumentHead(Struct, frozen=True, kw_only=True):
    """A document without its text; documents of the same `family` are near copies of one another."""

    id: str
    name: str
    title: str | None
    publisher: str | None
    published: IsoDate | None
    published_from: str | None
    language: LanguageCode
    source: str | None
    family: str

    @property
    def cursor(self) -> str:
        """Names this entry of a list of documents: `documents(after=...)` goes on behind it."""
        return write_cursor((self.published or "", self.id))


def head_columns(documents: FromClause) -> list[ColumnElement[Any]]:
    """The columns of a head, named so that they can stand beside those of a finding."""
    return [documents.c[name].label(f"document_{name}") for name in HEAD]


def heads_of(asking: Asking, ids: Collection[str]) -> dict[str, DocumentHead]:
    """Some documents at once, by id; what is not there is left out."""
    documents = asking.documents
    query = select(*head_columns(documents)).where(documents.c.id.in_(sorted(ids)))
    heads = [head_of(row._mapping) for row in (asking.all(query) if ids else ())]
    return {head.id: head for head in heads}


def head_of(values: Any) -> DocumentHead:
    """The head in a row that has `head_columns`."""
    return DocumentHead(**{name: values[f"document_{name}"] for name in HEAD})
