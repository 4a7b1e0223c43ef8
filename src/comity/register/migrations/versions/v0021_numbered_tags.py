"""Tags are numbers, a document's tags stand in one row, and shingles are kept by year: half of the pages that a build wrote are written no
more. An index on who is named goes: the resolutions of readings have each name once."""

from alembic import op
from sqlalchemy import JSON, BigInteger, Column, Connection, ForeignKey, Integer, column, table, update
from sqlalchemy import String as PlainString

from comity.register.backend import is_sqlite, make_room

revision = "0021"
down_revision = "0020"

String = PlainString().with_variant(PlainString(collation="C"), "postgresql")
meta = table("meta", column("key"), column("value"))

RENAMED = ("tallies", "tags", "sketches")
FILLED = (
    "INSERT INTO tallies_anew (key, facet, value, findings, documents)"
    " SELECT row_number() OVER (ORDER BY facet, value), facet, value, findings, documents FROM tallies ORDER BY facet, value",
    "INSERT INTO tags_anew (tally, day, id, document, findings)"
    " SELECT n.key, t.day, t.id, t.document, t.findings FROM tallies_anew n JOIN tags t ON t.facet = n.facet AND t.value = n.value"
    " ORDER BY n.key, t.day, t.id",
    "INSERT INTO sketches_anew (year, shingle, day, document)"
    " SELECT substr(day, 1, 4), shingle, day, document FROM sketches ORDER BY 1, 2, 3, 4",
)
CARRIED = {
    True: "'[' || group_concat(n.key || ',' || t.findings) || ']'",
    False: "CAST('[' || string_agg(n.key || ',' || t.findings, ',') || ']' AS json)",
}


def upgrade() -> None:
    connection = op.get_bind()
    make_room(connection)
    _make()
    for command in FILLED:
        connection.exec_driver_sql(command)
    _gather(connection)
    for name in RENAMED:
        op.drop_table(name)
        op.rename_table(f"{name}_anew", name)
    op.create_index("one_tally_a_value", "tallies", ["facet", "value"], unique=True)
    op.drop_index("ix_actor_mentions_actor", "actor_mentions")
    connection.execute(update(meta).where(meta.c.key == "schema").values(value="21"))


def _make() -> None:
    op.create_table(
        "tallies_anew",
        Column("key", Integer, primary_key=True),
        *[Column(name, String, nullable=False) for name in ("facet", "value")],
        *[Column(name, Integer, nullable=False) for name in ("findings", "documents")],
    )
    op.create_table(
        "tags_anew",
        Column("tally", Integer, primary_key=True, autoincrement=False),
        *[Column(name, String, primary_key=True) for name in ("day", "id")],
        *[Column(name, Integer, nullable=False) for name in ("document", "findings")],
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sketches_anew",
        Column("year", String, primary_key=True),
        Column("shingle", BigInteger, primary_key=True, autoincrement=False),
        Column("day", String, primary_key=True),
        Column("document", Integer, ForeignKey("documents.key"), primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "tagged",
        Column("document", Integer, ForeignKey("documents.key"), primary_key=True, autoincrement=False),
        Column("carried", JSON, nullable=False),
    )


def _gather(connection: Connection) -> None:
    """What each document carries, by the index that has its rows together."""
    carried = CARRIED[is_sqlite(connection)]
    connection.exec_driver_sql(
        f"INSERT INTO tagged (document, carried) SELECT t.document, {carried}"
        " FROM tags t JOIN tallies_anew n ON n.facet = t.facet AND n.value = t.value GROUP BY t.document ORDER BY t.document"
    )
