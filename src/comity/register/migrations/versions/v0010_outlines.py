"""A sample of each document's shingles to compare it by, and its sketch with its day. Both are made anew once all steps are made."""

from alembic import op
from sqlalchemy import BigInteger, Column, ForeignKey, Integer, LargeBinary, column, table, update
from sqlalchemy import String as PlainString

revision = "0010"
down_revision = "0009"

String = PlainString().with_variant(PlainString(collation="C"), "postgresql")
meta = table("meta", column("key"), column("value"))


def upgrade() -> None:
    op.drop_table("sketches")
    op.create_table(
        "sketches",
        Column("shingle", BigInteger, primary_key=True, autoincrement=False),
        Column("day", String, primary_key=True),
        Column("document", Integer, ForeignKey("documents.key"), primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "outlines",
        Column("document", Integer, ForeignKey("documents.key"), primary_key=True, autoincrement=False),
        Column("hashes", LargeBinary, nullable=False),
    )
    op.get_bind().execute(update(meta).where(meta.c.key == "schema").values(value="10"))
