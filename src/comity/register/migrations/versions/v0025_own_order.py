"""A register that is empty yet gets tables that lie in the order of their keys in SQLite (no second copy of each key), and a full-text
index that takes words apart in the quickest way. One that holds documents keeps what it has: to write its rows anew takes longer than it
spares, and the same questions are asked of both.
"""

from alembic import op
from sqlalchemy import Connection, column, table, update

from comity.register.backend import is_sqlite

revision = "0025"
down_revision = "0024"

meta = table("meta", column("key"), column("value"))

KEYED = (
    "actor_mentions",
    "office_mentions",
    "date_mentions",
    "instrument_mentions",
    "mechanism_mentions",
    "statements",
    "event_reports",
    "commitments",
    "progress_claims",
    "theme_mentions",
    "slips",
    "parties",
    "finding_themes",
    "resolutions",
    "repeats",
    "families",
)
INDEXES = ("words", "words_of_documents")
WORDS = "CREATE VIRTUAL TABLE {} USING fts5(exact, plain, kind, content='', tokenize='ascii')"
SETTINGS = {"automerge": 16, "crisismerge": 24, "hashsize": 32 * 2**20}


def upgrade() -> None:
    connection = op.get_bind()
    if is_sqlite(connection) and not connection.exec_driver_sql("SELECT EXISTS (SELECT 1 FROM documents)").scalar():
        for name in KEYED:
            _in_order(connection, name)
        for index in INDEXES:
            connection.exec_driver_sql(f"DROP TABLE {index}")
            connection.exec_driver_sql(WORDS.format(index))
            for setting, value in SETTINGS.items():
                connection.exec_driver_sql(f"INSERT INTO {index} ({index}, rank) VALUES (?, ?)", (setting, value))
    connection.execute(update(meta).where(meta.c.key == "schema").values(value="25"))


def _in_order(connection: Connection, name: str) -> None:
    """The same table and indexes without a number for each row."""
    made = "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL ORDER BY type = 'index', name"
    of_table, *of_indexes = connection.exec_driver_sql(made, (name,)).scalars().all()
    connection.exec_driver_sql(f"DROP TABLE {name}")
    for command in (f"{of_table} WITHOUT ROWID", *of_indexes):
        connection.exec_driver_sql(command)
