"""Trains the statement and commitment models: `python tools/train_statements.py GOLD_DIR CORPUS_FOLDER [--out FOLDER]`.

Learns from a folder of gold documents, the annotated documents of the corpora (`annotated.py`) and our own lessons (`lessons/`), each read
with the grammars that come before statements, so train again when those improve. Prints the scores of a cross-validation (no
document is scored by a model that has seen it), then writes `statements.msgpack` and `commitments.msgpack` from all. The
commitment models learn from statements as found by models that have not seen the document, as they will meet them.
"""

import argparse
from collections.abc import Collection, Sequence
from functools import cache
from pathlib import Path

from annotated import annotated_documents
from commitment_lessons import train_commitments
from linear_training import part_of
from own_lessons import own_lessons, own_statements
from side_by_side import side_by_side
from statement_lessons import Lesson, Record, read_lessons, train_statements

from comity.evaluation import Scores, load_gold
from comity.evaluation.scores import score_document
from comity.knowledge import load_knowledge
from comity.reading.commitments import CommitmentGrammar, CommitmentModels
from comity.reading.reader import Grammars
from comity.reading.statements import StatementGrammar, StatementModels
from comity.reading.weights import MODELS, weight_bytes
from comity.records import Commitment, Statement

FOLDS = 5
LEAST = {"statements": 0.1, "speakers": 0.02, "commitments": 0.02}
"""Smaller weights of a file, or of one model in it, are left out: they are most of the file and change no score."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--out", type=Path, default=MODELS)
    args = parser.parse_args()
    knowledge = load_knowledge()
    grammar_of = cache(lambda language: Grammars(knowledge, language))
    gold = read_lessons(load_gold(args.gold), grammar_of)
    names = {lesson.gold.name for lesson in gold}
    lessons = [*gold, *read_lessons(annotated_documents(args.corpora), grammar_of)]
    both = own_lessons("commitments", grammar_of)
    own = [*own_lessons("statements", grammar_of), *both]
    found = found_unseen(lessons, own)
    print_scores("statements", lessons, names, {name: [statement_record(statement) for statement in rows] for name, rows in found.items()})
    marked = {lesson.gold.name: own_statements(lesson) for lesson in both}
    print_scores("commitments", lessons, names, commitments_unseen(lessons, both, found | marked))
    write(args.out / "statements.msgpack", train_statements([*lessons, *own]))
    write(args.out / "commitments.msgpack", train_commitments([*lessons, *both], found | marked))


def found_unseen(lessons: Sequence[Lesson], own: Sequence[Lesson]) -> dict[str, tuple[Statement, ...]]:
    """Every document's statements as models find them that have not seen it."""

    def of(fold: int) -> dict[str, tuple[Statement, ...]]:
        models = train_statements([*(lesson for lesson in lessons if not in_fold(lesson, fold)), *own])
        grammar_of = cache(lambda language: StatementGrammar(language, models))
        return {
            lesson.gold.name: grammar_of(lesson.page.language).find(lesson.page, lesson.mentions)
            for lesson in lessons
            if in_fold(lesson, fold)
        }

    return {name: found for folds in side_by_side(of, FOLDS) for name, found in folds.items()}


def commitments_unseen(
    lessons: Sequence[Lesson], own: Sequence[Lesson], found: dict[str, tuple[Statement, ...]]
) -> dict[str, list[Record]]:
    """Every document's commitments as models find them that have not seen it."""

    def of(fold: int) -> dict[str, list[Record]]:
        models = train_commitments([*(lesson for lesson in lessons if not in_fold(lesson, fold)), *own], found)
        grammar_of = cache(lambda language: CommitmentGrammar(language, models))
        result: dict[str, list[Record]] = {}
        for lesson in lessons:
            if in_fold(lesson, fold):
                commitments = grammar_of(lesson.page.language).find(lesson.page, lesson.mentions, lesson.dates, found[lesson.gold.name])
                result[lesson.gold.name] = [commitment_record(commitment) for commitment in commitments]
        return result

    return {name: rows for folds in side_by_side(of, FOLDS) for name, rows in folds.items()}


def in_fold(lesson: Lesson, fold: int) -> bool:
    return part_of(lesson.gold.name, FOLDS) == fold


def print_scores(kind: str, lessons: Sequence[Lesson], gold: Collection[str], found: dict[str, list[Record]]) -> None:
    """The scores of one kind, over all documents, by language, and over the gold documents named."""
    total: dict[str, Scores] = {"all": Scores()}
    for lesson in lessons:
        for key in ("all", lesson.page.language, *(("gold",) if lesson.gold.name in gold else ())):
            score_document(lesson.gold, {kind: found[lesson.gold.name]}, total.setdefault(key, Scores()))
    for key, scores in total.items():
        for name, score in scores.kinds.items():
            if name.startswith(kind) and score.found:  # addressees and occasions are found afterwards
                figures = f"P {score.precision:.3f} R {score.recall:.3f} F1 {score.f1:.3f}"
                print(f"{key:4} {name:20} gold {score.gold:5} found {score.found:5}  {figures}", flush=True)


def write(path: Path, models: StatementModels | CommitmentModels) -> None:
    weights = {}
    for name, model in models._asdict().items():
        least = LEAST.get(name, LEAST[path.stem])
        weights[name] = {key: weight for key, weight in model.weights.items() if abs(weight) >= least}
    path.write_bytes(weight_bytes(weights))
    print(f"{path}: {path.stat().st_size / 1e6:.2f} MB")


def statement_record(statement: Statement) -> Record:
    """A statement as the scorer reads it."""
    place, cue = statement.evidence, statement.cue.quote if statement.cue else None
    return {"start": place.start, "end": place.end, "speaker": statement.speaker, "cue": cue, "act": statement.act}


def commitment_record(commitment: Commitment) -> Record:
    """A commitment as the scorer reads it."""
    place = commitment.evidence
    return {"start": place.start, "end": place.end, "by": commitment.by, "force": commitment.force, "due": commitment.due}


if __name__ == "__main__":
    main()
