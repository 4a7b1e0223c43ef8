"""The trained part of linking: how a vector shows concepts, how a clause and a line that are alike make a tie, whether a clause fits any
line, and how sure the tie is in its document.

Small models in one file, and phrases that a clause may be near to; `tools/train_links.py` trains them. In come numbers, out come log odds.
"""

from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from comity.errors import KnowledgeError
from comity.records import LanguageCode
from comity.tracking.concepts import ConceptId
from comity.tracking.products import Factor, Floats
from comity.tracking.taught import Taught

MODEL = Path(__file__).parent / "models" / "links.msgpack"
NEAR = ("like-fitting", "like-nothing", "like-others")
NEAREST = 3
SAME = 0.98
"""Words that are so much alike are those of the same line."""


class Linear(msgspec.Struct, frozen=True, dict=True):
    """Weights for features less `mean` over `spread`, and the `bias`."""

    mean: list[float]
    spread: list[float]
    weights: list[float]
    bias: float

    def odds(self, features: Floats) -> Floats:
        """The log odds of each row; the features are the last axis."""
        scaled: Floats = (np.einsum("...i,i->...", features - self._mean, self._slope) + self.bias).astype(np.float32)
        return scaled

    @cached_property
    def _mean(self) -> Floats:
        mean: Floats = np.array(self.mean, dtype=np.float32)
        return mean

    @cached_property
    def _slope(self) -> Floats:
        slope: Floats = np.divide(self.weights, self.spread).astype(np.float32)
        return slope


class Neighbours(msgspec.Struct, frozen=True, dict=True):
    """Phrases that were learned from, as vectors with one byte a number: `fitting` ones about a concept of lines, then `nothing` sentences
    of our own that fit no line, then clauses of public texts in which no word shows a concept. `scale` turns the bytes into numbers."""

    vectors: bytes
    size: int
    scale: float
    fitting: int
    nothing: int

    def near(self, vectors: Floats) -> Floats:
        """How near each vector is to the nearest of each kind: a row of NEAR."""
        likeness = self._factor.of(vectors)
        kinds = np.split(likeness, [self.fitting, self.fitting + self.nothing], axis=1)
        return np.column_stack([_nearest(kind) for kind in kinds]).astype(np.float32)

    @cached_property
    def _factor(self) -> Factor:
        whole = np.frombuffer(self.vectors, dtype=np.int8).reshape(-1, self.size).astype(np.float32)
        return Factor(whole.T * np.float32(self.scale))


def neighbours(fitting: Floats, nothing: Floats, others: Floats) -> Neighbours:
    """Vectors in length 1, each kind together."""
    every = np.concatenate([fitting, nothing, others])
    scale = float(np.abs(every).max()) / 127
    return Neighbours(np.rint(every / scale).astype(np.int8).tobytes(), every.shape[1], scale, len(fitting), len(nothing))


class Official(msgspec.Struct, frozen=True):
    """How clauses are weighed that are written as official texts and the press are, and not as people put things in their own words: there
    a word of a line's matter says more, and words that say nothing of it ("expressed appreciation for") less. `style` tells the log odds
    that a clause is written so; `pair` and `fits` are as in `Weighing`, by the first columns alone: what readers said of other clauses
    (taught.py) tells what is meant where people put things in their own words."""

    style: Linear
    pair: Linear
    fits: Linear


class Weighing(msgspec.Struct, frozen=True, dict=True):
    """What a vector says, and what follows from it. `table` has a column for each concept; where there are `hidden` numbers, which a vector
    turns into first (by the last row where it is nothing), `more` has what they add. `pair` tells how a clause and a line that are alike
    make a tie, `fits` whether a clause fits any line, `trust` how sure a tie is in its document. A clause of which it is less likely than
    `least` that one of three lines is right gets no link. `official` has its part where a clause is written so."""

    table: bytes
    bias: list[float]
    usual: list[float]
    pair: Linear
    fits: Linear
    trust: Linear
    near: Neighbours
    least: float
    hidden: bytes = b""
    more: bytes = b""
    official: Official | None = None

    def style(self, told: Floats) -> Floats:
        """How far clauses are written as official texts are, from 0 to 1; in come the columns of `Looked.style`."""
        if self.official is None:
            return np.zeros(len(told), dtype=np.float32)
        share: Floats = (1 / (1 + np.exp(-np.clip(self.official.style.odds(told), -30, 30)))).astype(np.float32)
        return share

    def pair_odds(self, pairs: Floats, style: Floats) -> Floats:
        """The log odds of each clause and line; a clause of each style has its part of both weighings."""
        odds = self.pair.odds(pairs)
        return odds if self.official is None else _between(odds, self.official_odds(pairs), style[:, None])

    def official_odds(self, pairs: Floats) -> Floats:
        """The same for clauses that are written as official texts and the press are."""
        pair = self.pair if self.official is None else self.official.pair
        return pair.odds(pairs[..., : len(pair.weights)])

    def fits_odds(self, features: Floats, style: Floats) -> Floats:
        """The log odds of each clause to fit any line."""
        odds = self.fits.odds(features)
        if self.official is None:
            return odds
        return _between(odds, self.official.fits.odds(features[:, : len(self.official.fits.weights)]), style)

    def shown(self, vectors: Floats) -> Floats:
        """How strongly each vector shows each concept: log odds, from which half of what is usual for the concept is taken."""
        odds: Floats = self._factor.of(vectors) + self._offset
        if self.hidden:
            turn, start, more = self._inner
            odds += more.of(np.maximum(turn.of(vectors) + start, 0))
        return odds

    @cached_property
    def _matrix(self) -> Floats:
        return np.frombuffer(self.table, dtype=np.float16).reshape(-1, len(self.bias)).astype(np.float32)

    @cached_property
    def _factor(self) -> Factor:
        return Factor(self._matrix)

    @cached_property
    def _inner(self) -> tuple[Factor, Floats, Factor]:
        whole = np.frombuffer(self.hidden, dtype=np.float16).reshape(len(self._matrix) + 1, -1).astype(np.float32)
        more = np.frombuffer(self.more, dtype=np.float16).reshape(-1, len(self.bias)).astype(np.float32)
        return Factor(whole[:-1]), whole[-1], Factor(more)

    @cached_property
    def _offset(self) -> Floats:
        offset: Floats = (np.array(self.bias) - np.array(self.usual) / 2).astype(np.float32)
        return offset


def weighing_of_concepts(table: Floats, bias: Floats, usual: Floats, *, near: Neighbours, least: float) -> Weighing:
    """One that knows concepts and nothing else yet."""
    nothing = Linear([0.0], [1.0], [0.0], 0.0)
    told = [[round(float(value), 4) for value in values] for values in (bias, usual)]
    return Weighing(table.astype(np.float16).tobytes(), told[0], told[1], nothing, nothing, nothing, near, least)


class KnownLines(msgspec.Struct, frozen=True, dict=True):
    """Lines that clauses were judged for: the vectors of their words by language, as numbers in two bytes. What a clause says of a line
    that is not among them is guessed from the concepts of the line: `guess` has the start, and what the strongest and the mean add."""

    vectors: dict[LanguageCode, bytes]
    size: int
    guess: list[float]

    def places(self, lines: Mapping[LanguageCode, Floats]) -> NDArray[np.intp]:
        """For each of some lines its place among these; -1 where it is another. In come the vectors of its words by language."""
        likeness = [vectors @ self._known[language].T for language, vectors in lines.items() if language in self._known]
        if not likeness:
            return np.full(len(next(iter(lines.values()), ())), -1)
        best = np.max(likeness, axis=0)
        return np.where(best.max(axis=1) >= SAME, best.argmax(axis=1), -1)

    @cached_property
    def _known(self) -> dict[LanguageCode, Floats]:
        read = {language: np.frombuffer(part, dtype=np.float16).reshape(-1, self.size) for language, part in self.vectors.items()}
        return {language: part.astype(np.float32) for language, part in read.items() if len(part)}


class LinkModel(msgspec.Struct, frozen=True):
    """`concepts` are those of lines, `elsewhere` the others: the first columns of the table, in this order; then comes one for each of
    `lines`, and one for whether the clause is about any line. `taught` are the clauses that readers judged, and `learned_from` tells
    which state of the files of judged clauses all this was learned from."""

    concepts: list[ConceptId]
    elsewhere: list[ConceptId]
    weighing: Weighing
    lines: KnownLines
    taught: Taught
    learned_from: str = ""


def _between(odds: Floats, others: Floats, share: Floats) -> Floats:
    mixed: Floats = odds + share * (others - odds)
    return mixed


def _nearest(likeness: Floats) -> Floats:
    """The mean of the few nearest."""
    if not likeness.shape[1]:
        return np.zeros(len(likeness), dtype=np.float32)
    few = min(NEAREST, likeness.shape[1])
    mean: Floats = np.partition(likeness, -few, axis=1)[:, -few:].mean(axis=1)
    return mean


@cache
def load_link_model() -> LinkModel:
    """The trained model. Raises KnowledgeError where its file is missing or broken."""
    try:
        return msgspec.msgpack.decode(MODEL.read_bytes(), type=LinkModel)
    except (OSError, msgspec.DecodeError) as error:
        raise KnowledgeError(
            f"{MODEL}: the model can't be read ({error}); install Comity again, or train it with tools/train_links.py."
        ) from error
