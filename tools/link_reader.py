"""What a clause's vector shows: trains the part of the link model that reads vectors, and sees to it that no clause is read by a model that
has learned from it.

In come sentences of public texts in which words show concepts, terms and lessons, and clauses with their lines; out comes a model with a
column for each concept and for each line of the packs, whose pairs, fits and trust are still empty.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec
import numpy as np
from link_fitting import fit_hidden
from link_gold import FOLDS, PACKS, Gold, Lesson, fold_of, kind_of
from link_taught import NOTHING, Memory, remember_by_table, source_of

from comity.knowledge import load_knowledge, load_pack
from comity.knowledge.folded import Folded
from comity.languages import load_words
from comity.tracking.clause_view import name_matcher, view_clause
from comity.tracking.concepts import ConceptWords, load_concepts
from comity.tracking.embedding import load_table
from comity.tracking.link_model import KnownLines, Linear, LinkModel, Weighing, neighbours
from comity.tracking.links import line_targets
from comity.tracking.products import Floats
from comity.tracking.target_words import TargetWords
from comity.tracking.targets import Compared, Target

LEAST = 0.3
TERM_WEIGHT = 6.0
JUDGED_WEIGHT, OWN_WEIGHT, LESSON_WEIGHT, SHOWN_NOTHING = 3.0, 4.0, 2.0, 0.3
"""How much is known of lines by clauses of public texts, clauses of our own, lessons, and sentences in which no word shows a concept."""
GENERAL = ("training", "women-share", "covid", "children", "gender", "relief", "transport", "digital")
"""Concepts that alone do not make a clause fit a line that has them."""
Vector = tuple[Floats, set[str], float]


class Material(NamedTuple):
    """All that vectors are read by: sentences with the concepts that their other words show, lessons, clauses with their lines, and clauses
    of public texts about nothing of ours."""

    sentences: Sequence[Vector]
    lessons: Sequence[Lesson]
    judged: Sequence[Gold]
    others: Floats


class Columns:
    """The columns of the model: concepts of lines, other concepts, lines, and whether a clause is about any line."""

    def __init__(self) -> None:
        words = load_words("en", "concepts", ConceptWords)
        self.concepts, self.elsewhere = sorted(words.concepts), sorted(words.elsewhere)
        self.targets = {pack: line_targets(load_pack(pack).plans) for pack in PACKS}
        self.of_concept = {name: number for number, name in enumerate([*self.concepts, *self.elsewhere])}
        ids = [(pack, target.id) for pack in PACKS for target in self.targets[pack]]
        self.of_line = {line: len(self.of_concept) + number for number, line in enumerate(ids)}
        self.of_pack = {pack: [column for line, column in self.of_line.items() if line[0] == pack] for pack in PACKS}
        self.any = len(self.of_concept) + len(ids)


class Examples:
    """Vectors with what they show, and how much is known of each column."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.vectors: list[Floats] = []
        self.shown: list[Floats] = []
        self.known: list[Floats] = []

    def add(self, vector: Floats, concepts: Iterable[str] | None, weight: float) -> tuple[Floats, Floats]:
        """An example whose concepts are known, or nothing yet; its columns, and what is known of them."""
        columns = self.columns
        shown, known = (np.zeros(columns.any + 1, dtype=np.float32) for _ in range(2))
        if concepts is not None:
            known[: len(columns.of_concept)] = weight
            shown[[columns.of_concept[concept] for concept in concepts]] = 1
        self.vectors.append(vector)
        self.shown.append(shown)
        self.known.append(known)
        return shown, known

    def tie(self, row: tuple[Floats, Floats], pack: str, lines: Iterable[str], weight: float) -> None:
        """Says which lines of a pack an example is about."""
        shown, known = row
        known[self.columns.of_pack[pack]] = weight
        shown[[self.columns.of_line[pack, line] for line in lines]] = 1


def learn_concepts(material: Material) -> LinkModel:
    """The model that reads vectors and remembers what was judged; pairs and fits are still empty."""
    columns = Columns()
    examples = Examples(columns)
    of_lines = set(columns.concepts)
    for vector, concepts, weight in (*term_examples(), *material.sentences):
        _, known = examples.add(vector, concepts, weight)
        if weight < TERM_WEIGHT and of_lines.isdisjoint(concepts):
            known[len(columns.of_concept) : columns.any] = SHOWN_NOTHING
    fitting, nothing = _add_lessons(examples, material.lessons)
    ours, none = _add_judged(examples, material.judged)
    vectors, shown, known = (np.array(rows, dtype=np.float32) for rows in (examples.vectors, examples.shown, examples.known))
    layers = fit_hidden(vectors, shown, known)
    near = neighbours(np.array([*fitting, *ours]), np.array([*nothing, *none]), material.others)
    empty = Linear([0.0], [1.0], [0.0], 0.0)
    told = [[round(float(value), 4) for value in values] for values in (layers.bias, layers.usual)]
    table, hidden, more = (part.astype(np.float16).tobytes() for part in (layers.table, layers.hidden, layers.more))
    weighing = Weighing(table, told[0], told[1], empty, empty, empty, near, LEAST, hidden, more)
    model = LinkModel(columns.concepts, columns.elsewhere, weighing, _known_lines(columns), NOTHING)
    return msgspec.structs.replace(model, taught=remembered(material, model).taught)


def remembered(material: Material, model: LinkModel) -> Memory:
    """The clauses that were judged, and the lessons as clauses of each pack."""
    return remember_by_table([*material.judged, *lessons_as_gold(material.lessons, model)])


def _add_lessons(examples: Examples, lessons: Sequence[Lesson]) -> tuple[list[Floats], list[Floats]]:
    """The vectors of those about a concept of lines, and of those about nothing."""
    kinds: tuple[list[Floats], list[Floats]] = ([], [])
    table, columns = load_table(), examples.columns
    for lesson in lessons:
        text = Folded(lesson.text)
        vector = table.vector(text.folded, lesson.language)
        if vector is None:
            continue
        kinds[lesson.concept is None].append(vector)
        shown = set() if lesson.concept is None else {lesson.concept, *load_concepts(lesson.language)[0].find(text)}
        row = examples.add(vector, shown, TERM_WEIGHT)
        row[0][columns.any], row[1][columns.any] = lesson.concept is not None, LESSON_WEIGHT
        for pack in (lesson.pack,) if lesson.pack else PACKS if lesson.concept is None else ():
            examples.tie(row, pack, lesson.lines, LESSON_WEIGHT)
    return kinds


def _add_judged(examples: Examples, judged: Sequence[Gold]) -> tuple[list[Floats], list[Floats]]:
    """Clauses with their lines. Out come the vectors of those that fit a line, and of those that fit none of any pack."""
    table, names, columns = load_table(), name_matcher(load_knowledge()), examples.columns
    fits = {gold.text for gold in judged if gold.lines}
    fitting: dict[str, Floats] = {}
    nothing: dict[str, Floats] = {}
    for gold in judged:
        view = view_clause(gold.text, gold.language, table=table, names=names)
        if view is None:
            continue
        weight = OWN_WEIGHT if is_own(gold) else JUDGED_WEIGHT
        row = examples.add(view.vector, None, 0)
        examples.tie(row, gold.pack, gold.lines, weight)
        row[0][columns.any], row[1][columns.any] = gold.text in fits, weight
        if gold.lines or gold.text not in fits:
            (fitting if gold.lines else nothing)[gold.text] = view.vector
    return list(fitting.values()), list(nothing.values())


def is_own(gold: Gold) -> bool:
    """Whether it is one of the clauses of our own."""
    return kind_of(gold) in ("clause", "plain")


def _known_lines(columns: Columns) -> KnownLines:
    """The lines of the packs, in the order of their columns; nothing is guessed yet."""
    every = [target for pack in PACKS for target in columns.targets[pack]]
    vectors = {
        language: TargetWords([target.words.get(language, "") for target in every], language, load_table(), ["" for _ in every]).vectors
        for language in ("en", "vi")
    }
    return KnownLines(
        {language: part.astype(np.float16).tobytes() for language, part in vectors.items()}, vectors["en"].shape[1], [0.0, 0.0, 0.0]
    )


def term_examples() -> Iterator[Vector]:
    """The words of the languages that show concepts."""
    table = load_table()
    for language in ("en", "vi"):
        words = load_words(language, "concepts", ConceptWords)
        for concept, terms in {**words.concepts, **words.elsewhere}.items():
            for term in terms:
                text = Folded(term.replace("*", ""))
                vector = table.vector(text.folded, language)
                if vector is not None:
                    yield vector, {concept, *load_concepts(language)[0].find(text)}, TERM_WEIGHT


class Fold(NamedTuple):
    """A part of what is learned from, and a model that has learned from the rest: clauses, and lessons as clauses of each pack."""

    judged: list[Gold]
    lessons: list[Gold]
    model: LinkModel


def folds(material: Material) -> Iterator[Fold]:
    """All that is learned from, each part with a model that has not seen its documents, nor what says nearly the same."""
    for number in range(FOLDS):
        rest = Material(
            material.sentences,
            [lesson for lesson in material.lessons if fold_of(_source(lesson)) != number],
            [gold for gold in material.judged if fold_of(gold.document) != number],
            material.others,
        )
        model = learn_concepts(rest)
        taken = [lesson for lesson in material.lessons if fold_of(_source(lesson)) == number]
        yield Fold([gold for gold in material.judged if fold_of(gold.document) == number], list(lessons_as_gold(taken, model)), model)


def _source(lesson: Lesson) -> str:
    return source_of(Gold(f"lesson-{lesson.text}", lesson.text, lesson.language, lesson.lines, "lesson"))


def lessons_as_gold(taken: Sequence[Lesson], model: LinkModel) -> Iterator[Gold]:
    """Lessons with their lines, or else with those of each pack that have their concept."""
    for pack in PACKS:
        having = lines_by_concept(pack, model)
        for lesson in taken:
            if lesson.pack == pack if lesson.pack else lesson.concept is None or lesson.concept in having:
                lines = lesson.lines or having.get(lesson.concept or "", ())
                yield Gold(f"lesson-{lesson.text}", lesson.text, lesson.language, lines, "lesson", pack)


def lines_by_concept(pack: str, model: LinkModel) -> dict[str, tuple[str, ...]]:
    targets: list[Target] = line_targets(load_pack(pack).plans)
    compared = Compared(targets, load_table(), model)
    found: dict[str, tuple[str, ...]] = {}
    for target, concepts in zip(compared.targets, compared.concepts, strict=True):
        for concept in concepts.difference(GENERAL):
            found[concept] = (*found.get(concept, ()), target.id)
    return found
