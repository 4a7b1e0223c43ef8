"""Trains the model of `comity.tracking.link_model` and writes `comity/tracking/models/links.msgpack`.

    python tools/train_links.py FOLDER

FOLDER is the folder of real documents beside the project, or any folder in it; its `corpus/` holds `vnds.jsonl.gz`, `wh.jsonl.gz` and
`sdg/texts-train.csv`.

First, concepts: every sentence of the corpora in which words show a concept (languages/*/concepts.yaml) teaches that concept to the
vector of its OTHER words, so that a paraphrase without those words is understood too. Then, ties: the clauses in `tests/real/links.jsonl`
and `tests/real/suggestions.jsonl`, those of `tests/real/links_taught.jsonl`, and the sentences of our own in
`tests/tracking/cases/links.yaml`, each with its lines. Last, trust: how
often a suggestion came true, by its words, its sentence and its document (link_trust.py). Prints what cross-validation by document finds.
"""

import argparse
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec
import numpy as np
from link_clauses import SENTENCE, clause_examples, texts
from link_fitting import fit_many
from link_gold import Gold, Lesson, corpus_in, held_back, lessons, own_cases, read_gold, read_taught
from link_report import by_document, by_line, report, report_held_back
from link_rows import Row, fit_both, rows_of
from link_trust import clauses, fit_trust, learned_from, no_trust, report_trust, suggestions, told_of
from restated_lessons import fit_restated, report_restated

from comity.knowledge import load_knowledge, load_pack
from comity.knowledge.folded import Folded
from comity.languages import load_words
from comity.tracking.clause_view import name_matcher
from comity.tracking.concepts import ConceptWords, load_concepts
from comity.tracking.embedding import Floats, load_table
from comity.tracking.link_model import MODEL, Linear, LinkModel, neighbours, weighing_of_concepts
from comity.tracking.links import line_targets
from comity.tracking.second_look import SecondModel
from comity.tracking.targets import Compared

PACKS = ("asean-un", "asean-us")
LEAST = 0.25
SHOWN = 0.6
"""From this score on links are suggested to people (docs/links.md)."""
PENALTY = 10.0
SENTENCES = {"en": 7000, "vi": 10000}
"""With three times as many our own phrases weigh too little: strong paraphrases held back are found a little less often."""
TERM_WEIGHT = 6.0
OTHERS = 800
"""Clauses about nothing of ours that the model keeps, in each language."""
LESSON_PARTS = 2
"""The lessons are divided so: what a part shows is told by a table of concepts that has not learned from it."""
GENERAL = ("training", "women-share", "covid", "children", "gender", "relief", "transport", "digital")
"""Concepts that alone do not make a clause fit a line that has them."""
Vector = tuple[Floats, set[str], float]
Model = TypeVar("Model", LinkModel, SecondModel)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    corpus = corpus_in(parser.parse_args().folder)
    sentences = list(sentence_examples(corpus))
    others = other_clauses(corpus)
    model = learn_concepts(sentences, lessons(), others)
    judged = learned_from(suggestions())
    seen = list(rows_of(clauses(judged, corpus), model))[::2]  # against lines in both languages alone, as lessons
    taught = list(rows_of(read_taught(corpus), model))[::2]
    rows = [*rows_of([*read_gold(corpus), *own_cases()], model), *seen, *taught, *lesson_rows(sentences, others)]
    for found in (by_document(rows, PENALTY), by_line(rows, PENALTY)):
        for least in (LEAST, SHOWN):
            report(rows, found, least)
    pair, fits = fit_both(rows, PENALTY)
    report_held_back(list(rows_of(held_back(), model)), pair, fits, (LEAST, SHOWN))
    report_restated(model)
    model = with_heads(model, pair=pair, fits=fits, trust=no_trust())
    told = told_of(judged, corpus, model)
    report_trust(told)
    model = with_heads(model, trust=fit_trust(told))
    MODEL.write_bytes(msgspec.msgpack.encode(msgspec.structs.replace(model, restated=fit_restated(model))))
    print(f"{MODEL}: {MODEL.stat().st_size:,} bytes")


def with_heads(model: Model, **heads: Linear) -> Model:
    """The model with other regressions."""
    return msgspec.structs.replace(model, weighing=msgspec.structs.replace(model.weighing, **heads))


def learn_concepts(sentences: Sequence[Vector], learned: Sequence[Lesson], others: Floats) -> LinkModel:
    """The model with its table of concepts; pairs and fits are still empty."""
    words = load_words("en", "concepts", ConceptWords)
    concepts, elsewhere = sorted(words.concepts), sorted(words.elsewhere)
    column = {concept: number for number, concept in enumerate([*concepts, *elsewhere])}
    vectors, shown, weights = [], [], []
    for vector, names, weight in (*term_examples(), *lesson_examples(learned), *sentences):
        vectors.append(vector)
        label = np.zeros(len(column), dtype=np.float32)
        label[[column[name] for name in names]] = 1
        shown.append(label)
        weights.append(weight)
    table, bias, usual = fit_many(np.array(vectors, dtype=np.float32), np.array(shown), np.array(weights, dtype=np.float32))
    near = neighbours(*lesson_vectors(learned), others)
    weighing = weighing_of_concepts(table, bias, usual, near=near, least=LEAST)
    return LinkModel(concepts, elsewhere, weighing, Linear([0.0], [1.0], [0.0], 0.0))


def term_examples() -> Iterator[Vector]:
    table = load_table()
    for language in ("en", "vi"):
        words = load_words(language, "concepts", ConceptWords)
        for concept, terms in {**words.concepts, **words.elsewhere}.items():
            for term in terms:
                text = Folded(term.replace("*", ""))
                vector = table.vector(text.folded, language)
                if vector is not None:
                    yield vector, {concept, *load_concepts(language)[0].find(text)}, TERM_WEIGHT


def lesson_examples(learned: Sequence[Lesson]) -> Iterator[Vector]:
    table = load_table()
    for lesson in learned:
        text = Folded(lesson.text)
        vector = table.vector(text.folded, lesson.language)
        if vector is not None:
            shown = set() if lesson.concept is None else {lesson.concept, *load_concepts(lesson.language)[0].find(text)}
            yield vector, shown, TERM_WEIGHT


def lesson_vectors(learned: Sequence[Lesson]) -> tuple[Floats, Floats]:
    """Those about a concept of lines, and those about nothing."""
    table = load_table()
    kinds: tuple[list[Floats], list[Floats]] = ([], [])
    for lesson in learned:
        vector = table.vector(Folded(lesson.text).folded, lesson.language)
        if vector is not None:
            kinds[lesson.concept is None].append(vector)
    return np.array(kinds[0]), np.array(kinds[1])


def other_clauses(corpus: Path) -> Floats:
    """Clauses of public texts in which no word shows a concept; as many in each language."""
    table, vectors = load_table(), []
    left = dict.fromkeys(("en", "vi"), OTHERS)
    for text, language, shown, _ in clause_examples(corpus):
        vector = table.vector(Folded(text).folded, language)
        if vector is not None and not shown and left[language] > 0:
            left[language] -= 1
            vectors.append(vector)
    return np.array(vectors)


def lesson_rows(sentences: Sequence[Vector], others: Floats) -> Iterator[Row]:
    """The lessons against the lines of each pack that have the concept, each seen by a table of concepts that has not learned from it."""
    for part in range(LESSON_PARTS):
        taken = [lesson for number, lesson in enumerate(lessons()) if number % LESSON_PARTS == part]
        model = learn_concepts(sentences, [lesson for number, lesson in enumerate(lessons()) if number % LESSON_PARTS != part], others)
        for gold in lessons_as_gold(taken, model):
            yield from list(rows_of(gold, model))[::2]  # against lines in both languages alone: a lesson is no judged clause


def lessons_as_gold(taken: Sequence[Lesson], model: LinkModel) -> Iterator[list[Gold]]:
    """Lessons with their lines, or else with those of each pack that have their concept."""
    for pack in PACKS:
        having = lines_by_concept(pack, model)
        yield [
            Gold(
                f"lesson-{lesson.text}", lesson.text, lesson.language, lesson.lines or having.get(lesson.concept or "", ()), "lesson", pack
            )
            for lesson in taken
            if (lesson.pack == pack if lesson.pack else lesson.concept is None or lesson.concept in having)
        ]


def lines_by_concept(pack: str, model: LinkModel) -> dict[str, tuple[str, ...]]:
    compared = Compared(line_targets(load_pack(pack).plans), load_table(), model)
    found: dict[str, tuple[str, ...]] = {}
    for target, concepts in zip(compared.targets, compared.concepts, strict=True):
        for concept in concepts.difference(GENERAL):
            found[concept] = (*found.get(concept, ()), target.id)
    return found


def sentence_examples(corpus: Path) -> Iterator[Vector]:
    """Sentences without the names and the words that show the concepts; a third of them with these words too."""
    table, names, chance = load_table(), name_matcher(load_knowledge()), random.Random(5)
    left = dict(SENTENCES)
    for text, language in texts(corpus, chance):
        whole = Folded(text)
        bare = whole.masked([(match.start, match.end) for match in names.find(whole)]).folded
        for match in SENTENCE.finditer(text):
            if left[language] <= 0 or chance.random() < 0.35:
                continue
            left[language] -= 1
            sentence = Folded(match.group())
            found = [shown for concepts in load_concepts(language) for shown in concepts.find_all(sentence)]
            labels = {concept for shown in found for concept in shown.concepts}
            kept = list(bare[match.start() : match.end()])
            full = "".join(kept)
            for shown in found:
                kept[shown.start : shown.end] = " " * (shown.end - shown.start)
            for words in [*(["".join(kept)] if found else []), *([full] if not found or chance.random() < 0.3 else [])]:
                vector = table.vector(words, language)
                if vector is not None:
                    yield vector, labels, 1.0


if __name__ == "__main__":
    main()
