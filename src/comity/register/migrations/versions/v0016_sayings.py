"""What documents say that others may contradict. It is filled by the next `comity track` or `comity build`."""

from alembic import op
from sqlalchemy import JSON, Column, ForeignKey, Integer, column, table, update
from sqlalchemy import String as PlainString

revision = "0016"
down_revision = "0015"

String = PlainString().with_variant(PlainString(collation="C"), "postgresql")
meta = table("meta", column("key"), column("value"))


def upgrade() -> None:
    op.create_table(
        "sayings",
        Column("reading", Integer, ForeignKey("readings.key"), primary_key=True),
        Column("number", Integer, primary_key=True),
        *[Column(name, String, nullable=False) for name in ("kind", "subject")],
        Column("said", JSON, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_sayings_subject", "sayings", ["kind", "subject"])
    op.get_bind().execute(update(meta).where(meta.c.key == "schema").values(value="16"))
