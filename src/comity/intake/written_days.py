"""A day of publication as tables and front matter write it: `2020-01-31`, `2020-01-31T08:00:00+07:00`, `31/01/2020`, or in words."""

import email.utils
import re
import unicodedata
from datetime import datetime

from comity.errors import BadInputError
from comity.intervals import IsoDate, is_iso

TIMESTAMP = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d?:\d\d")
DAY_FIRST = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2((?:19|20)\d\d)(?:[ ,]+\d\d?:\d\d.*)?")

IN_WORDS = (
    *("%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%A, %d %B %Y", "%A, %B %d, %Y"),
    *("ngày %d tháng %m năm %Y", "%d tháng %m năm %Y"),
)
"""Days as `strptime` reads them, the names of months in either case."""
MONTH_IN_WORDS = ("%B %Y", "%b %Y", "tháng %m năm %Y", "tháng %m/%Y")


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
    for length, forms in ((len("2020-01-31"), IN_WORDS), (len("2020-01"), MONTH_IN_WORDS)):
        for form in forms:
            try:
                return datetime.strptime(unicodedata.normalize("NFC", value.strip()), form).date().isoformat()[:length]
            except ValueError:
                continue
    try:
        return email.utils.parsedate_to_datetime(value).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        several = " (it may be read as two days)" if DAY_FIRST.fullmatch(value) else ""
        raise BadInputError(f"{place}: {field} is {value!r}{several}; write a date such as 2020-01-30, 2020-01 or 2020.") from None
