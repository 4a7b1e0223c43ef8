"""Measures the whole reader on documents its models have not seen: `python tools/cross_validate.py GOLD_DIR CORPUS_FOLDER [--out FILE]`.

The gold documents and the annotated documents of the corpora (`annotated.py`) fall into parts. Each part's gold documents are read as
`comity read` would, by models of statements, commitments, events and themes that learned from the other parts, as `train_statements.py`,
`train_events.py` and `train_themes.py` train them; event words listed for the part's documents alone are left out. What else knows them is
told in `pages/accuracy-unseen.md`. Writes the table into the page that `make docs` joins to docs/accuracy.md.
Takes 25 minutes on two busy cores.
"""

import argparse
import sys
from collections.abc import Collection, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from time import monotonic

from annotated import annotated_documents
from commitment_lessons import train_commitments
from event_examples import Seen, all_lexicons, as_examples, lesson_examples, lexicons_without, read_documents
from linear_training import part_of
from msgspec import Struct
from msgspec.structs import replace
from own_lessons import own_lessons, own_statements
from side_by_side import side_by_side
from statement_lessons import Lesson, read_lessons, train_statements
from train_events import train as train_events
from train_themes import Example as ThemeExample
from train_themes import read_examples
from train_themes import train as train_themes

from comity.evaluation import GoldDocument, Scores, load_gold
from comity.evaluation.run import evaluate_records, score_table
from comity.evaluation.sheet import Record
from comity.intake import open_document
from comity.knowledge import load_knowledge
from comity.publishing.reading_lines import reading_record
from comity.reading import READER
from comity.reading.events import load_event_models
from comity.reading.reader import Grammars
from comity.reading.statements import StatementGrammar, StatementModels
from comity.reading.themes import load_theme_model
from comity.records import Statement

ROOT = Path(__file__).parents[1]
FOLDS = 3
"""Five take twice as long."""
KINDS = ("statements", "events", "commitments", "themes")
Found = dict[str, tuple[Statement, ...]]
"""The statements found in each document."""


class Material(Struct):
    """What the models learn from: the gold documents (in `folder`) and the annotated ones as each trainer takes them, and our own lessons;
    `theme_gold` are the gold documents alone."""

    folder: Path
    gold: list[GoldDocument]
    lessons: list[Lesson]
    own: list[Lesson]
    own_commitments: list[Lesson]
    seen: list[Seen]
    theme_gold: list[ThemeExample]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "accuracy-unseen.md")
    args = parser.parse_args()
    annotated = annotated_documents(args.corpora)
    table = cross_validated(read_material(args.gold, annotated))
    words = (ROOT / "tools" / "pages" / "accuracy-unseen.md").read_text(encoding="utf-8")
    day, count = date.today().isoformat(), f"{len(annotated):,}"
    args.out.write_text(words.format(reader=READER, day=day, folds=FOLDS, others=FOLDS - 1, annotated=count, table=table), encoding="utf-8")
    print(table)


def read_material(folder: Path, annotated: Sequence[GoldDocument]) -> Material:
    """The documents with what the grammars before each model find in them."""
    knowledge = load_knowledge()
    grammar_of = cache(lambda language: Grammars(knowledge, language))
    gold = list(load_gold(folder))
    documents = [*gold, *annotated]
    return Material(
        folder=folder,
        gold=gold,
        lessons=read_lessons(documents, grammar_of),
        own=own_lessons("statements", grammar_of),
        own_commitments=own_lessons("commitments", grammar_of),
        seen=read_documents(documents),
        theme_gold=read_examples(folder),
    )


def cross_validated(material: Material) -> str:
    """The score table of the gold documents, of the kinds that are learned, each document read by models that have not seen it."""
    started = monotonic()

    def statements(fold: int) -> tuple[StatementModels, Found]:
        result = unseen_statements(material, names_in(material, fold))
        print(f"statements: part {fold + 1} of {FOLDS} after {monotonic() - started:.0f} s", file=sys.stderr, flush=True)
        return result

    learned = side_by_side(statements, FOLDS)
    found = {name: rows for _, part in learned for name, rows in part.items()}

    def records(fold: int) -> list[tuple[GoldDocument, Record]]:
        result = unseen_records(material, names_in(material, fold), learned[fold][0], found)
        print(f"all else: part {fold + 1} of {FOLDS} after {monotonic() - started:.0f} s", file=sys.stderr, flush=True)
        return result

    evaluation = evaluate_records(pair for part in side_by_side(records, FOLDS) for pair in part)
    scores = {group: _learned(scores) for group, scores in evaluation.scores.items()}
    return score_table(replace(evaluation, scores=scores))


def names_in(material: Material, fold: int) -> frozenset[str]:
    """The documents of a part."""
    return frozenset(one.gold.name for one in material.seen if part_of(one.gold.name, FOLDS) == fold)


def unseen_statements(material: Material, judged: Collection[str]) -> tuple[StatementModels, Found]:
    """The models from the other documents, and what they find in those judged."""
    models = train_statements([*_without(material.lessons, judged), *material.own, *material.own_commitments])
    grammar_of = cache(lambda language: StatementGrammar(language, models))
    mine = [one for one in material.lessons if one.gold.name in judged]
    return models, {one.gold.name: grammar_of(one.page.language).find(one.page, one.mentions) for one in mine}


def unseen_records(
    material: Material, judged: Collection[str], statements: StatementModels, found: Found
) -> list[tuple[GoldDocument, Record]]:
    """The gold documents among those judged, and what is read in them by models from the others. `found`: every document's statements as
    found by models that have not seen it, from which commitments are learned."""
    known = as_examples(material.seen, all_lexicons())
    lexicons = lexicons_without(known, judged)
    others = [one for one in material.seen if one.gold.name not in judged]
    events = train_events([*as_examples(others, lexicons), *lesson_examples(lexicons)], load_event_models().trigger_at)
    marked = {one.gold.name: own_statements(one) for one in material.own_commitments}
    commitments = train_commitments([*_without(material.lessons, judged), *material.own_commitments], found | marked)
    shipped = load_theme_model()
    themes = train_themes([one for one in material.theme_gold if one.name not in judged], shipped.threshold, with_words=bool(shipped.words))
    knowledge = load_knowledge()

    @cache
    def grammars(language: str) -> Grammars:
        result = Grammars(knowledge, language)
        result.statements.models, result.commitments.models = statements, commitments
        result.events.models, result.events.lexicon = events, lexicons[language]
        result.themes.model = themes
        return result

    pairs = []
    for gold in material.gold:
        if gold.name in judged:
            document = open_document(material.folder / f"{gold.name}.txt", language=gold.language or None)
            pairs.append((gold, reading_record(grammars(document.language).read(document, READER))))
    return pairs


def _without(lessons: Sequence[Lesson], judged: Collection[str]) -> list[Lesson]:
    return [lesson for lesson in lessons if lesson.gold.name not in judged]


def _learned(scores: Scores) -> Scores:
    return Scores({kind: score for kind, score in scores.kinds.items() if kind.partition(".")[0] in KINDS})


if __name__ == "__main__":
    main()
