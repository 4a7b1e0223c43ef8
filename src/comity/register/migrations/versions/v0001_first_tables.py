"""The tables of the first version: documents, sketches, readings, findings, parties."""

from alembic import op
from sqlalchemy import JSON, BigInteger, Boolean, Column, Float, ForeignKey, Index, Integer, MetaData, Table
from sqlalchemy import String as PlainString
from sqlalchemy import Text as PlainText

revision = "0001"
down_revision = None

String = PlainString().with_variant(PlainString(collation="C"), "postgresql")
Text = PlainText().with_variant(PlainText(collation="C"), "postgresql")
metadata = MetaData()

meta = Table("meta", metadata, Column("key", String, primary_key=True), Column("value", String, nullable=False))

documents = Table(
    "documents",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("title", String),
    Column("publisher", String),
    Column("published", String, index=True),
    Column("published_from", String),
    Column("language", String, nullable=False),
    Column("source", String),
    Column("note", String),
    Column("text", Text, nullable=False),
    Column("related", JSON, nullable=False),
    Column("shifts", JSON),
    Column("family", String, nullable=False, index=True),
    Column("reading", Integer),
    Column("added", String, nullable=False),
)
"""`family` is the least id among the document and its near copies, the same for all of them; `reading` is its newest reading."""

sketches = Table(
    "sketches",
    metadata,
    Column("shingle", BigInteger, primary_key=True),
    Column("document", ForeignKey("documents.key"), primary_key=True),
)
"""A few shingles of each document, to find its near copies by."""

readings = Table(
    "readings",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("document", ForeignKey("documents.key"), nullable=False),
    Column("reader", String, nullable=False),
    Column("added", String, nullable=False),
    Index("one_reading_a_version", "document", "reader", unique=True),
)


def _finding(name: str, *columns: Column[object] | Index) -> Table:
    """A table of findings of one kind: where they stand, and the fields of that kind."""
    return Table(
        name,
        metadata,
        Column("reading", ForeignKey("readings.key"), primary_key=True),
        Column("number", Integer, primary_key=True),
        Column("start", Integer, nullable=False),
        Column("end", Integer, nullable=False),
        Column("quote", Text, nullable=False),
        *columns,
    )


FINDINGS = {
    "actors": _finding("actor_mentions", Column("type", String, nullable=False), Column("actor", String, nullable=False, index=True)),
    "offices": _finding("office_mentions", Column("person", String, nullable=False, index=True), Column("of", String)),
    "dates": _finding("date_mentions", Column("iso", String)),
    "instruments": _finding(
        "instrument_mentions", Column("name", String, nullable=False), Column("year", Integer), Column("instrument", String, index=True)
    ),
    "mechanisms": _finding(
        "mechanism_mentions",
        Column("name", String, nullable=False),
        Column("number_held", Integer),
        Column("mechanism", String, index=True),
    ),
    "statements": _finding(
        "statements",
        Column("cue", JSON),
        Column("act", String, nullable=False),
        Column("direct", Boolean, nullable=False),
        Column("capacity", String),
    ),
    "events": _finding(
        "event_reports",
        Column("type", String, nullable=False),
        Column("when", String, index=True),
        Column("status", String, nullable=False),
        Column("mechanism", String, index=True),
    ),
    "commitments": _finding("commitments", Column("force", String, nullable=False), Column("due", String, index=True)),
    "progress": _finding(
        "progress_claims",
        Column("subject", String, index=True),
        Column("subject_name", String, nullable=False),
        Column("numerator", Integer),
        Column("denominator", Integer),
        Column("percent", Float),
        Column("bound", String, nullable=False),
        Column("remaining", Boolean, nullable=False),
        Column("verb", String),
        Column("as_of", String),
    ),
    "themes": _finding("theme_mentions", Column("theme", String, nullable=False, index=True), Column("score", Float, nullable=False)),
    "slips": _finding("slips", Column("reason", String, nullable=False), Column("details", JSON, nullable=False)),
}
"""By the name of the kind in a Reading."""

parties = Table(
    "parties",
    metadata,
    Column("reading", ForeignKey("readings.key"), primary_key=True),
    Column("kind", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("role", String, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("actor", String, nullable=False, index=True),
)


def upgrade() -> None:
    metadata.create_all(op.get_bind())
    op.bulk_insert(metadata.tables["meta"], [{"key": "schema", "value": "1"}])
