"""How strongly the words of documents tie the reports of occurrences: what is put together anew need not read them again."""

from alembic import op
from sqlalchemy import BigInteger, Column, Integer, LargeBinary, column, table, update

revision = "0028"
down_revision = "0027"

Number = BigInteger().with_variant(Integer, "sqlite")
meta = table("meta", column("key"), column("value"))


def upgrade() -> None:
    op.create_table(
        "occurrence_bonds",
        Column("one", Number, primary_key=True, autoincrement=False),
        Column("other", Number, primary_key=True, autoincrement=False),
        Column("bonds", LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_occurrence_bonds_other", "occurrence_bonds", ["other"])
    op.get_bind().execute(update(meta).where(meta.c.key == "schema").values(value="28"))
