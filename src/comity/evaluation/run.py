"""Runs the reader over a folder of gold documents and prints what it scores, as Markdown tables."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from comity.evaluation.gold import load_gold
from comity.evaluation.scores import Errors, Score, Scores, score_document
from comity.intake import open_document
from comity.publishing.reading_lines import reading_record
from comity.reading import Reader

ALL = "all"


class Evaluation(Struct, frozen=True, kw_only=True):
    """Scores by language (`all` first), and each document's errors."""

    scores: dict[str, Scores]
    errors: dict[str, Errors]
    documents: dict[str, int]


def evaluate(folder: Path, reader: Reader) -> Evaluation:
    """Read every gold document of a folder as `comity read` would and score it. Raises BadInputError."""
    scores: dict[str, Scores] = {ALL: Scores()}
    documents: dict[str, int] = {ALL: 0}
    errors = {}
    for gold in load_gold(folder):
        record = reading_record(reader.read(open_document(folder / f"{gold.name}.txt", language=gold.language or None)))
        errors[gold.name] = score_document(gold, record, scores[ALL])
        score_document(gold, record, scores.setdefault(gold.language, Scores()))
        for language in (ALL, gold.language):
            documents[language] = documents.get(language, 0) + 1
    return Evaluation(scores=scores, errors=errors, documents=documents)


def score_table(evaluation: Evaluation) -> str:
    """A Markdown table: a row a kind, F1 by language, and precision and recall over all."""
    languages = [ALL, *sorted(language for language in evaluation.scores if language not in (ALL, ""))]
    heads = "".join(f" F1 {language} ({evaluation.documents[language]}) |" for language in languages)
    lines = [f"| kind | gold | found | precision | recall |{heads}", "| --- | ---: | ---: | ---: | ---: |" + " ---: |" * len(languages)]
    for kind, score in evaluation.scores[ALL].kinds.items():
        by_language = "".join(f" {_f1(evaluation.scores[language].kinds.get(kind))} |" for language in languages)
        lines.append(f"| {kind} | {score.gold} | {score.found} | {score.precision:.2f} | {score.recall:.2f} |{by_language}")
    return "\n".join(lines)


def worst_errors(evaluation: Evaluation, kind: str, limit: int) -> Iterator[str]:
    """Lines that name what was missed and wrong of a kind, the documents with most errors first, `limit` lines at most."""
    ranked = sorted(evaluation.errors.items(), key=lambda item: (-len(_rows(item[1], kind)), item[0]))
    lines = (line for name, errors in ranked for line in [name, *_rows(errors, kind)] if _rows(errors, kind))
    for number, line in enumerate(lines):
        if number >= limit:
            return
        yield line


def _rows(errors: Errors, kind: str) -> list[str]:
    return [*_marked("missed", errors.missed.get(kind, ())), *_marked("wrong ", errors.wrong.get(kind, ()))]


def _marked(mark: str, pairs: Iterable[tuple[str, str]]) -> list[str]:
    return [f"  {mark} {' '.join(words.split())!r}  {what}" for words, what in pairs]


def _f1(score: Score | None) -> str:
    return f"{score.f1:.3f}" if score and (score.gold or score.found) else "–"
