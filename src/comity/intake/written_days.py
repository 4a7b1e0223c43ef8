"""A day of publication as tables and front matter write it: `2020-01-31`, `2020-01-31T08:00:00+07:00`, `31/01/2020`, as in mails."""

import email.utils
import re

from comity.errors import BadInputError
from comity.intervals import IsoDate, is_iso

TIMESTAMP = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d?:\d\d")
DAY_FIRST = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2((?:19|20)\d\d)(?:[ ,]+\d\d?:\d\d.*)?")


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
    try:
        return email.utils.parsedate_to_datetime(value).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        raise BadInputError(f"{place}: {field} is {value!r}; write a date such as 2020-01-30, 2020-01 or 2020.") from None
