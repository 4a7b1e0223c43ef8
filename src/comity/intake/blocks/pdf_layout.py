"""Pieces of text on pages to lines in reading order: columns one after the other, no footnotes."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from msgspec import Struct

from comity.intake.blocks.lines import Line
from comity.intake.blocks.pdf_pieces import Piece, rows_of
from comity.intake.blocks.pdf_tables import TableRows

LEAST_IN_COLUMN = 5
WIDE = 0.62
SMALL = 0.92


class Placed(Struct, frozen=True):
    """A line with its top, to tell where tables stand between lines."""

    line: Line
    top: float


def laid_out(pages: Sequence[tuple[list[Piece], list[TableRows]]]) -> list[Line | TableRows]:
    """Lines and tables of all pages in reading order."""
    pitch = _pitch([piece for pieces, _ in pages for piece in pieces])
    placed = [_lines_of_page(pieces, number, pitch) for number, (pieces, _) in enumerate(pages, 1)]
    kept = [[item.line for item in page] for page in placed]
    body = _body_height(kept)
    result: list[Line | TableRows] = []
    for page, lines, (_, tables) in zip(placed, kept, pages, strict=True):
        tops = {item.line.number: item.top for item in page}
        waiting = sorted(tables, key=lambda table: -table.top)
        for line in _without_footnotes(lines, body):
            while waiting and waiting[0].top > tops[line.number]:
                result.append(waiting.pop(0))
            result.append(line)
        result += waiting
    return result


def _lines_of_page(pieces: list[Piece], page: int, pitch: float) -> list[Placed]:
    placed: list[Placed] = []
    for region, group in enumerate(_regions(pieces)):
        above: float | None = None
        for row in rows_of(group):
            first = max(row, key=lambda piece: len(piece.text))  # a bullet may stand higher or lower than its words
            bottom = first.bottom
            text = " ".join(piece.text for piece in row)
            gap = 1.0 if above is None else max(0.0, (above - bottom) / pitch - 1)
            line = Line(
                text=text,
                page=page,
                number=len(placed) + 1,
                left=row[0].left,
                right=row[-1].right,
                region=(page, region),
                gap=gap,
                size=round(first.height, 1),
                strong=all(piece.strong for piece in row if any(map(str.isalnum, piece.text))),
            )
            placed.append(Placed(line, max(piece.top for piece in row)))
            above = bottom
    return placed


def _regions(pieces: list[Piece]) -> list[list[Piece]]:
    """The page in the order it is read: one column, or bands of two with what runs over both between them."""
    gutter = _gutter(pieces)
    if gutter is None:
        return [pieces] if pieces else []
    regions: list[list[Piece]] = []
    left: list[Piece] = []
    right: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: -piece.top):
        if piece.left < gutter < piece.right:
            regions += [part for part in (left, right) if part]
            left, right = [], []
            if regions and regions[-1][0].left < gutter < regions[-1][0].right:
                regions[-1].append(piece)
            else:
                regions.append([piece])
        else:
            (left if piece.right <= gutter else right).append(piece)
    return [*regions, *(part for part in (left, right) if part)]


def _gutter(pieces: list[Piece]) -> float | None:
    """The white stripe near the middle with text on both sides, where the page has two columns."""
    if len(pieces) < 2 * LEAST_IN_COLUMN:
        return None
    edge, end = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    width = end - edge
    narrow = [piece for piece in pieces if piece.right - piece.left < WIDE * width]
    best: tuple[int, float] | None = None
    for step in range(35, 66):
        x = edge + width * step / 100
        crossing = sum(piece.left < x < piece.right for piece in narrow)
        left = [piece for piece in narrow if piece.right <= x and piece.right - piece.left > 0.2 * width]
        right = [piece for piece in narrow if piece.left >= x and piece.right - piece.left > 0.2 * width]
        if min(len(left), len(right)) >= LEAST_IN_COLUMN and crossing <= 0.03 * len(pieces) and _beside(left, right):
            best = min(best or (crossing, x), (crossing, x))
    if best is None or sum(piece.left < best[1] < piece.right for piece in pieces) > 0.4 * len(pieces):
        return None
    return best[1]


def _beside(left: list[Piece], right: list[Piece]) -> bool:
    """Whether the two sides stand next to one another, not one below the other."""
    top = min(max(piece.top for piece in left), max(piece.top for piece in right))
    bottom = max(min(piece.bottom for piece in left), min(piece.bottom for piece in right))
    return top - bottom > 3 * left[0].height


def _pitch(pieces: list[Piece]) -> float:
    """The usual distance from one line to the next."""
    steps = [a.bottom - b.bottom for a, b in pairwise(pieces) if 0.8 * a.height < a.bottom - b.bottom < 2.2 * a.height]
    return median(steps) if steps else 12.0


def _body_height(pages: Sequence[list[Line]]) -> float:
    heights: Counter[float] = Counter()
    for page in pages:
        for line in page:
            heights[line.size] += len(line.text)
    return heights.most_common(1)[0][0] if heights else 0.0


def _without_footnotes(lines: list[Line], body: float) -> list[Line]:
    """Small type at the foot of a page or column is its footnotes, unless nothing on the page is larger."""
    if all(line.size < SMALL * body for line in lines):
        return lines
    kept: list[Line] = []
    for index, line in enumerate(lines):
        rest = (other for other in lines[index:] if other.region == line.region)
        if line.size >= SMALL * body or any(other.size >= SMALL * body for other in rest):
            kept.append(line)
    return kept
