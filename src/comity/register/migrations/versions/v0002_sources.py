"""A document is its text with its publisher and source, so that two publishers of the same words are both kept; families get a history."""

import hashlib

from alembic import op
from sqlalchemy import Column, Connection, ForeignKey, Integer, column, insert, select, table, update
from sqlalchemy import String as PlainString

revision = "0002"
down_revision = "0001"

String = PlainString().with_variant(PlainString(collation="C"), "postgresql")
documents = table("documents", *map(column, ("key", "id", "text", "publisher", "source", "family", "added")))
meta = table("meta", column("key"), column("value"))


def upgrade() -> None:
    families = op.create_table(
        "families",
        Column("document", Integer, ForeignKey("documents.key"), primary_key=True),
        Column("since", String, primary_key=True),
        Column("family", String, nullable=False),
    )
    op.create_index("ix_readings_added", "readings", ["added"])
    connection = op.get_bind()
    _name_anew(connection)
    _name_families_anew(connection)
    rows = select(documents.c.key.label("document"), documents.c.added.label("since"), documents.c.family)
    connection.execute(insert(families).from_select(["document", "since", "family"], rows))
    connection.execute(update(meta).where(meta.c.key == "schema").values(value="2"))


def _name_anew(connection: Connection) -> None:
    """The ids that this version gives the same documents, so that reading the same files again adds nothing."""
    rows = connection.execute(select(documents.c.key, documents.c.text, documents.c.publisher, documents.c.source)).all()
    for row in rows:
        if row.publisher or row.source:
            identity = _identity(row.text, row.publisher or "", row.source or "")
            connection.execute(update(documents).where(documents.c.key == row.key).values(id=identity))


def _name_families_anew(connection: Connection) -> None:
    """A family is called by the least id of its members."""
    least: dict[str, str] = {}
    for row in connection.execute(select(documents.c.family, documents.c.id)):
        least[row.family] = min(row.id, least.get(row.family, row.id))
    members = {old: list(connection.execute(select(documents.c.key).where(documents.c.family == old)).scalars()) for old in least}
    for old, keys in members.items():
        for key in keys:
            connection.execute(update(documents).where(documents.c.key == key).values(family=least[old]))


def _identity(text: str, publisher: str, source: str) -> str:
    return hashlib.sha256("\0".join([text, publisher, source]).encode()).hexdigest()[:16]
