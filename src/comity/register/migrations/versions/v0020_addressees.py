"""Statements say to whom and on what occasion. Readings made before say neither."""

from alembic import op
from sqlalchemy import JSON, Column, column, table, update

revision = "0020"
down_revision = "0019"

meta = table("meta", column("key"), column("value"))


def upgrade() -> None:
    op.add_column("statements", Column("addressee", JSON))
    op.add_column("statements", Column("occasion", JSON))
    op.get_bind().execute(update(meta).where(meta.c.key == "schema").values(value="20"))
