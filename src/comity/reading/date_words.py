"""The shape of a language's `dates.yaml`: its names of months, days, numbers and units, and its forms of writing dates."""

from enum import StrEnum

from msgspec import Struct


class Means(StrEnum):
    """How a form's slots make a date."""

    DAY = "day"
    DAYS = "days"
    MONTH = "month"
    MONTHS = "months"
    YEAR = "year"
    YEARS = "years"
    DECADE = "decade"
    DECADES = "decades"
    QUARTER = "quarter"
    FIRST_HALF = "first-half"
    LAST_HALF = "last-half"
    FIRST_MONTHS = "first-months"
    LAST_MONTHS = "last-months"
    WEEK_OF = "week-of"
    WEEK_PAST = "week-past"
    """This week up to today."""
    TODAY = "today"
    """The day of publication, written out."""
    SHIFT = "shift"
    """`by` units from today."""
    WEEKDAY = "weekday"
    AGO = "ago"
    AHEAD = "ahead"
    YEARS_AHEAD = "years-ahead"
    """The <n> years after this one."""
    LATER = "later"
    """<n> <u> after the date before it in the text."""
    LATER_DAY = "later-day"
    SAME_DAY = "same-day"
    SPAN_BACK = "span-back"
    SPAN_AHEAD = "span-ahead"
    THIS_YEAR = "this-year"
    """A year in the name of a series of meetings, which is the text's own ("APEC 2017")."""
    OPEN = "open"
    """A time without bounds."""


class Unit(StrEnum):
    DAY = "day"
    WEEKEND = "weekend"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    DECADE = "decade"


class Toward(StrEnum):
    PAST = "past"
    FUTURE = "future"


class Form(Struct, frozen=True, forbid_unknown_fields=True):
    """One way of writing a date. `next`: what must follow it; `not_after`: words that must not stand before it ("những năm tới").
    `sure_month`: what looks like a month's name is one, even in small letters. `fraction`: it looks like one half, so only what can't be
    a fraction counts."""

    means: Means
    pattern: str
    unit: Unit | None = None
    by: int | None = None
    toward: Toward | None = None
    next: str = ""
    not_after: tuple[str, ...] = ()
    fraction: bool = False
    sure_month: bool = False


class DateWords(Struct, frozen=True, forbid_unknown_fields=True):
    """`doubtful_months` are month names only with a capital; `years` are words for a year counted from this one. `sayings`
    only look like dates ("24/7"). The cues tell by the words before a date whether it is past or to come; `term` and `opening` are
    patterns for the words right before it that make it a term or goal, or the beginning of what lasts. `season`: so many days after
    a date of last year, or before one to come, that is written with its year, others stand without; `history` are days by which
    something long past is called ("11/9/2001"): they say nothing of when a text was written."""

    forms: tuple[Form, ...]
    months: dict[str, int]
    weekdays: dict[str, int]
    numbers: dict[str, int]
    units: dict[str, Unit]
    quarters: dict[str, int]
    years: dict[str, int] = {}
    doubtful_months: tuple[str, ...] = ()
    sayings: tuple[str, ...] = ()
    past_cues: tuple[str, ...] = ()
    future_cues: tuple[str, ...] = ()
    term: str = ""
    opening: str = ""
    season: int = 150
    history: tuple[str, ...] = ()
    fragments: dict[str, str] = {}
