"""A plan to a file that people work on (XLSX, CSV, DOCX) or programs read (JSON), and back from such a file without loss.

The same plan gives the same bytes.
"""

import csv
import io
import re
from pathlib import Path

import msgspec

from comity.errors import BadInputError
from comity.intake.decoding import decoded
from comity.intake.files import file_bytes
from comity.knowledge import Plan
from comity.publishing.plan_office import read_plan_document, read_plan_workbook, write_plan_document, write_plan_workbook
from comity.publishing.plan_rows import PlanRows, columns_of, plan_of, rows_of, rows_under
from comity.publishing.sparse import sparse

FORMATS = (".xlsx", ".csv", ".json", ".docx")
JSON_MARK = "comity plan 1"
KINDS = ("plan", "section", "line")
FORMULA = re.compile(r"'*[=+\-@\t]")
"""What a spreadsheet would run as a formula when it opens a CSV file; an apostrophe before it keeps it text."""


def plan_bytes(plan: Plan, suffix: str) -> bytes:
    """The plan as a file of the format of a name's end (`.xlsx`). Raises BadInputError."""
    if suffix == ".json":
        return msgspec.json.format(msgspec.json.encode({"format": JSON_MARK, "plan": sparse(plan)}), indent=1) + b"\n"
    if suffix == ".csv":
        return _csv(rows_of(plan))
    if suffix == ".xlsx":
        return write_plan_workbook(rows_of(plan))
    if suffix == ".docx":
        return write_plan_document(rows_of(plan))
    raise BadInputError(f"{suffix or 'a name without an end'!r} is no format a plan is written in; use {', '.join(FORMATS)}.")


def read_plan(path: str | Path) -> Plan | None:
    """The plan in a file that `plan_bytes` wrote, whatever a person has changed in it; None where the file is of another making."""
    suffix = Path(path).suffix.lower()
    if suffix not in FORMATS:
        return None
    content, name = file_bytes(path), str(path)
    if suffix == ".json":
        return _read_json(decoded(content, name), name)
    if suffix == ".csv":
        rows = _read_csv(decoded(content, name), name)
    elif suffix == ".xlsx":
        rows = read_plan_workbook(content, name)
    else:
        rows = read_plan_document(content, name)
    return plan_of(rows, name) if rows else None


def _read_json(text: str, name: str) -> Plan | None:
    try:
        value = msgspec.json.decode(text)
        if not isinstance(value, dict) or value.get("format") != JSON_MARK:
            return None
        return msgspec.convert(value.get("plan"), Plan)
    except msgspec.ValidationError as error:
        raise BadInputError(f"{name}: {error}; compare the file with a fresh export.") from error
    except (msgspec.DecodeError, RecursionError) as error:
        raise BadInputError(f"{name}: is no valid JSON ({error}).") from error


def _csv(rows: PlanRows) -> bytes:
    kinds = [("plan", rows.plan), *(("section", row) for row in rows.sections), *(("line", row) for row in rows.lines)]
    columns = columns_of([row for _, row in reversed(kinds)])
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(["row", *columns])
    writer.writerows([kind, *(_guarded(row.get(column, "")) for column in columns)] for kind, row in kinds)
    return buffer.getvalue().encode("utf-8-sig")


def _read_csv(text: str, name: str) -> PlanRows | None:
    text = text.removeprefix("\ufeff")
    delimiter = ";" if text.startswith("row;") else ","  # a spreadsheet set to a comma for decimals saves with semicolons
    if not text.startswith(f"row{delimiter}"):
        return None
    csv.field_size_limit(1_000_000)
    try:
        header, *body = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise BadInputError(f"{name}: is no table ({error}); save it again.") from error
    rows = rows_under(header, ([_unguarded(cell.replace("\r\n", "\n")) for cell in cells] for cells in body))
    by_kind = {kind: tuple({k: v for k, v in row.items() if k != "row"} for row in rows if row.get("row") == kind) for kind in KINDS}
    if len(by_kind["plan"]) != 1:
        return None
    return PlanRows(by_kind["plan"][0], by_kind["section"], by_kind["line"])


def _guarded(text: str) -> str:
    return f"'{text}" if FORMULA.match(text) else text


def _unguarded(text: str) -> str:
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text
