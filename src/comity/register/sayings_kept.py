"""What documents say that others may contradict, as it is kept: by kind and subject, without a look at any text."""

from collections.abc import Iterator

import msgspec
from sqlalchemy import select

from comity.register.schema import documents
from comity.register.tracked_tables import sayings
from comity.register.view import View

Row = tuple[int, int, str, str, str]
"""Reading, number, kind, subject, and the saying as JSON."""


def sayings_kept(view: View, kind: str) -> Iterator[bytes]:
    """The sayings of a kind in the newest readings, those of one subject together, as JSON."""
    query = select(sayings.c.said).join(documents, documents.c.reading == sayings.c.reading).where(sayings.c.kind == kind)
    for row in view.asking.rows(query.order_by(sayings.c.subject, sayings.c.reading, sayings.c.number)):
        yield msgspec.json.encode(row.said)
