"""A language's ways of writing dates, from its `dates.yaml` to patterns over the folded text; out come matches with their parts as numbers.

A form is a pattern with slots (`<d>`, `<mn>`, `<n>` ...) and what it means; the first form that fits at a place wins.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from comity.languages import load_words
from comity.reading.date_words import DateWords, Form, Toward, Unit
from comity.reading.first_words import FIGURE, first_words
from comity.reading.late_pattern import LatePattern
from comity.reading.page import Page
from comity.records import LanguageCode

DAY = r"(?:3[01]|[12]\d|0?[1-9])(?!\d)"
MONTH = r"(?:1[0-2]|0?[1-9])(?!\d)"
YEAR = r"(?:1[5-9]|20)\d\d(?!\d)"
SHORT_YEAR = r"\d\d(?!\d)"
DECADE = r"(?:(?:1[5-9]|20)\d0|[1-9]0)(?!\d)"
GAP = r"(?:[^\S\n]{1,3}|[^\S\n]{0,3}\n[^\S\n]{0,12})"
"""A blank of a pattern: a sentence wrapped at a fixed width may break inside a date, and its next line may be indented."""
OPENING = re.compile(r"(?<!\w)(?<!\d[.,/:])(?:\d|[^\W\d_]+)|\((?=\d)")
SLOT = re.compile(r"<(/?\w+)>")
LARGEST_FRACTION = 10
CUE_DISTANCE = 90
PART_OF_WORD = re.compile(r"[/_@#$]$|\w-$")
"""Before figures that stand in an address, a number or a sum: `.../releases/2021`, `$2021`, `october-2021`."""
LAST_WORD = re.compile(r"(\w+)[^\S\n]*\n?[^\S\n]*\Z")
"""The word right before a date, also behind a stroke: "Belfast/Good | Friday"."""
SENTENCE_END = re.compile(r"(?<!\.\w)[.;!?\n]\s")
"""A mark with a blank behind it, but for the last full stop of "D.C." and "U.S."."""


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
    """Where a date stands in the text, in which form, with which parts. `toward`: whether the words before it look back or ahead.
    `is_term`: they make it a term or a goal ("gia hạn đến ngày 1/9/2030"). `is_opening`: what lasts since then ("từ 9/2030")."""

    start: int
    end: int
    form: Form
    parts: Parts
    toward: Toward | None = None
    is_term: bool = False
    is_opening: bool = False


class DateForms:
    """All forms of one language as one pattern."""

    def __init__(self, language: LanguageCode) -> None:
        self.words = load_words(language, "dates", DateWords)
        slots = self._slots()
        self._forms: dict[str, list[tuple[Form, LatePattern]]] = {}
        for form in self.words.forms:
            pattern = self._expanded(form, slots)
            late = LatePattern(pattern)
            for word in first_words(pattern):
                self._forms.setdefault(word, []).append((form, late))
        self._cues = re.compile(rf"(?:(?<!\w)|(?=['’])){_any(dict.fromkeys((*self.words.past_cues, *self.words.future_cues), 0))}")
        self._term, self._opening = (re.compile(rf"(?:{words or '(?!)'})$") for words in (self.words.term, self.words.opening))
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
            if word not in self._forms and not word[0].isdigit():
                continue
            found = self._at(page, start)
            if found and found.start > start and (longer := self._at(page, found.start)) and longer.end > found.end:
                found = longer  # "in May and June": the words before were only a witness
            if found:
                yield found
                position = found.end

    def _at(self, page: Page, start: int) -> DateMatch | None:
        """The first form that fits at a place."""
        opening = OPENING.match(page.folded.folded, start)
        word = opening.group() if opening else ""
        for form, pattern in self._forms.get(FIGURE if word[:1].isdigit() else word, ()):
            match = pattern.compiled.match(page.folded.folded, start)
            if match and (found := self._accepted(page, form, match)):
                return found
        return None

    def _accepted(self, page: Page, form: Form, match: re.Match[str]) -> DateMatch | None:
        start = match.end("pre") if "pre" in match.re.groupindex else match.start()
        if form.fraction and match.group() in self.words.sayings:
            return None
        before = page.folded.folded[max(0, start - 30) : start]
        if form.not_after and (word := LAST_WORD.search(before)) and word.group(1) in form.not_after:
            return None
        if PART_OF_WORD.search(before) or not (form.sure_month or self._is_month_name(page.text, match)):
            return None
        parts = self._parts({name.split("_")[0]: text for name, text in match.groupdict().items() if text})
        toward = form.toward or self._toward(page.folded.folded, start)
        if not (parts.year or parts.year2):
            return DateMatch(start, match.end(), form, parts, toward)
        is_term, is_opening = (pattern.search(before) is not None for pattern in (self._term, self._opening))
        return DateMatch(start, match.end(), form, parts, toward, is_term, is_opening)

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
        figures = {
            "d": DAY,
            "d2": DAY,
            "m": MONTH,
            "m2": MONTH,
            "y": YEAR,
            "y2": YEAR,
            "y2s": SHORT_YEAR,
            "decade": DECADE,
            "decade2": DECADE,
        }
        names = {
            "mn": month,
            "mn2": month,
            "w": _any(words.weekdays),
            "u": _any(words.units),
            "q": _any(words.quarters),
            "by": _any(words.years),
        }
        return {**figures, **names, "n": number}

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
