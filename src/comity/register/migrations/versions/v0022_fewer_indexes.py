"""Three indexes go or shrink that nobody asks by: passages are looked up by their reading alone, and who is named in which reading by the
tags. SQLite's full-text index is merged half as often again: sixteen pieces of a size become one."""

from alembic import op
from sqlalchemy import column, table, update

from comity.register.backend import is_sqlite

revision = "0022"
down_revision = "0021"

INDEXES = ("words", "words_of_documents")
SETTINGS = {"automerge": 16, "crisismerge": 24}
meta = table("meta", column("key"), column("value"))


def upgrade() -> None:
    connection = op.get_bind()
    for name, of in (("ix_passages_document", "passages"), ("ix_passages_finding", "passages"), ("ix_resolutions_identity", "resolutions")):
        op.drop_index(name, of)
    op.create_index("ix_passages_reading", "passages", ["reading"])
    for index in INDEXES if is_sqlite(connection) else ():
        for setting, value in SETTINGS.items():
            connection.exec_driver_sql(f"INSERT INTO {index} ({index}, rank) VALUES (?, ?)", (setting, value))
    connection.execute(update(meta).where(meta.c.key == "schema").values(value="22"))
