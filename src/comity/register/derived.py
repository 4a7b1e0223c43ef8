"""What follows from the rest of a register: repeats, tags, tallies, and the words to search by. Made anew after an older register was
brought up to date, and after an archive was imported, which leaves them out."""

from sqlalchemy import Connection, Table, delete, select

from comity.knowledge.folded import fold
from comity.register.amended import amend_all
from comity.register.families import outline
from comity.register.findable import index_all
from comity.register.joining import add_outlines
from comity.register.rejections import rejecting
from comity.register.repeats import mark_repeats
from comity.register.schema import documents, outlines, repeats, sketches, tagged, tags, tallies
from comity.register.tagging import tag_documents
from comity.register.tracked_tables import OCCURRENCES

DERIVED: tuple[Table, ...] = (sketches, outlines, repeats, tags, tallies, tagged, *OCCURRENCES)
TOGETHER = 500

DERIVED_ANEW = 14
"""The newest step of the tables that changed what follows from the rest, or how it is worked out."""


def derive(connection: Connection) -> None:
    """Fills the derived tables from the others, after the corrections were carried out that older versions only kept."""
    amend_all(connection)
    for table in DERIVED:
        connection.execute(delete(table))
    index_all(connection)
    _outline(connection)
    families = list(connection.execute(select(documents.c.family).distinct()).scalars())
    for start in range(0, len(families), TOGETHER):
        mark_repeats(connection, families[start : start + TOGETHER])
    keys = list(connection.execute(select(documents.c.key).order_by(documents.c.key)).scalars())
    against = rejecting(connection)
    for start in range(0, len(keys), TOGETHER):
        tag_documents(connection, keys[start : start + TOGETHER], against)


def _outline(connection: Connection) -> None:
    """What near copies are looked for by."""
    last = 0
    query = select(documents.c.key, documents.c.published, documents.c.text).order_by(documents.c.key).limit(TOGETHER)
    while rows := connection.execute(query.where(documents.c.key > last)).all():
        add_outlines(connection, ((row.key, row.published, outline(fold(row.text))) for row in rows))
        last = rows[-1].key
