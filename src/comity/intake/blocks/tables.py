"""CSV and JSON to blocks: rows with cells; the first row names the columns."""

import csv
import io
from typing import Any

import msgspec

from comity.errors import BadInputError
from comity.intake.blocks.block import Block, Kind, clean

ROWS_LIMIT = 100_000
CELL_LIMIT = 1_000_000
DELIMITERS = ",;\t|"


def csv_blocks(text: str, name: str) -> list[Block]:
    """A row a block. The delimiter is the one that parts the first line into most cells. Raises BadInputError."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    delimiter = max(DELIMITERS, key=first.count)
    csv.field_size_limit(CELL_LIMIT)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    blocks = []
    try:
        for row in rows:
            if any(cell.strip() for cell in row):
                blocks.append(row_block([*row], place=f"line {rows.line_num}"))
            if len(blocks) > ROWS_LIMIT:
                raise BadInputError(too_many_rows(name))
    except csv.Error as error:
        raise BadInputError(f"{name}:{rows.line_num}: is no table ({error}); save it again as CSV in UTF-8.") from error
    return blocks


def json_blocks(text: str, name: str) -> list[Block]:
    """A list of objects (or one under a single key) as rows; the keys in order of appearance are the columns. Raises BadInputError."""
    try:
        value = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError) as error:
        raise BadInputError(f"{name}: is no valid JSON ({error}).") from error
    objects = _objects(value)
    if not objects:
        raise BadInputError(f"{name}: holds no list of objects; write the plan's lines as a list of objects with the same keys.")
    if len(objects) > ROWS_LIMIT:
        raise BadInputError(too_many_rows(name))
    keys = list(dict.fromkeys(key for item in objects for key in item))
    rows = [row_block([_shown(item.get(key)) for key in keys], place=f"object {number}") for number, item in enumerate(objects, 1)]
    return [row_block(keys, place="the keys"), *rows]


def row_block(cells: list[str], *, place: str, table: int = 1, merged: tuple[int, ...] = ()) -> Block:
    """A row; the lines of a cell stay apart."""
    kept = tuple("\n".join(words for line in cell.split("\n") if (words := clean(line))) for cell in cells)
    return Block(kind=Kind.ROW, cells=kept, table=table, merged=merged, place=place)


def too_many_rows(name: str) -> str:
    return f"{name}: has more than {ROWS_LIMIT:,} rows; keep only the plan's lines in it."


def _objects(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        lists = [item for item in value.values() if isinstance(item, list)]
        value = lists[0] if len(lists) == 1 else None
    if isinstance(value, list) and all(isinstance(item, dict) for item in value):
        return value
    return []


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(_shown(item) for item in value)
    return value if isinstance(value, str) else str(value)
