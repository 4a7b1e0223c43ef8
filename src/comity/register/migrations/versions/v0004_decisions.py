"""Decisions that people take, chained and never changed; which findings they fit; who the people and bodies named in readings are."""

from alembic import op
from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, column, table, update
from sqlalchemy import String as PlainString
from sqlalchemy import Text as PlainText

from comity.register.backend import is_sqlite

revision = "0004"
down_revision = "0003"

String = PlainString().with_variant(PlainString(collation="C"), "postgresql")
Text = PlainText().with_variant(PlainText(collation="C"), "postgresql")
meta = table("meta", column("key"), column("value"))

KEEP_SQLITE = """CREATE TRIGGER decisions_keep_{what} BEFORE {what} ON decisions
BEGIN SELECT RAISE(ABORT, 'decisions are only added, never changed'); END"""
KEEP_POSTGRES = (
    """CREATE FUNCTION decisions_keep() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'decisions are only added, never changed'; END $$""",
    "CREATE TRIGGER decisions_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON decisions EXECUTE FUNCTION decisions_keep()",
)


def upgrade() -> None:
    op.create_table(
        "decisions",
        Column("number", Integer, primary_key=True),
        Column("made", String, nullable=False),
        Column("who", String, nullable=False),
        Column("action", String, nullable=False),
        Column("subject", JSON, nullable=False),
        Column("value", JSON, nullable=False),
        Column("why", Text, nullable=False),
        Column("previous", String, nullable=False),
        Column("hash", String, nullable=False),
        Column("document", String),
        Index("ix_decisions_document", "document"),
    )
    op.create_table(
        "fits",
        Column("reading", Integer, ForeignKey("readings.key"), primary_key=True),
        Column("kind", String, primary_key=True),
        Column("number", Integer, primary_key=True),
        Column("decision", Integer, ForeignKey("decisions.number"), primary_key=True),
    )
    op.create_table(
        "identities",
        Column("id", String, primary_key=True),
        Column("actor", String, nullable=False),
        Column("type", String, nullable=False),
        Column("name", String, nullable=False),
        Column("body", String),
        Column("added", String, nullable=False),
        Index("ix_identities_actor", "actor"),
    )
    op.create_table(
        "resolutions",
        Column("reading", Integer, ForeignKey("readings.key"), primary_key=True),
        Column("actor", String, primary_key=True),
        Column("identity", String, ForeignKey("identities.id"), nullable=False),
        Index("ix_resolutions_identity", "identity"),
    )
    connection = op.get_bind()
    steps = [KEEP_SQLITE.format(what=what) for what in ("UPDATE", "DELETE")] if is_sqlite(connection) else KEEP_POSTGRES
    for step in steps:
        connection.exec_driver_sql(step)
    connection.execute(update(meta).where(meta.c.key == "schema").values(value="4"))
