"""Days that a command is given, checked."""

from datetime import date

from comity.intervals import last_day, one_date


def day_of(given: str | None) -> date:
    """The last day that a date can mean, today where none is given. Raises BadInputError."""
    return date.today() if given is None else last_day(one_date(given))
