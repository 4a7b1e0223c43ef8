"""Tags the words of a text with a trained linear-chain CRF (python-crfsuite).

A model is a file under `reading/models/`, loaded once. In go the words' features (a few byte strings for each word), out comes a label for
each word. `train` writes such a file; the same examples give the same bytes.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

import pycrfsuite

MODELS = Path(__file__).parent / "models"
Item = Sequence[bytes]
"""One word's features, such as b"w=will"; each counts once."""


class SequenceModel:
    """One trained model, by the name of its file without `.crf`."""

    def __init__(self, name: str, folder: Path = MODELS) -> None:
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open(str(folder / f"{name}.crf"))
        self._size = 0
        self.labels: tuple[str, ...] = tuple(self._tagger.labels())

    def tag(self, items: Sequence[Item]) -> list[str]:
        """The likeliest label of each word of a sequence."""
        self._size = len(items)
        labels: list[str] = self._tagger.tag(items) if items else []
        return labels

    def probabilities(self, label: str) -> list[float]:
        """How likely `label` is at each word of the sequence last tagged, from 0 to 1."""
        return [self._tagger.marginal(label, index) for index in range(self._size)]


def train(
    path: Path, examples: Iterable[tuple[Sequence[Item], Sequence[str]]], *, c1: float, c2: float, rounds: int = 150, minimum: int = 1
) -> None:
    """Writes the model that L-BFGS finds for `examples`, with the weights `c1` (sparseness) and `c2` (smallness) of its two penalties.

    Features seen fewer than `minimum` times are left out.
    """
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({"c1": c1, "c2": c2, "max_iterations": rounds, "feature.minfreq": minimum, "feature.possible_transitions": True})
    for items, labels in examples:
        trainer.append(items, labels)
    trainer.train(str(path))
