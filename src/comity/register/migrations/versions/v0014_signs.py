"""Searches are narrowed inside the full-text index, in which documents and sentences stand apart. Each reading has its own passages of the
document's text. The words are made anew once all steps are made."""

from alembic import op
from sqlalchemy import column, func, select, table, update

from comity.register.backend import is_sqlite

revision = "0014"
down_revision = "0013"

FTS5 = (
    "CREATE VIRTUAL TABLE words_of_documents USING fts5(exact, plain, kind, content='', tokenize='unicode61 remove_diacritics 0')",
    "INSERT INTO words (words) VALUES ('delete-all')",
)
PLACE = ("document", "kind", "number", "start", "end")
meta = table("meta", column("key"), column("value"))
passages = table("passages", column("key"), column("reading"), *map(column, PLACE))
readings = table("readings", column("key"), column("document"))


def upgrade() -> None:
    connection = op.get_bind()
    if is_sqlite(connection):
        for command in FTS5:
            connection.exec_driver_sql(command)
    every = readings.alias("every")
    first = select(func.min(every.c.key)).where(every.c.document == passages.c.document).scalar_subquery()
    later = select(*(passages.c[name] for name in PLACE), readings.c.key.label("reading"))
    later = later.join(readings, readings.c.document == passages.c.document).where(passages.c.reading.is_(None), readings.c.key > first)
    rows = [dict(row._mapping) for row in connection.execute(later.order_by(readings.c.key, passages.c.key))]
    last = connection.execute(select(func.max(passages.c.key))).scalar() or 0
    connection.execute(update(passages).where(passages.c.reading.is_(None)).values(reading=first))
    if rows:
        connection.execute(passages.insert(), [{**row, "key": last + place} for place, row in enumerate(rows, 1)])
    connection.execute(update(meta).where(meta.c.key == "schema").values(value="14"))
