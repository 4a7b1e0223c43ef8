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
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from comity.records import LanguageCode
from comity.tracking.embedding_file import MODEL, Packed, read_table_file
from comity.tracking.products import Floats

SMOOTHING = 1e-3
"""The `a` of the weight a/(a+p): an entry that makes one word in a thousand counts half."""
STEM, MOST_CUT = 4, 2
"""An unknown word may be another form of a known one: one is the other with so many letters more, and the shorter has at least STEM."""
WORD = re.compile(r"[^\W\d_]+(?:[-'&][^\W\d_]+)*")
TOGETHER = 1000
"""Phrases whose vectors are added up at once: some 15 MB."""
SIGNED = 28_942
"""The signatures that registers keep (signatures.py) rest on the weights of the first so many entries; those behind them came later."""
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


class Vectors(Protocol):
    """A row for each entry."""

    @property
    def shape(self) -> tuple[int, ...]: ...

    def __getitem__(self, rows: "Sequence[int] | NDArray[np.integer]", /) -> Floats: ...


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
    file = read_table_file(MODEL)
    entries = file.entries.split("\n")
    backgrounds = {language: np.frombuffer(mean, dtype=np.float32) for language, mean in file.backgrounds.items()}
    return Table(entries, Packed(file.numbers, file.scales), np.frombuffer(file.weights, dtype=np.float32), backgrounds)


def signed_weights() -> dict[str, float]:
    """The weights of the entries that signatures rest on, without a look at any vector."""
    file = read_table_file(MODEL)
    weights = np.frombuffer(file.weights, dtype=np.float32)
    return {entry: float(weight) for entry, weight in zip(file.entries.split("\n")[:SIGNED], weights[:SIGNED], strict=True)}


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


def split_words(folded: str) -> list[str]:
    """The words of a folded text that can stand in an entry: letters, with hyphens and apostrophes inside."""
    return WORD.findall(folded)


def _all_to_length_one(vectors: Floats) -> Floats:
    """Each row."""
    lengths = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    lengths[lengths == 0] = 1
    unit: Floats = vectors / lengths[:, None]
    return unit
