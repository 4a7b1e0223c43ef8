"""A workbook (XLSX) to blocks: the rows of every visible sheet, or of the one named, with the cells that are merged."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from typing import Any

import openpyxl
from openpyxl.utils import range_boundaries

from comity.errors import BadInputError
from comity.intake.blocks.block import Block
from comity.intake.blocks.office import FAULTS, checked_office
from comity.intake.blocks.tables import ROWS_LIMIT, row_block, too_many_rows

COLUMNS_LIMIT = 200
MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+\d+:[A-Z]+\d+)"')
MERGED_ROWS_LIMIT = 1_000_000

Merges = list[tuple[int, int, int, int]]


def sheet_blocks(content: bytes, name: str, *, sheet: str | None = None) -> list[Block]:
    """The rows as blocks. Raises BadInputError."""
    archive = checked_office(content, name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that openpyxl doesn't know
            workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except FAULTS as error:
        raise BadInputError(f"{name}: is no whole workbook ({error}); open it and save it again as .xlsx.") from error
    with closing(workbook), archive:
        sheets = [item for item in workbook.worksheets if item.sheet_state == "visible"]
        if sheet is not None:
            sheets = [item for item in workbook.worksheets if item.title == sheet]
            if not sheets:
                raise BadInputError(f"{name}: has no sheet {sheet!r}; it has {', '.join(workbook.sheetnames)}.")
        blocks: list[Block] = []
        for number, item in enumerate(sheets, 1):
            try:
                blocks += _rows(item, number, _merges(archive, item), name)
            except FAULTS as error:
                raise BadInputError(f"{name}: sheet {item.title!r} can't be read ({error}); save the workbook again.") from error
    return blocks


def _rows(sheet: Any, table: int, merges: Merges, name: str) -> Iterator[Block]:
    sheet.reset_dimensions()  # a file may claim a million rows it does not have
    if sum(bottom - top + 1 for _, top, _, bottom in merges) > MERGED_ROWS_LIMIT:
        raise BadInputError(f"{name}: sheet {sheet.title!r} merges more than {MERGED_ROWS_LIMIT:,} rows of cells; unmerge them.")
    down: dict[tuple[int, int], str] = {}
    by_row: dict[int, Merges] = {}
    for merge in merges:
        for row in range(merge[1], min(merge[3], ROWS_LIMIT) + 1):
            by_row.setdefault(row, []).append(merge)
    filled = 0
    for number, row in enumerate(sheet.iter_rows(values_only=True, max_col=COLUMNS_LIMIT), 1):
        cells = [_shown(value) for value in row]
        merged: set[int] = set()
        for left, top, right, bottom in by_row.get(number, ()):
            cells += [""] * (right - len(cells))
            if number == top:
                down[left, top] = cells[left - 1]
            elif bottom > top:
                cells[left - 1] = down.get((left, top), "")
            merged |= set(range(left - 1, right - 1))
        while cells and not cells[-1]:
            cells.pop()
        if any(cell.strip() for cell in cells):
            filled += 1
            if filled > ROWS_LIMIT:
                raise BadInputError(too_many_rows(name))
            yield row_block(cells, place=f"sheet {sheet.title}, row {number}", table=table, merged=tuple(sorted(merged)))


def _merges(archive: zipfile.ZipFile, sheet: Any) -> Merges:
    """The merged ranges, which openpyxl tells only of workbooks it holds whole in memory; they stand at the end of a sheet's file."""
    path = str(sheet._worksheet_path).lstrip("/")
    with archive.open(path) as file:
        tail = b""
        found: Merges = []
        while piece := file.read(1 << 20):
            joined = tail + piece
            last = 0
            for match in MERGE.finditer(joined):
                found.append(range_boundaries(match.group(1).decode()))
                last = match.end()
            tail = joined[max(last, len(joined) - 200) :]
    return found


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if not (value.hour or value.minute or value.second) else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
