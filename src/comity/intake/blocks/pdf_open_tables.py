"""Tables on PDF pages without drawn lines: the header's words give the columns, and what stands below falls under them.

Known by at least two names of columns side by side (`No. | Action line | Responsible`). A line with something in the first column, or
after white space, begins a row; words over several columns are a heading.
"""

from collections.abc import Sequence

from msgspec import Struct

from comity.intake.blocks.block import clean
from comity.intake.blocks.labels import split_label
from comity.intake.blocks.pdf_pieces import Piece, rows_of
from comity.intake.blocks.pdf_tables import TableRows
from comity.intake.plan_words import folded_name, plan_cues

NEAR = 8.0
OVER = 15.0
ALIGNED = 0.8
GAP = 1.35
LEAST_NAMES = 2


class Columns(Struct, frozen=True):
    """Where the columns of a table begin, its header, and whether the first one numbers the rows."""

    lefts: tuple[float, ...]
    header: tuple[str, ...]
    is_numbered: bool


def open_table(pieces: list[Piece], page: int, above: Columns | None) -> tuple[TableRows | None, list[Piece], Columns | None]:
    """The table of a page, if it has one or goes on with the one `above`; the pieces outside it; and the columns for the next page."""
    lines = rows_of(pieces)
    start, columns = _header(lines)
    if columns is None:
        if above is None or not _is_aligned(pieces, above):
            return None, pieces, None
        start, columns = -1, above
    table = TableRows(top=0.0, columns=columns.lefts, rows=[], places=[], merged=[])
    if start >= 0:
        _add(table, columns.header, (), page)
        table.top = max(piece.top for piece in lines[start])
    else:
        table.top = max(piece.top for piece in pieces)
    last: Piece | None = None
    for line in lines[start + 1 :]:
        if len(line) == 1 and _is_over(line[0], columns):
            _add(table, (line[0].text, *[""] * (len(columns.lefts) - 1)), tuple(range(len(columns.lefts) - 1)), page)
            last = None
            continue
        if last is None or _begins_row(line, last, columns):
            _add(table, tuple("" for _ in columns.lefts), (), page)
        table.rows[-1] = _joined(table.rows[-1], line, columns)
        last = line[-1]
    outside = [piece for line in lines[: max(start, 0)] for piece in line]
    return table, outside, columns


def _header(lines: Sequence[list[Piece]]) -> tuple[int, Columns | None]:
    names = plan_cues().columns
    for index, line in enumerate(lines):
        fields = [names.get(folded_name(piece.text)) for piece in line]
        if len(line) > LEAST_NAMES and "words" in fields and len(set(fields) - {None}) >= LEAST_NAMES:
            lefts = tuple(piece.left for piece in line)
            return index, Columns(lefts, tuple(piece.text for piece in line), fields[0] == "number")
    return -1, None


def _is_aligned(pieces: Sequence[Piece], columns: Columns) -> bool:
    near = sum(any(abs(piece.left - left) <= NEAR for left in columns.lefts) for piece in pieces)
    used = {min(range(len(columns.lefts)), key=lambda index: abs(piece.left - columns.lefts[index])) for piece in pieces}
    return near >= ALIGNED * len(pieces) and len(used) > 1


def _is_over(piece: Piece, columns: Columns) -> bool:
    """Words that run over the next column's beginning belong to no column."""
    following = [left for left in columns.lefts if left > piece.left + NEAR]
    return piece.left <= columns.lefts[0] + NEAR and bool(following) and piece.right > following[0] + OVER


def _begins_row(line: list[Piece], last: Piece, columns: Columns) -> bool:
    if columns.is_numbered:
        return _column(line[0], columns) == 0
    return last.bottom - line[0].bottom > GAP * max(last.height, line[0].height)


def _column(piece: Piece, columns: Columns) -> int:
    return max((index for index, left in enumerate(columns.lefts) if left <= piece.left + NEAR), default=0)


def _joined(cells: tuple[str, ...], line: list[Piece], columns: Columns) -> tuple[str, ...]:
    result = list(cells)
    for piece in line:
        column = _column(piece, columns)
        before = result[column]
        if before.endswith((".", ";", ":", ",")) and split_label(piece.text)[0]:
            result[column] = f"{before}\n{clean(piece.text)}"
        else:
            glue = "" if before.endswith("-") and before[-2:-1].isalpha() else " "
            result[column] = f"{before}{glue}{clean(piece.text)}".strip()
    return tuple(result)


def _add(table: TableRows, cells: tuple[str, ...], merged: tuple[int, ...], page: int) -> None:
    table.rows.append(cells)
    table.places.append((page, len(table.rows)))
    table.merged.append(merged)
