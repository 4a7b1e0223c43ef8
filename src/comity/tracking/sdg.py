"""Sustainable Development Goals in a text: which of the 17 it is about, how sure that is, the words that count, and the nearest targets.

In comes a text in English or Vietnamese. Two linear models look at it: one at English words and pairs, one at what both languages share
(the static table and the concepts); `tools/train_sdg.py` trains them on labelled English texts, on the words of the goals and targets in
both languages, and on the terms of the Aurora queries (Aurora Universities Network, CC BY 4.0). The probabilities of the goals add up to
one.
"""

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache, cached_property
from itertools import pairwise
from math import log
from pathlib import Path

import msgspec
import numpy as np

from comity.errors import KnowledgeError
from comity.intake import document_from_text
from comity.knowledge import load_knowledge
from comity.knowledge.aims import Goal
from comity.knowledge.folded import Folded, fold
from comity.records import LanguageCode
from comity.tracking.concepts import load_concepts
from comity.tracking.embedding import Floats, load_table

MODEL = Path(__file__).parent / "models" / "sdg.msgpack"
GOALS = 17
LETTERS = 7
"""A word is known by its first letters, so that "educational" counts as "education"."""
WORD = re.compile(r"[^\W\d_]{2,}")
SHOWN_WORDS = 4
NEAR, MOST_TARGETS = 0.45, 2
"""How like a target's words the text must be for the target to be named, and how many are named of a goal."""


class GoalWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What texts about each goal speak of; the models are trained on these words too."""

    goals: dict[str, tuple[str, ...]]


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
    def rarities(self) -> Floats:
        return np.frombuffer(self.rarity, dtype=np.float16).astype(np.float32)

    @cached_property
    def word_table(self) -> Floats:
        return np.frombuffer(self.words, dtype=np.float16).reshape(-1, GOALS).astype(np.float32)

    @cached_property
    def shared_table(self) -> Floats:
        return np.frombuffer(self.shared, dtype=np.float16).reshape(-1, GOALS).astype(np.float32)


class GoalTarget(msgspec.Struct, frozen=True):
    """A target of a goal (`7.2`) and how like its words the text is, 0 to 1; not a probability."""

    id: str
    likeness: float


class GoalFound(msgspec.Struct, frozen=True):
    """A goal by its number, its probability, the words of the text that count most for it, and its nearest targets."""

    goal: str
    score: float
    words: tuple[str, ...] = ()
    targets: tuple[GoalTarget, ...] = ()


def sdg(text: str, *, language: LanguageCode | None = None) -> tuple[GoalFound, ...]:
    """The goals that a text is about, the surest first; none where none is sure enough.

    `language` is `vi` or `en` where it should not be guessed. Raises BadInputError where the text is empty or in another language.
    """
    spoken = language or document_from_text(text).language
    model = load_sdg_model()
    scores = goal_scores(text, spoken, model)
    chosen = sorted((number for number in range(GOALS) if scores[number] >= model.least), key=lambda number: -scores[number])
    return tuple(
        GoalFound(
            goal=str(number + 1),
            score=round(float(scores[number]), 3),
            words=_words(text, spoken, number, model),
            targets=nearest_targets(load_table().vector(fold(text), spoken), spoken, str(number + 1)),
        )
        for number in chosen
    )


def sdg_numbers(text: str) -> list[int]:
    """The goals as numbers: what the public benchmark asks a classifier for. The text is English."""
    scores = goal_scores(text, "en", load_sdg_model())
    return [number + 1 for number in range(GOALS) if scores[number] >= load_sdg_model().least]


def goal_scores(text: str, language: LanguageCode, model: SdgModel) -> Floats:
    """The probability of each goal; English is looked at by both models, another language by the shared one."""
    whole = Folded(text)
    shown = set(load_concepts(language)[0].find(whole))
    return probabilities(goal_odds(whole, language, load_table().vector(whole.folded, language), shown, model))


def goal_odds(text: Folded, language: LanguageCode, vector: Floats | None, shown: set[str], model: SdgModel) -> Floats:
    """The log odds of each goal, by the text, its vector and the concepts that it shows."""
    odds: Floats = _shared_features(vector, shown, model.concepts) @ model.shared_table[:-1] + model.shared_table[-1]
    if language != "en":
        return odds
    values = word_values(text.folded, model)
    spoken = np.array(list(values.values()), dtype=np.float32) @ model.word_table[list(values)] if values else 0.0
    both: Floats = (odds + model.word_table[-1] + spoken) / 2
    return both


def probabilities(odds: Floats) -> Floats:
    """Of goals that exclude each other: they add up to one."""
    powers = np.exp(odds - odds.max())
    scores: Floats = powers / powers.sum()
    return scores


def terms_of(text: str) -> Counter[str]:
    """The words of a text and their pairs, each by its first letters."""
    return _terms(fold(text))


def _terms(folded: str) -> Counter[str]:
    words = [word[:LETTERS] for word in WORD.findall(folded)]
    return Counter(words) + Counter(f"{first} {second}" for first, second in pairwise(words))


def word_values(folded: str, model: SdgModel) -> dict[int, float]:
    """TF-IDF values of the known terms of a folded text, in length 1."""
    index = model.index
    found = {index[term]: 1 + log(count) for term, count in _terms(folded).items() if term in index}
    values = {number: value * float(model.rarities[number]) for number, value in found.items()}
    length = sum(value * value for value in values.values()) ** 0.5
    return {number: value / length for number, value in values.items()} if length else {}


def shared_features(text: str, language: LanguageCode, concepts: list[str]) -> Floats:
    """The vector of a text (nothing where no word of it is known), then a one for each concept that it shows."""
    whole = Folded(text)
    return _shared_features(load_table().vector(whole.folded, language), set(load_concepts(language)[0].find(whole)), concepts)


def _shared_features(vector: Floats | None, shown: set[str], concepts: list[str]) -> Floats:
    flags = np.array([concept in shown for concept in concepts], dtype=np.float32) / max(1.0, len(shown)) ** 0.5
    return np.concatenate([np.zeros(load_table().vectors.shape[1], dtype=np.float32) if vector is None else vector, flags])


@cache
def load_sdg_model() -> SdgModel:
    """The trained model. Raises KnowledgeError where its file is missing or broken."""
    try:
        return msgspec.msgpack.decode(MODEL.read_bytes(), type=SdgModel)
    except (OSError, msgspec.DecodeError) as error:
        raise KnowledgeError(
            f"{MODEL}: the model can't be read ({error}); install Comity again, or train it with tools/train_sdg.py."
        ) from error


def _words(text: str, language: LanguageCode, goal: int, model: SdgModel) -> tuple[str, ...]:
    """The words that speak most for a goal: known terms of the text, entries of the static table, and words that show a concept."""
    worth: dict[str, float] = {}
    table, whole = load_table(), Folded(text)
    size = table.vectors.shape[1]
    for entry in table.entries_in(whole.folded):
        value = float(table.vectors[entry.row] @ model.shared_table[:size, goal] * table.weights[entry.row])
        words = " ".join(text[entry.start : entry.end].split())
        worth[words] = max(worth.get(words, 0.0), value / 4)
    for concept, words in load_concepts(language)[0].find(whole).items():
        if concept in model.concepts:  # one that was added since the model was trained says nothing of goals yet
            worth[words] = worth.get(words, 0.0) + float(model.shared_table[size + model.concepts.index(concept), goal])
    if language == "en":
        for match in WORD.finditer(whole.folded):
            number = model.index.get(match.group()[:LETTERS])
            if number is not None:
                word = text[match.start() : match.end()]
                worth[word] = worth.get(word, 0.0) + float(model.word_table[number, goal] * model.rarities[number]) / 4
    best = sorted((word for word in worth if worth[word] > 0), key=lambda word: (-worth[word], word))
    return tuple(best[:SHOWN_WORDS])


def nearest_targets(vector: Floats | None, language: LanguageCode, goal: str) -> tuple[GoalTarget, ...]:
    """The targets of a goal whose words are most like a text with this vector, if any are like it."""
    near = _target_vectors(language).get(goal)
    if vector is None or not near:
        return ()
    likeness = {target: float(np.dot(other, vector)) for target, other in near.items()}
    best = sorted((target for target in likeness if likeness[target] >= NEAR), key=lambda target: -likeness[target])
    return tuple(GoalTarget(target, round(likeness[target], 3)) for target in best[:MOST_TARGETS])


@cache
def _target_vectors(language: LanguageCode) -> Mapping[str, dict[str, Floats]]:
    """The targets' vectors by goal."""
    table = load_table()
    goals: dict[str, Goal] = load_knowledge(()).sdgs
    return {
        goal.id: {
            target.id: vector
            for target in goal.targets
            if (vector := table.vector(fold(target.words.get(language, "")), language)) is not None
        }
        for goal in goals.values()
    }
