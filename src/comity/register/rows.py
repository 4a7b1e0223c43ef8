"""Findings as rows of their tables, and back. A row is a dict of column values; the actors who take part are rows of `parties`."""

from typing import Any

import msgspec
from msgspec import Struct

from comity.records import (
    ActorMention,
    Commitment,
    DateMention,
    Document,
    EventReport,
    InstrumentMention,
    MechanismMention,
    OfficeMention,
    ProgressClaim,
    Slip,
    Statement,
    ThemeMention,
)

Row = dict[str, Any]

STRUCTS: dict[str, type[Struct]] = {
    "actors": ActorMention,
    "offices": OfficeMention,
    "dates": DateMention,
    "instruments": InstrumentMention,
    "mechanisms": MechanismMention,
    "statements": Statement,
    "events": EventReport,
    "commitments": Commitment,
    "progress": ProgressClaim,
    "themes": ThemeMention,
    "slips": Slip,
}
ROLES = {"statements": ("speaker",), "events": ("source", "target"), "commitments": ("by",), "progress": ("claimant",)}
"""The fields of a kind that name the actors taking part."""

WORDS = ("cue", "occasion")
"""Fields that are other words of the document, kept as start, end and quote."""

COLUMN_OF = {("mechanisms", "number"): "number_held"}
"""Where a field's column has another name, because `number` is the finding's place in its reading."""


def document_row(document: Document) -> Row:
    """All columns of `documents` that the document itself fills."""
    row = {
        field: getattr(document, field) for field in ("id", "name", "title", "publisher", "published", "language", "source", "note", "text")
    }
    return {
        **row,
        "published_from": document.published_from.value if document.published_from else None,
        "related": [[span.start, span.end] for span in document.related],
        "shifts": document.shifts,
    }


def document_of(row: Any) -> Document:
    """The document that a row of `documents` holds."""
    fields = {name: row[name] for name in Document.__struct_fields__}
    fields["related"] = [{"start": start, "end": end} for start, end in fields["related"]]
    return msgspec.convert(fields, Document)


def finding_of(kind: str, row: Any, document: str, roles: dict[str, list[str]]) -> Any:
    """The finding that a row holds; `roles` gives the actors of each of its roles."""
    shape = STRUCTS[kind]
    fields = {
        name: row[COLUMN_OF.get((kind, name), name)]
        for name in shape.__struct_fields__
        if name != "evidence" and name not in ROLES.get(kind, ())
    }
    for name in WORDS:
        if fields.get(name):
            start, end, quote = fields[name]
            fields[name] = {"document": document, "start": start, "end": end, "quote": quote}
    if "addressee" in fields:
        fields["addressee"] = fields["addressee"] or []  # readings made before the field was there have none
    evidence = {"document": document, "start": row["start"], "end": row["end"], "quote": row["quote"]}
    return msgspec.convert({**fields, "evidence": evidence, **{role: roles.get(role, []) for role in ROLES.get(kind, ())}}, shape)
