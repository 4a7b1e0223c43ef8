"""Which reports name a month or a year that may mean several sittings, and by which two reports that is known: so that they tie nothing
together, and taking out one report of a large meeting touches no other year of it."""

from alembic import op
from sqlalchemy import BigInteger, Column, Integer, column, table, update

revision = "0024"
down_revision = "0023"

Number = BigInteger().with_variant(Integer, "sqlite")
meta = table("meta", column("key"), column("value"))


def upgrade() -> None:
    op.create_table(
        "occurrence_guesses",
        Column("place", Number, primary_key=True, autoincrement=False),
        Column("latest", Number, nullable=False),
        Column("earliest", Number, nullable=False),
    )
    for name in ("latest", "earliest"):
        op.create_index(f"ix_occurrence_guesses_{name}", "occurrence_guesses", [name])
    op.get_bind().execute(update(meta).where(meta.c.key == "schema").values(value="24"))
