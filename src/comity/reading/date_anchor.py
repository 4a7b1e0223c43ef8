"""What day it is in a text: its publication date where known, else what its own full dates settle.

A text that says "6/9/2019" and "ngày 22/8" is of 2019: a day without a year belongs to the year in which it lies within a season of a day or
month written in full. Where no full date lies so near, or two years fit, nothing is settled.
"""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from comity.intervals import IsoDate, first_day, last_day
from comity.reading.date_calendar import iso, nearest_year
from comity.reading.date_forms import DateMatch, Means, Parts
from comity.records import Document

NEAR = 100
"""Days: about a season. Farther away, the press writes the year because it is another one."""
DATED = {Means.DAY, Means.DAYS, Means.MONTH, Means.MONTHS, Means.TODAY}


class Anchor(Struct, frozen=True):
    """`day`: the day of publication. `around`: a day near it, good for choosing years. `year`: what "this year" is."""

    day: date | None = None
    around: date | None = None
    year: int | None = None
    month: int | None = None


def anchor_of(document: Document, matches: Sequence[DateMatch]) -> Anchor:
    """What the document settles about its own day."""
    if document.published:
        first, last = first_day(document.published), last_day(document.published)
        return Anchor(
            day=first if first == last else None,
            around=first + (last - first) / 2,
            year=first.year if first.year == last.year else None,
            month=first.month if (first.year, first.month) == (last.year, last.month) else None,
        )
    full = _full_days(matches)
    if today := next((day for match in matches if match.form.means is Means.TODAY and (day := _today(match.parts, full))), None):
        return Anchor(day=today, around=today, year=today.year, month=today.month)
    settled = [day for match in matches if match.form.means in DATED and (day := _near(match.parts, full))]
    if not settled:
        return Anchor()
    # The story's own day is the first that stands without a year: the lead gives it.
    return Anchor(around=settled[0], year=settled[0].year if all(abs((day - settled[0]).days) < 300 for day in settled) else None)


def _full_days(matches: Sequence[DateMatch]) -> list[date]:
    """A day in the middle of every day or month that stands with its year."""
    found = []
    for match in matches:
        parts = match.parts
        if match.form.means in DATED and parts.month:
            year = parts.year or parts.year2
            if year and (day := _middle(iso(year, parts.month, parts.day or parts.day2))):
                found.append(day)
        elif match.form.means is Means.FIRST_MONTHS and parts.year and parts.number and (day := _middle(iso(parts.year, parts.number))):
            found.append(day)
    return found


def _near(parts: Parts, full: list[date]) -> date | None:
    """The day of a date without year, where a full date lies near it in one year and no other."""
    if parts.year or parts.year2 or not parts.month:
        return None
    days = {day for other in full if (day := _in_year_of(other, parts)) and abs((day - other).days) <= NEAR}
    return days.pop() if len(days) == 1 else None


def _today(parts: Parts, full: list[date]) -> date | None:
    if parts.month and parts.day:
        if parts.year:
            return _middle(iso(parts.year, parts.month, parts.day))
        return _near(parts, full)
    return None


def _in_year_of(other: date, parts: Parts) -> date | None:
    month, day = parts.month or 1, parts.day or parts.day2
    return _middle(iso(nearest_year(other, month, min(day or 15, 28)), month, day))


def _middle(text: IsoDate | None) -> date | None:
    if text is None:
        return None
    first, last = first_day(text), last_day(text)
    return first + (last - first) / 2
