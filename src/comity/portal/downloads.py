"""A list of records as JSON, JSON lines or CSV. In CSV a list is one cell, divided by semicolons, as JSON where it holds more than words;
and a cell is never a formula."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
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


def json_lines(rows: Sequence[Struct | Mapping[str, Any]]) -> bytes:
    """One record a line."""
    return b"".join(msgspec.json.encode(row) + b"\n" for row in rows)


def csv_table(rows: Sequence[Struct], shape: type[Struct]) -> bytes:
    """A heading and one record a line; UTF-8 with the mark by which spreadsheets know it."""
    fields = shape.__struct_fields__
    return _table(fields, ([getattr(row, field) for field in fields] for row in rows))


def csv_rows(rows: Sequence[Mapping[str, Any]], fields: Sequence[str]) -> bytes:
    """The same of records."""
    return _table(fields, ([row[field] for field in fields] for row in rows))


def _table(fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(fields)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple | list) and not any(isinstance(part, dict | Struct | tuple | list) for part in value):
        return _cell("; ".join(str(part) for part in value))
    text = msgspec.json.encode(value).decode() if isinstance(value, dict | Struct | tuple | list) else str(value)
    return f"'{text}" if text.startswith(FORMULA) and not isinstance(value, int | float) else text
