"""How likely two reports of two documents that tell one story are of one occurrence: a small trained model.

In come the traits of the reports and the words in which each is told (stories.py); out come log odds. The features are few and plain, and
they name nothing that belongs to a language; `tools/train_occurrences.py` fits their weights on pairs judged by hand.
"""

import hashlib
from functools import cache, cached_property, lru_cache
from operator import mul
from pathlib import Path

import msgspec
import yaml

from comity.errors import KnowledgeError
from comity.records import GROUP, ActorId
from comity.tracking.happening import Traits, is_apart
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

MODEL = Path(__file__).parent / "models" / "occurrences.yaml"


class Weights(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """What each feature counts for, and what none of them leaves."""

    bias: float
    weights: dict[str, float]

    @cached_property
    def in_order(self) -> tuple[float, ...]:
        """The weights of FEATURES."""
        return tuple(self.weights[name] for name in FEATURES)


def log_odds(a: Traits, b: Traits, told_a: Told, told_b: Told) -> float:
    """Above 0 where it is likelier than not."""
    model = load_weights()
    alike = (likeness(told_a.sentence, told_b.sentence), likeness(told_a.near, told_b.near))
    weighed: float = sum(map(mul, model.in_order, (*alike, *_plain_features(a, b, told_a, told_b))))
    return model.bias + weighed


def most_odds(a: Traits, b: Traits, told_a: Told, told_b: Told) -> float:
    """What the odds are at most, whatever the words of the sentences: names, numbers, days and parties tell apart most pairs already, and
    are seen much faster than how alike two sentences are."""
    model = load_weights()
    sentence, near, *plain = model.in_order
    weighed: float = sum(map(mul, plain, _plain_features(a, b, told_a, told_b)))
    return model.bias + weighed + max(0.0, sentence) + max(0.0, near) + ROUNDED


def placed(odds: float, a: Traits, b: Traits) -> float:
    """The odds with where in their documents the reports stand. It is apart from what the sentences say, which is asked once for all
    documents that have the same sentences."""
    return odds + load_weights().weights[PLACES] * far_apart(a, b)


def far_apart(a: Traits, b: Traits) -> float:
    """How far from each other they stand, each in its document, from 0 to 1."""
    return min(abs(a.report.key[1] - b.report.key[1]), FAR) / FAR


def met_others(a: Traits, b: Traits, told_a: Told, told_b: Told) -> bool:
    """Whether both tell of a meeting of a few, each with somebody who was not at the other: "met today with" one prime minister, and with
    another. Not where it is the same sentence told again, in which a name may be misread."""
    if a.deed not in FEW or b.deed not in FEW:
        return False
    others = _each_alone(a.persons, b.persons) or _each_alone(_states(a.represented), _states(b.represented))
    return others and likeness(told_a.sentence, told_b.sentence) < RETOLD


def features(a: Traits, b: Traits, told_a: Told, told_b: Told) -> dict[str, float]:
    """What speaks for one occurrence, and what against. A person or party that each has and the other has not ("met today with" one prime
    minister, and with another) speaks against; so do other numbers in the sentence (the fifth session, the fourth). The same number of more
    than one digit ("250 million") speaks for it."""
    alike = (likeness(told_a.sentence, told_b.sentence), likeness(told_a.near, told_b.near))
    return dict(zip(FEATURES, (*alike, *_plain_features(a, b, told_a, told_b)), strict=True))


def _plain_features(a: Traits, b: Traits, told_a: Told, told_b: Told) -> tuple[float, ...]:
    """Those that ask for no signature, in the order of FEATURES."""
    ours, theirs = _states(a.represented), _states(b.represented)
    words, others = _words(a.words), _words(b.words)
    apart, sharp = is_apart(a, b), a.sharp and b.sharp
    numbers = told_a.numbers & told_b.numbers
    return (
        a.words == b.words,
        a.words != b.words and not words.isdisjoint(others),
        a.deed is not None and b.deed is not None and a.deed != b.deed,
        _share(told_a.names, told_b.names),
        bool(told_a.figures and told_b.figures) and told_a.figures.isdisjoint(told_b.figures),
        bool(told_a.numbers and told_b.numbers) and not numbers,
        any(len(number) > 1 for number in numbers),
        _share_a_side(a, b),
        not a.persons.isdisjoint(b.persons),
        _each_alone(a.persons, b.persons),
        _each_alone(ours, theirs),
        a.dated != b.dated,
        a.dated and a.report.when == b.report.when,
        a.represented == b.represented and len(ours) > 1,
        apart and not sharp,
        apart and sharp,
    )


@cache
def load_weights() -> Weights:
    """The trained weights. Raises KnowledgeError where their file is missing or broken."""
    try:
        return msgspec.convert(yaml.safe_load(MODEL.read_text(encoding="utf-8")), Weights)
    except (OSError, yaml.YAMLError, msgspec.ValidationError) as error:
        raise KnowledgeError(
            f"{MODEL}: the weights can't be read ({error}); install Comity again, or train them with tools/train_occurrences.py."
        ) from error


@cache
def weights_version() -> str:
    """A hash of the weights."""
    return hashlib.sha256(MODEL.read_bytes()).hexdigest()[:8]


@lru_cache(4096)
def _words(folded: str) -> frozenset[str]:
    return frozenset(folded.split())


@lru_cache(4096)
def _states(represented: frozenset[ActorId]) -> frozenset[ActorId]:
    return frozenset(party for party in represented if not party.startswith(GROUP))


def _share_a_side(a: Traits, b: Traits) -> bool:
    """Whether somebody acts in both, or is acted on in both."""
    first, second = a.report, b.report
    return any(party in second.source for party in first.source) or any(party in second.target for party in first.target)


def _each_alone(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether each has something that the other has not."""
    return not (a <= b or b <= a)


def _share(a: frozenset[str], b: frozenset[str]) -> float:
    together = a | b
    return len(a & b) / len(together) if together else 0.0
