"""Dates in the article: each expression as it stands, with the day, month, year or range it means.

Resolved against the publication date; where that is unknown, against full dates inside the text if they settle it; else left open. A month
stays a month, and what the document does not settle stays None: "30/1" in a text of unknown year.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from comity.intervals import IsoDate
from comity.reading.date_anchor import CLOSE, NEWS_SINCE, Anchor, anchor_of
from comity.reading.date_calendar import as_day, is_day, iso, months_of, nearest_year, shifted, span, weekday_near
from comity.reading.date_forms import DateForms, DateMatch, Parts, can_be_fraction
from comity.reading.date_words import Means, Toward, Unit
from comity.reading.page import Page
from comity.records import DateMention, LanguageCode

REFERENT = {Means.DAY, Means.DAYS, Means.MONTH, Means.YEAR, Means.TODAY, Means.LATER}
"""What "a year later" and "the same day" may look back to."""
OPENING_WORDS = 25
"""Characters from a sentence's beginning within which a year frames the whole sentence."""


class DateGrammar:
    """The dates of one language."""

    def __init__(self, language: LanguageCode) -> None:
        self._forms = DateForms(language)

    def find(self, page: Page, held: Sequence[IsoDate] = ()) -> tuple[DateMention, ...]:
        """Every date mention, in the order of the text. `held`: when the numbered meetings were held that it names."""
        matches = _without_fractions(list(self._forms.find(page)))
        words = self._forms.words
        anchor = anchor_of(page.document, matches, words.season, held=held, history=words.history)
        sittings = {(day.month, day.day): day.year for one in held if is_day(one) for day in (as_day(one),)}
        mentions = []
        before: IsoDate | None = None
        for match in _framed(page, matches if anchor.around else _of_full_months(page, matches)):
            meaning = _resolve(_of_sitting(match, sittings), anchor, before)
            if match.form.means in REFERENT and meaning:
                before = meaning
            mentions.append(DateMention(evidence=page.evidence(match.start, match.end), iso=meaning))
        return tuple(mentions)


def _of_sitting(match: DateMatch, sittings: Mapping[tuple[int, int], int]) -> DateMatch:
    """A day without year on which a numbered meeting of the text is known to have been held, as of that year."""
    parts = match.parts
    year = sittings.get((parts.month or 0, parts.day or 0))
    if year is None or match.form.means is not Means.DAY or parts.year or parts.by is not None:
        return match
    return replace(match, parts=replace(parts, year=year))


def _of_full_months(page: Page, matches: list[DateMatch]) -> list[DateMatch]:
    """The matches of a text of no known year, a day without year taken as of the year that its sentence gives its month: "Ngày 5/6, ...
    nước Chủ tịch tháng 6/2031". A month that is looked back on gives none."""
    years: dict[tuple[int, int | None], set[int]] = {}
    for match in matches:
        year = match.parts.year
        is_day = match.form.means in (Means.DAY, Means.MONTH) and match.toward is not Toward.PAST and not match.is_term
        if year and year >= NEWS_SINCE and is_day:
            years.setdefault((page.sentence_at(match.start), match.parts.month), set()).add(year)
    if not years:
        return matches
    return [_of_year(match, years.get((page.sentence_at(match.start), match.parts.month), set())) for match in matches]


def _of_year(match: DateMatch, years: set[int]) -> DateMatch:
    parts = match.parts
    if len(years) != 1 or match.form.means is not Means.DAY or parts.year or parts.by is not None:
        return match
    return replace(match, parts=replace(parts, year=next(iter(years))))


def _framed(page: Page, matches: list[DateMatch]) -> Iterator[DateMatch]:
    """The matches, a day or month without year in a sentence that opens with a year ("Năm 2018, ... ngày 20/12") taken as of that year."""
    frame, sentence = None, -1
    for match in matches:
        index = page.sentence_at(match.start)
        if index != sentence:
            frame, sentence = None, index
        opens = match.start - page.sentences[index].start <= OPENING_WORDS and page.text[match.end : match.end + 1] == ","
        if match.form.means is Means.YEAR and opens:
            frame = match.parts.year
        parts = match.parts
        if frame and match.form.means in (Means.DAY, Means.MONTH) and parts.year is None and parts.by is None:
            match = replace(match, parts=replace(parts, year=frame))
        yield match


def _without_fractions(matches: list[DateMatch]) -> list[DateMatch]:
    """Drops a bare "2/3" unless the text also names that day as one ("ngày 2/3")."""
    named = {(match.parts.day, match.parts.month) for match in matches if not match.form.fraction}
    return [
        match
        for match in matches
        if not match.form.fraction or not can_be_fraction(match.parts) or (match.parts.day, match.parts.month) in named
    ]


def _resolve(match: DateMatch, anchor: Anchor, before: IsoDate | None) -> IsoDate | None:
    form, parts = match.form, match.parts
    means = form.means
    if means in (Means.DAY, Means.TODAY, Means.MONTH):
        toward = form.toward or (match.toward if match.toward is Toward.PAST else None)
        year = _year_beside(parts, before, anchor.since) or _year(
            parts, anchor, parts.month, parts.day, toward, ahead=match.toward is Toward.FUTURE
        )
        return iso(year, parts.month, parts.day) if year and parts.month else None
    if means in (Means.DAYS, Means.MONTHS):
        return _stretch(parts, anchor)
    if means in (Means.THIS_YEAR, Means.YEAR, Means.YEARS, Means.DECADE, Means.DECADES):
        return _years(parts)
    if means in (Means.QUARTER, Means.FIRST_HALF, Means.LAST_HALF, Means.FIRST_MONTHS, Means.LAST_MONTHS):
        return _part_of_year(means, parts, anchor)
    if means in (Means.LATER, Means.LATER_DAY, Means.SAME_DAY):
        return _from_before(match, before)
    return _from_today(match, anchor)


def _year_beside(parts: Parts, before: IsoDate | None, since: int) -> int | None:
    """The year, from `since` on, in which a day lies close to the last one of the text: "on 30 January ... first planned for the 23rd of
    January"."""
    if parts.year or parts.by is not None or not parts.day or not parts.month or not is_day(before):
        return None
    last = as_day(before)
    days = [day for year in (last.year - 1, last.year, last.year + 1) if year >= since and (day := iso(year, parts.month, parts.day))]
    close = [day for day in days if abs((as_day(day) - last).days) <= CLOSE]
    return as_day(close[0]).year if close else None


def _year(
    parts: Parts, anchor: Anchor, month: int | None, day: int | None, toward: Toward | None = None, *, ahead: bool = False
) -> int | None:
    """The year written, counted from this one, or the one in which the month lies nearest to the text's own day (`ahead`: a word before
    it looks ahead)."""
    if parts.year:
        return parts.year
    if parts.by is not None:
        return anchor.year + parts.by if anchor.year else None
    if anchor.around and month:
        return nearest_year(anchor.around, month, day, past=toward is Toward.PAST, future=toward is Toward.FUTURE, ahead=ahead)
    return None


def _stretch(parts: Parts, anchor: Anchor) -> IsoDate | None:
    """From a day (or month) to another; what is written once at the end holds for the beginning too."""
    month, month2 = parts.month or parts.month2, parts.month2 or parts.month
    if not month or not month2:
        return None
    year2 = parts.year2 or parts.year or _year(parts, anchor, month2, parts.day2)
    if not year2:
        return None
    year = parts.year or (year2 - 1 if (month, parts.day or 0) > (month2, parts.day2 or 99) else year2)
    return span(iso(year, month, parts.day), iso(year2, month2, parts.day2))


def _years(parts: Parts) -> IsoDate | None:
    if parts.decade is not None:
        return span(iso(parts.decade), iso((parts.decade2 or parts.decade) + 9))
    return span(iso(parts.year), iso(parts.year2)) if parts.year and parts.year2 else iso(parts.year) if parts.year else None


def _part_of_year(means: Means, parts: Parts, anchor: Anchor) -> IsoDate | None:
    year = parts.year or (anchor.year + (parts.by or 0) if anchor.year else None)
    if not year:
        return None
    if means is Means.QUARTER:
        return months_of(year, 3 * parts.quarter - 2, 3 * parts.quarter) if parts.quarter else None
    if means in (Means.FIRST_HALF, Means.LAST_HALF):
        return months_of(year, 1, 6) if means is Means.FIRST_HALF else months_of(year, 7, 12)
    if not parts.number or parts.number > 12:
        return None
    return months_of(year, 1, parts.number) if means is Means.FIRST_MONTHS else months_of(year, 13 - parts.number, 12)


def _from_before(match: DateMatch, before: IsoDate | None) -> IsoDate | None:
    """ "cùng ngày", "ba năm sau": from the last date of the text, no finer than that."""
    parts = match.parts
    if parts.year and parts.number and parts.unit:  # "ba năm sau ngày 4/10/2016"
        return _moved(iso(parts.year, parts.month, parts.day), parts.unit, parts.number)
    if before is None or "/" in before:
        return None
    if match.form.means is Means.SAME_DAY:
        return before if is_day(before) else None
    unit = match.parts.unit or Unit.DAY
    if unit not in (Unit.YEAR, Unit.DECADE) and not is_day(before):
        return None
    return shifted(as_day(before), unit, match.parts.number or match.form.by or 1)


def _moved(text: IsoDate | None, unit: Unit, by: int) -> IsoDate | None:
    """A day some units on, still a day."""
    if text is None or unit in (Unit.DAY, Unit.WEEK):
        return shifted(as_day(text), Unit.DAY, by * (7 if unit is Unit.WEEK else 1)) if text else None
    months = 12 * as_day(text).year + as_day(text).month - 1 + by * {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12, Unit.DECADE: 120}[unit]
    return iso(months // 12, months % 12 + 1, as_day(text).day)


def _from_today(match: DateMatch, anchor: Anchor) -> IsoDate | None:
    form, parts = match.form, match.parts
    unit = parts.unit or form.unit
    if form.means is Means.OPEN:
        return None
    if form.means is Means.YEARS_AHEAD:
        return span(iso(anchor.year + 1), iso(anchor.year + parts.number)) if anchor.year and parts.number else None
    if anchor.day is None:
        return _coarse(match, anchor)
    day = anchor.day
    if form.means is Means.WEEK_OF:
        return _week_of(parts, anchor)
    if form.means is Means.WEEK_PAST:
        return span(iso_of(day - timedelta(days=day.weekday())), iso_of(day))
    if form.means is Means.WEEKDAY:
        return _weekday(match, day)
    if form.means in (Means.SPAN_BACK, Means.SPAN_AHEAD) and unit:
        other = shifted(
            day, Unit.MONTH if unit is Unit.YEAR else unit, (12 if unit is Unit.YEAR else 1) * _sign(form.means) * (form.by or 1)
        )
        today = iso(day.year, day.month) if unit is Unit.YEAR else iso_of(day)
        return span(other, today) if form.means is Means.SPAN_BACK else span(today, other)
    count = form.by if parts.number is None else parts.number * _sign(form.means)
    return shifted(day, unit, count) if unit and count is not None else None


def _coarse(match: DateMatch, anchor: Anchor) -> IsoDate | None:
    """Where only the text's year or month is known, years and months can still be counted from it."""
    unit = match.parts.unit or match.form.unit
    count = match.form.by if match.parts.number is None else match.parts.number * _sign(match.form.means)
    if match.form.means not in (Means.SHIFT, Means.AGO, Means.AHEAD) or count is None or anchor.year is None:
        return None
    if unit in (Unit.YEAR, Unit.DECADE) or (unit is Unit.DAY and count == 0):  # today is in that year: as much is settled
        return shifted(date(anchor.year, 7, 1), unit if unit is not Unit.DAY else Unit.YEAR, count)
    return shifted(date(anchor.year, anchor.month, 1), unit, count) if unit is Unit.MONTH and anchor.month else None


def _weekday(match: DateMatch, day: date) -> IsoDate | None:
    weekday = match.parts.weekday or 7
    if match.form.by is None:
        return weekday_near(day, weekday, toward_future=match.toward is Toward.FUTURE)
    return iso_of(day - timedelta(days=day.weekday()) + timedelta(weeks=match.form.by, days=weekday - 1))


def _week_of(parts: Parts, anchor: Anchor) -> IsoDate | None:
    year = _year(parts, anchor, parts.month, parts.day)
    first = iso(year, parts.month, parts.day) if year and parts.month else None
    return span(first, iso_of(as_day(first) + timedelta(days=6))) if first else None


def _sign(means: Means) -> int:
    return -1 if means in (Means.AGO, Means.SPAN_BACK) else 1


def iso_of(day: date) -> IsoDate | None:
    return iso(day.year, day.month, day.day)
