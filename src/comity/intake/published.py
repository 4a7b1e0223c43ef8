"""When a text was published, as it says itself: a date line or dateline in its head, else a date in its file's name.

`(Washington) 12 May 2022 - ...`, `Thứ Sáu, 31/01/2020 08:00 (GMT+7)`, `Hà Nội, ngày 3 tháng 2 năm 2020`, `wh-2021-09-20-0.txt`.
Whole days only: the rest of the reading is anchored on it.
"""

import re
from functools import cache
from pathlib import PurePath

from msgspec import Struct

from comity.intervals import IsoDate, is_iso
from comity.languages import load_words
from comity.records import DateSource, LanguageCode

HEAD_LINES = 8
PAGE_HEAD_LINES = 60
HEAD_CHARACTERS = 200
IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)([-_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")


class DatelineWords(Struct, frozen=True, forbid_unknown_fields=True):
    """`patterns` are matched at the start of each line of the head, in any case; they name the groups `day`, `month` and `year`.
    `months` gives the number of each month's names."""

    patterns: tuple[str, ...]
    months: dict[str, int] = {}


def published_in(text: str, *, language: LanguageCode, name: str, head: str = "") -> tuple[IsoDate | None, DateSource | None]:
    """The day of publication and how it is known; None and None where neither the text, the lines above it (`head`) nor its name tells."""
    if day := _dateline(text, language) or _dateline(head, language, lines=PAGE_HEAD_LINES):
        return day, DateSource.DATELINE
    if day := _in_name(name):
        return day, DateSource.FILE_NAME
    return None, None


def _dateline(text: str, language: LanguageCode, *, lines: int = HEAD_LINES) -> IsoDate | None:
    head = [line.strip() for line in text[: 4 * lines * HEAD_CHARACTERS].split("\n") if line.strip()]
    for line in head[:lines]:
        for pattern, months in _patterns(language):
            if (match := pattern.match(line[:HEAD_CHARACTERS])) and (day := _iso(match, months)):
                return day
    return None


def _iso(match: re.Match[str], months: dict[str, int]) -> IsoDate | None:
    word = match["month"].lower()
    month = int(word) if word.isdecimal() else months.get(word)
    if month is None:
        return None
    iso = f"{int(match['year']):04}-{month:02}-{int(match['day']):02}"
    return iso if is_iso(iso) else None


def _in_name(name: str) -> IsoDate | None:
    for match in IN_NAME.finditer(PurePath(name).name):
        year, _, month, day = match.groups()
        if is_iso(iso := f"{year}-{month}-{day}"):
            return iso
    return None


@cache
def _patterns(language: LanguageCode) -> tuple[tuple[re.Pattern[str], dict[str, int]], ...]:
    words = load_words(language, "datelines", DatelineWords)
    return tuple((re.compile(pattern, re.IGNORECASE), words.months) for pattern in words.patterns)
