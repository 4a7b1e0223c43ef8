"""The time of adding, which is kept in the register and shown nowhere."""

from datetime import UTC, datetime


def now() -> str:
    """This moment in UTC, as ISO 8601 text to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
