"""What an address or a form asks for, as people type it: a day as their language writes it; and what to say where it can't be meant.

`iso_of` takes "30/1/2020", "30.1.2020", "1/2020" and what is ISO already; `Unfit` is told in the language of the page.
"""

import re
from collections.abc import Mapping
from datetime import date
from urllib.parse import parse_qsl

from comity.errors import BadInputError
from comity.intervals import IsoDate, first_day, is_iso, one_date

DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
BETWEEN = re.compile(r"\s+[-–]\s+")
MONTH = re.compile(r"(\d{1,2})[/.-](\d{4})")


class Unfit(BadInputError):
    """What can't be shown as asked. `key` is its sentence in the portal's words, `fields` what stands in it; the text is for programs."""

    def __init__(self, sentence: str, key: str, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(sentence)
        self.key = key
        self.fields = dict(fields or {})


def iso_of(typed: str) -> str:
    """A day, a month or a time between two ("2026 - 2030") as ISO writes it; anything else as it was typed. The day stands before the
    month, as in Vietnamese and in the papers of the UN ("30/1/2020")."""
    parts = BETWEEN.split(typed.strip())
    if len(parts) == 2:
        between = "/".join(iso_of(part) for part in parts)
        return between if is_iso(between) else typed
    if found := DAY.fullmatch(typed.strip()):
        day, month, year = (int(part) for part in found.groups())
        try:
            return date(year, month, day).isoformat()
        except ValueError:
            return typed
    if (found := MONTH.fullmatch(typed.strip())) and 1 <= int(found[1]) <= 12:
        return f"{found[2]}-{int(found[1]):02}"
    return typed


def query_in(query_string: bytes) -> list[tuple[str, str]]:
    """What stands in an address behind the `?`, in its order; empty values are left out."""
    return parse_qsl(query_string.decode("ascii", "replace"), errors="replace")


def typed_of(iso: IsoDate) -> str:
    """A day, month or time between two as `iso_of` takes it and people write it: "16/9/2020", "9/2020"; anything else as it is."""
    if is_iso(iso) and "/" in iso:
        return " - ".join(typed_of(part) for part in iso.split("/"))
    parts = iso.split("-")
    return "/".join(str(int(part)) for part in reversed(parts)) if is_iso(iso) and "/" not in iso else iso


def gone_by(iso: IsoDate, today: date) -> IsoDate:
    """A date that has begun. Raises Unfit for one to come."""
    if first_day(iso) > today:
        raise Unfit(f"{iso} is yet to come; give a day as of which something is known already.", "asked_to_come", {"day": iso})
    return iso


def date_in(typed: str) -> IsoDate:
    """The date, month or year that was typed. Raises Unfit."""
    try:
        return one_date(iso_of(typed))
    except BadInputError as error:
        raise Unfit(str(error), "asked_no_date", {"typed": typed}) from error
