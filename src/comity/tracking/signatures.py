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
from comity.tracking.embedding import load_table, split_words

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


def signature_of(text: str) -> Signature:
    """The words and pairs of words that tell a text best from others."""
    words = split_words(fold(text[:LEAD]))
    weighed = all_at_once(words) if len(words) >= LONG else one_by_one(words)
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


def all_at_once(words: list[str]) -> list[tuple[float, str]]:
    """The same of those terms alone that may be among the KEPT heaviest."""
    known = _known()
    size = len(known.words)
    new: dict[str, int] = {}
    numbers = np.array([known.number[word] if word in known.number else new.setdefault(word, size + len(new)) for word in words])
    rare, square = (np.concatenate([values, np.ones(len(new))]) for values in (known.rare, known.square))
    singles, often = np.unique(numbers, return_counts=True)
    pairs, pair_often = np.unique(numbers[:-1] << HALF | numbers[1:], return_counts=True)
    first, second = pairs >> HALF, pairs & ((1 << HALF) - 1)
    place = np.minimum(np.searchsorted(known.pairs, pairs), len(known.pairs) - 1)
    pair_weights = np.where(known.pairs[place] == pairs, known.pair_squares[place], rare[first] * rare[second])
    weights = np.concatenate([square[singles] * REPEATED[often], REPEATED[pair_often] * pair_weights])
    heavy = weights >= np.partition(weights, -KEPT)[-KEPT] if len(weights) > KEPT else np.ones(len(weights), dtype=bool)
    one, two = heavy[: len(singles)], heavy[len(singles) :]
    fresh = list(new)
    spelled = {number: known.words[number] if number < size else fresh[number - size] for number in singles.tolist()}
    terms = [spelled[number] for number in singles[one].tolist()]
    terms += [f"{spelled[a]} {spelled[b]}" for a, b in zip(first[two].tolist(), second[two].tolist(), strict=True)]
    return list(zip(weights[heavy].tolist(), terms, strict=True))


HALF = 32
"""Bits of the number of a word in that of a pair."""

REPEATED = np.array([0.0, *(1.0 if count == 1 else 1 + log(count) for count in range(1, LEAD))])
"""What a term counts that stands so many times in a text."""


class _Known(Struct, frozen=True):
    """The table's words with their rarity and its square, and its pairs of words, by number in order, with the square of theirs."""

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
    rare = [rarity.get(word, 1.0) for word in words]
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
    return {entry: float(weight) for entry, weight in zip(table.entries, table.weights, strict=True)}
