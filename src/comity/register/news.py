"""How many documents a register got since a day, counted no further than somebody wants to know."""

from sqlalchemy import exists, func, select

from comity.intervals import IsoDate
from comity.register.schema import documents, readings
from comity.register.view import View


def added_since(view: View, day: IsoDate, *, most: int) -> int:
    """The documents that were read for the first time on a day or later; `most` where there are as many or more."""
    earlier = readings.alias("earlier")
    known = exists().where(earlier.c.document == documents.c.key, earlier.c.added < day)
    newer = exists().where(readings.c.document == documents.c.key, readings.c.added >= day)
    some = select(documents.c.key).where(newer, ~known).order_by(documents.c.key.desc()).limit(most).subquery("some")
    return int(view.asking.all(select(func.count()).select_from(some))[0][0])
