"""A static bilingual table: a phrase in Vietnamese or English in, a vector out that lies near those of phrases with the same meaning.

`tools/make_embedding.py` makes the table. A phrase is cut into the longest entries from left to right; its vector is their mean, rare
entries counting for more, less what all phrases of the language share, in length 1.
"""

import re
import sys
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple, Protocol

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
TOGETHER = 1000
"""Phrases whose vectors are added up at once: some 15 MB."""
STEP = 2.0**-18
"""Numbers are rounded to so much before they are multiplied by those of a `Factor`."""
SIGNED = 28_942
"""The signatures that registers keep (signatures.py) rest on the weights of the first so many entries; those behind them came later."""
STEPS = 7
"""A number is kept as one of twice as many steps and none: two in a byte. A phrase adds up a dozen vectors, so that what that takes from
one (their likeness to themselves is .99) is not seen."""
CLIPPED = (1.0, 0.85, 0.72, 0.62)
"""Of the largest number of a row so much is the last step, whichever keeps the row best."""
LAST = chr(sys.maxunicode)
"""No word has a letter behind it in the alphabet."""
FORMS = 20_000
"""Unknown words of which it is kept which entry they are another form of."""
_After = dict[str, tuple[int | None, "_After | None"]]
"""By the word with which entries go on: the entry that ends there, and the words after it."""
_NOTHING: tuple[int | None, "_After | None"] = (None, None)


class Entry(NamedTuple):
    """An entry as it stands in a phrase: its place in the table, and in the phrase."""

    row: int
    start: int
    end: int


class _File(msgspec.Struct, frozen=True):
    """Two numbers in a byte; `scales` turn a row back into numbers."""

    entries: str
    size: int
    numbers: bytes
    scales: bytes
    weights: bytes
    backgrounds: dict[LanguageCode, bytes]


class Vectors(Protocol):
    """A row for each entry."""

    @property
    def shape(self) -> tuple[int, ...]: ...

    def __getitem__(self, rows: "Sequence[int] | NDArray[np.integer]", /) -> Floats: ...


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


class Table:
    """The entries with their vectors and weights, and what the phrases of each language share."""

    def __init__(self, entries: Sequence[str], vectors: Vectors, weights: Floats, backgrounds: dict[LanguageCode, Floats]) -> None:
        self.entries = entries
        self.vectors = vectors
        self.weights = weights
        self.backgrounds = backgrounds
        self._inflected = lru_cache(maxsize=FORMS)(self._form_of)

    @cached_property
    def index(self) -> dict[str, int]:
        return dict(zip(self.entries, range(len(self.entries)), strict=True))

    @cached_property
    def _following(self) -> "_Following":
        return _Following(self.index)

    def vector(self, folded: str, language: LanguageCode) -> Floats | None:
        """The vector of a phrase in length 1, or None where no word of it is known. `folded`: by `comity.knowledge.folded.fold`."""
        return self.vector_of(self.rows_in(folded), language)

    def vector_of(self, rows: list[int], language: LanguageCode) -> Floats | None:
        """The same for the phrase's entries."""
        return self.vectors_of([rows], [language])[0] if rows else None

    def vectors_of(self, phrases: Sequence[list[int]], languages: Sequence[LanguageCode]) -> Floats:
        """Those of several phrases, a row each, by their entries, of which each has one at least."""
        found = np.empty((len(phrases), self.vectors.shape[1]), dtype=np.float32)
        for start in range(0, len(phrases), TOGETHER):
            part = slice(start, start + TOGETHER)
            raw = self._raw_of_all(phrases[part])
            for language, background in self.backgrounds.items():
                raw[[one == language for one in languages[part]]] -= background
            found[part] = _all_to_length_one(raw)
        return found

    def raw(self, folded: str) -> Floats | None:
        """The weighted mean of the entries' vectors, each in length 1."""
        rows = self.rows_in(folded)
        return self._raw_of_all([rows])[0] if rows else None

    def rows_in(self, folded: str) -> list[int]:
        """The places of a phrase's entries."""
        return [row for row, _, _ in self._steps(WORD.findall(folded))]

    def _raw_of_all(self, phrases: Sequence[list[int]]) -> Floats:
        """Sums instead of means: the length is made one anyway."""
        if not phrases:
            return np.empty((0, self.vectors.shape[1]), dtype=np.float32)
        rows = list(chain.from_iterable(phrases))
        starts = np.cumsum([0, *map(len, phrases[:-1])])
        return _all_to_length_one(np.add.reduceat(self.vectors[rows] * self.weights[rows, None], starts, axis=0))

    def entries_in(self, folded: str) -> Iterator[Entry]:
        """The longest entries from left to right."""
        places = [match.span() for match in WORD.finditer(folded)]
        for row, first, last in self._steps([folded[start:end] for start, end in places]):
            yield Entry(row, places[first][0], places[last][1])

    def _steps(self, words: list[str]) -> list[tuple[int, int, int]]:
        """The longest entries in some words: the row of each, and the places of its first and last word."""
        following, count, position = self._following, len(words), 0
        found: list[tuple[int, int, int]] = []
        while position < count:
            row, more = following[words[position]]
            last = place = position
            while more is not None and (place := place + 1) < count:
                longer, more = more.get(words[place], _NOTHING)
                if longer is not None:
                    row, last = longer, place
            if row is None:
                row = self._inflected(words[position])
            if row is not None:
                found.append((row, position, last))
            position = last + 1
        return found

    def _form_of(self, word: str) -> int | None:
        """The entry that an unknown word seems to be another form of: "beaches" of "beach", "girl" of "girls"."""
        if longer := self._following.longer(word):
            return self.index[min(longer, key=lambda entry: (len(entry), self.index[entry]))]
        for size in range(len(word) - 1, max(STEM, len(word) - MOST_CUT) - 1, -1):
            if word[:size] in self.index:
                return self.index[word[:size]]
        return None


@cache
def load_table() -> Table:
    """The table that ships with Comity. Raises KnowledgeError where its file is missing or broken."""
    file = _read(MODEL)
    entries = file.entries.split("\n")
    backgrounds = {language: np.frombuffer(mean, dtype=np.float32) for language, mean in file.backgrounds.items()}
    return Table(entries, Packed(file.numbers, file.scales), np.frombuffer(file.weights, dtype=np.float32), backgrounds)


def signed_weights() -> dict[str, float]:
    """The weights of the entries that signatures rest on, without a look at any vector."""
    file = _read(MODEL)
    weights = np.frombuffer(file.weights, dtype=np.float32)
    return {entry: float(weight) for entry, weight in zip(file.entries.split("\n")[:SIGNED], weights[:SIGNED], strict=True)}


@cache
def _read(path: Path) -> _File:
    try:
        return msgspec.msgpack.decode(path.read_bytes(), type=_File)
    except (OSError, msgspec.DecodeError) as error:
        raise KnowledgeError(
            f"{path}: the table can't be read ({error}); install Comity again, or make it with tools/make_embedding.py."
        ) from error


class _Following(_After):
    """The entries word by word. Those that begin with a word lie side by side in the alphabet, and are laid out when it is first met: a
    document has a few hundred of the words with which entries begin."""

    def __init__(self, index: Mapping[str, int]) -> None:
        super().__init__()
        self._index = index
        self._ordered = sorted(index)

    def __missing__(self, word: str) -> "tuple[int | None, _After | None]":
        several = self._beginning(f"{word} ")
        if word not in self._index and not several:
            return _NOTHING
        self[word] = found = (self._index.get(word), self._laid_out(several) if several else None)
        return found

    def longer(self, word: str) -> list[str]:
        """The single words that a word is the beginning of, with as few letters more as two forms of one may differ by."""
        if len(word) < STEM:
            return []
        return [entry for entry in self._beginning(word) if 0 < len(entry) - len(word) <= MOST_CUT and " " not in entry]

    def _beginning(self, words: str) -> list[str]:
        first = bisect_left(self._ordered, words)
        return self._ordered[first : bisect_left(self._ordered, f"{words}{LAST}", lo=first)]

    def _laid_out(self, several: Sequence[str]) -> _After:
        found: _After = {}
        for entry in several:
            _, *before, last = entry.split(" ")
            at = found
            for word in before:
                own, more = at.get(word, _NOTHING)
                if more is None:
                    more = {}
                    at[word] = (own, more)
                at = more
            at[last] = (self._index[entry], at.get(last, _NOTHING)[1])
        return found


def table_bytes(entries: Sequence[str], vectors: Floats, weights: Floats, backgrounds: dict[LanguageCode, Floats]) -> bytes:
    """The table as a file. Vectors are kept in length 1."""
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    scales, steps = _in_steps(unit)
    return msgspec.msgpack.encode(
        _File(
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


def product(matrix: Floats, vector: Floats) -> Floats:
    """Each row of the matrix by the vector, on this thread alone: for sizes like ours, the threads of `@` wait for each other longer than
    they work (on a busy machine 200 clauses a second instead of 1,600)."""
    result: Floats = np.einsum("ij,j->i", matrix, vector)
    return result


class Factor:
    """A matrix that rows are multiplied by, to the last bit the same whatever rows stand beside them: a product of matrices adds up in an
    order that depends on how many rows there are and where each stands, so here no sum is rounded. All numbers are whole ones of STEP, and
    what a row adds up to at most, its largest number by a column's numbers without their signs, is less than 2 ** 17: with twice 18 bits
    behind the point that leaves nothing to round in 53."""

    def __init__(self, matrix: Floats) -> None:
        self._steps = np.rint(matrix.astype(np.float64) / STEP)

    def of(self, rows: Floats) -> Floats:
        """Each row by the matrix."""
        whole: Floats = ((np.rint(rows.astype(np.float64) / STEP) @ self._steps) * STEP**2).astype(np.float32)
        return whole


def split_words(folded: str) -> list[str]:
    """The words of a folded text that can stand in an entry: letters, with hyphens and apostrophes inside."""
    return WORD.findall(folded)


def _all_to_length_one(vectors: Floats) -> Floats:
    """Each row."""
    lengths = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    lengths[lengths == 0] = 1
    unit: Floats = vectors / lengths[:, None]
    return unit
