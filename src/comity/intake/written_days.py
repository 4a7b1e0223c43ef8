"""A day of publication as tables and front matter write it: `2020-01-31`, `2020-01-31T08:00:00+07:00`, `31/01/2020`, or in words."""

import email.utils
import re
import unicodedata
from datetime import datetime
from functools import cache

from msgspec import Struct

from comity.errors import BadInputError
from comity.intervals import IsoDate, is_iso
from comity.languages import languages, load_words

TIMESTAMP = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d?:\d\d")
DAY_FIRST = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2((?:19|20)\d\d)(?:[ ,]+\d\d?:\d\d.*)?")


class WrittenDays(Struct, frozen=True, forbid_unknown_fields=True):
    """Days and months as `strptime` reads them, in either case."""

    days: tuple[str, ...]
    months: tuple[str, ...]


def day_written(value: str, *, field: str, place: str) -> IsoDate:
    """The day, month or year that `value` writes; `field` and `place` (`file, line 12`) are for the message. Raises BadInputError for
    anything else, also for what could be two days (`1/2/2020`)."""
    if is_iso(value) and "/" not in value:
        return value
    if (stamp := TIMESTAMP.match(value)) and is_iso(stamp.group(1)):
        return stamp.group(1)
    if (match := DAY_FIRST.fullmatch(value)) and (int(match[1]) > 12 or match[1] == match[3] or match[2] == "."):
        day = f"{match[4]}-{int(match[3]):02}-{int(match[1]):02}"
        if is_iso(day):
            return day
    if iso := _in_words(unicodedata.normalize("NFC", value.strip())):
        return iso
    try:
        return email.utils.parsedate_to_datetime(value).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        several = " (it may be read as two days)" if DAY_FIRST.fullmatch(value) else ""
        raise BadInputError(f"{place}: {field} is {value!r}{several}; write a date such as 2020-01-30, 2020-01 or 2020.") from None


def _in_words(value: str) -> IsoDate | None:
    for form, length in _forms():
        try:
            return datetime.strptime(value, form).date().isoformat()[:length]
        except ValueError:
            continue
    return None


@cache
def _forms() -> tuple[tuple[str, int], ...]:
    """The forms of all languages, each with as much of the date as it gives: days before months."""
    words = [load_words(language, "written_days", WrittenDays) for language in languages()]
    days, months = (form for one in words for form in one.days), (form for one in words for form in one.months)
    return (*((form, len("2020-01-31")) for form in days), *((form, len("2020-01")) for form in months))
