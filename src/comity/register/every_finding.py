"""How many findings of a kind there are in all, near copies too: of a table of a million rows what does not count is taken away, as it is
little: what stands in older readings or withdrawn documents, and what a person rejected."""

from sqlalchemy import func, select

from comity.register.asking import Asking
from comity.register.schema import FINDINGS, documents, fits, readings


def total_now(asking: Asking, kind: str) -> int:
    """By what is known now."""
    table, rejecting = FINDINGS[kind], asking.rejecting()
    newest = select(documents.c.reading).where(documents.c.reading.is_not(None))
    older = select(readings.c.key).where(readings.c.key.not_in(newest))
    found = int(asking.all(select(func.count()).select_from(table))[0][0])
    found -= int(asking.all(select(func.count()).select_from(table).where(table.c.reading.in_(older)))[0][0])
    if rejecting:
        about = fits.c.kind == kind, fits.c.decision.in_(sorted(rejecting)), fits.c.reading.in_(newest)
        places = select(fits.c.reading, fits.c.number).where(*about).distinct().subquery("rejected")
        found -= int(asking.all(select(func.count()).select_from(places))[0][0])
    return found
