"""What day it is in a text: its publication date where known, else what its own full dates settle.

A text that says "từ ngày 2 tới ngày 6-9-2019" and "ngày 22/8" is of 2019. The press writes the year where it is another one or where it
looks ahead, so a day without a year lies close to a full date, or follows the last one that is past. Where nothing full lies near, nothing
is settled.
"""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from comity.intervals import IsoDate, first_day, last_day
from comity.reading.date_calendar import iso, nearest_year
from comity.reading.date_forms import DateMatch, Parts
from comity.reading.date_words import Means, Toward
from comity.records import Document

CLOSE = 45
"""Days within which a day belongs to the year of a full date whichever comes first."""
SEASON = 150
AFTER_DAY, AFTER_MONTH = 60, 100
"""Days in which the text's own day follows the last full day or month it looks back on: days of signature may be old, months seldom are."""
NEWS_SINCE = 2000
"""Full dates before are history: they say nothing of when the text was written."""
WITHOUT_YEAR = {Means.DAY, Means.DAYS, Means.MONTH, Means.MONTHS, Means.TODAY}


class Anchor(Struct, frozen=True):
    """`day`: the day of publication. `around`: a day near it, good for choosing years. `year`, `month`: what this year and month are."""

    day: date | None = None
    around: date | None = None
    year: int | None = None
    month: int | None = None


class FullDate(Struct, frozen=True):
    """A date written with its year: its middle day, whether it is a whole month, and whether the text looks back or ahead to it."""

    day: date
    is_month: bool
    toward: Toward | None


def anchor_of(document: Document, matches: Sequence[DateMatch]) -> Anchor:
    """What the document settles about its own day."""
    if document.published:
        return _published(document.published)
    full = _full_dates(matches)
    days = [(match, day) for match in matches if match.form.means in WITHOUT_YEAR and (day := _settled(match.parts, full))]
    if today := next((day for match, day in days if match.form.means is Means.TODAY), None) or _written_today(matches):
        return Anchor(day=today, around=today, year=today.year, month=today.month)
    if days:
        around = days[0][1]  # the story's own day is the first without a year: the lead gives it
        return Anchor(around=around, year=around.year)
    years = {match.parts.year for match in matches if match.form.means is Means.THIS_YEAR and match.toward is not Toward.FUTURE}
    if len(years) == 1 and (year := years.pop()):
        return Anchor(around=date(year, 7, 1), year=year)
    return Anchor()


def _published(published: IsoDate) -> Anchor:
    first, last = first_day(published), last_day(published)
    return Anchor(
        day=first if first == last else None,
        around=first + (last - first) / 2,
        year=first.year if first.year == last.year else None,
        month=first.month if (first.year, first.month) == (last.year, last.month) else None,
    )


def _full_dates(matches: Sequence[DateMatch]) -> list[FullDate]:
    """The days and months with their years, from the last one that is past on."""
    found = []
    for match in matches:
        parts, year = match.parts, match.parts.year or match.parts.year2
        if not year or year < NEWS_SINCE:
            continue
        month = parts.month or (parts.number if match.form.means is Means.FIRST_MONTHS else None)
        if month and (day := _middle(iso(year, month, parts.day or parts.day2))):
            found.append(FullDate(day, not parts.day, match.toward))
    last_year = max(
        (match.parts.year or 0 for match in matches if match.form.means is Means.YEAR and match.toward is not Toward.FUTURE), default=0
    )
    latest = max((one.day for one in found if one.toward is not Toward.FUTURE), default=None)
    if latest is None or latest.year < last_year:
        return [one for one in found if one.toward is Toward.FUTURE]
    return [one for one in found if one.toward is Toward.FUTURE or one.day == latest]


def _settled(parts: Parts, full: list[FullDate]) -> date | None:
    """The day of a date without year, where the full dates leave one year for it."""
    if parts.year or parts.year2 or not parts.month or parts.by is not None:
        return None
    days = {day for one in full if (day := _beside(parts, one))}
    return days.pop() if len(days) == 1 else None


def _beside(parts: Parts, full: FullDate) -> date | None:
    nearest = _in_year(parts, nearest_year(full.day, parts.month or 1, min(parts.day or 15, 28)))
    if nearest and full.toward is not Toward.PAST and abs((nearest - full.day).days) <= (SEASON if full.toward else CLOSE):
        return nearest
    if full.toward is Toward.FUTURE:
        return None
    limit = AFTER_MONTH if full.is_month else AFTER_DAY
    for year in (full.day.year, full.day.year + 1):
        day = _in_year(parts, year)
        same_month = day is not None and (day.year, day.month) == (full.day.year, full.day.month)
        if day and (same_month or 0 <= (day - full.day).days <= limit):
            return day
    return None


def _in_year(parts: Parts, year: int) -> date | None:
    return _middle(iso(year, parts.month, parts.day or parts.day2))


def _written_today(matches: Sequence[DateMatch]) -> date | None:
    """ "hôm nay 28/2/2019"."""
    for match in matches:
        parts = match.parts
        if match.form.means is Means.TODAY and parts.year and parts.day and (day := _middle(iso(parts.year, parts.month, parts.day))):
            return day
    return None


def _middle(text: IsoDate | None) -> date | None:
    if text is None:
        return None
    first, last = first_day(text), last_day(text)
    return first + (last - first) / 2
