"""Occurrences: event reports of one happening put together. They are filled by the next `comity track` or `comity build`."""

from alembic import op
from sqlalchemy import BigInteger, Column, ForeignKey, Integer, column, table, update
from sqlalchemy import String as PlainString

revision = "0012"
down_revision = "0011"

String = PlainString().with_variant(PlainString(collation="C"), "postgresql")
Number = BigInteger().with_variant(Integer, "sqlite")
meta = table("meta", column("key"), column("value"))


def upgrade() -> None:
    op.create_table(
        "occurrences",
        Column("key", Number, primary_key=True, autoincrement=False),
        Column("neighbourhood", Number, nullable=False),
        *[Column(name, String, nullable=False) for name in ("type", "state")],
        *[Column(name, String) for name in ("when", "mechanism", "announced")],
        Column("foretold", Number),
        *[Column(name, String, nullable=False) for name in ("day", "until")],
        Column("grain", Integer),
    )
    for name in ("neighbourhood", "foretold"):
        op.create_index(f"ix_occurrences_{name}", "occurrences", [name])
    for name, leading in (("day", []), ("type", ["type"]), ("mechanism", ["mechanism"])):
        op.create_index(f"ix_occurrences_{name}", "occurrences", [*leading, "day", "key"])
    op.create_table(
        "occurrence_reports",
        Column("reading", Integer, ForeignKey("readings.key"), primary_key=True),
        Column("number", Integer, primary_key=True),
        Column("own", Number, nullable=False),
        Column("occurrence", Number, nullable=False),
        sqlite_with_rowid=False,
    )
    for name in ("own", "occurrence"):
        op.create_index(f"ix_occurrence_reports_{name}", "occurrence_reports", [name])
    op.create_table(
        "occurrence_tags",
        Column("value", String, primary_key=True),
        Column("day", String, primary_key=True),
        Column("occurrence", Number, primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_occurrence_tags_occurrence", "occurrence_tags", ["occurrence"])
    op.create_table(
        "occurrence_moves",
        Column("old", Number, primary_key=True, autoincrement=False),
        Column("new", Number, nullable=False),
    )
    op.create_table("occurrence_readings", Column("reading", Integer, ForeignKey("readings.key"), primary_key=True, autoincrement=False))
    op.create_table(
        "occurrence_marks",
        Column("name", String, primary_key=True),
        Column("value", String, nullable=False),
        sqlite_with_rowid=False,
    )
    op.get_bind().execute(update(meta).where(meta.c.key == "schema").values(value="12"))
