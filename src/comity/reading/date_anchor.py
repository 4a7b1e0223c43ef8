"""What day it is in a text: its publication date where known, else what its own full dates settle.

The story's own day is the first that is told without a year. The press writes the year where it is another one or where it looks ahead: so
that day lies close to a full date ("từ ngày 2 tới ngày 6-9-2019 ... ngày 22/8"), before what is to come with its year, or in the year after
the last full date that is past ("tháng 12/2030 ... ngày 6/3" is of 2031); else close to a numbered meeting of which it is known when it was
held. A month of the same year would stand without it: "tháng 5/2030" says nothing of a day in August, which may be of any later year. Terms
and goals ("có hiệu lực đến 31/8/2030") say nothing either, nor days by which something long past is called ("11/9/2001").
"""

from collections.abc import Collection, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from comity.intervals import IsoDate, first_day, last_day
from comity.reading.date_calendar import iso, nearest_year
from comity.reading.date_forms import DateMatch, Parts
from comity.reading.date_words import Means, Toward
from comity.records import Document

CLOSE = 45
"""Days within which a day belongs to the year of a full date whichever comes first."""
COUNTED, OPENED = 100, 100
"""Days after figures that reach up to a month ("chín tháng đầu năm 2030"), and after what lasts since a full date, however long ago."""
NEWS_SINCE = 2000
"""Full dates before are history: they say nothing of when the text was written."""
WITHOUT_YEAR = {Means.DAY, Means.DAYS, Means.MONTH, Means.MONTHS, Means.TODAY}


class Anchor(Struct, frozen=True):
    """`day`: the day of publication. `around`: a day near it, good for choosing years. `year`, `month`: what this year and month are.
    `since`: no day that is told without a year is of an earlier one."""

    day: date | None = None
    around: date | None = None
    year: int | None = None
    month: int | None = None
    since: int = 0


class FullDate(Struct, frozen=True):
    """A date written with its year: its middle day, whether the text looks back or ahead to it, and in how many days of the year after it,
    and of its own year, a text that names it may lie."""

    day: date
    toward: Toward | None
    after: int
    same_year: int


def anchor_of(
    document: Document, matches: Sequence[DateMatch], season: int, held: Sequence[IsoDate] = (), history: Collection[IsoDate] = ()
) -> Anchor:
    """What the document settles about its own day. `season`: so many days after a date of last year, or before one that is to come, that
    is written with its year. `held`: when the numbered meetings were held that it names; `history`: days by which something long past is
    called."""
    if document.published:
        return _published(document.published)
    told = [match for match in matches if not match.is_term]
    full = _full_dates(told, season, history)
    since = _last_year(told)
    day, is_today = _own_day(matches, full, since, season)
    if not day and not (_counted_from(matches) or _year_of_series(told)):
        day, is_today = _own_day(matches, [_meeting(one) for one in held], since, season)
    if day:
        return Anchor(day=day if is_today else None, around=day, year=day.year, month=day.month if is_today else None, since=since)
    year = _counted_from(matches) or _year_of_series(told)
    if year is None:
        return Anchor(since=max(since, *(one.day.year for one in full if one.toward is not Toward.FUTURE), NEWS_SINCE))
    first = next((day for match in matches if _is_own(match) and (day := _in_year(match.parts, year))), None)
    return Anchor(around=first or date(year, 7, 1), year=year, since=since)


def _published(published: IsoDate) -> Anchor:
    first, last = first_day(published), last_day(published)
    return Anchor(
        day=first if first == last else None,
        around=first + (last - first) / 2,
        year=first.year if first.year == last.year else None,
        month=first.month if (first.year, first.month) == (last.year, last.month) else None,
    )


def _full_dates(matches: Sequence[DateMatch], season: int, history: Collection[IsoDate]) -> list[FullDate]:
    """The days and months with their years, from the last one that is past on, but for days by which something in history is called."""
    found = []
    for match in matches:
        parts = _at_its_end(match.parts)
        year = parts.year
        if not year or year < NEWS_SINCE or iso(year, parts.month, parts.day) in history:
            continue
        is_counted = match.form.means is Means.FIRST_MONTHS
        month = parts.month or (parts.number if is_counted else None)
        if month and (day := _middle(iso(year, month, parts.day or parts.day2))):
            found.append(FullDate(day, match.toward, OPENED if match.is_opening else season, COUNTED if is_counted else CLOSE))
    latest = max((one.day for one in found if one.toward is not Toward.FUTURE), default=None)
    return [one for one in found if one.toward is Toward.FUTURE or one.day == latest]


def _meeting(held: IsoDate) -> FullDate:
    """A meeting that is known to have been held then: the text is of a day close to it."""
    return FullDate(first_day(held) + (last_day(held) - first_day(held)) / 2, None, 0, CLOSE)


def _at_its_end(parts: Parts) -> Parts:
    """A span that ends in another year than it begins as its last day: "24/6/1967 - 24/6/2030" is told in 2030."""
    if not parts.year2:
        return parts
    return replace(parts, day=parts.day2 or parts.day, month=parts.month2 or parts.month, year=parts.year2)


def _last_year(matches: Sequence[DateMatch]) -> int:
    """The last year of which the text speaks without looking ahead to it: its own is no earlier one."""
    past = (
        one for one in matches if one.form.means is Means.THIS_YEAR or (one.form.means is Means.YEAR and one.toward is not Toward.FUTURE)
    )
    return max((match.parts.year or 0 for match in past), default=0)


def _own_day(matches: Sequence[DateMatch], full: list[FullDate], since: int, season: int) -> tuple[date | None, bool]:
    """The story's own day where its year is settled, and whether that is today."""
    own = [match for match in matches if _is_own(match)]
    today = next((match for match in own if match.form.means is Means.TODAY), None)
    head = today or next((match for match in own if match.parts.day), None) or next(iter(own), None)
    day = _settled(head.parts, full, since, season) if head else None
    if not (day and today) and (written := _written_today(matches)):
        return written, True
    return day, today is not None


def _is_own(match: DateMatch) -> bool:
    """Whether it is a day or month without year about the text's own day, as a month to come is not."""
    parts = match.parts
    if parts.year or parts.year2 or parts.by is not None or parts.month is None or match.form.means not in WITHOUT_YEAR:
        return False
    return match.toward is not Toward.FUTURE or parts.day is not None


def _settled(parts: Parts, full: list[FullDate], since: int, season: int) -> date | None:
    """The day of a date without year, where the full dates leave one year for it."""
    days = {
        day
        for one in full
        if (day := _before(parts, one, season) if one.toward is Toward.FUTURE else _beside(parts, one))
        and (one.toward is Toward.FUTURE or day.year >= since)
    }
    return days.pop() if len(days) == 1 else None


def _before(parts: Parts, full: FullDate, season: int) -> date | None:
    """The last such day before what is to come, or one close behind it."""
    days = (day for year in (full.day.year, full.day.year - 1) if (day := _in_year(parts, year)))
    return next((day for day in days if -CLOSE <= (full.day - day).days <= season), None)


def _beside(parts: Parts, full: FullDate) -> date | None:
    """Such a day close to a full date, or the next one after it in the same year or the next."""
    nearest = _in_year(parts, nearest_year(full.day, parts.month or 1, min(parts.day or 15, 28)))
    if nearest and full.toward is not Toward.PAST and abs((nearest - full.day).days) <= CLOSE:
        return nearest
    same, after = _in_year(parts, full.day.year), _in_year(parts, full.day.year + 1)
    if same and (same.month == full.day.month or 0 <= (same - full.day).days <= full.same_year):
        return same
    return after if after and (after - full.day).days <= full.after else None


def _counted_from(matches: Sequence[DateMatch]) -> int | None:
    """The year of a text that writes the same day once in full and once as last year's: "ngày 12/6/2030", "ngày 12/6 năm ngoái"."""
    full = {(match.parts.day, match.parts.month): match.parts.year for match in matches if match.parts.year and match.parts.month}
    counted = ((match.parts.by, full.get((match.parts.day, match.parts.month))) for match in matches if match.parts.month)
    years = {year - by for by, year in counted if by and year}
    return years.pop() if len(years) == 1 else None


def _year_of_series(matches: Sequence[DateMatch]) -> int | None:
    """The year in the name of what is held ("APEC 2030"): of several the last, for the text may recall those before; none where the text
    speaks of a later year."""
    last = max((match.parts.year or 0 for match in matches if match.form.means is Means.THIS_YEAR), default=0)
    latest = max((match.parts.year or 0 for match in matches if match.toward is not Toward.FUTURE), default=0)
    return last if last and last >= latest else None


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
