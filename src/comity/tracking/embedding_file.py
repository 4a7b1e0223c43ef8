"""The static table's file: entries, weights, and vectors of which two numbers stand in a byte."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from comity.errors import KnowledgeError
from comity.records import LanguageCode
from comity.tracking.products import Floats

MODEL = Path(__file__).parent / "models" / "embedding.msgpack"
STEPS = 7
"""A number is kept as one of twice as many steps and none: two in a byte. A phrase adds up a dozen vectors, so that what that takes from
one (their likeness to themselves is .99) is not seen."""
CLIPPED = (1.0, 0.85, 0.72, 0.62)
"""Of the largest number of a row so much is the last step, whichever keeps the row best."""


class TableFile(msgspec.Struct, frozen=True):
    """Two numbers in a byte; `scales` turn a row back into numbers."""

    entries: str
    size: int
    numbers: bytes
    scales: bytes
    weights: bytes
    backgrounds: dict[LanguageCode, bytes]


class Packed:
    """Rows kept as two numbers in a byte. Those that are asked for are unpacked: all at once took .1 s and 46 MB, and a document has some
    hundreds of the entries."""

    def __init__(self, numbers: bytes, scales: bytes) -> None:
        self._scales = np.frombuffer(scales, dtype=np.float32)
        self._numbers = np.frombuffer(numbers, dtype=np.uint8).reshape(len(self._scales), -1)
        # the two numbers of each byte, taken as one thing twice as long: half the time of one after the other
        self._two = (np.array([(byte >> 4, byte & 15) for byte in range(256)], dtype=np.float32) - (STEPS + 1)).view(np.uint64)[:, 0]

    @property
    def shape(self) -> tuple[int, ...]:
        return len(self._numbers), 2 * self._numbers.shape[1]

    def __getitem__(self, rows: "Sequence[int] | NDArray[np.integer]", /) -> Floats:
        found: Floats = self._two[self._numbers[rows]].view(np.float32)
        found *= self._scales[rows, None]
        return found


@cache
def read_table_file(path: Path) -> TableFile:
    try:
        return msgspec.msgpack.decode(path.read_bytes(), type=TableFile)
    except (OSError, msgspec.DecodeError) as error:
        raise KnowledgeError(
            f"{path}: the table can't be read ({error}); install Comity again, or make it with tools/make_embedding.py."
        ) from error


def table_bytes(entries: Sequence[str], vectors: Floats, weights: Floats, backgrounds: dict[LanguageCode, Floats]) -> bytes:
    """The table as a file. Vectors are kept in length 1."""
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    scales, steps = _in_steps(unit)
    return msgspec.msgpack.encode(
        TableFile(
            entries="\n".join(entries),
            size=vectors.shape[1],
            numbers=(steps[:, ::2] << 4 | steps[:, 1::2]).tobytes(),
            scales=scales.tobytes(),
            weights=weights.astype(np.float32).tobytes(),
            backgrounds={language: mean.astype(np.float32).tobytes() for language, mean in backgrounds.items()},
        )
    )


def _in_steps(unit: Floats) -> tuple[Floats, NDArray[np.uint8]]:
    """What a step of each row is, and its numbers in steps."""
    tried = [np.abs(unit).max(axis=1) * np.float32(share / STEPS) for share in CLIPPED]
    kept = [np.clip(np.rint(unit / scales[:, None]), -STEPS, STEPS) for scales in tried]
    off = [((steps * scales[:, None] - unit) ** 2).sum(axis=1) for steps, scales in zip(kept, tried, strict=True)]
    best, rows = np.argmin(off, axis=0), np.arange(len(unit))
    return np.array(tried, dtype=np.float32)[best, rows], (np.array(kept)[best, rows] + STEPS + 1).astype(np.uint8)
