"""A static bilingual table: a phrase in Vietnamese or English in, a vector out that lies near those of phrases with the same meaning.

`tools/make_embedding.py` makes the table. A phrase is cut into the longest entries from left to right; its vector is their mean, rare entries
counting for more, less what all phrases of the language share, in length 1.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from comity.errors import KnowledgeError
from comity.records import LanguageCode

MODEL = Path(__file__).parent / "models" / "embedding.msgpack"
SMOOTHING = 1e-3
"""The `a` of the weight a/(a+p): an entry that makes one word in a thousand counts half."""
LONGEST = 4
WORD = re.compile(r"[^\W\d_]+(?:[-'&][^\W\d_]+)*")
Floats = NDArray[np.float32]


class Entry(NamedTuple):
    """An entry as it stands in a phrase: its place in the table, and in the phrase."""

    index: int
    start: int
    end: int


class _File(msgspec.Struct, frozen=True):
    """One byte a number; `scales` turn a row back into numbers."""

    entries: str
    size: int
    numbers: bytes
    scales: bytes
    weights: bytes
    backgrounds: dict[LanguageCode, bytes]


class Table:
    """The entries with their vectors and weights, and what the phrases of each language share."""

    def __init__(self, entries: Sequence[str], vectors: Floats, weights: Floats, backgrounds: dict[LanguageCode, Floats]) -> None:
        self.entries = entries
        self.index = {entry: number for number, entry in enumerate(entries)}
        self.vectors = vectors
        self.weights = weights
        self.backgrounds = backgrounds

    def vector(self, folded: str, language: LanguageCode) -> Floats | None:
        """The vector of a phrase in length 1, or None where no word of it is known. `folded`: by `comity.knowledge.folded.fold`."""
        raw = self.raw(folded)
        if raw is None:
            return None
        background = self.backgrounds.get(language)
        return _to_length_one(raw - background if background is not None else raw)

    def raw(self, folded: str) -> Floats | None:
        """The weighted mean of the entries' vectors, each in length 1."""
        rows = [entry.index for entry in self.entries_in(folded)]
        if not rows:
            return None
        weights = self.weights[rows]
        mean: Floats = weights @ self.vectors[rows] / weights.sum()
        return _to_length_one(mean)

    def entries_in(self, folded: str) -> Iterator[Entry]:
        """The longest entries from left to right."""
        words = list(WORD.finditer(folded))
        index = self.index
        position = 0
        while position < len(words):
            for size in range(min(LONGEST, len(words) - position), 0, -1):
                entry = " ".join(match.group() for match in words[position : position + size])
                if entry in index:
                    yield Entry(index[entry], words[position].start(), words[position + size - 1].end())
                    position += size
                    break
            else:
                position += 1


@cache
def load_table() -> Table:
    """The table that ships with Comity. Raises KnowledgeError where its file is missing or broken."""
    try:
        file = msgspec.msgpack.decode(MODEL.read_bytes(), type=_File)
    except (OSError, msgspec.DecodeError) as error:
        raise KnowledgeError(f"{MODEL}: the table can't be read ({error}); install Comity again, or make it with tools/make_embedding.py.") from error
    entries = file.entries.split("\n")
    numbers = np.frombuffer(file.numbers, dtype=np.int8).reshape(len(entries), file.size).astype(np.float32)
    vectors = numbers * np.frombuffer(file.scales, dtype=np.float32)[:, None]
    backgrounds = {language: np.frombuffer(mean, dtype=np.float32) for language, mean in file.backgrounds.items()}
    return Table(entries, vectors, np.frombuffer(file.weights, dtype=np.float32), backgrounds)


def table_bytes(entries: Sequence[str], vectors: Floats, weights: Floats, backgrounds: dict[LanguageCode, Floats]) -> bytes:
    """The table as a file. Vectors are kept in length 1, a number in one byte."""
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    scales = (np.abs(unit).max(axis=1) / 127).astype(np.float32)
    return msgspec.msgpack.encode(
        _File(
            entries="\n".join(entries),
            size=vectors.shape[1],
            numbers=np.rint(unit / scales[:, None]).astype(np.int8).tobytes(),
            scales=scales.tobytes(),
            weights=weights.astype(np.float32).tobytes(),
            backgrounds={language: mean.astype(np.float32).tobytes() for language, mean in backgrounds.items()},
        )
    )


def split_words(folded: str) -> list[str]:
    """The words of a folded text that can stand in an entry: letters, with hyphens and apostrophes inside."""
    return WORD.findall(folded)


def _to_length_one(vector: Floats) -> Floats:
    length = float(np.linalg.norm(vector))
    return vector / length if length else vector
