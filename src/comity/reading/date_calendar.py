"""Calendar arithmetic on partial ISO dates: whole days, months and years, and the ranges between them."""

from calendar import monthrange
from datetime import date, timedelta
from typing import TypeGuard

from comity.intervals import IsoDate, first_day, is_iso
from comity.reading.date_words import Unit

FIRST_YEAR, LAST_YEAR = 1500, 2199
SAME_YEAR = 50
"""Days that a month of the same year may lie farther away: "in December" in May is the next one, in January the last."""
SOON, SEASON = 45, 150
"""Days within which a day of next year may be meant without and with a word that looks ahead."""


def iso(year: int, month: int | None = None, day: int | None = None) -> IsoDate | None:
    """The date with the precision given; None where there is no such day."""
    text = f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if month and day else "")
    return text if FIRST_YEAR <= year <= LAST_YEAR and is_iso(text) else None


def span(start: IsoDate | None, end: IsoDate | None) -> IsoDate | None:
    """From one to the other; None where either is missing or they stand the wrong way round."""
    if start is None or end is None:
        return None
    text = start if start == end else f"{start.split('/')[0]}/{end.split('/')[-1]}"
    return text if is_iso(text) else None


def months_of(year: int, first: int, last: int) -> IsoDate | None:
    return span(iso(year, first), iso(year, last))


def shifted(day: date, unit: Unit, by: int) -> IsoDate | None:
    """The unit that lies `by` units from the one that holds `day`: last week is Monday to Sunday, a weekend Saturday and Sunday."""
    try:
        if unit is Unit.DAY:
            return iso(*_ymd(day + timedelta(days=by)))
        if unit in (Unit.WEEK, Unit.WEEKEND):
            monday = day - timedelta(days=day.weekday()) + timedelta(weeks=by)
            first = monday + timedelta(days=5 if unit is Unit.WEEKEND else 0)
            return span(iso(*_ymd(first)), iso(*_ymd(monday + timedelta(days=6))))
    except OverflowError:
        return None
    if unit is Unit.MONTH:
        year, month = divmod(12 * day.year + day.month - 1 + by, 12)
        return iso(year, month + 1)
    if unit is Unit.QUARTER:
        year, quarter = divmod(4 * day.year + (day.month - 1) // 3 + by, 4)
        return months_of(year, 3 * quarter + 1, 3 * quarter + 3)
    return iso(day.year + by * (10 if unit is Unit.DECADE else 1))


def nearest_year(day: date, month: int, dom: int | None, *, past: bool = False, future: bool = False, ahead: bool = False) -> int:
    """The year in which that month (and day of month) lies nearest to `day`, or nearest before or after it.

    Without a word that looks ahead, a day of this year that is past is meant, not the one of next year: "on Jan. 30" in November.
    """

    def middle(year: int) -> date:
        return date(year, month, min(dom or 15, monthrange(year, month)[1]))

    def is_past(year: int) -> bool:
        return (year, month, dom or 0) <= (day.year, day.month, day.day if dom else 0)

    years = [year for year in (day.year - 1, day.year, day.year + 1) if 1 <= year <= 9999]
    if past:
        years = [year for year in years if is_past(year)]
    elif future:
        years = [year for year in years if not is_past(year) or (year, month) == (day.year, day.month)]
    elif is_past(day.year):
        years = [year for year in years if year <= day.year or abs((middle(year) - day).days) <= (SEASON if ahead else SOON)]
    return min(years, key=lambda year: (abs((middle(year) - day).days) - (SAME_YEAR if year == day.year else 0), year))


def weekday_near(day: date, weekday: int, *, toward_future: bool) -> IsoDate | None:
    """The last such weekday up to `day`, or the next one from it."""
    ahead = (weekday - 1 - day.weekday()) % 7
    return shifted(day, Unit.DAY, ahead if toward_future or ahead == 0 else ahead - 7)


def is_day(text: IsoDate | None) -> TypeGuard[IsoDate]:
    return text is not None and len(text) == len("2020-01-30")


def as_day(text: IsoDate) -> date:
    return first_day(text)


def _ymd(day: date) -> tuple[int, int, int]:
    return day.year, day.month, day.day
