"""Sustainable Development Goals in a text: which of the 17 it is about, how sure that is, the words that count, and the nearest targets.

In comes a text in English or Vietnamese. Two linear models look at it: one at English words and pairs, one at what both languages share
(the static table and the concepts); `tools/train_sdg.py` trains them on labelled English texts, on the words of the goals and targets in
both languages, and on the terms of the Aurora queries (Aurora Universities Network, CC BY 4.0). The probabilities of the goals add up to
one.
"""

from functools import cache

import msgspec
import numpy as np

from comity.knowledge import load_knowledge
from comity.knowledge.aims import Goal
from comity.knowledge.folded import Folded, fold
from comity.records import LanguageCode
from comity.tracking.concepts import load_concepts
from comity.tracking.embedding import load_table
from comity.tracking.products import Floats
from comity.tracking.sdg_model import GOALS, LETTERS, WORD, SdgModel, goal_odds, load_sdg_model, probabilities

SHOWN_WORDS = 4
NEAR, MOST_TARGETS = 0.45, 2
"""How like a target's words the text must be for the target to be named, and how many are named of a goal."""


class GoalWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What texts about each goal speak of; the models are trained on these words too."""

    goals: dict[str, tuple[str, ...]]


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
    from comity.intake import document_from_text  # whoever tracks a register knows the languages

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
    vector, shown = known_vector(whole.folded, language), set(load_concepts(language)[0].find(whole))
    scores: Floats = probabilities(goal_odds([whole.folded], [language], vector[None], [shown], model))[0]
    return scores


def shared_features(text: str, language: LanguageCode, concepts: list[str]) -> Floats:
    """The vector of a text (nothing where no word of it is known), then a one for each concept that it shows; for training."""
    whole = Folded(text)
    shown = set(load_concepts(language)[0].find(whole))
    flags = np.array([concept in shown for concept in concepts], dtype=np.float32) / max(1.0, len(shown)) ** 0.5
    return np.concatenate([known_vector(whole.folded, language), flags])


def known_vector(folded: str, language: LanguageCode) -> Floats:
    """Nothing where no word is known."""
    table = load_table()
    vector = table.vector(folded, language)
    return np.zeros(table.vectors.shape[1], dtype=np.float32) if vector is None else vector


def _words(text: str, language: LanguageCode, goal: int, model: SdgModel) -> tuple[str, ...]:
    """The words that speak most for a goal: known terms of the text, entries of the static table, and words that show a concept."""
    worth: dict[str, float] = {}
    table, whole = load_table(), Folded(text)
    size = table.vectors.shape[1]
    for entry in table.entries_in(whole.folded):
        value = float(table.vectors[[entry.row]][0] @ model.shared_table[:size, goal] * table.weights[entry.row])
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
    near = target_vectors(language, goal)
    if vector is None or not near.ids:
        return ()
    likeness = near.vectors @ vector
    best = [place for place in np.argsort(-likeness, kind="stable")[:MOST_TARGETS].tolist() if likeness[place] >= NEAR]
    return tuple(GoalTarget(near.ids[place], round(float(likeness[place]), 3)) for place in best)


class TargetVectors(msgspec.Struct, frozen=True):
    """The targets of a goal whose words are known, with their vectors, a row each."""

    ids: list[str]
    vectors: Floats


@cache
def target_vectors(language: LanguageCode, goal: str) -> TargetVectors:
    """Those of one goal."""
    table, known = load_table(), _goals().get(goal)
    rows = {target.id: table.rows_in(fold(target.words.get(language, ""))) for target in known.targets} if known else {}
    told = {target: several for target, several in rows.items() if several}
    return TargetVectors(list(told), table.vectors_of(list(told.values()), [language] * len(told)))


@cache
def _goals() -> dict[str, Goal]:
    return load_knowledge(()).sdgs
