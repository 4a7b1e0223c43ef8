"""A language's ways of writing dates, from its `dates.yaml` to one pattern over the folded text; out come matches with their parts as numbers.

A form is a pattern with slots (`<d>`, `<mn>`, `<n>` ...) and what it means; the first form that fits at a place wins.
"""

import re
from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from comity.languages import load_words
from comity.reading.first_words import FIGURE, first_words
from comity.reading.page import Page
from comity.records import LanguageCode

DAY = r"(?:3[01]|[12]\d|0?[1-9])(?!\d)"
MONTH = r"(?:1[0-2]|0?[1-9])(?!\d)"
YEAR = r"(?:1[5-9]|20)\d\d(?!\d)"
DECADE = r"(?:(?:1[5-9]|20)\d0|[1-9]0)(?!\d)"
GAP = r"(?:\s{1,3})"
"""A blank of a pattern: a sentence wrapped at a fixed width may break inside a date."""
OPENING = re.compile(r"(?<!\w)(?<!\d[.,/:])(?:\d|[^\W\d_]+)|\((?=\d)")
SLOT = re.compile(r"<(/?\w+)>")
LARGEST_FRACTION = 10
CUE_DISTANCE = 90
PART_OF_WORD = re.compile(r"[/_@#$]$|\w-$")
"""Before figures that stand in an address, a number or a sum: `.../releases/2021`, `$2021`, `october-2021`."""
SENTENCE_END = re.compile(r"[.;!?\n]\s")


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
    `sure_month`: what looks like a month's name is one, even in small letters. `fraction`: it looks like one half, so only what can't be a fraction counts."""

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
    """`doubtful_months` are month names only with a capital; `years` are words for a year counted from this one. The cues tell by
    the words before a date whether it is past or to come."""

    forms: tuple[Form, ...]
    months: dict[str, int]
    weekdays: dict[str, int]
    numbers: dict[str, int]
    units: dict[str, Unit]
    quarters: dict[str, int]
    years: dict[str, int] = {}
    doubtful_months: tuple[str, ...] = ()
    past_cues: tuple[str, ...] = ()
    future_cues: tuple[str, ...] = ()
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
    """Where a date stands in the text, in which form, with which parts; `toward`: whether the words before it look back or ahead."""

    start: int
    end: int
    form: Form
    parts: Parts
    toward: Toward | None = None


class DateForms:
    """All forms of one language as one pattern."""

    def __init__(self, language: LanguageCode) -> None:
        self.words = load_words(language, "dates", DateWords)
        slots = self._slots()
        self._forms: dict[str, list[tuple[Form, re.Pattern[str]]]] = {}
        for form in self.words.forms:
            pattern = self._expanded(form, slots)
            compiled = re.compile(pattern)
            for word in first_words(pattern):
                self._forms.setdefault(word, []).append((form, compiled))
        self._cues = re.compile(rf"(?<!\w){_any(dict.fromkeys((*self.words.past_cues, *self.words.future_cues), 0))}")
        self._doubtful = frozenset(self.words.doubtful_months)

    def find(self, page: Page) -> Iterator[DateMatch]:
        """Every date of the article, in order."""
        folded = page.folded.folded
        position = 0
        for opening in OPENING.finditer(folded):
            start = opening.start()
            if start < position:
                continue
            word = opening.group()
            for form, pattern in self._forms.get(FIGURE if word[0].isdigit() else word, ()):
                match = pattern.match(folded, start)
                if match and (found := self._accepted(page, form, match)):
                    yield found
                    position = found.end
                    break

    def _accepted(self, page: Page, form: Form, match: re.Match[str]) -> DateMatch | None:
        start = match.end("pre") if "pre" in match.re.groupindex else match.start()
        before = page.folded.folded[max(0, start - 30) : start]
        if before.split()[-1:] and before.split()[-1] in form.not_after:
            return None
        if PART_OF_WORD.search(before) or not (form.sure_month or self._is_month_name(page.text, match)):
            return None
        parts = self._parts({name.split("_")[0]: text for name, text in match.groupdict().items() if text})
        return DateMatch(start, match.end(), form, parts, form.toward or self._toward(page.folded.folded, start))

    def _toward(self, folded: str, start: int) -> Toward | None:
        """The last cue before the date in its clause decides: "đã được đưa ra từ tháng 8/2018", "sẽ diễn ra ngày 6-9-2019"."""
        clause = SENTENCE_END.split(folded[max(0, start - CUE_DISTANCE) : start])[-1]
        last = [cue.group() for cue in self._cues.finditer(clause)][-1:]
        return None if not last else Toward.FUTURE if last[0] in self.words.future_cues else Toward.PAST

    def _is_month_name(self, text: str, match: re.Match[str]) -> bool:
        """ "May", not "may"; "tháng Năm", for "tháng năm" may be "months, years"."""
        for name in match.re.groupindex:
            if name.startswith("mn") and match[name] in self._doubtful and not text[match.start(name)].isupper():
                return False
        return True

    def _expanded(self, form: Form, slots: dict[str, str]) -> str:
        pattern = form.pattern
        for _ in range(3):  # fragments may hold fragments
            for name, fragment in self.words.fragments.items():
                pattern = pattern.replace("{" + name + "}", fragment)
        seen: dict[str, int] = {}

        def slot(match: re.Match[str]) -> str:
            name = match.group(1)
            if name in ("pre", "/pre"):
                return "(?P<pre>" if name == "pre" else ")"
            seen[name] = seen.get(name, 0) + 1
            return f"(?P<{name}{'' if seen[name] == 1 else f'_{seen[name]}'}>{slots[name]})"

        pattern = SLOT.sub(slot, pattern).replace(" ", GAP)
        following = form.next.replace(" ", r"\s") if form.next.startswith("(?!") else f"(?={form.next})" if form.next else r"(?![./:-]?\d)"
        return rf"(?:{pattern})(?!\w){following}"

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
