"""The words and pairs of words that tell a text best from others, and how alike two texts are by them.

In comes a text; out comes its signature. How rare a word is comes from the static table (embedding.py). Long texts are weighed all at once,
which takes half the time; short ones term by term. Both give the very same numbers.
"""

from collections import Counter
from functools import cache
from itertools import pairwise
from math import log, sqrt
from zlib import crc32

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from comity.knowledge.folded import fold
from comity.tracking.embedding import SIGNED, load_table, split_words

KEPT = 120
"""Terms of a document that are compared, those that tell it best from others. 40 do nearly as well; all do no better."""

LEAD = 4000
"""Letters of a text that are looked at: a report tells its event first, and a long briefing has others behind it."""

LONG = 150
"""Words from which on a text is long."""

Signature = dict[int, float]
"""Terms by number with their weights, in length 1."""

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class Numbers(dict[str, int]):
    """The words of the table by number, and others as they come: who weighs many texts keeps them from one to the next."""

    def __init__(self) -> None:
        super().__init__(_known().number)
        self.words = list(_known().words)

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self.words)
        self.words.append(word)
        return number


def signature_of(text: str, numbers: Numbers | None = None) -> Signature:
    """The words and pairs of words that tell a text best from others."""
    words = split_words(fold(text[:LEAD]))
    weighed = all_at_once(words, Numbers() if numbers is None else numbers) if len(words) >= LONG else one_by_one(words)
    kept = sorted(weighed, reverse=True)[:KEPT]
    length = sqrt(sum(weight * weight for weight, _ in kept))
    return {crc32(term.encode()): weight / length for weight, term in kept}


def likeness(a: Signature, b: Signature) -> float:
    """The cosine of two signatures. Terms are added up in their own order, so that it is the very same number both ways round."""
    return sum([a[term] * b[term] for term in sorted(a.keys() & b.keys())])


def one_by_one(words: list[str]) -> list[tuple[float, str]]:
    """The weight of each term of a text."""
    rarity = _rarity()
    rare = {word: rarity.get(word, 1.0) for word in words}
    weights = {word: rare[word] ** 2 * (1.0 if count == 1 else float(REPEATED[count])) for word, count in Counter(words).items()}
    for (first, second), count in Counter(pairwise(words)).items():
        pair = f"{first} {second}"
        known = rarity.get(pair)
        weight = rare[first] * rare[second] if known is None else known * known
        weights[pair] = weight if count == 1 else float(REPEATED[count]) * weight
    return [(weight, term) for term, weight in weights.items()]


def all_at_once(words: list[str], known_as: Numbers) -> list[tuple[float, str]]:
    """The same of those terms alone that may be among the KEPT heaviest."""
    known = _known()
    numbers = np.fromiter(map(known_as.__getitem__, words), dtype=np.int64, count=len(words))
    singles, often = _counted(numbers)
    pairs, pair_often = _counted(numbers[:-1] << HALF | numbers[1:])
    first, second = pairs >> HALF, pairs & ((1 << HALF) - 1)
    new = len(known.words)  # what the table has not is as rare as can be, and stands behind all that it has
    rare_first, rare_second = known.rare[np.minimum(first, new)], known.rare[np.minimum(second, new)]
    place = np.minimum(np.searchsorted(known.pairs, pairs), len(known.pairs) - 1)
    pair_weights = np.where(known.pairs[place] == pairs, known.pair_squares[place], rare_first * rare_second)
    weights = np.concatenate([known.square[np.minimum(singles, new)] * REPEATED[often], REPEATED[pair_often] * pair_weights])
    heavy = weights >= np.partition(weights, -KEPT)[-KEPT] if len(weights) > KEPT else np.ones(len(weights), dtype=bool)
    one, two = heavy[: len(singles)], heavy[len(singles) :]
    spelled = known_as.words
    terms = [spelled[number] for number in singles[one].tolist()]
    terms += [f"{spelled[a]} {spelled[b]}" for a, b in zip(first[two].tolist(), second[two].tolist(), strict=True)]
    return list(zip(weights[heavy].tolist(), terms, strict=True))


def _counted(values: Ints) -> tuple[Ints, Ints]:
    """The values in order, and how often each is there."""
    ordered = np.sort(values)
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    return ordered[starts], np.diff(starts, append=len(ordered))


HALF = 32
"""Bits of the number of a word in that of a pair."""

REPEATED = np.array([0.0, *(1.0 if count == 1 else 1 + log(count) for count in range(1, LEAD))])
"""What a term counts that stands so many times in a text."""


class _Known(Struct, frozen=True):
    """The table's words with their rarity and its square, behind them those of a word that it has not; and its pairs of words, by number
    in order, with the square of theirs."""

    words: list[str]
    number: dict[str, int]
    rare: Floats
    square: Floats
    pairs: Ints
    pair_squares: Floats


@cache
def _known() -> _Known:
    rarity = _rarity()
    several = [(first, second, value) for term, value in rarity.items() for first, _, second in [term.partition(" ")] if second]
    couples = [(first, second, value) for first, second, value in several if " " not in second]
    words = list(dict.fromkeys([term for term in rarity if " " not in term] + [word for a, b, _ in couples for word in (a, b)]))
    number = {word: place for place, word in enumerate(words)}
    rare = [*(rarity.get(word, 1.0) for word in words), 1.0]
    numbered = sorted((number[first] << HALF | number[second], value * value) for first, second, value in couples)
    return _Known(
        words=words,
        number=number,
        rare=np.array(rare),
        square=np.array([value**2 for value in rare]),
        pairs=np.array([pair for pair, _ in numbered], dtype=np.int64),
        pair_squares=np.array([value for _, value in numbered]),
    )


@cache
def _rarity() -> dict[str, float]:
    table = load_table()
    return {entry: float(weight) for entry, weight in zip(table.entries[:SIGNED], table.weights[:SIGNED], strict=True)}
