"""How likely two reports of two documents that tell one story are of one occurrence: a small trained model.

In come the traits of reports and the words in which each is told (stories.py), and pairs of them; out come log odds. The features are few
and plain, and they name nothing that belongs to a language; `tools/train_occurrences.py` fits their weights on pairs judged by hand.
"""

import hashlib
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import cache, cached_property, lru_cache
from operator import eq
from pathlib import Path
from typing import TypeVar

import msgspec
import numpy as np
from numpy.typing import NDArray

from comity.knowledge.yaml_file import read_yaml
from comity.records import GROUP, ActorId
from comity.tracking.happening import Traits
from comity.tracking.signatures import likeness
from comity.tracking.stories import Told

FEW = ("meeting", "call", "meal")
"""Deeds (deeds.py) of a few: who else was met makes it another."""

RETOLD = 0.5
"""Two sentences so alike tell the same."""

FAR = 1000
"""Letters between two places from which on they are as far apart as can be: two articles on one event tell it in much the same order, the
meeting first and the history behind it."""

PLACES = "far apart"
"""What `placed` counts, beside the features of the sentences."""

ROUNDED = 1e-9
"""More than adding up in another order makes of a sum of these few numbers."""

FEATURES = (
    "sentence",
    "near",
    "same words",
    "a word in common",
    "other deed",
    "names",
    "other figures",
    "other numbers",
    "same numbers",
    "one side",
    "one person",
    "persons of each alone",
    "states of each alone",
    "one of them undated",
    "same date",
    "same parties",
    "other time",
    "other day",
)
"""What the sentences and reports themselves say. What a word such as "same date" asks is 1 or 0."""

PLAIN = FEATURES[2:]
"""Those of them that ask for no signature."""

H = TypeVar("H", bound=Hashable)
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Sides = tuple[tuple[ActorId, ...], tuple[ActorId, ...]]
"""Who acts, and who is acted on."""

ONLY = np.array([0])
MODEL = Path(__file__).parent / "models" / "occurrences.yaml"


class Weights(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """What each feature counts for, and what none of them leaves."""

    bias: float
    weights: dict[str, float]

    @cached_property
    def in_order(self) -> tuple[float, ...]:
        """The weights of FEATURES."""
        return tuple(self.weights[name] for name in FEATURES)


class Weighed:
    """Pairs of reports and what their words and traits say of them. `one` and `other` number the reports of each pair. How alike two
    sentences are is asked last, and of few pairs: names, numbers, days and parties tell apart most already, and are seen much faster."""

    def __init__(self, reports: Sequence[Traits], told: Sequence[Told], one: Ints, other: Ints) -> None:
        self._reports, self._told, self._one, self._other = reports, told, one, other
        self.plain = plain_features(reports, told, one, other)

    def most_odds(self) -> Floats:
        """What the odds of each pair are at most, whatever the words of the sentences."""
        model = load_weights()
        sentence, near, *plain = model.in_order
        most: Floats = model.bias + _summed(plain, self.plain.T) + max(0.0, sentence) + max(0.0, near) + ROUNDED
        return most

    def log_odds(self, some: Ints) -> Floats:
        """The odds of some pairs, by their numbers: above 0 where it is likelier than not."""
        model, alike = load_weights(), self.alike(some)
        odds: Floats = model.bias + _summed(model.in_order, [*alike.T, *self.plain[some].T])
        odds[self._met_others(some, alike[:, 0])] = -np.inf
        return odds

    def alike(self, some: Ints) -> Floats:
        """How alike the sentences of some pairs are, and the words nearest to the event."""
        pairs = [(self._told[a], self._told[b]) for a, b in zip(self._one[some].tolist(), self._other[some].tolist(), strict=True)]
        alike = [(likeness(a.sentence, b.sentence), likeness(a.near, b.near)) for a, b in pairs]
        return np.array(alike, dtype=np.float64).reshape(len(pairs), 2)

    def _met_others(self, some: Ints, alike: Floats) -> NDArray[np.bool_]:
        """Whether both tell of a meeting of a few, each with somebody who was not at the other: "met today with" one prime minister, and
        with another. Not where it is the same sentence told again, in which a name may be misread."""
        few = np.array([report.deed in FEW for report in self._reports], dtype=bool)
        others = self.plain[some][:, [PLAIN.index("persons of each alone"), PLAIN.index("states of each alone")]].any(axis=1)
        met: NDArray[np.bool_] = few[self._one[some]] & few[self._other[some]] & others & (alike < RETOLD)
        return met


def placed(odds: float, a: Traits, b: Traits) -> float:
    """The odds with where in their documents the reports stand. It is apart from what the sentences say, which is asked once for all
    documents that have the same sentences."""
    return odds + load_weights().weights[PLACES] * far_apart(a, b)


def far_apart(a: Traits, b: Traits) -> float:
    """How far from each other they stand, each in its document, from 0 to 1."""
    return min(abs(a.report.key[1] - b.report.key[1]), FAR) / FAR


def features(a: Traits, b: Traits, told_a: Told, told_b: Told) -> dict[str, float]:
    """What speaks for one occurrence, and what against. A person or party that each has and the other has not ("met today with" one prime
    minister, and with another) speaks against; so do other numbers in the sentence (the fifth session, the fourth). The same number of more
    than one digit ("250 million") speaks for it."""
    pair = _the_two(a, b, told_a, told_b)
    return dict(zip(FEATURES, [*pair.alike(ONLY)[0].tolist(), *pair.plain[0].tolist()], strict=True))


def met_others(a: Traits, b: Traits, told_a: Told, told_b: Told) -> bool:
    """Whether they are told apart by whom each met, whatever else speaks for one occurrence."""
    return bool(_the_two(a, b, told_a, told_b).log_odds(ONLY)[0] == -np.inf)


def _the_two(a: Traits, b: Traits, told_a: Told, told_b: Told) -> Weighed:
    return Weighed([a, b], [told_a, told_b], np.array([0]), np.array([1]))


def plain_features(reports: Sequence[Traits], told: Sequence[Told], one: Ints, other: Ints) -> Floats:
    """The features of pairs of reports that ask for no signature, in the order of PLAIN. Many reports have the same words, parties and
    persons: each two of these are asked about once."""

    def by_two(values: Iterable[H], *asked: Callable[[H, H], float]) -> Iterator[Floats]:
        number: dict[H, int] = {}
        numbers = np.array([number.setdefault(value, len(number)) for value in values], dtype=np.int64)
        known = list(number)
        pairs, pair = np.unique(numbers[one] * len(known) + numbers[other], return_inverse=True)
        two = [(known[a], known[b]) for a, b in (divmod(pair, len(known)) for pair in pairs.tolist())]
        for ask in asked:
            yield np.array([ask(a, b) for a, b in two], dtype=np.float64)[pair]

    dated, sharp = (np.array(some, dtype=bool) for some in zip(*((report.dated, report.sharp) for report in reports), strict=True))
    first, last = (np.array(some, dtype=np.int64) for some in zip(*((report.first, report.last) for report in reports), strict=True))
    apart, both_sharp = (first[one] > last[other]) | (first[other] > last[one]), sharp[one] & sharp[other]
    columns = (
        *by_two((report.words for report in reports), eq, _has_a_word_of),
        *by_two((report.deed for report in reports), _is_other),
        *by_two((words.names for words in told), _share),
        *by_two((words.figures for words in told), _are_others),
        *by_two((words.numbers for words in told), _are_others, _has_a_long_one_of),
        *by_two(((report.report.source, report.report.target) for report in reports), _share_a_side),
        *by_two((report.persons for report in reports), _have_in_common, _each_alone),
        *by_two((_states(report.represented) for report in reports), _each_alone),
        dated[one] != dated[other],
        *(dated[one] * same for same in by_two((report.report.when for report in reports), eq)),
        *by_two((report.represented for report in reports), _are_the_same),
        apart & ~both_sharp,
        apart & both_sharp,
    )
    return np.column_stack(columns).astype(np.float64)


def _summed(weights: Iterable[float], features: Iterable[Floats]) -> Floats:
    """One after another, so that it makes no difference how many pairs are weighed at once."""
    first, *others = [weight * feature for weight, feature in zip(weights, features, strict=True)]
    summed: Floats = first
    for one in others:
        summed = summed + one
    return summed


@cache
def load_weights() -> Weights:
    """The trained weights. Raises KnowledgeError where their file is missing or broken."""
    return read_yaml(MODEL, Weights)


@cache
def weights_version() -> str:
    """A hash of the weights."""
    return hashlib.sha256(MODEL.read_bytes()).hexdigest()[:8]


def _has_a_word_of(words: str, others: str) -> bool:
    return words != others and not set(words.split()).isdisjoint(others.split())


def _is_other(deed: str | None, other: str | None) -> bool:
    return deed is not None and other is not None and deed != other


def _are_others(some: frozenset[str], others: frozenset[str]) -> bool:
    return bool(some and others) and some.isdisjoint(others)


def _has_a_long_one_of(numbers: frozenset[str], others: frozenset[str]) -> bool:
    return any(len(number) > 1 for number in numbers & others)


def _share_a_side(sides: Sides, others: Sides) -> bool:
    """Whether somebody acts in both, or is acted on in both."""
    return any(party in other for side, other in zip(sides, others, strict=True) for party in side)


def _have_in_common(some: frozenset[str], others: frozenset[str]) -> bool:
    return not some.isdisjoint(others)


def _each_alone(some: frozenset[str], others: frozenset[str]) -> bool:
    """Whether each has something that the other has not."""
    return not (some <= others or others <= some)


def _are_the_same(some: frozenset[ActorId], others: frozenset[ActorId]) -> bool:
    return some == others and len(_states(some)) > 1


@lru_cache(8192)
def _states(represented: frozenset[ActorId]) -> frozenset[ActorId]:
    return frozenset(party for party in represented if not party.startswith(GROUP))


def _share(some: frozenset[str], others: frozenset[str]) -> float:
    together = len(some | others)
    return len(some & others) / together if together else 0.0
