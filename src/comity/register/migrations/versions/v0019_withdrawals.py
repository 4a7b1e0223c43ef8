"""Documents can be withdrawn."""

from alembic import op
from sqlalchemy import Column, ForeignKey, Integer, column, table, update
from sqlalchemy import String as PlainString

revision = "0019"
down_revision = "0018"

String = PlainString().with_variant(PlainString(collation="C"), "postgresql")
meta = table("meta", column("key"), column("value"))


def upgrade() -> None:
    op.create_table(
        "withdrawals",
        Column("decision", Integer, ForeignKey("decisions.number"), primary_key=True),
        Column("document", Integer, ForeignKey("documents.key"), nullable=False),
        Column("made", String, nullable=False),
        Column("undone", String),
    )
    op.create_index("ix_withdrawals_document", "withdrawals", ["document"])
    op.get_bind().execute(update(meta).where(meta.c.key == "schema").values(value="19"))
