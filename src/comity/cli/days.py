"""Days that a command is given, checked."""

from datetime import date

from comity.errors import BadInputError
from comity.intervals import is_iso, last_day


def day_of(given: str | None) -> date:
    """The last day that a date can mean, today where none is given. Raises BadInputError."""
    if given is None:
        return date.today()
    if not is_iso(given) or "/" in given or given.startswith(("9999", "0000")):
        raise BadInputError(f"{given!r} is no date; give one such as 2020-01-30, 2020-01 or 2020.")
    return last_day(given)
