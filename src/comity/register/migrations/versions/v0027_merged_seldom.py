"""SQLite's full-text index is merged a quarter as often: sixty-four pieces of a size become one. A build of 64,000 documents, a thousand in
a transaction, merges nothing; a page of a search takes 2 to 5 ms longer with sixty pieces than with sixteen."""

from alembic import op
from sqlalchemy import column, table, update

from comity.register.backend import is_sqlite

revision = "0027"
down_revision = "0026"

INDEXES = ("words", "words_of_documents")
SETTINGS = {"automerge": 64, "crisismerge": 128}
"""While sixty-four are merged a little at a time, up to sixty-four others come: only above both is all merged at once."""

meta = table("meta", column("key"), column("value"))


def upgrade() -> None:
    connection = op.get_bind()
    for index in INDEXES if is_sqlite(connection) else ():
        for setting, value in SETTINGS.items():
            connection.exec_driver_sql(f"INSERT INTO {index} ({index}, rank) VALUES (?, ?)", (setting, value))
    connection.execute(update(meta).where(meta.c.key == "schema").values(value="27"))
