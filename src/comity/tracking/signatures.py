"""The words and pairs of words that tell a text best from others, and how alike two texts are by them.

In come texts; out come their signatures. How rare a word is comes from the static table (embedding.py). Many texts are weighed at once,
which takes half the time of one after another, and gives the very same numbers.
"""

from array import array
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain, pairwise
from math import log, sqrt
from zlib import crc32

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from comity.knowledge.folded import fold
from comity.tracking.embedding import signed_weights, split_words

KEPT = 120
"""Terms of a document that are compared, those that tell it best from others. 40 do nearly as well; all do no better."""

LEAD = 4000
"""Letters of a text that are looked at: a report tells its event first, and a long briefing has others behind it."""

FIRST = 200
"""Texts that are folded as a whole: as long as few words are known, to fold each when it is first met takes longer."""

TOGETHER = 400
"""Texts that are weighed at once."""

LINES = 100_000
"""Lines whose words are kept by number, some 400 bytes each: what copies and set phrases say is looked up once."""

SIZE = array("q").itemsize
"""Bytes of a number."""

HALF = 24
WORD = (1 << HALF) - 1
TERM = (1 << 2 * HALF) - 1
"""Bits of a term: of a pair, the number of its first word and one stands before that of the second, and 0 before that of a word alone."""

LONGEST = 40
"""Bytes of a word, with the blank before it, up to which the checksum of a pair is put together from those of its words."""

Signature = dict[int, float]
"""Terms with their weights, in length 1; in the order of the terms, so that what is added up is the very same number both ways round."""

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class Numbers(dict[str, int]):
    """The words of what stands between two blanks, by number: mostly one. Where there is none, or several, it is minus one and less: where
    they stand among those met so far. Whoever weighs many texts keeps them from one to the next: then a word is folded and looked up once,
    not each time that it is met."""

    def __init__(self) -> None:
        super().__init__()
        self.forget()

    def forget(self) -> None:
        """Back to the words of the table alone."""
        self.clear()
        self._words = _Words()
        self._several: list[list[int]] = []
        self._lines = _Lines(self)
        self._texts = 0

    def __missing__(self, between: str) -> int:
        # nothing that folding or cutting looks at reaches beyond a blank
        words = list(map(self._words.__getitem__, split_words(fold(between))))
        if len(words) != 1:
            self._several.append(words)
        self[between] = found = words[0] if len(words) == 1 else -len(self._several)
        return found

    def of(self, texts: Sequence[str]) -> tuple[Ints, Ints]:
        """The words of some texts, one text behind the other, and how many each has."""
        met = [self._met(text[:LEAD]) for text in texts]
        sizes = np.array(list(map(len, met)), dtype=np.int64) // SIZE
        words = np.frombuffer(b"".join(met), dtype=np.int64)
        several = words < 0
        if not several.any():
            return words, sizes
        these = [self._several[-number - 1] for number in words[several].tolist()]
        counts = np.ones(len(words), dtype=np.int64)
        counts[several] = list(map(len, these))
        every, ends = np.repeat(words, counts), np.cumsum(np.concatenate(([0], counts)))
        every[every < 0] = list(chain.from_iterable(these))
        return every, np.diff(ends[np.cumsum(np.concatenate(([0], sizes)))])

    def _met(self, text: str) -> bytes:
        """What stands between the blanks of a text, by number, SIZE bytes each."""
        self._texts += 1
        if self._texts <= FIRST:
            return array("q", map(self._words.__getitem__, split_words(fold(text)))).tobytes()
        return b"".join(map(self._lines.__getitem__, text.split("\n"))) if "\n" in text else self.of_line(text)

    def of_line(self, line: str) -> bytes:
        return array("q", map(self.__getitem__, line.split())).tobytes()

    def spelled(self, term: int) -> str:
        """A term in letters."""
        spelled, first, second = self._words.spelled, term >> HALF, term & WORD
        return f"{spelled[first - 1]} {spelled[second]}" if first else spelled[second]

    def summed(self, terms: Ints) -> Ints:
        """The numbers of terms that are the same in every process: the checksums of their letters."""
        first, second = terms >> HALF, terms & WORD
        known = self._words.sums
        alone, behind, size = (known[second, part] for part in range(3))
        sums: Ints = np.where(first == 0, alone, _moved(known[first - 1, 0], np.minimum(size, LONGEST)) ^ behind)
        for place in np.flatnonzero((first > 0) & (size > LONGEST)).tolist():
            sums[place] = crc32(self.spelled(int(terms[place])).encode())
        return sums


class _Lines(dict[str, bytes]):
    """What stands between the blanks of lines, by number."""

    def __init__(self, numbers: Numbers) -> None:
        super().__init__()
        self._numbers = numbers

    def __missing__(self, line: str) -> bytes:
        if len(self) >= LINES:
            self.clear()
        self[line] = found = self._numbers.of_line(line)
        return found


class _Words(dict[str, int]):
    """Words by number: those of the table have theirs, others get one as they come. `sums` are as in `_Known`."""

    def __init__(self) -> None:
        known = _known()
        super().__init__(known.number)
        self.spelled, self.sums = list(known.words), known.sums.copy()

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self.spelled)
        assert number < WORD
        self.spelled.append(word)
        if number >= len(self.sums):
            self.sums = np.concatenate([self.sums, np.zeros_like(self.sums)])
        self.sums[number] = _sums_of(word)
        return number


def signatures_of(texts: Sequence[str], numbers: Numbers) -> Iterator[Signature]:
    """The words and pairs of words that tell each text best from others."""
    for start in range(0, len(texts), TOGETHER):
        words, sizes = numbers.of(texts[start : start + TOGETHER])
        terms, weights, ends = heaviest(*weighed(words, sizes), len(sizes), numbers)
        sums = numbers.summed(terms)
        order = np.lexsort((sums, np.searchsorted(ends, np.arange(len(sums)), side="right")))
        ordered, weighing = sums[order].tolist(), weights[order].tolist()
        for first, last in pairwise([0, *ends.tolist()]):
            own = weighing[first:last]
            length = sqrt(sum([weight * weight for weight in sorted(own, reverse=True)]))
            yield dict(zip(ordered[first:last], [weight / length for weight in own], strict=True))


def likeness(a: Signature, b: Signature) -> float:
    """The cosine of two signatures."""
    fewer, more = (a, b) if len(a) <= len(b) else (b, a)
    return sum([weight * more[term] for term, weight in fewer.items() if term in more])


def weighed(words: Ints, sizes: Ints) -> tuple[Ints, Ints, Floats]:
    """The terms of texts given as words by number, one text behind the other: the number of the text, the term, and its weight; by text and
    term."""
    known, of = _known(), np.repeat(np.arange(len(sizes)) << 2 * HALF, sizes)
    there = np.flatnonzero(of[1:] == of[:-1])  # where a word has another of the same text behind it
    every, often = _counted(np.concatenate([of | words, of[there] | (words[there] + 1) << HALF | words[there + 1]]))
    terms, new = every & TERM, len(known.words)  # what the table has not is as rare as can be, and stands behind all that it has
    first, second = terms >> HALF, np.minimum(terms & WORD, new)
    place = np.minimum(np.searchsorted(known.pairs, terms), len(known.pairs) - 1)
    weights = known.rare[np.where(first == 0, second, np.minimum(first - 1, new))] * known.rare[second]
    return every >> 2 * HALF, terms, np.where(known.pairs[place] == terms, known.pair_squares[place], weights) * REPEATED[often]


def heaviest(of: Ints, terms: Ints, weights: Floats, count: int, numbers: Numbers) -> tuple[Ints, Floats, Ints]:
    """The KEPT heaviest terms of each of so many texts with their weights, and where each text ends; of those that weigh the same, the last
    in the alphabet."""
    ends = np.searchsorted(of, np.arange(count), side="right")
    kept = np.ones(len(of), dtype=bool)
    for first, last in pairwise([0, *ends.tolist()]):
        if last - first > KEPT:
            own = weights[first:last]
            least = np.partition(own, -KEPT)[-KEPT]
            kept[first:last] = own >= least
            if (many := int(np.count_nonzero(kept[first:last])) - KEPT) > 0:
                tied = first + np.flatnonzero(own == least)
                kept[sorted(tied.tolist(), key=lambda place: numbers.spelled(int(terms[place])))[:many]] = False
    return terms[kept], weights[kept], np.concatenate(([0], np.cumsum(kept)))[ends]


def _counted(values: Ints) -> tuple[Ints, Ints]:
    """The values in order, and how often each is there."""
    ordered = np.sort(values)
    starts = np.flatnonzero(np.concatenate((ordered[:1] == ordered[:1], ordered[1:] != ordered[:-1])))
    return ordered[starts], np.diff(starts, append=len(ordered))


REPEATED = np.array([0.0, *(1.0 if count == 1 else 1 + log(count) for count in range(1, LEAD))])
"""What a term counts that stands so many times in a text."""


class _Known(Struct, frozen=True):
    """The table's words with their rarity, behind them that of a word that it has not; and its pairs of words in order, with the square of
    theirs. `sums` has the checksums of each word alone and behind a blank, and how many bytes that is."""

    words: list[str]
    number: dict[str, int]
    sums: Ints
    rare: Floats
    pairs: Ints
    pair_squares: Floats


@cache
def _known() -> _Known:
    rarity = signed_weights()
    several = [(first, second, value) for term, value in rarity.items() for first, _, second in [term.partition(" ")] if second]
    couples = [(first, second, value) for first, second, value in several if " " not in second]
    words = list(dict.fromkeys([term for term in rarity if " " not in term] + [word for a, b, _ in couples for word in (a, b)]))
    number = dict(zip(words, range(len(words)), strict=True))
    numbered = sorted(((number[first] + 1) << HALF | number[second], value * value) for first, second, value in couples)
    return _Known(
        words=words,
        number=number,
        sums=np.array([_sums_of(word) for word in words], dtype=np.int64),
        rare=np.array([*(rarity.get(word, 1.0) for word in words), 1.0]),
        pairs=np.array([pair for pair, _ in numbered], dtype=np.int64),
        pair_squares=np.array([value for _, value in numbered]),
    )


def _sums_of(word: str) -> tuple[int, int, int]:
    behind = b" " + word.encode()
    return crc32(behind[1:]), crc32(behind), len(behind)


def _moved(sums: Ints, sizes: Ints) -> Ints:
    """What the checksum of some bytes adds to that of as many more as `sizes` say, when these stand behind them."""
    moves = _moves()
    moved: Ints = moves[sizes, 0, sums & 255]
    for part in range(1, 4):
        moved = moved ^ moves[sizes, part, sums >> 8 * part & 255]
    return moved


@cache
def _moves() -> Ints:
    """The same for each byte of a checksum alone, by size: what they add is added up without carrying (exclusive or)."""
    return np.array(
        [
            [[crc32(bytes(size), value << 8 * part) ^ crc32(bytes(size)) for value in range(256)] for part in range(4)]
            for size in range(LONGEST + 1)
        ],
        dtype=np.int64,
    )
