"""Meetings as a calendar file (iCalendar, RFC 5545), which every calendar program opens. In come entries, out come bytes.

An entry is a whole day or several; the day after the last one ends it, as the standard has it.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from msgspec import Struct

LINE = 75
"""Bytes of a line at most; what is longer goes on in the next, behind a space."""


class Entry(Struct, frozen=True, kw_only=True):
    """One meeting. `id` stays the same when it is asked for again, so that a calendar replaces what it had."""

    id: str
    first: date
    last: date
    title: str
    place: str = ""
    address: str = ""


def calendar_file(entries: Iterable[Entry], *, title: str, language: str) -> bytes:
    """The file, the same bytes for the same entries."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Comity//Meetings//EN", f"X-WR-CALNAME;LANGUAGE={language}:{_text(title)}"]
    for entry in entries:
        lines += _event(entry, language)
    return b"".join(part for line in [*lines, "END:VCALENDAR"] for part in _folded(line))


def _event(entry: Entry, language: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(entry.id)}@comity"
    yield f"DTSTAMP:{entry.first:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{entry.first:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{entry.last + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY;LANGUAGE={language}:{_text(entry.title)}"
    if entry.place:
        yield f"LOCATION:{_text(entry.place)}"
    if entry.address:
        yield f"URL:{entry.address}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _text(text: str) -> str:
    """Backslashes, semicolons, commas and line ends are written with a backslash (RFC 5545, 3.3.11)."""
    plain = " ".join(text.split())
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> Iterator[bytes]:
    """A line in pieces of 75 bytes, never inside a letter."""
    piece = b""
    for letter in line:
        encoded = letter.encode()
        if len(piece) + len(encoded) > LINE:
            yield piece + b"\r\n"
            piece = b" "
        piece += encoded
    yield piece + b"\r\n"
