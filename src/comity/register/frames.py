"""Findings as a table for analysis: one row a finding, its fields as columns, with the document it stands in. Needs polars."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from comity.errors import BadInputError
from comity.register.findings import Found
from comity.register.heads import DocumentHead
from comity.register.rows import WORDS

if TYPE_CHECKING:
    from polars import DataFrame

BESIDE = ("id", "publisher", "published", "language", "title", "source", "family")


def to_polars(entries: Iterable[Found | DocumentHead]) -> "DataFrame":
    """The table of some findings of one kind, or of documents. Raises BadInputError where polars is not installed."""
    try:
        import polars
    except ModuleNotFoundError as error:
        raise BadInputError("A table for polars needs the polars package; install it with `pip install 'comity[polars]'`.") from error
    return polars.DataFrame(list(rows(entries)), infer_schema_length=None, strict=False)


def rows(entries: Iterable[Found | DocumentHead]) -> Iterator[dict[str, Any]]:
    """`document_id`, `document_published` ..., then the quote with its place, the fields of the kind, and the themes."""
    for entry in entries:
        head = entry.document if isinstance(entry, Found) else entry
        row = {f"document_{name}": getattr(head, name) for name in BESIDE}
        if isinstance(entry, Found):
            fields = msgspec.to_builtins(entry.finding)
            evidence = fields.pop("evidence")
            words = {name: (fields.pop(name) or {}).get("quote") for name in WORDS if name in fields}
            row |= {name: evidence[name] for name in ("quote", "start", "end")}
            row |= {"themes": list(entry.themes), **fields, **words, "decisions": len(entry.decisions)}
        yield row
