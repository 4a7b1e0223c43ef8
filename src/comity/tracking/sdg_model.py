"""The trained part of the classifier of goals (sdg.py): two linear models in one file, and how they weigh many texts at once.

In come texts with what both languages share of them (the static table's vector, the concepts shown); out come log odds of the 17 goals.
Clauses are weighed thousands at a time: a few sums over sparse rows, where each clause by itself took ten times as long.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import cache, cached_property
from itertools import chain, pairwise
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from comity.errors import KnowledgeError
from comity.records import LanguageCode
from comity.tracking.products import Floats

MODEL = Path(__file__).parent / "models" / "sdg.msgpack"
GOALS = 17
LETTERS = 7
"""A word is known by its first letters, so that "educational" counts as "education"."""
WORD = re.compile(r"[^\W\d_]{2,}")
STEPS = 2.0**20
"""The numbers of a vector are rounded to one in so many before they are weighed."""
Ints = NDArray[np.int64]
Wide = NDArray[np.float64]


class SdgModel(msgspec.Struct, frozen=True, dict=True):
    """`terms` are English words and pairs by their first letters, `rarity` weighs them; `concepts` are the shared ones. The tables hold a
    column a goal, the last row of each is the bias. A goal is named when its probability is at least `least`."""

    terms: list[str]
    rarity: bytes
    words: bytes
    concepts: list[str]
    shared: bytes
    least: float

    @cached_property
    def index(self) -> dict[str, int]:
        return {term: number for number, term in enumerate(self.terms)}

    @cached_property
    def following(self) -> dict[str, dict[str, int]]:
        """The pairs by their first word."""
        found: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for number, term in enumerate(self.terms):
            first, _, second = term.partition(" ")
            if second:
                found[first][second] = number
        return dict(found)

    @cached_property
    def places(self) -> dict[str, int]:
        """The concepts' places among the rows behind those of the vector."""
        return {concept: number for number, concept in enumerate(self.concepts)}

    @cached_property
    def rarities(self) -> Floats:
        return np.frombuffer(self.rarity, dtype=np.float16).astype(np.float32)

    @cached_property
    def word_table(self) -> Floats:
        return np.frombuffer(self.words, dtype=np.float16).reshape(-1, GOALS).astype(np.float32)

    @cached_property
    def shared_table(self) -> Floats:
        return np.frombuffer(self.shared, dtype=np.float16).reshape(-1, GOALS).astype(np.float32)

    def by_vectors(self, vectors: Floats) -> Floats:
        """What vectors in length 1 say of each goal, to the last bit the same whatever other texts are weighed with them: a product of
        matrices adds up in an order that depends on how many rows there are, and here no sum is rounded. Numbers of 20 bits behind the
        point by numbers of two bytes, 24 bits behind it at most, add up to less than 2 ** 9, which leaves room in 53 bits."""
        whole: Wide = np.rint(vectors * STEPS).astype(np.float64) @ self._wide_table[: vectors.shape[1]]
        return (whole / STEPS).astype(np.float32)

    @cached_property
    def _wide_table(self) -> Wide:
        return self.shared_table.astype(np.float64)


class Values(msgspec.Struct, frozen=True):
    """The numbers of some texts that are not 0: the text, the term, and the value, in this order."""

    text: Ints
    term: Ints
    value: Floats


def goal_odds(
    folded: Sequence[str], languages: Sequence[LanguageCode], vectors: Floats, shown: Sequence[Collection[str]], model: SdgModel
) -> Floats:
    """The log odds of each goal for some texts, a row each; the vector of a text of which nothing is known is 0. English is looked at by
    both models, another language by the shared one."""
    size = vectors.shape[1]
    odds: Floats = model.by_vectors(vectors) + model.shared_table[-1]
    places = model.places
    rows = [[places[concept] + size for concept in several if concept in places] for several in shown]
    odds += _sums(model.shared_table, rows) / np.sqrt(np.array([[max(1, len(several))] for several in shown], dtype=np.float32))
    english = [place for place, language in enumerate(languages) if language == "en"]
    values = word_values([folded[place] for place in english], model)
    spoken = np.zeros((len(english), GOALS), dtype=np.float32)
    starts = np.flatnonzero(np.diff(values.text, prepend=-1))
    if len(starts):
        spoken[values.text[starts]] = np.add.reduceat(values.value[:, None] * model.word_table[values.term], starts, axis=0)
    odds[english] = (odds[english] + model.word_table[-1] + spoken) / 2
    return odds


def probabilities(odds: Floats) -> Floats:
    """Of goals that exclude each other, along the last axis: they add up to one."""
    powers = np.exp(odds - odds.max(axis=-1, keepdims=True))
    scores: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return scores


def word_values(folded: Sequence[str], model: SdgModel) -> Values:
    """TF-IDF values of the known terms of folded texts, in length 1."""
    terms = [list(_known(text, model)) for text in folded]
    texts = np.repeat(np.arange(len(terms)), [len(several) for several in terms])
    every = np.fromiter(chain.from_iterable(terms), dtype=np.int64, count=len(texts))
    both, counts = np.unique(texts * len(model.terms) + every, return_counts=True)
    text, term = both // len(model.terms), both % len(model.terms)
    value = (1 + np.log(counts)) * model.rarities[term]
    lengths = np.sqrt(np.bincount(text, value * value, minlength=len(terms)))
    return Values(text, term, (value / lengths[text]).astype(np.float32))


def terms_in(folded: str) -> Counter[str]:
    """The words of a folded text and their pairs, each by its first letters."""
    words = _words(folded)
    return Counter(words) + Counter(f"{first} {second}" for first, second in pairwise(words))


def _known(folded: str, model: SdgModel) -> Iterator[int]:
    """The terms of a text that the model knows."""
    words, index, following = _words(folded), model.index, model.following
    yield from (index[word] for word in words if word in index)
    yield from (following[first][second] for first, second in pairwise(words) if first in following and second in following[first])


def _words(folded: str) -> list[str]:
    return [word[:LETTERS] for word in WORD.findall(folded)]


def _sums(table: Floats, rows: Sequence[Sequence[int]]) -> Floats:
    """The sum of some rows of a table, for each of several."""
    found = np.zeros((len(rows), table.shape[1]), dtype=np.float32)
    filled = [place for place, several in enumerate(rows) if several]
    if filled:
        starts = np.cumsum([0, *(len(rows[place]) for place in filled[:-1])])
        found[filled] = np.add.reduceat(table[list(chain.from_iterable(rows))], starts, axis=0)
    return found


@cache
def load_sdg_model() -> SdgModel:
    """The trained model. Raises KnowledgeError where its file is missing or broken."""
    try:
        return msgspec.msgpack.decode(MODEL.read_bytes(), type=SdgModel)
    except (OSError, msgspec.DecodeError) as error:
        raise KnowledgeError(
            f"{MODEL}: the model can't be read ({error}); install Comity again, or train it with tools/train_sdg.py."
        ) from error
