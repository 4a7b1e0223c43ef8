"""Full-text search: passages, filled from the documents and readings that are there, and their words, which are filled once all steps are
made."""

from typing import Any

from alembic import op
from sqlalchemy import Column, Connection, ForeignKey, Index, Integer, select, table, update
from sqlalchemy import String as PlainString
from sqlalchemy import column as col

from comity.register.backend import is_sqlite
from comity.register.passages import DOCUMENT, KINDS
from comity.register.words import parts_of, sentence_around

revision = "0003"
down_revision = "0002"

String = PlainString().with_variant(PlainString(collation="C"), "postgresql")
FTS5 = "CREATE VIRTUAL TABLE words USING fts5(exact, plain, kind, content='', tokenize='unicode61 remove_diacritics 0')"
VECTORS = "CREATE TABLE words (passage INTEGER PRIMARY KEY REFERENCES passages (key), vector TSVECTOR NOT NULL)"
TABLES = {"events": "event_reports", "progress": "progress_claims"}

documents = table("documents", *map(col, ("key", "title", "text", "language")))
readings = table("readings", *map(col, ("key", "document")))
meta = table("meta", col("key"), col("value"))


def upgrade() -> None:
    passages = op.create_table(
        "passages",
        Column("key", Integer, primary_key=True),
        Column("document", Integer, ForeignKey("documents.key"), nullable=False),
        Column("reading", Integer, ForeignKey("readings.key")),
        Column("kind", String, nullable=False),
        Column("number", Integer, nullable=False),
        Column("start", Integer, nullable=False),
        Column("end", Integer, nullable=False),
        Index("ix_passages_finding", "reading", "kind", "number"),
        Index("ix_passages_document", "document"),
    )
    connection = op.get_bind()
    connection.exec_driver_sql(FTS5 if is_sqlite(connection) else VECTORS)
    if not is_sqlite(connection):
        connection.exec_driver_sql("CREATE INDEX ix_words_vector ON words USING gin (vector)")
    key = 0
    for document in list(connection.execute(select(documents.c.key)).scalars()):
        rows = _passages(connection, document)
        connection.execute(passages.insert(), [{"key": key + place, "document": document, **row} for place, row in enumerate(rows, 1)])
        key += len(rows)
    connection.execute(update(meta).where(meta.c.key == "schema").values(value="3"))


def _passages(connection: Connection, key: int) -> list[dict[str, Any]]:
    row = connection.execute(select(documents).where(documents.c.key == key)).one()
    found: list[dict[str, Any]] = []
    for number, (start, end) in enumerate(parts_of(row.text)):
        found.append({"reading": None, "kind": DOCUMENT, "number": number, "start": start, "end": end})
    for reading in connection.execute(select(readings.c.key).where(readings.c.document == key)).scalars():
        for kind in KINDS:
            findings = table(TABLES.get(kind, kind), *map(col, ("reading", "number", "start", "end")))
            for finding in connection.execute(select(findings).where(findings.c.reading == reading)):
                start, end = sentence_around(row.text, finding.start, finding.end)
                found.append({"reading": reading, "kind": kind, "number": finding.number, "start": start, "end": end})
    return found
