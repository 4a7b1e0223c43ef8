"""Runs the reader over a folder of gold documents and prints what it scores, as Markdown tables."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

from msgspec import Struct

from comity.errors import BadInputError
from comity.evaluation.counts import Score, Scores
from comity.evaluation.gold import GoldDocument, load_gold
from comity.evaluation.mistakes import Errors, Mistake, in_context
from comity.evaluation.scores import score_document
from comity.evaluation.sheet import Record
from comity.intake import open_document
from comity.publishing.reading_lines import reading_record
from comity.reading import Reader

ALL = "all"


class Evaluation(Struct, frozen=True, kw_only=True):
    """Scores by language (`all` first), and each document's text and errors."""

    scores: dict[str, Scores]
    texts: dict[str, str]
    errors: dict[str, Errors]
    documents: dict[str, int]


def evaluate(folder: Path, reader: Reader, step: Callable[[int, int], None] = lambda done, total: None) -> Evaluation:
    """Read every gold document of a folder as `comity read` would and score it; `step` is told how many of how many are done. Raises
    BadInputError."""
    documents = list(load_gold(folder))

    def read() -> Iterator[tuple[GoldDocument, Record]]:
        for done, gold in enumerate(documents, 1):
            document = open_document(folder / f"{gold.name}.txt", language=gold.language or None)
            yield gold, reading_record(reader.read(document))
            step(done, len(documents))

    return evaluate_records(read())


def evaluate_records(read: Iterable[tuple[GoldDocument, Record]]) -> Evaluation:
    """Score documents against what was read in each; of a kind that a record leaves out nothing counts as found."""
    scores: dict[str, Scores] = {ALL: Scores()}
    documents: dict[str, int] = {ALL: 0}
    texts, errors = {}, {}
    for gold, record in read:
        texts[gold.name] = gold.text
        errors[gold.name] = score_document(gold, record, scores[ALL])
        score_document(gold, record, scores.setdefault(gold.language, Scores()))
        for language in (ALL, gold.language):
            documents[language] = documents.get(language, 0) + 1
    return Evaluation(scores=scores, texts=texts, errors=errors, documents=documents)


def score_table(evaluation: Evaluation) -> str:
    """A Markdown table: a row a kind, F1 by language, and precision and recall over all."""
    languages = [ALL, *sorted(language for language in evaluation.scores if language not in (ALL, ""))]
    heads = "".join(f" F1 {language} ({evaluation.documents[language]}) |" for language in languages)
    lines = [f"| kind | gold | found | precision | recall |{heads}", "| --- | ---: | ---: | ---: | ---: |" + " ---: |" * len(languages)]
    for kind, score in evaluation.scores[ALL].kinds.items():
        if not score.gold and not score.found:
            continue
        by_language = "".join(f" {_f1(evaluation.scores[language].kinds.get(kind))} |" for language in languages)
        lines.append(f"| {kind} | {score.gold} | {score.found} | {score.precision:.2f} | {score.recall:.2f} |{by_language}")
    return "\n".join(lines)


def worst_errors(evaluation: Evaluation, kind: str, limit: int) -> Iterator[str]:
    """Lines that show what was missed and wrong of a kind in its context, the documents with most errors first, `limit` lines at most.

    Raises BadInputError where no errors of such a kind are kept."""
    kinds = sorted({name for errors in evaluation.errors.values() for name in (*errors.missed, *errors.wrong)})
    if kind not in kinds:
        raise BadInputError(f"There are no errors of the kind {kind!r}; there are those of {', '.join(kinds)}.")
    rows = {name: list(_rows(evaluation.texts[name], errors, kind)) for name, errors in evaluation.errors.items()}
    ranked = sorted((name for name in rows if rows[name]), key=lambda name: (-len(rows[name]), name))
    yield from islice((line for name in ranked for line in (name, *rows[name])), limit)


def _rows(text: str, errors: Errors, kind: str) -> Iterator[str]:
    """In the order of the text."""
    mistakes = [*(("missed", one) for one in errors.missed.get(kind, ())), *(("wrong ", one) for one in errors.wrong.get(kind, ()))]
    for mark, mistake in sorted(mistakes, key=lambda pair: _place(text, pair[1])):
        yield f"  {mark} {mistake.what}  {in_context(text, mistake)}".rstrip()


def _place(text: str, mistake: Mistake) -> int:
    return mistake.place[0] if mistake.place else text.find(mistake.words)


def _f1(score: Score | None) -> str:
    return f"{score.f1:.3f}" if score and (score.gold or score.found) else "–"
