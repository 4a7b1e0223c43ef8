"""The titles that documents give somebody, from the newest on: a question of some milliseconds for a state, which has none."""

from collections.abc import Iterator

from sqlalchemy import select

from comity.records import ActorId
from comity.register.findings import Found
from comity.register.narrow import Narrow
from comity.register.schema import FINDINGS
from comity.register.view import View
from comity.register.who import who_is

KIND = "offices"


def titles(view: View, actor: ActorId, *, limit: int) -> Iterator[Found]:
    """The newest mentions of somebody with a title."""
    table = FINDINGS[KIND]
    names = sorted(who_is(view.asking, actor).names)
    if view.asking.all(select(table.c.reading).where(table.c.person.in_(names)).limit(1)):
        yield from view.listed(KIND, Narrow(actor=actor), limit=limit)
