"""Ruled tables on PDF pages: the drawn lines make a grid, and text falls into its cells. A table that runs on over pages is one."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium
from msgspec import Struct

from comity.intake.blocks.block import Block, Kind, clean
from comity.intake.blocks.labels import split_label
from comity.intake.blocks.lines import Line
from comity.intake.blocks.pdf_pieces import Piece, rows_of

THIN = 3.0
NEAR = 3.0
SHORTEST = 6.0
MOST_PATHS = 20_000


class Rule(Struct, frozen=True):
    """A drawn line: `at` is its y (or x), from `start` to `end` on the other axis."""

    at: float
    start: float
    end: float


class Rules(Struct, frozen=True):
    """The horizontal and vertical lines of a page."""

    across: tuple[Rule, ...] = ()
    down: tuple[Rule, ...] = ()


class TableRows(Struct):
    """A table's rows as cells, with the page and row each began on, and the cells that are merged with the next."""

    top: float
    columns: tuple[float, ...]
    rows: list[tuple[str, ...]]
    places: list[tuple[int, int]]
    merged: list[tuple[int, ...]]

    def blocks(self, table: int) -> list[Block]:
        return [
            Block(kind=Kind.ROW, cells=cells, table=table, merged=merged, place=f"page {page}, table row {row}")
            for cells, (page, row), merged in zip(self.rows, self.places, self.merged, strict=True)
        ]


class Found(Struct, frozen=True):
    """The tables of a page, and the pieces of text in none of them."""

    tables: list[TableRows]
    rest: list[Piece]


def rules_of(page: Any) -> Rules:
    """The straight lines drawn on a page, and the edges of its boxes."""
    across: list[Rule] = []
    down: list[Rule] = []
    for count, item in enumerate(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3)):
        if count > MOST_PATHS:
            break
        left, bottom, right, top = item.get_bounds()
        wide, high = right - left, top - bottom
        if wide > SHORTEST and high <= THIN:
            across.append(Rule((top + bottom) / 2, left, right))
        elif high > SHORTEST and wide <= THIN:
            down.append(Rule((left + right) / 2, bottom, top))
        elif wide > SHORTEST and high > SHORTEST:
            across += [Rule(top, left, right), Rule(bottom, left, right)]
            down += [Rule(left, bottom, top), Rule(right, bottom, top)]
    return Rules(tuple(across), tuple(down))


def tables_on(pieces: list[Piece], rules: Rules, page: int) -> Found:
    """The page's tables: stretches of the page crossed by at least three vertical lines."""
    tables: list[TableRows] = []
    rest = pieces
    for bottom, top in _stretches(rules.down):
        down = [rule for rule in rules.down if rule.start >= bottom - NEAR and rule.end <= top + NEAR]
        across = [rule for rule in rules.across if bottom - NEAR <= rule.at <= top + NEAR]
        xs, ys = _clustered(rule.at for rule in down), _clustered(rule.at for rule in across)
        if len(xs) < 3 or len(ys) < 3:
            continue
        inside = [
            piece
            for piece in rest
            if bottom - NEAR < (piece.bottom + piece.top) / 2 < top + NEAR and xs[0] - NEAR < piece.left < xs[-1] + NEAR
        ]
        if inside:
            tables.append(_table(inside, xs, ys[::-1], across, down, page))
            taken = {id(piece) for piece in inside}
            rest = [piece for piece in rest if id(piece) not in taken]
    return Found(tables, rest)


def _is_inside(piece: Piece, bottom: float, top: float, xs: Sequence[float]) -> bool:
    return bottom - NEAR < (piece.bottom + piece.top) / 2 < top + NEAR and xs[0] - NEAR < piece.left < xs[-1] + NEAR


def joined_tables(content: list[Line | TableRows]) -> list[Line | TableRows]:
    """A table that the next page goes on with is one table; a row cut by the page's end is one row; a repeated header is none."""
    result: list[Line | TableRows] = []
    for item in content:
        last = result[-1] if result else None
        if isinstance(item, TableRows) and isinstance(last, TableRows) and _is_alike(last, item):
            _append(last, item)
        else:
            result.append(item)
    return result


def _is_alike(a: TableRows, b: TableRows) -> bool:
    return len(a.columns) == len(b.columns) and all(abs(x - y) < 3 * NEAR for x, y in zip(a.columns, b.columns, strict=True))


def _append(table: TableRows, more: TableRows) -> None:
    skip = 1 if more.rows and table.rows and more.rows[0] == table.rows[0] else 0
    rows, places, merged = more.rows[skip:], more.places[skip:], more.merged[skip:]
    if rows and _goes_on(table.rows[-1], rows[0]):
        table.rows[-1] = tuple(f"{a} {b}".strip() for a, b in zip(table.rows[-1], rows[0], strict=True))
        rows, places, merged = rows[1:], places[1:], merged[1:]
    table.rows += rows
    table.places += places
    table.merged += merged


def _goes_on(above: tuple[str, ...], row: tuple[str, ...]) -> bool:
    """A row that begins without its number, and in the middle of a sentence."""
    texts = [(before, after) for before, after in zip(above, row, strict=True) if after]
    if row[0] or not texts:
        return False
    before, after = max(texts, key=lambda pair: len(pair[1]))
    return bool(before) and (after[0].islower() or not before.endswith((".", ";", ":", "!", "?")))


def _stretches(down: Sequence[Rule]) -> list[tuple[float, float]]:
    """Where vertical lines stand, from the top of the page down."""
    merged: list[tuple[float, float]] = []
    for rule in sorted(down, key=lambda rule: rule.start):
        if merged and rule.start <= merged[-1][1] + NEAR:
            merged[-1] = (merged[-1][0], max(merged[-1][1], rule.end))
        else:
            merged.append((rule.start, rule.end))
    return merged[::-1]


def _clustered(values: Iterable[float]) -> list[float]:
    result: list[float] = []
    for value in sorted(values):
        if not result or value - result[-1] > NEAR:
            result.append(value)
    return result


def _table(pieces: list[Piece], xs: list[float], ys: list[float], across: list[Rule], down: list[Rule], page: int) -> TableRows:
    cells: dict[tuple[int, int], list[Piece]] = {}
    walls = [_walls(xs, (above + below) / 2, down) for above, below in pairwise(ys)]
    for piece in pieces:
        middle = (piece.bottom + piece.top) / 2
        row = next((index for index in range(len(ys) - 1) if ys[index] + NEAR >= middle >= ys[index + 1] - NEAR / 2), len(ys) - 2)
        column = max((index for index in range(len(xs) - 1) if xs[index] <= piece.left + NEAR and walls[row][index]), default=0)
        cells.setdefault((_top_of(row, column, xs, ys, across), column), []).append(piece)
    table = TableRows(top=ys[0], columns=tuple(xs), rows=[], places=[], merged=[])
    for row in range(len(ys) - 1):
        texts = []
        for column in range(len(xs) - 1):
            top = _top_of(row, column, xs, ys, across)
            texts.append(_text(cells.get((top, column), [])))
        if any(texts):
            table.rows.append(tuple(texts))
            table.places.append((page, len(table.rows)))
            table.merged.append(tuple(column for column in range(len(xs) - 2) if not walls[row][column + 1]))
    return table


def _walls(xs: list[float], y: float, down: list[Rule]) -> list[bool]:
    """For each column's left edge, whether a line is drawn there at this height."""
    return [any(abs(rule.at - x) <= NEAR and rule.start <= y <= rule.end for rule in down) for x in xs]


def _top_of(row: int, column: int, xs: list[float], ys: list[float], across: list[Rule]) -> int:
    """The row where the cell begins: cells merged downwards have no line between."""
    middle = (xs[column] + xs[column + 1]) / 2
    while row and not any(abs(rule.at - ys[row]) <= NEAR and rule.start <= middle <= rule.end for rule in across):
        row -= 1
    return row


def _text(pieces: list[Piece]) -> str:
    """A cell's pieces as words, from the top down; each paragraph with a label of its own is a line."""
    words = ""
    for row in rows_of(pieces):
        text = " ".join(piece.text for piece in row)
        if words.endswith((".", ";", ":", ",")) and split_label(text)[0]:
            words = f"{words}\n{text}"
        else:
            words = f"{words}{text}" if words.endswith("-") and words[-2:-1].isalpha() else f"{words} {text}"
    return "\n".join(clean(line) for line in words.split("\n"))
