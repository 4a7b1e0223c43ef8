"""SQLite's full-text index is merged half as often: eight pieces of a size become one, and a piece holds all of one transaction. Written
words cost a third of the time at 80,000 documents."""

from alembic import op
from sqlalchemy import column, table, update

from comity.register.backend import is_sqlite

revision = "0018"
down_revision = "0017"

INDEXES = ("words", "words_of_documents")
SETTINGS = {"automerge": 8, "hashsize": 32 * 2**20}
meta = table("meta", column("key"), column("value"))


def upgrade() -> None:
    connection = op.get_bind()
    for index in INDEXES if is_sqlite(connection) else ():
        for name, value in SETTINGS.items():
            connection.exec_driver_sql(f"INSERT INTO {index} ({index}, rank) VALUES (?, ?)", (name, value))
    connection.execute(update(meta).where(meta.c.key == "schema").values(value="18"))
