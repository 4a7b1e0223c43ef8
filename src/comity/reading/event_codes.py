"""Codes a sentence as event data: source, PLOVER type and CAMEO root, target, the words that made it, and a probability.

In: a sentence, with its source and target where they are known. The model (`models/event_codes_<language>.msgpack`) is trained by
tools/train_event_codes.py: one linear score a type over the features of event_code_features.py.
"""

from collections.abc import Iterable, Sequence
from math import exp, sqrt
from pathlib import Path

import msgspec
from msgspec import Struct

from comity.errors import BadInputError, KnowledgeError
from comity.knowledge.folded import fold
from comity.reading.event_code_features import CodeFeatures, Feature, Word
from comity.records import EventType, LanguageCode, Span

MODELS = Path(__file__).parent / "models"
ZERO = 128
"""Weights are kept as bytes; this one stands for 0."""
YIELD = "YIELD"
"""CAMEO's root 08, which PLOVER parts in CONCEDE and RETREAT."""
LEAST = 0.4
"""A code is given from this probability on; with source and target given, always. That two parties are named speaks for an event."""
LONGEST, PART = 4, 0.35
"""The words that made a code: at most so many on, each with at least this part of the strongest word's weight."""

ROOTS = {
    EventType.AGREE: "03",
    EventType.CONSULT: "04",
    EventType.SUPPORT: "05",
    EventType.COOPERATE: "06",
    EventType.AID: "07",
    EventType.CONCEDE: "08",
    EventType.RETREAT: "08",
    EventType.REQUEST: "10",
    EventType.ACCUSE: "11",
    EventType.REJECT: "12",
    EventType.THREATEN: "13",
    EventType.PROTEST: "14",
    EventType.MOBILIZE: "15",
    EventType.SANCTION: "16",
    EventType.COERCE: "17",
    EventType.ASSAULT: "18",
}
"""CAMEO's roots by PLOVER type, after PLOVER's conversion table; of two that make one type (09 and 11, 18 to 20) the commoner."""


class EventCode(Struct, frozen=True):
    """One sentence coded. `type` and `root` are None where it tells of no event; `span` are the words in the sentence that weighed most."""

    source: str | None
    type: EventType | None
    root: str | None
    target: str | None
    words: str
    span: Span | None
    probability: float


class CodeModel(Struct, frozen=True, forbid_unknown_fields=True):
    """`table`: for each feature a byte for each type, one for CONCEDE (low) or RETREAT (high), one for event or none, and its part of the
    sentence's length. `scale` and `bias` turn each column's sums into scores; `steep` turns scores into probabilities."""

    types: tuple[str, ...]
    scale: tuple[float, ...]
    bias: tuple[float, ...]
    steep: float
    table: dict[str, bytes]


class EventCoder:
    """Codes the sentences of one language."""

    def __init__(self, language: LanguageCode) -> None:
        self.features = CodeFeatures(language)
        self.model = load_code_model(language)

    def codes(self, rows: Iterable[tuple[str, str | Span | None, str | Span | None]]) -> list[EventCode]:
        """One code for each (sentence, source, target)."""
        return [self.code(sentence, source, target) for sentence, source, target in rows]

    def code(self, sentence: str, source: str | Span | None = None, target: str | Span | None = None) -> EventCode:
        """The likeliest code. Source and target are names as the sentence has them, or spans; with both given there is always an event.

        Raises BadInputError where a name is not in the sentence.
        """
        actor, acted = locate(sentence, source), locate(sentence, target)
        return self._coded(sentence, actor, acted, least=0.0 if actor and acted else LEAST)

    def guess(self, sentence: str, source: Span | None, target: Span | None) -> EventCode:
        """The likeliest code where source and target are guesses, so that there may be no event."""
        return self._coded(sentence, source, target, least=LEAST)

    def _coded(self, sentence: str, source: Span | None, target: Span | None, *, least: float) -> EventCode:
        words = self.features.split(sentence, source, target)
        scores, known = score(self.model, self.features.find(words))
        size = len(self.model.types)
        best = max(range(size), key=scores.__getitem__)
        probability = 1 / sum(exp(self.model.steep * (one - scores[best])) for one in scores[:size])
        if least:
            told = 1 / (1 + exp(-max(-30.0, min(30.0, scores[size + 1]))))
            probability *= (1 + told) / 2 if source and target else told
        names = (_words(sentence, source), _words(sentence, target))
        span = strongest_words(words, known, best)
        if not known or probability < least or (least and not span):
            return EventCode(names[0], None, None, names[1], "", None, round(1 - probability if known else 1.0, 3))
        kind = _type(self.model.types[best], scores[size])
        return EventCode(names[0], kind, ROOTS[kind], names[1], _words(sentence, span) or "", span, round(probability, 3))


def locate(sentence: str, name: str | Span | None) -> Span | None:
    """Where a name stands in the sentence. Raises BadInputError where it does not."""
    if not name:
        return None
    if isinstance(name, Span):
        if name.end > len(sentence):
            raise BadInputError(f"the source or target ends at {name.end}, after the end of the sentence {sentence[:60]!r}.")
        return name
    start = fold(sentence).find(fold(name.strip()))
    if start < 0:
        raise BadInputError(f"{name.strip()!r} is not in the sentence {sentence[:60]!r}; give source and target as the sentence has them.")
    return Span(start, start + len(name.strip()))


def score(model: CodeModel, found: Sequence[Feature]) -> tuple[list[float], list[tuple[Feature, bytes]]]:
    """A score for each column but the last, and the features that the model knows."""
    get = model.table.get
    known = [(feature, row) for feature in found if (row := get(feature.name)) is not None]
    if not known:
        return list(model.bias), known
    sums = [sum(column) for column in zip(*[row for _, row in known], strict=True)]
    size = sqrt(sums[-1] or 1)
    offset = ZERO * len(known)
    return [(total - offset) * scale / size + bias for total, scale, bias in zip(sums, model.scale, model.bias, strict=False)], known


def strongest_words(words: Sequence[Word], known: Sequence[tuple[Feature, bytes]], column: int) -> Span | None:
    """The run of words that speaks most for a type; source, target and marks of punctuation are no such words."""
    weights = [0.0] * (len(words) + 1)
    for feature, row in known:
        inner = [i for i in range(feature.first, min(feature.after, len(words))) if any(map(str.isalnum, words[i].stem[:1]))]
        for i in inner:
            weights[i] += (row[column] - ZERO) / len(inner)
    top = max(range(len(words)), key=weights.__getitem__, default=None)
    if top is None or weights[top] <= 0:
        return None
    first, after = top, top + 1
    while first and after - first < LONGEST and weights[first - 1] >= PART * weights[top]:
        first -= 1
    while after < len(words) and after - first < LONGEST and weights[after] >= PART * weights[top]:
        after += 1
    return Span(words[first].start, words[after - 1].end)


def load_code_model(language: LanguageCode) -> CodeModel:
    """The trained model of a language. Raises KnowledgeError where its file is missing or broken."""
    path = MODELS / f"event_codes_{language}.msgpack"
    try:
        return msgspec.msgpack.decode(path.read_bytes(), type=CodeModel)
    except (OSError, msgspec.DecodeError) as error:
        raise KnowledgeError(
            f"{path}: the model can't be read ({error}); install Comity again, or train it with tools/train_event_codes.py."
        ) from error


def _type(name: str, retreats: float) -> EventType:
    if name == YIELD:
        return EventType.RETREAT if retreats > 0 else EventType.CONCEDE
    return EventType(name)


def _words(sentence: str, span: Span | None) -> str | None:
    return sentence[span.start : span.end] if span else None
