"""Searches that people of the portal keep under a name."""

from alembic import op
from sqlalchemy import JSON, BigInteger, Column, ForeignKey, Integer, column, table, update
from sqlalchemy import String as PlainString

revision = "0013"
down_revision = "0012"

String = PlainString().with_variant(PlainString(collation="C"), "postgresql")
meta = table("meta", column("key"), column("value"))


def upgrade() -> None:
    op.create_table(
        "saved_searches",
        Column("key", Integer, primary_key=True),
        Column("account", Integer, ForeignKey("accounts.key"), nullable=False),
        Column("name", String, nullable=False),
        Column("fields", JSON, nullable=False),
        Column("made", BigInteger, nullable=False),
        Column("looked", String, nullable=False),
    )
    op.create_index("ix_saved_searches_account", "saved_searches", ["account", "name"], unique=True)
    op.get_bind().execute(update(meta).where(meta.c.key == "schema").values(value="13"))
