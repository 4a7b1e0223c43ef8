"""The words and pairs of words that tell a text best from others, and how alike two texts are by them.

In comes a text; out comes its signature. How rare a word is comes from the static table (embedding.py). Long texts are weighed all at once,
which takes half the time; short ones term by term. Both give the very same numbers.
"""

from collections import Counter
from collections.abc import Sequence
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

ROUNDED = 1e-9
"""More than adding up in another order makes of a likeness."""

LONG = 150
"""Words from which on a text is long."""

Signature = dict[int, float]
"""Terms by number with their weights, in length 1."""

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class Numbers(dict[str, tuple[int, ...]]):
    """The words of what stands between two blanks, by number: those of the table have theirs, others get one as they come. Whoever weighs
    many texts keeps them from one to the next: then a word is folded and looked up once, not each time that it is met."""

    def __init__(self) -> None:
        super().__init__()
        self._known = _known()
        self.forget()

    def forget(self) -> None:
        """Back to the words of the table alone."""
        self.clear()
        self._others: dict[str, int] = {}
        self.words, self.single, self.behind = list(self._known.words), list(self._known.single), list(self._known.behind)

    def __missing__(self, between: str) -> tuple[int, ...]:
        # nothing that folding or cutting looks at reaches beyond a blank
        self[between] = found = tuple(map(self._number, split_words(fold(between))))
        return found

    def _number(self, word: str) -> int:
        number = self._known.number.get(word)
        if number is None and (number := self._others.get(word)) is None:
            self._others[word] = number = len(self.words)
            spelled = word.encode()
            self.words.append(word)
            self.single.append(crc32(spelled))
            self.behind.append(b" " + spelled)
        return number

    def spelled(self, term: int) -> str:
        """A term in letters."""
        words, first, second = self.words, term >> HALF, term & SECOND
        return f"{words[first - 1]} {words[second]}" if first else words[second]

    def summed(self, terms: Sequence[int]) -> list[int]:
        """The numbers of terms that are the same in every process."""
        single, behind = self.single, self.behind
        return [crc32(behind[term & SECOND], single[(term >> HALF) - 1]) if term > SECOND else single[term] for term in terms]


def signature_of(text: str, numbers: Numbers | None = None) -> Signature:
    """The words and pairs of words that tell a text best from others."""
    known_as = Numbers() if numbers is None else numbers
    words = list(chain.from_iterable(map(known_as.__getitem__, text[:LEAD].split())))
    weights, terms = heaviest(*(all_at_once if len(words) >= LONG else one_by_one)(words), known_as)
    length = sqrt(sum([weight * weight for weight in sorted(weights, reverse=True)]))
    return dict(zip(known_as.summed(terms), [weight / length for weight in weights], strict=True))


def likeness(a: Signature, b: Signature) -> float:
    """The cosine of two signatures. Terms are added up in their own order, so that it is the very same number both ways round."""
    return sum([a[term] * b[term] for term in sorted(a.keys() & b.keys())])


def likeness_from(least: float, a: Signature, b: Signature) -> float:
    """The same where it is `least` or more, else any number below: to put the terms in order takes longer than to add them up."""
    by_chance = sum([a[term] * b[term] for term in a.keys() & b.keys()])
    return likeness(a, b) if by_chance >= least - ROUNDED else by_chance


def heaviest(weights: list[float], terms: list[int], numbers: Numbers) -> tuple[list[float], list[int]]:
    """The KEPT heaviest terms with their weights; of those that weigh the same, the last in the alphabet."""
    if len(weights) <= KEPT:
        return weights, terms
    least = sorted(weights)[-KEPT]
    sure = [(weight, term) for weight, term in zip(weights, terms, strict=True) if weight > least]
    tied = sorted((term for weight, term in zip(weights, terms, strict=True) if weight == least), key=numbers.spelled, reverse=True)
    last = tied[: KEPT - len(sure)]
    return [*(weight for weight, _ in sure), *(least for _ in last)], [*(term for _, term in sure), *last]


def one_by_one(words: list[int]) -> tuple[list[float], list[int]]:
    """The weights of the terms of a text, and the terms: words by number, of pairs the number of the first and one before the second's."""
    known = _known()
    rare, squares, new = known.rare_list, known.pair_square, len(known.words)
    terms, weights = [], []
    for word, count in Counter(words).items():
        weight = rare[word if word < new else new] ** 2
        weights.append(weight if count == 1 else float(REPEATED[count]) * weight)
        terms.append(word)
    for pair, count in Counter([(first + 1) << HALF | second for first, second in pairwise(words)]).items():
        first, second = (pair >> HALF) - 1, pair & SECOND
        square = squares.get(pair)
        weight = rare[first if first < new else new] * rare[second if second < new else new] if square is None else square
        weights.append(weight if count == 1 else float(REPEATED[count]) * weight)
        terms.append(pair)
    return weights, terms


def all_at_once(words: list[int]) -> tuple[list[float], list[int]]:
    """The same of those terms alone that may be among the KEPT heaviest."""
    known = _known()
    numbers = np.array(words, dtype=np.int64)
    singles, often = _counted(numbers)
    pairs, pair_often = _counted((numbers[:-1] + 1) << HALF | numbers[1:])
    new = len(known.words)  # what the table has not is as rare as can be, and stands behind all that it has
    rare_first, rare_second = known.rare[np.minimum((pairs >> HALF) - 1, new)], known.rare[np.minimum(pairs & SECOND, new)]
    place = np.minimum(np.searchsorted(known.pairs, pairs), len(known.pairs) - 1)
    pair_weights = np.where(known.pairs[place] == pairs, known.pair_squares[place], rare_first * rare_second)
    weights = np.concatenate([known.square[np.minimum(singles, new)] * REPEATED[often], REPEATED[pair_often] * pair_weights])
    terms = np.concatenate([singles, pairs])
    if len(weights) > KEPT:
        heavy = weights >= np.partition(weights, -KEPT)[-KEPT]
        weights, terms = weights[heavy], terms[heavy]
    return weights.tolist(), terms.tolist()


def _counted(values: Ints) -> tuple[Ints, Ints]:
    """The values in order, and how often each is there."""
    ordered = np.sort(values)
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    return ordered[starts], np.diff(starts, append=len(ordered))


HALF = 32
SECOND = (1 << HALF) - 1
"""Bits of a term: of a pair, the number of its first word and one stands before that of the second, and 0 before that of a word alone."""

REPEATED = np.array([0.0, *(1.0 if count == 1 else 1 + log(count) for count in range(1, LEAD))])
"""What a term counts that stands so many times in a text."""


class _Known(Struct, frozen=True):
    """The table's words with their rarity and its square, behind them those of a word that it has not; and its pairs of words in order,
    with the square of theirs. `single` is the checksum of each word, `behind` the word as it stands behind another."""

    words: list[str]
    number: dict[str, int]
    single: list[int]
    behind: list[bytes]
    rare: Floats
    rare_list: list[float]
    square: Floats
    pairs: Ints
    pair_squares: Floats
    pair_square: dict[int, float]


@cache
def _known() -> _Known:
    rarity = signed_weights()
    several = [(first, second, value) for term, value in rarity.items() for first, _, second in [term.partition(" ")] if second]
    couples = [(first, second, value) for first, second, value in several if " " not in second]
    words = list(dict.fromkeys([term for term in rarity if " " not in term] + [word for a, b, _ in couples for word in (a, b)]))
    number = {word: place for place, word in enumerate(words)}
    rare = [*(rarity.get(word, 1.0) for word in words), 1.0]
    numbered = sorted(((number[first] + 1) << HALF | number[second], value * value) for first, second, value in couples)
    return _Known(
        words=words,
        number=number,
        single=[crc32(word.encode()) for word in words],
        behind=[b" " + word.encode() for word in words],
        rare=np.array(rare),
        rare_list=rare,
        square=np.array([value**2 for value in rare]),
        pairs=np.array([pair for pair, _ in numbered], dtype=np.int64),
        pair_squares=np.array([value for _, value in numbered]),
        pair_square=dict(numbered),
    )
