"""A sentence that says several things stands in the full-text index once: passages know under which key their words stand. Passages made
before keep theirs."""

from alembic import op
from sqlalchemy import Column, Integer, column, table, update

revision = "0023"
down_revision = "0022"

meta = table("meta", column("key"), column("value"))


def upgrade() -> None:
    op.add_column("passages", Column("under", Integer))
    op.get_bind().execute(update(meta).where(meta.c.key == "schema").values(value="23"))
