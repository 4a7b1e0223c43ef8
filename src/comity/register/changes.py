"""Whether a register changed: a few numbers that grow with every reading, decision and tie, asked for in a millisecond at any size."""

from sqlalchemy import func, select

from comity.register.schema import decisions, readings
from comity.register.tracked_tables import linkings, links, occurrence_marks
from comity.register.view import View

State = tuple[int | str, ...]


def state_of(view: View) -> State:
    """The same as long as nothing was read, decided, tied to a line or put together."""
    newest = select(
        select(func.max(readings.c.key)).scalar_subquery(),
        select(func.max(decisions.c.number)).scalar_subquery(),
        select(func.max(links.c.key)).scalar_subquery(),
        select(func.max(linkings.c.version)).scalar_subquery(),
        select(func.max(linkings.c.reading)).scalar_subquery(),
    )
    (row,) = view.asking.all(newest)
    marks = view.asking.all(select(occurrence_marks.c.name, occurrence_marks.c.value).order_by(occurrence_marks.c.name))
    return (*(value or 0 for value in row), *(part for mark in marks for part in mark))
