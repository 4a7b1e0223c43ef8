"""Trains the model of `comity.tracking.link_model` and writes `comity/tracking/models/links.msgpack`.

    python tools/train_links.py FOLDER

FOLDER is the folder of real documents beside the project, or any folder in it; its `corpus/` holds `vnds.jsonl.gz`, `wh.jsonl.gz` and
`sdg/texts-train.csv`.

First, what vectors show (link_reader.py): every sentence of the corpora in which words show a concept (languages/*/concepts.yaml) teaches
that concept to the vector of its OTHER words, so that a paraphrase without those words is understood too; clauses that were judged teach
the lines. Then, ties: the clauses in `tests/real/links.jsonl` and `tests/real/suggestions.jsonl`, those of `tests/real/links_taught.jsonl`,
and the sentences and clauses of our own in `tests/tracking/cases/links.yaml` and `tools/lessons/link*.yaml`, each with its lines, and each
read by a model that has not seen its document; the model remembers them (link_taught.py). Last, trust: how often a suggestion came true, by
its words, its sentence and its document (link_trust.py). Prints what cross-validation by document finds.
"""

import argparse
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec
import numpy as np
from link_clauses import SENTENCE, clause_examples, texts
from link_fitting import on_one_thread
from link_gold import corpus_in, fresh, held_back, lessons, own_cases, own_clauses, read_gold, read_taught, state_of_judged
from link_reader import LEAST, Fold, Material, Vector, folds, learn_concepts, remembered
from link_report import Found, by_document, report, report_held_back
from link_rows import Heads, Row, fit_styles, rows_as_new, rows_of
from link_trust import clauses, fit_trust, learned_from, no_trust, report_trust, suggestions, told_of
from restated_lessons import report_restated, write_restated

from comity.knowledge import load_knowledge
from comity.knowledge.folded import Folded
from comity.tracking.clause_view import name_matcher
from comity.tracking.concepts import load_concepts
from comity.tracking.embedding import load_table
from comity.tracking.link_model import MODEL, Linear, LinkModel
from comity.tracking.products import Floats
from comity.tracking.second_look import SecondModel
from comity.tracking.targets import PAIR

SHOWN = 0.6
"""From this score on links are suggested to people (docs/links.md)."""
SENTENCES = {"en": 7000, "vi": 10000}
"""With three times as many our own phrases weigh too little: strong paraphrases held back are found a little less often."""
OTHERS = 200
"""Clauses about nothing of ours that the model keeps, in each language."""
RIGHT_ONES = 30.0
"""So much more counts a line that a clause is about, where it is learned to guess what a clause says of a line."""
TIMES = 2
"""Each clause is learned from with what readers said of others for its pack, and without: a pack that nobody judged clauses of is served
too."""
Model = TypeVar("Model", LinkModel, SecondModel)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    corpus = corpus_in(parser.parse_args().folder)
    on_one_thread()
    material = material_in(corpus)
    rows = every_row(list(folds(material)))
    found, half = by_document(rows, fit_styles), len(rows) // TIMES
    report_all(rows[:half], found[:half])
    print("\nThe same, as for a pack that nobody judged clauses of:\n")
    report_all(rows[half:], found[half:])
    model = with_heads(guessing(learn_concepts(material), rows), fit_styles(rows), no_trust())
    report_held_back(list(rows_of([*held_back(), *fresh(corpus)], model)), model.weighing, (LEAST, SHOWN))
    report_restated(model)
    told = told_of(learned_from(suggestions()), corpus, as_new(model, material))
    report_trust(told)
    model = with_trust(model, fit_trust(told))
    MODEL.write_bytes(msgspec.msgpack.encode(msgspec.structs.replace(model, learned_from=state_of_judged())))
    write_restated(model)
    print(f"{MODEL}: {MODEL.stat().st_size:,} bytes")


def as_new(model: LinkModel, material: Material) -> LinkModel:
    """The model without what it remembers of the documents of the suggestions that trust is learned from."""
    documents = {one.document for one in learned_from(suggestions())}
    return msgspec.structs.replace(model, taught=remembered(material, model).without(documents))


def material_in(corpus: Path) -> Material:
    """All that is learned from."""
    judged = [*read_gold(corpus), *own_cases(), *clauses(learned_from(suggestions()), corpus), *read_taught(corpus), *own_clauses()]
    return Material(list(sentence_examples(corpus)), lessons(), judged, other_clauses(corpus))


def every_row(parts: Sequence[Fold]) -> list[Row]:
    """All rows that are learned from, with what is remembered of other clauses for their pack, and then the same without."""
    told = [rows(gold, part.model) for rows in (rows_of, rows_as_new) for part in parts for gold in (part.judged, part.lessons)]
    return [row._replace(weight=1 / TIMES) for rows in told for row in rows]


def report_all(rows: Sequence[Row], found: Sequence[Found]) -> None:
    for least in (LEAST, SHOWN):
        report(rows, found, least)


def guessing(model: LinkModel, rows: Sequence[Row]) -> LinkModel:
    """The model with what it guesses of lines that no clause was judged for: as it says of the others, by their concepts."""
    most, mean, line = (np.concatenate([row.pairs[:, PAIR.index(name)] for row in rows]) for name in ("soft-most", "soft-mean", "line"))
    weights = np.sqrt(np.where(np.concatenate([row.right for row in rows]), RIGHT_ONES, 1.0))
    columns = np.column_stack([np.ones_like(most), most, mean])
    guess = np.linalg.lstsq(columns * weights[:, None], line * weights, rcond=None)[0]
    return msgspec.structs.replace(model, lines=msgspec.structs.replace(model.lines, guess=[round(float(value), 4) for value in guess]))


def with_heads(model: Model, heads: Heads, trust: Linear) -> Model:
    """The model with other regressions."""
    weighing = msgspec.structs.replace(model.weighing, pair=heads.pair, fits=heads.fits, official=heads.official, trust=trust)
    return msgspec.structs.replace(model, weighing=weighing)


def with_trust(model: Model, trust: Linear) -> Model:
    """The model with another trust."""
    return msgspec.structs.replace(model, weighing=msgspec.structs.replace(model.weighing, trust=trust))


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
