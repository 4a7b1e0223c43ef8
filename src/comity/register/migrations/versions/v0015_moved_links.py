"""A tie can be moved from one line to another by one decision."""

from alembic import op
from sqlalchemy import Column, column, table, update
from sqlalchemy import String as PlainString

revision = "0015"
down_revision = "0014"

String = PlainString().with_variant(PlainString(collation="C"), "postgresql")
meta = table("meta", column("key"), column("value"))


def upgrade() -> None:
    op.add_column("verdicts", Column("moved_from", String))
    op.get_bind().execute(update(meta).where(meta.c.key == "schema").values(value="15"))
