"""Pieces of text on a page of a PDF, and those on one base line together."""

from collections.abc import Sequence

from msgspec import Struct

SAME_LINE = 0.5


class Piece(Struct, frozen=True, kw_only=True):
    """Text on one line of a page; y grows upwards, in points."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    strong: bool = False

    @property
    def height(self) -> float:
        return self.top - self.bottom


def rows_of(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces on one base line, from left to right; rows from the top down."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (-piece.bottom - 0.5 * piece.height, piece.left)):
        if rows and abs(_middle(rows[-1][0]) - _middle(piece)) < SAME_LINE * min(rows[-1][0].height, piece.height):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda piece: piece.left) for row in rows]


def _middle(piece: Piece) -> float:
    return (piece.bottom + piece.top) / 2
