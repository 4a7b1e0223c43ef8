"""How likely two reports of two documents that tell one story are of one occurrence: a small trained model.

In come the traits of the reports and the words in which each is told (stories.py); out come log odds. The features are few and plain, and
they name nothing that belongs to a language; `tools/train_occurrences.py` fits their weights on pairs judged by hand.
"""

import hashlib
from functools import cache, lru_cache
from pathlib import Path

import msgspec
import yaml

from comity.errors import KnowledgeError
from comity.records import ActorId
from comity.tracking.happening import Traits, is_apart
from comity.tracking.represented import GROUP
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

MODEL = Path(__file__).parent / "models" / "occurrences.yaml"


class Weights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What each feature counts for, and what none of them leaves."""

    bias: float
    weights: dict[str, float]


def log_odds(a: Traits, b: Traits, told_a: Told, told_b: Told) -> float:
    """Above 0 where it is likelier than not."""
    model = load_weights()
    return model.bias + sum(model.weights[name] * value for name, value in features(a, b, told_a, told_b).items())


def most_odds(a: Traits, b: Traits, told_a: Told, told_b: Told) -> float:
    """What the odds are at most, whatever the words of the sentences: names, numbers, days and parties tell apart most pairs already, and
    are seen much faster than how alike two sentences are."""
    model = load_weights()
    plain = sum(model.weights[name] * value for name, value in _plain_features(a, b, told_a, told_b).items())
    return model.bias + plain + max(0.0, model.weights["sentence"]) + max(0.0, model.weights["near"]) + ROUNDED


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
    alike = {"sentence": likeness(told_a.sentence, told_b.sentence), "near": likeness(told_a.near, told_b.near)}
    return alike | _plain_features(a, b, told_a, told_b)


def _plain_features(a: Traits, b: Traits, told_a: Told, told_b: Told) -> dict[str, float]:
    """Those that ask for no signature."""
    ours, theirs = _states(a.represented), _states(b.represented)
    words, others = set(a.words.split()), set(b.words.split())
    apart, sharp = is_apart(a, b), a.sharp and b.sharp
    numbers = told_a.numbers & told_b.numbers
    return {
        "same words": float(a.words == b.words),
        "a word in common": float(a.words != b.words and bool(words & others)),
        "other deed": float(a.deed is not None and b.deed is not None and a.deed != b.deed),
        "names": _share(told_a.names, told_b.names),
        "other figures": float(bool(told_a.figures and told_b.figures) and not told_a.figures & told_b.figures),
        "other numbers": float(bool(told_a.numbers and told_b.numbers) and not numbers),
        "same numbers": float(any(len(number) > 1 for number in numbers)),
        "one side": float(_share_a_side(a, b)),
        "one person": float(bool(a.persons & b.persons)),
        "persons of each alone": float(_each_alone(a.persons, b.persons)),
        "states of each alone": float(_each_alone(ours, theirs)),
        "one of them undated": float(a.dated != b.dated),
        "same date": float(a.dated and a.report.when == b.report.when),
        "same parties": float(a.represented == b.represented and len(ours) > 1),
        "other time": float(apart and not sharp),
        "other day": float(apart and sharp),
    }


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
def _states(represented: frozenset[ActorId]) -> frozenset[ActorId]:
    return frozenset(party for party in represented if not party.startswith(GROUP))


def _share_a_side(a: Traits, b: Traits) -> bool:
    """Whether somebody acts in both, or is acted on in both."""
    first, second = a.report, b.report
    return any(party in second.source for party in first.source) or any(party in second.target for party in first.target)


def _each_alone(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether each has something that the other has not."""
    return bool(a - b and b - a)


def _share(a: frozenset[str], b: frozenset[str]) -> float:
    together = a | b
    return len(a & b) / len(together) if together else 0.0
