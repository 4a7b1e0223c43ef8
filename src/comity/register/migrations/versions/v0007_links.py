"""Clauses tied to plan lines and other targets, which readings were tied, and what people decided about the ties."""

from alembic import op
from sqlalchemy import JSON, Column, Float, ForeignKey, Index, Integer, column, table, update
from sqlalchemy import String as PlainString
from sqlalchemy import Text as PlainText

revision = "0007"
down_revision = "0006"

String = PlainString().with_variant(PlainString(collation="C"), "postgresql")
Text = PlainText().with_variant(PlainText(collation="C"), "postgresql")
meta = table("meta", column("key"), column("value"))


def upgrade() -> None:
    op.create_table(
        "linkings",
        Column("reading", Integer, ForeignKey("readings.key"), primary_key=True),
        Column("pack", String, primary_key=True),
        Column("version", String, nullable=False),
        Index("ix_linkings_version", "pack", "version"),
    )
    op.create_table(
        "links",
        Column("key", Integer, primary_key=True),
        Column("reading", Integer, ForeignKey("readings.key"), nullable=False),
        Column("document", Integer, ForeignKey("documents.key"), nullable=False),
        Column("pack", String, nullable=False),
        Column("clause", Integer, nullable=False),
        Column("start", Integer, nullable=False),
        Column("end", Integer, nullable=False),
        Column("quote", Text, nullable=False),
        Column("kind", String, nullable=False),
        Column("plan", String, nullable=False),
        Column("target", String, nullable=False),
        Column("rank", Integer, nullable=False),
        Column("score", Float, nullable=False),
        Column("words", JSON, nullable=False),
        Column("shows", String, nullable=False),
        Column("dated", String),
        Index("ix_links_target", "plan", "target", "dated", "key"),
        Index("ix_links_reading", "reading", "pack"),
    )
    op.create_table(
        "clause_findings",
        Column("reading", Integer, ForeignKey("readings.key"), primary_key=True),
        Column("kind", String, primary_key=True),
        Column("number", Integer, primary_key=True),
        Column("pack", String, primary_key=True),
        Column("clause", Integer, primary_key=True),
    )
    op.create_table(
        "verdicts",
        Column("decision", Integer, ForeignKey("decisions.number"), primary_key=True),
        Column("document", Integer, ForeignKey("documents.key"), nullable=False),
        Column("start", Integer, nullable=False),
        Column("end", Integer, nullable=False),
        Column("kind", String, nullable=False),
        Column("plan", String, nullable=False),
        Column("target", String, nullable=False),
        Column("verdict", String, nullable=False),
        Column("shows", String),
        Column("made", String, nullable=False),
        Column("undone", String),
        Index("ix_verdicts_document", "document", "plan", "target"),
        Index("ix_verdicts_target", "plan", "target"),
    )
    op.get_bind().execute(update(meta).where(meta.c.key == "schema").values(value="7"))
