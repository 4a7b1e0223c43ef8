"""Linear models as named weights, several in one msgpack file under `models/`: features in, a probability out. `tools/` trains them."""

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import repeat
from math import exp
from pathlib import Path

import msgspec

from comity.errors import KnowledgeError

MODELS = Path(__file__).parent / "models"


class LinearModel:
    """`weights` by feature; the sum of those that hold is the log odds."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self.weights = dict(weights)

    def score(self, features: Iterable[str]) -> float:
        """The log odds that it is so."""
        return sum(map(self.weights.get, features, repeat(0.0)))

    def probability(self, features: Iterable[str], plus: float = 0.0) -> float:
        """The probability that it is so; `plus` is added to the log odds."""
        return 1 / (1 + exp(-max(-30.0, min(30.0, self.score(features) + plus))))


@cache
def load_weights(name: str) -> dict[str, LinearModel]:
    """The models of a file by their names, read once for the grammars of all languages. Raises KnowledgeError where the file is missing or
    broken."""
    path = MODELS / f"{name}.msgpack"
    try:
        tables = msgspec.msgpack.decode(path.read_bytes(), type=dict[str, dict[str, float]])
    except (OSError, msgspec.DecodeError) as error:
        raise KnowledgeError(
            f"{path}: the model can't be read ({error}); install Comity again, or train it with tools/train_{name}.py."
        ) from error
    return {key: LinearModel(weights) for key, weights in tables.items()}


def weight_bytes(tables: Mapping[str, Mapping[str, float]]) -> bytes:
    """The file of models as bytes: keys in order and weights rounded, so that the same training gives the same file."""
    tidy = {
        key: {feature: round(weight, 3) for feature, weight in sorted(table.items()) if abs(weight) >= 0.001}
        for key, table in sorted(tables.items())
    }
    return msgspec.msgpack.encode(tidy)
