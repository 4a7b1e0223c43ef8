"""How many occurrences a register keeps of each month: those that happened, and those that were foreseen only."""

from collections import defaultdict

from sqlalchemy import func, select

from comity.register.occurrence_rows import MONTH
from comity.register.tracked_tables import occurrences
from comity.register.view import View

HAPPENED = ("held", "moved")

Months = dict[str, tuple[int, int]]
"""By month, `2020-09`: how many happened, how many were foreseen."""


def occurrence_months(view: View) -> Months:
    """The months of all occurrences whose date is known to the month; an announcement that came true is none of its own."""
    month = func.substr(occurrences.c.day, 1, 7)
    query = (
        select(month, occurrences.c.state, func.count())
        .where(occurrences.c.foretold.is_(None), occurrences.c.grain < MONTH)
        .group_by(month, occurrences.c.state)
    )
    found: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for of, state, number in view.asking.all(query):
        found[str(of)][state not in HAPPENED] += int(number)
    return {of: (numbers[0], numbers[1]) for of, numbers in sorted(found.items())}
