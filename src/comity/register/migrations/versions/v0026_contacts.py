"""Which occurrences have reports that are tied to reports of another: what may have to be put together anew when one of them changes."""

from alembic import op
from sqlalchemy import BigInteger, Column, Integer, column, table, update

revision = "0026"
down_revision = "0025"

Number = BigInteger().with_variant(Integer, "sqlite")
meta = table("meta", column("key"), column("value"))


def upgrade() -> None:
    op.create_table(
        "occurrence_contacts",
        Column("one", Number, primary_key=True, autoincrement=False),
        Column("other", Number, primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_occurrence_contacts_other", "occurrence_contacts", ["other"])
    op.get_bind().execute(update(meta).where(meta.c.key == "schema").values(value="26"))
