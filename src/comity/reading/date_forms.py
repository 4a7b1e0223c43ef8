"""A language's ways of writing dates, from its `dates.yaml` to one pattern over the folded text; out come matches with their parts as numbers.

A form is a pattern with slots (`<d>`, `<mn>`, `<n>` ...) and what it means; the first form that fits at a place wins.
"""

import re
from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from comity.languages import load_words
from comity.reading.page import Page
from comity.records import LanguageCode

DAY = r"(?:3[01]|[12]\d|0?[1-9])(?!\d)"
MONTH = r"(?:1[0-2]|0?[1-9])(?!\d)"
YEAR = r"(?:1[5-9]|20)\d\d(?!\d)"
DECADE = r"(?:(?:1[5-9]|20)\d0|[1-9]0)(?!\d)"
GAP = r"\s{1,3}"
"""A blank of a pattern: a sentence wrapped at a fixed width may break inside a date."""
SLOT = re.compile(r"<(/?\w+)>")
LARGEST_FRACTION = 10


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
    LATER = "later"
    """<n> <u> after the date before it in the text."""
    LATER_DAY = "later-day"
    SAME_DAY = "same-day"
    SPAN_BACK = "span-back"
    SPAN_AHEAD = "span-ahead"
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
    """One way of writing a date. `next`: what must follow it. `fraction`: it looks like one half, so only what can't be a fraction counts."""

    means: Means
    pattern: str
    unit: Unit | None = None
    by: int | None = None
    toward: Toward | None = None
    next: str = ""
    fraction: bool = False


class DateWords(Struct, frozen=True, forbid_unknown_fields=True):
    """`doubtful_months` are month names only with a capital; `years` are words for a year counted from this one."""

    forms: tuple[Form, ...]
    months: dict[str, int]
    weekdays: dict[str, int]
    numbers: dict[str, int]
    units: dict[str, Unit]
    quarters: dict[str, int]
    years: dict[str, int] = {}
    doubtful_months: tuple[str, ...] = ()
    fragments: dict[str, str] = {}


class Parts(Struct, frozen=True):
    """The slots of a match as numbers: `by` is a year counted from this one."""

    day: int | None = None
    month: int | None = None
    year: int | None = None
    day2: int | None = None
    month2: int | None = None
    year2: int | None = None
    number: int | None = None
    unit: Unit | None = None
    weekday: int | None = None
    quarter: int | None = None
    decade: int | None = None
    decade2: int | None = None
    by: int | None = None


class DateMatch(Struct, frozen=True):
    """Where a date stands in the text, in which form, with which parts."""

    start: int
    end: int
    form: Form
    parts: Parts


class DateForms:
    """All forms of one language as one pattern."""

    def __init__(self, language: LanguageCode) -> None:
        self.words = load_words(language, "dates", DateWords)
        slots = self._slots()
        branches = [f"(?P<f{number}_>{self._branch(number, form, slots)})" for number, form in enumerate(self.words.forms)]
        self._pattern = re.compile(r"(?<!\w)(?<!\d[.,/:])(?:" + "|".join(branches) + ")")
        self._groups = [
            [name for name in self._pattern.groupindex if name.startswith(f"f{number}_") and len(name) > len(f"f{number}_")]
            for number in range(len(branches))
        ]
        self._doubtful = frozenset(self.words.doubtful_months)

    def find(self, page: Page) -> Iterator[DateMatch]:
        """Every date of the article, in order."""
        folded = page.folded.folded
        position = 0
        while match := self._pattern.search(folded, position):
            assert match.lastgroup is not None
            number = int(match.lastgroup[1:].split("_")[0])
            slots = {name.split("_")[1]: match.span(name) for name in self._groups[number] if match.start(name) >= 0}
            start = slots["pre"][1] if "pre" in slots else match.start()
            position = match.end()
            if self._is_month_name(page.text, slots):
                form = self.words.forms[number]
                yield DateMatch(start, match.end(), form, self._parts({name: folded[a:b] for name, (a, b) in slots.items()}))
            else:
                position = match.start() + 1

    def _is_month_name(self, text: str, slots: dict[str, tuple[int, int]]) -> bool:
        """ "May", not "may"; "tháng Năm", for "tháng năm" may be "months, years"."""
        for name in ("mn", "mn2"):
            if name in slots:
                start, end = slots[name]
                if text[start:end].lower() in self._doubtful and not text[start].isupper():
                    return False
        return True

    def _branch(self, number: int, form: Form, slots: dict[str, str]) -> str:
        pattern = form.pattern
        for _ in range(3):  # fragments may hold fragments
            for name, fragment in self.words.fragments.items():
                pattern = pattern.replace("{" + name + "}", fragment)
        seen: dict[str, int] = {}

        def slot(match: re.Match[str]) -> str:
            name = match.group(1)
            if name == "pre":
                return f"(?P<f{number}_pre>"
            if name == "/pre":
                return ")"
            seen[name] = seen.get(name, 0) + 1
            copy = "" if seen[name] == 1 else f"_{seen[name]}"
            return f"(?P<f{number}_{name}{copy}>{slots[name]})"

        pattern = SLOT.sub(slot, pattern).replace(" ", GAP)
        following = form.next.replace(" ", r"\s") if form.next.startswith("(?!") else f"(?={form.next})" if form.next else ""
        return rf"(?:{pattern})(?!\w)(?![./:-]?\d){following}" if not form.next else rf"(?:{pattern})(?!\w){following}"

    def _slots(self) -> dict[str, str]:
        words = self.words
        month, number = _any(words.months), rf"(?:\d{{1,3}}|{_any(words.numbers)})"
        return {
            "d": DAY, "d2": DAY, "m": MONTH, "m2": MONTH, "y": YEAR, "y2": YEAR, "y2s": r"\d\d(?!\d)", "mn": month, "mn2": month, "w": _any(words.weekdays),
            "n": number, "u": _any(words.units), "q": _any(words.quarters), "by": _any(words.years), "decade": DECADE, "decade2": DECADE,
        }  # fmt: skip

    def _parts(self, slots: dict[str, str]) -> Parts:
        words = self.words

        def figure(name: str) -> int | None:
            return int(slots[name]) if name in slots else None

        def named(name: str, table: dict[str, int]) -> int | None:
            return table.get(" ".join(slots[name].split())) if name in slots else None

        year, short = figure("y"), figure("y2s")
        number = slots.get("n")
        return Parts(
            day=figure("d"),
            month=figure("m") or named("mn", words.months),
            year=year,
            day2=figure("d2"),
            month2=figure("m2") or named("mn2", words.months),
            year2=year // 100 * 100 + short if year and short is not None else figure("y2"),
            number=None if number is None else int(number) if number.isdecimal() else words.numbers[number],
            unit=words.units[" ".join(slots["u"].split())] if "u" in slots else None,
            weekday=named("w", words.weekdays),
            quarter=named("q", words.quarters),
            decade=_full_decade(figure("decade")),
            decade2=_full_decade(figure("decade2")),
            by=named("by", words.years),
        )


def can_be_fraction(parts: Parts) -> bool:
    """Whether a bare `2/3` may be two thirds: a part of a whole in small numbers."""
    return parts.day is not None and parts.month is not None and parts.day < parts.month <= LARGEST_FRACTION


def _full_decade(figure: int | None) -> int | None:
    """The nineties are those of the last century."""
    return None if figure is None else figure if figure >= 1000 else 1900 + figure


def _any(words: dict[str, int] | dict[str, Unit]) -> str:
    return (
        "(?:" + "|".join(re.escape(word).replace(r"\ ", GAP) for word in sorted(words, key=len, reverse=True)) + r")(?!\w)"
        if words
        else "(?!)"
    )
