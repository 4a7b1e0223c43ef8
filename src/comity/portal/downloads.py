"""A list of records as JSON, JSON lines or CSV. In CSV a list is one cell, divided by semicolons, and a cell is never a formula."""

import csv
import io
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

import msgspec
from msgspec import Struct

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes a cell that begins so for a formula."""


class Format(StrEnum):
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


MEDIA = {Format.JSON: "application/json", Format.JSONL: "application/x-ndjson", Format.CSV: "text/csv"}


def json_lines(rows: Sequence[Struct]) -> bytes:
    """One record a line."""
    return b"".join(msgspec.json.encode(row) + b"\n" for row in rows)


def csv_table(rows: Sequence[Struct], shape: type[Struct]) -> bytes:
    """A heading and one record a line; UTF-8 with the mark by which spreadsheets know it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(shape.__struct_fields__)
    writer.writerows([_cell(getattr(row, field)) for field in shape.__struct_fields__] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple | list):
        return _cell("; ".join(str(part) for part in value))
    text = msgspec.json.encode(value).decode() if isinstance(value, dict | Struct) else str(value)
    return f"'{text}" if text.startswith(FORMULA) and not isinstance(value, int | float) else text
