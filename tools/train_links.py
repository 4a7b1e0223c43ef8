"""Trains the model of `comity.tracking.link_model` and writes `comity/tracking/models/links.msgpack`.

    python tools/train_links.py FOLDER

FOLDER is the folder of real documents beside the project, or any folder in it; its `corpus/` holds `vnds.jsonl.gz`, `wh.jsonl.gz` and
`sdg/texts-train.csv`.

First, concepts: every sentence of the corpora in which words show a concept (languages/*/concepts.yaml) teaches that concept to the
vector of its OTHER words, so that a paraphrase without those words is understood too. Then, ties: the clauses in `tests/real/links.jsonl`
and `tests/real/suggestions.jsonl` and the sentences of our own in `tests/tracking/cases/links.yaml`, each with its lines. Last, trust: how
often a suggestion came true, by its words, its sentence and its document (link_trust.py). Prints what cross-validation by document finds.
"""

import argparse
import csv
import gzip
import json
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
from link_fitting import fit, fit_many
from link_gold import SUGGESTED, Gold, Lesson, corpus_in, lessons, own_cases, read_gold
from link_trust import clauses, fit_trust, learned_from, report_trust, suggestions, told_of
from numpy.typing import NDArray

from comity.knowledge import load_knowledge, load_pack
from comity.knowledge.folded import Folded
from comity.languages import load_words
from comity.tracking.clause_view import Clause, name_matcher, view_clause
from comity.tracking.concepts import ConceptWords, load_concepts
from comity.tracking.embedding import Floats, load_table
from comity.tracking.link_model import MODEL, Linear, LinkModel
from comity.tracking.links import line_targets
from comity.tracking.targets import TRUST, Compared

PACKS = ("asean-un", "asean-us")
LEAST = 0.3
FOLDS = 5
SENTENCES = {"en": 21000, "vi": 30000}
SENTENCE = re.compile(r"[^.!?\n]{25,400}(?:\n[^.!?\n]+){0,6}")
TERM_WEIGHT = 6.0
LESSON_WEIGHT = 0.3
"""What a lesson counts beside a clause that a reader judged."""
LESSON_PARTS = 2
"""The lessons are divided so: what a part shows is told by a table of concepts that has not learned from it."""
GENERAL = ("training", "women-share", "covid", "children", "gender", "relief", "transport", "digital")
"""Concepts that alone do not make a clause fit a line that has them."""
Example = tuple[Floats, set[str], float]


class Row(NamedTuple):
    """A clause against the lines in one or both languages."""

    gold: Gold
    pairs: Floats
    right: NDArray[np.bool_]
    view: Clause
    compared: Compared


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    corpus = corpus_in(parser.parse_args().folder)
    sentences = list(sentence_examples(corpus))
    model = learn_concepts(sentences, lessons())
    judged = learned_from(suggestions())
    seen = list(rows_of(clauses(judged, corpus), model))[::2]  # against lines in both languages alone, as lessons
    rows = [*rows_of([*read_gold(corpus), *own_cases()], model), *seen, *lesson_rows(sentences)]
    report(rows, cross_validated(rows))
    pair, fits = fit_both(rows)
    model = msgspec.structs.replace(model, pair=pair, fits=fits)
    told = told_of(judged, corpus, model)
    report_trust(told)
    MODEL.write_bytes(msgspec.msgpack.encode(msgspec.structs.replace(model, trust=fit_trust(told))))
    print(f"{MODEL}: {MODEL.stat().st_size:,} bytes")


def learn_concepts(sentences: Sequence[Example], learned: Sequence[Lesson]) -> LinkModel:
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
    nothing = Linear([0.0], [1.0], [0.0], 0.0)
    no_trust = Linear([0.0] * len(TRUST), [1.0] * len(TRUST), [0.0] * len(TRUST), 0.0)
    return LinkModel(
        concepts,
        elsewhere,
        table.astype(np.float16).tobytes(),
        [round(float(b), 4) for b in bias],
        [round(float(u), 4) for u in usual],
        nothing,
        nothing,
        no_trust,
        LEAST,
    )


def term_examples() -> Iterator[Example]:
    table = load_table()
    for language in ("en", "vi"):
        words = load_words(language, "concepts", ConceptWords)
        for concept, terms in {**words.concepts, **words.elsewhere}.items():
            for term in terms:
                text = Folded(term.replace("*", ""))
                vector = table.vector(text.folded, language)
                if vector is not None:
                    yield vector, {concept, *load_concepts(language)[0].find(text)}, TERM_WEIGHT


def lesson_examples(learned: Sequence[Lesson]) -> Iterator[Example]:
    table = load_table()
    for lesson in learned:
        text = Folded(lesson.text)
        vector = table.vector(text.folded, lesson.language)
        if vector is not None:
            shown = set() if lesson.concept is None else {lesson.concept, *load_concepts(lesson.language)[0].find(text)}
            yield vector, shown, TERM_WEIGHT


def lesson_rows(sentences: Sequence[Example]) -> Iterator[Row]:
    """The lessons against the lines of each pack that have the concept, each seen by a table of concepts that has not learned from it."""
    every = lessons()
    for part in range(LESSON_PARTS):
        model = learn_concepts(sentences, [lesson for number, lesson in enumerate(every) if number % LESSON_PARTS != part])
        for pack in PACKS:
            having = lines_by_concept(pack, model)
            gold = [
                Gold(f"lesson-{number}", lesson.text, lesson.language, having.get(lesson.concept or "", ()), "lesson", pack)
                for number, lesson in enumerate(every)
                if number % LESSON_PARTS == part and (lesson.concept is None or lesson.concept in having)
            ]
            yield from list(rows_of(gold, model))[::2]  # against lines in both languages alone: a lesson is no judged clause


def lines_by_concept(pack: str, model: LinkModel) -> dict[str, tuple[str, ...]]:
    compared = Compared(line_targets(load_pack(pack).plans), load_table(), model)
    found: dict[str, tuple[str, ...]] = {}
    for target, concepts in zip(compared.targets, compared.concepts, strict=True):
        for concept in concepts.difference(GENERAL):
            found[concept] = (*found.get(concept, ()), target.id)
    return found


def sentence_examples(corpus: Path) -> Iterator[Example]:
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


def texts(corpus: Path, chance: random.Random) -> Iterator[tuple[str, str]]:
    for name, language in (("wh", "en"), ("vnds", "vi")):
        with gzip.open(corpus / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            rows = [json.loads(line)["text"] for line in lines]
        chance.shuffle(rows)
        yield from ((text, language) for text in rows)
    with (corpus / "sdg" / "texts-train.csv").open(encoding="utf-8", newline="") as file:
        yield from ((row["text"], "en") for row in csv.DictReader(file))


def rows_of(gold: Sequence[Gold], model: LinkModel) -> Iterator[Row]:
    """Each clause twice: against lines in both languages, and against their English words alone (an official text comes in one
    language)."""
    table, names = load_table(), name_matcher(load_knowledge())
    sides = {}
    for pack in {one.pack for one in gold}:
        targets = line_targets(load_pack(pack).plans)
        english = [msgspec.structs.replace(target, words={"en": target.words["en"]}) for target in targets]
        sides[pack] = [Compared(targets, table, model), Compared(english, table, model)]
    for one in gold:
        view = view_clause(one.text, one.language, table=table, names=names)
        if view is not None:
            right = np.array([target.id in one.lines for target in sides[one.pack][0].targets])
            yield from (Row(one, compared.pairs([view])[0], right, view, compared) for compared in sides[one.pack])


def fit_both(rows: Sequence[Row]) -> tuple[Linear, Linear]:
    fitting = [row for row in rows if row.gold.lines]
    sizes = [len(row.pairs) for row in fitting]
    pair = fit(
        np.concatenate([row.pairs for row in fitting]),
        np.concatenate([row.right for row in fitting]),
        np.repeat([weight_of(row) for row in fitting], sizes),
    )
    clauses = np.concatenate([whether(row, pair) for row in rows])
    return pair, fit(clauses, np.array([bool(row.gold.lines) for row in rows]), np.array([weight_of(row) for row in rows]))


def weight_of(row: Row) -> float:
    return LESSON_WEIGHT if kind_of(row.gold) == "lesson" else 1.0


def whether(row: Row, pair: Linear) -> Floats:
    """What tells whether a clause fits any line, by a model of pairs."""
    return row.compared.whether([row.view], row.pairs[None], pair.odds(row.pairs)[None])


def cross_validated(rows: Sequence[Row]) -> list[tuple[Floats, float]]:
    """For each row the lines' log odds and the probability that it fits, by a model that has not seen its document."""
    fold = [sum(row.gold.document.encode()) * 7919 % 10007 % FOLDS for row in rows]
    found: list[tuple[Floats, float]] = [(np.zeros(1, dtype=np.float32), 0.0)] * len(rows)
    for number in range(FOLDS):
        pair, fits = fit_both([row for row, place in zip(rows, fold, strict=True) if place != number])
        for index, row in enumerate(rows):
            if fold[index] == number:
                odds = pair.odds(row.pairs)
                found[index] = odds, float(1 / (1 + np.exp(-fits.odds(whether(row, pair))[0])))
    return found


def report(rows: Sequence[Row], found: Sequence[tuple[Floats, float]]) -> None:
    print("| clauses | language | lines in | fit / do not | top-1 | top-3 | false links |\n| --- | --- | --- | ---: | ---: | ---: | ---: |")
    for kind in ("real", "own"):
        for language in ("en", "vi"):
            for side in (0, 1):
                chosen = [
                    (row, *result)
                    for index, (row, result) in enumerate(zip(rows, found, strict=True))
                    if index % 2 == side and row.gold.language == language and kind_of(row.gold) == kind
                ]
                print(f"| {kind} | {language} | {'both' if side == 0 else 'English'} | {figures(chosen)} |")
    print(f"\nFalse links on real clauses drawn with no regard to their words: {random_only(rows, found)}.")


def kind_of(gold: Gold) -> str:
    """`real`, `suggested`, or of our own: `own` sentences, `lesson`s."""
    if gold.drawn == SUGGESTED:
        return SUGGESTED
    head = gold.document.partition("-")[0]
    return head if head in ("own", "lesson") else "real"


def random_only(rows: Sequence[Row], found: Sequence[tuple[Floats, float]]) -> str:
    """False links on the real clauses that were drawn with no regard to their words."""
    shares = []
    for language in ("en", "vi"):
        fits = [
            sure(*result)
            for row, result in zip(rows, found, strict=True)
            if row.gold.language == language and not row.gold.lines and row.gold.drawn == "random" and kind_of(row.gold) == "real"
        ]
        shares.append(f"{language} {sum(value >= LEAST for value in fits) / len(fits):.1%} of {len(fits) // 2}")
    return ", ".join(shares)


def sure(odds: Floats, fits: float) -> float:
    """The score of a clause's best line, as `Linker.links` gives it."""
    return fits / (1 + float(np.exp(-odds.max())))


def figures(chosen: Sequence[tuple[Row, Floats, float]]) -> str:
    fitting = [one for one in chosen if one[0].gold.lines]
    others = [one for one in chosen if not one[0].gold.lines]
    first = sum(sure(odds, fits) >= LEAST and bool(row.right[np.argmax(odds)]) for row, odds, fits in fitting)
    three = sum(sure(odds, fits) >= LEAST and bool(row.right[np.argsort(-odds, kind="stable")[:3]].any()) for row, odds, fits in fitting)
    wrong = sum(sure(odds, fits) >= LEAST for _, odds, fits in others)
    return f"{len(fitting)} / {len(others)} | {first / len(fitting):.2f} | {three / len(fitting):.2f} | {wrong / len(others):.1%}"


if __name__ == "__main__":
    main()
