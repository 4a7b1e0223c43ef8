"""A plan as rows of text, and rows of text as the plan again, without loss: what a spreadsheet, CSV file or Word table can hold.

A field is a column; one with languages has a column each (`words [en]`). Several values stand on lines of their own in a cell.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import msgspec
from msgspec import Struct

from comity.errors import BadInputError
from comity.knowledge import Plan
from comity.knowledge.schema import Line, Section

FIRST = ("number", "words", "responsible", "themes", "note")
"""What a person looks for first in a row; the other fields follow in the schema's order."""
BY_LANGUAGE = re.compile(r"(\w+) \[(\w+)\]")
WORD = re.compile(r"[^\W_]+")
UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\ud800-\udfff\ufffe\uffff]")

Row = dict[str, str]


class PlanRows(Struct, frozen=True):
    """The plan's own fields, its sections and its lines; a line's row names its section under `section`."""

    plan: Row
    sections: tuple[Row, ...]
    lines: tuple[Row, ...]


def rows_of(plan: Plan) -> PlanRows:
    """The plan as rows. Raises BadInputError where a text holds characters that no table can."""
    lines = [{**_row(line), "section": section.id} for section in plan.sections for line in section.lines]
    rows = PlanRows(_row(plan, without="sections"), tuple(_row(section, without="lines") for section in plan.sections), tuple(lines))
    for row in (rows.plan, *rows.sections, *rows.lines):
        for column, text in row.items():
            if UNWRITABLE.search(text):
                raise BadInputError(f"{plan.id}: {column!r} of {row.get('id', 'a line')!r} holds a control character; take it out.")
    return rows


def plan_of(rows: PlanRows, name: str) -> Plan:
    """The plan that the rows describe. Raises BadInputError with the field that does not fit."""
    sections = [{**_fields(row, Section), "lines": []} for row in rows.sections]
    by_id = {section.get("id"): section for section in sections}
    above = ""
    for row in rows.lines:
        named = above = row.get("section") or above  # a row that a person added between two may leave it open
        section = by_id.get(named)
        identity = row.get("id") or _identity(rows.plan.get("id", ""), row.get("number"))
        if section is None or not identity:
            what = f"is in section {named!r}, which the file does not describe" if identity else "has neither an id nor a number"
            raise BadInputError(f"{name}: line {identity or next(iter(row.values()))[:60]!r} {what}.")
        section["lines"].append(_fields({**{column: text for column, text in row.items() if column != "section"}, "id": identity}, Line))
    try:
        return msgspec.convert({**_fields(rows.plan, Plan), "sections": sections}, Plan, strict=False)
    except msgspec.ValidationError as error:
        raise BadInputError(f"{name}: {error}; compare the file with a fresh export.") from error


def _identity(plan: str, number: str | None) -> str | None:
    """An id for a line that a person added with a number only."""
    return f"{plan}-{'.'.join(WORD.findall(number))}" if number else None


def columns_of(rows: Iterable[Mapping[str, str]]) -> list[str]:
    """All columns that some row fills, what people look for first."""
    found = dict.fromkeys(column for row in rows for column in row)
    rank = {field: place for place, field in enumerate(FIRST)}
    return sorted(found, key=lambda column: rank.get(_field(column), len(rank)))


def _row(value: Struct, without: str = "") -> Row:
    row: Row = {}
    fields: dict[str, Any] = msgspec.to_builtins(value)
    for field, content in fields.items():
        if field == without or content is None or content in ("", (), [], {}):
            continue
        if isinstance(content, dict) and all(isinstance(part, str) or _is_texts(part) for part in content.values()):
            row |= {f"{field} [{language}]": _cell(part) for language, part in content.items() if part}
        else:
            row[field] = _cell(content)
    return row


def _cell(content: Any) -> str:
    if isinstance(content, str):
        return content
    if _is_texts(content) and all(part and "\n" not in part and part[0] not in "[{" for part in content):
        return "\n".join(content)
    return str(content) if isinstance(content, int | float) else msgspec.json.encode(content).decode()


def _is_texts(content: Any) -> bool:
    return isinstance(content, list | tuple) and all(isinstance(part, str) for part in content)


def _fields(row: Mapping[str, str], shape: type[Struct]) -> dict[str, Any]:
    """The row's texts as the struct's fields; empty cells are left to its defaults."""
    kinds, required = _kinds(shape)
    result: dict[str, Any] = {field: {} for field in required}
    for column, text in row.items():
        if not text:
            continue
        field, language = _field(column), _language(column)
        kind = kinds.get(field)
        if isinstance(kind, msgspec.inspect.DictType) and language:
            result.setdefault(field, {})[language] = _value(text, kind.value_type)
        else:
            result[field] = _value(text, kind)
    return result


@cache
def _kinds(shape: type[Struct]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The type of each field, and the fields by language that must be there, if only empty."""
    kind = msgspec.inspect.type_info(shape)
    assert isinstance(kind, msgspec.inspect.StructType)
    fields = kind.fields
    required = (field.encode_name for field in fields if field.required and isinstance(field.type, msgspec.inspect.DictType))
    return {field.encode_name: field.type for field in fields}, tuple(required)


def _value(text: str, kind: Any) -> Any:
    if isinstance(kind, msgspec.inspect.VarTupleType) and isinstance(kind.item_type, msgspec.inspect.StrType):
        return msgspec.json.decode(text) if text.startswith("[") else text.split("\n")
    if isinstance(kind, msgspec.inspect.VarTupleType | msgspec.inspect.DictType | msgspec.inspect.StructType):
        return msgspec.json.decode(text)
    return text


def _field(column: str) -> str:
    match = BY_LANGUAGE.fullmatch(column)
    return match[1] if match else column


def _language(column: str) -> str | None:
    match = BY_LANGUAGE.fullmatch(column)
    return match[2] if match else None


def table(rows: Sequence[Row]) -> list[list[str]]:
    """Rows under a header of their columns."""
    columns = columns_of(rows)
    return [columns, *([row.get(column, "") for column in columns] for row in rows)]


def rows_under(header: Sequence[str], body: Iterable[Sequence[str]]) -> tuple[Row, ...]:
    """The rows of a table, by column; rows without any text are no rows."""
    rows = ({column: cell for column, cell in zip(header, cells, strict=False) if column and cell} for cells in body)
    return tuple(row for row in rows if row)
