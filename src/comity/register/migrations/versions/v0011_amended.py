"""What findings said before a person corrected them. The corrections that are there are carried out once all steps are made."""

from alembic import op
from sqlalchemy import JSON, Column, ForeignKey, Integer, column, table, update
from sqlalchemy import String as PlainString

revision = "0011"
down_revision = "0010"

String = PlainString().with_variant(PlainString(collation="C"), "postgresql")
meta = table("meta", column("key"), column("value"))


def upgrade() -> None:
    op.create_table("amended", *_place(), Column("fields", JSON, nullable=False))
    op.create_index("ix_amended_until", "amended", ["until"])
    op.create_table(
        "amended_parties",
        *_place(),
        Column("role", String, primary_key=True),
        Column("position", Integer, primary_key=True, autoincrement=False),
        Column("actor", String, nullable=False),
    )
    op.get_bind().execute(update(meta).where(meta.c.key == "schema").values(value="11"))


def _place() -> tuple[Column[object], ...]:
    return (
        Column("reading", Integer, ForeignKey("readings.key"), primary_key=True, autoincrement=False),
        Column("kind", String, primary_key=True),
        Column("number", Integer, primary_key=True, autoincrement=False),
        Column("until", String, primary_key=True),
    )
