"""What a page as of an earlier day counts: of a large register the newest documents known then, as today's sums say nothing of that day."""

from comity.register.scope import Scope
from comity.register.view import View
from comity.register.walk import newest_known

COUNTED = 1_000
"""So many documents are counted for a page about a day gone by; it says so where more were known."""


def counting(view: View, known: str) -> tuple[View, bool]:
    """The view of the newest documents known at the end of a day, and whether more than those were known."""
    asking = view.asking
    found = newest_known(asking, COUNTED + 1)
    return View(asking.engine, asking.name, Scope(known, among=found[:COUNTED])), len(found) > COUNTED
