"""A static bilingual table: a phrase in Vietnamese or English in, a vector out that lies near those of phrases with the same meaning.

`tools/make_embedding.py` makes the table. A phrase is cut into the longest entries from left to right; its vector is their mean, rare
entries counting for more, less what all phrases of the language share, in length 1.
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
STEM, MOST_CUT = 4, 2
"""An unknown word may be another form of a known one: one is the other with so many letters more, and the shorter has at least STEM."""
WORD = re.compile(r"[^\W\d_]+(?:[-'&][^\W\d_]+)*")
Floats = NDArray[np.float32]


class Entry(NamedTuple):
    """An entry as it stands in a phrase: its place in the table, and in the phrase."""

    row: int
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
        self._longest: dict[str, int] = {}
        for entry in entries:
            words = entry.split(" ")
            self._longest[words[0]] = max(self._longest.get(words[0], 1), len(words))
        self._stems = _stems(entries)
        self.vectors = vectors
        self.weights = weights
        self.backgrounds = backgrounds

    def vector(self, folded: str, language: LanguageCode) -> Floats | None:
        """The vector of a phrase in length 1, or None where no word of it is known. `folded`: by `comity.knowledge.folded.fold`."""
        return self.vector_of(self.rows_in(folded), language)

    def vector_of(self, rows: list[int], language: LanguageCode) -> Floats | None:
        """The same for the phrase's entries."""
        raw = self._raw_of(rows)
        if raw is None:
            return None
        background = self.backgrounds.get(language)
        return _to_length_one(raw - background if background is not None else raw)

    def raw(self, folded: str) -> Floats | None:
        """The weighted mean of the entries' vectors, each in length 1."""
        return self._raw_of(self.rows_in(folded))

    def rows_in(self, folded: str) -> list[int]:
        """The places of a phrase's entries."""
        return [entry.row for entry in self.entries_in(folded)]

    def _raw_of(self, rows: list[int]) -> Floats | None:
        if not rows:
            return None
        weights = self.weights[rows]
        mean = product(self.vectors[rows].T, weights) / weights.sum()
        return _to_length_one(mean)

    def entries_in(self, folded: str) -> Iterator[Entry]:
        """The longest entries from left to right."""
        places = [(match.group(), match.start(), match.end()) for match in WORD.finditer(folded)]
        index, longest, count = self.index, self._longest, len(places)
        position = 0
        while position < count:
            word, start, end = places[position]
            for size in range(min(longest.get(word, 0), count - position), 0, -1):
                entry = word if size == 1 else " ".join([place[0] for place in places[position : position + size]])
                if entry in index:
                    yield Entry(index[entry], start, end if size == 1 else places[position + size - 1][2])
                    position += size
                    break
            else:
                if (row := self._inflected(word)) is not None:
                    yield Entry(row, start, end)
                position += 1

    def _inflected(self, word: str) -> int | None:
        """The entry that an unknown word seems to be another form of: "beaches" of "beach", "girl" of "girls"."""
        if word in self._stems:
            return self._stems[word]
        for size in range(len(word) - 1, max(STEM, len(word) - MOST_CUT) - 1, -1):
            if word[:size] in self.index:
                return self.index[word[:size]]
        return None


@cache
def load_table() -> Table:
    """The table that ships with Comity. Raises KnowledgeError where its file is missing or broken."""
    try:
        file = msgspec.msgpack.decode(MODEL.read_bytes(), type=_File)
    except (OSError, msgspec.DecodeError) as error:
        raise KnowledgeError(
            f"{MODEL}: the table can't be read ({error}); install Comity again, or make it with tools/make_embedding.py."
        ) from error
    entries = file.entries.split("\n")
    numbers = np.frombuffer(file.numbers, dtype=np.int8).reshape(len(entries), file.size).astype(np.float32)
    vectors = numbers * np.frombuffer(file.scales, dtype=np.float32)[:, None]
    backgrounds = {language: np.frombuffer(mean, dtype=np.float32) for language, mean in file.backgrounds.items()}
    return Table(entries, vectors, np.frombuffer(file.weights, dtype=np.float32), backgrounds)


def _stems(entries: Sequence[str]) -> dict[str, int]:
    """Each word without its last letters, to the shortest entry that begins so."""
    stems: dict[str, int] = {}
    for row, entry in sorted(enumerate(entries), key=lambda place: len(place[1])):
        if " " not in entry:
            for size in range(len(entry) - 1, max(STEM, len(entry) - MOST_CUT) - 1, -1):
                stems.setdefault(entry[:size], row)
    return stems


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


def product(matrix: Floats, vector: Floats) -> Floats:
    """Each row of the matrix by the vector, on this thread alone: for sizes like ours, the threads of `@` wait for each other longer than
    they work (on a busy machine 200 clauses a second instead of 1,600)."""
    result: Floats = np.einsum("ij,j->i", matrix, vector)
    return result


def split_words(folded: str) -> list[str]:
    """The words of a folded text that can stand in an entry: letters, with hyphens and apostrophes inside."""
    return WORD.findall(folded)


def _to_length_one(vector: Floats) -> Floats:
    length = float(np.linalg.norm(vector))
    return vector / length if length else vector
