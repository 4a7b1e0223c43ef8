"""Dates as the public record gives them: a day, a month, a year, or a range of these, as ISO 8601 text.

`2020-01-30`, `2020-01`, `2020`, `2016/2020`, `2020-06-21/2020-06-22`. The text keeps the precision; `first_day` and `last_day`
give the days it spans. Nothing is invented: a month stays a month.
"""

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache

from comity.errors import BadInputError

IsoDate = str
"""A partial ISO date or a `start/end` range of two."""

PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")

EARLIEST, LATEST = "1000", "8999"
"""Within these there are days before and after any to reckon with: the calendar of computers ends with the years 1 and 9999."""

DATES = 8192
"""So many dates are kept with their days: documents name few, again and again."""


def is_iso(text: str) -> bool:
    """Whether `text` is a partial date or range whose days exist and whose end is not before its start."""
    try:
        return first_day(text) <= last_day(text)
    except ValueError:
        return False


def is_one_date(text: str) -> bool:
    """Whether `text` is a day, month or year, no range, with days before and after it to reckon with."""
    return "/" not in text and is_iso(text) and EARLIEST <= text[:4] <= LATEST


def one_date(given: str) -> IsoDate:
    """The day, month or year that somebody gave, as it is. Raises BadInputError where it is none."""
    if not is_one_date(given):
        raise BadInputError(f"{given!r} is no date; give one such as 2020-01-30, 2020-01 or 2020.")
    return given


@lru_cache(DATES)
def first_day(text: IsoDate) -> date:
    """The first day `text` can mean. Raises ValueError where it is no ISO date."""
    year, month, day = _parts(text.split("/")[0])
    return date(year, month or 1, day or 1)


@lru_cache(DATES)
def last_day(text: IsoDate) -> date:
    """The last day `text` can mean. Raises ValueError where it is no ISO date."""
    year, month, day = _parts(text.split("/")[-1])
    month = month or 12
    return date(year, month, day or monthrange(year, month)[1])


def overlap(a: IsoDate, b: IsoDate) -> bool:
    """Whether some day lies in both."""
    return first_day(a) <= last_day(b) and first_day(b) <= last_day(a)


def _parts(text: str) -> tuple[int, int | None, int | None]:
    match = PARTIAL.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is no ISO date (such as 2020-01-30, 2020-01 or 2020)")
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    if month is not None and not 1 <= month <= 12:
        raise ValueError(f"{text!r} has no such month")
    return year, month, day
