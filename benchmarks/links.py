"""How well and how fast clauses are tied to plan lines, beside two floors in the same run: rapidfuzz token_set_ratio and TF-IDF cosine;
and how often what is suggested in whole documents is right.

    python benchmarks/links.py FOLDER

FOLDER is the folder of real documents beside the project, or any folder in it. Accuracy is cross-validated by document on the clauses of
`tests/real/links.jsonl` and those of our own, as by `tools/train_links.py`: nothing is read by a model that has learned from its document
or from what says nearly the same. The floors compare with the line's words in the clause's language and never abstain.
Prints Markdown tables: top-1, top-3, false links, how often a score came true, what was held back, and clauses a second of one core; then
the suggestions of `tests/real/suggestions.jsonl`, those that the model learned from by models that have not seen their document, and those
drawn later. All of it twice where the extra `comity[rerank]` is installed.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from math import log
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz

from comity.knowledge import load_knowledge, load_pack
from comity.knowledge.folded import fold
from comity.knowledge.schema import Line
from comity.tracking.embedding import split_words
from comity.tracking.link_model import load_link_model
from comity.tracking.links import Linker
from comity.tracking.second_look import SecondLook, load_second_look
from comity.tracking.targets import by_words

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))

from link_fitting import on_one_thread
from link_gold import PACK, Gold, corpus_in, fresh, held_back, kind_of, own_cases, read_gold
from link_reader import folds
from link_report import Found, by_document, report, report_held_back
from link_rows import Row, fit_styles, rows_of
from link_trust import drawn_later, learned_from, report_later, report_trust, suggestions, told_of
from restated_lessons import report_held_back as report_restated
from train_links import SHOWN, TIMES, as_new, every_row, material_in

BINS = (0.3, 0.5, 0.7, 0.9, 1.01)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    corpus = corpus_in(parser.parse_args().folder)
    on_one_thread()
    gold = [*read_gold(corpus), *own_cases()]
    second = load_second_look()
    material = material_in(corpus)
    report_cross_validated(every_row(list(folds(material))), load_link_model().weighing.least)
    for look in (None, second) if second else (None,):
        report_clauses([*held_back(), *fresh(corpus)], look)
    report_restated()
    speeds(gold, second)
    judged = suggestions()
    for look in (None, second) if second else (None,):
        print(f"\n## Suggestions in documents, {told(look)}")
        trust = (look.model if look else load_link_model()).weighing.trust
        report_trust(told_of(learned_from(judged), corpus, as_new(load_link_model(), material), look))
        report_later(told_of(drawn_later(judged), corpus, load_link_model(), look), trust)


def told(look: SecondLook | None) -> str:
    return "with the second look" if look else "by the table alone"


def report_clauses(kept_back: Sequence[Gold], look: SecondLook | None) -> None:
    """What was held back, by the model as it ships. `tools/train_rerank.py` cross-validates the second look."""
    model = load_link_model()
    weighing = (look.model if look else model).weighing
    print(f"\n## Clauses held back, {told(look)}")
    report_held_back(list(rows_of(kept_back, model, look)), weighing, (weighing.least, SHOWN))


def report_cross_validated(rows: Sequence[Row], least: float) -> None:
    """By the table alone, by document."""
    found, rows = by_document(rows, fit_styles)[: len(rows) // TIMES], rows[: len(rows) // TIMES]
    for above in (least, SHOWN):
        print(f"\n## Clauses {told(None)}, cross-validated by document, from {above} on")
        report(rows, found, above)
    measured = [(row, one) for row, one in zip(rows, found, strict=True) if kind_of(row.gold) in ("real", "own")]
    report_scores([row for row, _ in measured], [one for _, one in measured])


def report_scores(rows: Sequence[Row], found: Sequence[Found]) -> None:
    """How often a score came true."""
    print("\n| score of the best line | clauses | right |\n| --- | ---: | ---: |")
    best = [(float(by_words(fits, odds).max()), bool(row.right[np.argmax(odds)])) for row, (odds, fits) in zip(rows, found, strict=True)]
    for low, high in zip((0.0, *BINS), BINS, strict=False):
        inside = [right for score, right in best if low <= score < high]
        if inside:
            print(f"| {low:.1f} to {min(high, 1):.1f} | {len(inside)} | {sum(inside) / len(inside):.2f} |")


def speeds(gold: Sequence[Gold], second: SecondLook | None) -> None:
    """Clauses a second, beside the floors and how right these are."""
    lines = [line for plan in load_pack(PACK).plans for section in plan.sections for line in section.lines]
    print("\n| | clauses a second | top-1 | top-3 |\n| --- | ---: | ---: | ---: |")
    for name, ranking in (("rapidfuzz token_set_ratio", by_token_set(lines)), ("TF-IDF", by_tf_idf(lines))):
        speed, first, three = timed(gold, ranking)
        print(f"| {name} | {speed:,.0f} | {first:.2f} | {three:.2f} |")
    for look in (None, second) if second else (None,):
        linker = Linker(load_knowledge(), load_pack(PACK).plans, second=look)
        speed, _, _ = timed(gold[:: 1 if look is None else 8], partial(tied, linker))
        print(f"| Comity {told(look)} (accuracy: above) | {speed:,.0f} | | |")


def tied(linker: Linker, one: Gold) -> Sequence[str]:
    return [link.target for link in linker.links(one.text, one.language)]


Ranking = Callable[[Gold], Sequence[str]]


def timed(gold: Sequence[Gold], ranking: Ranking) -> tuple[float, float, float]:
    """Clauses for a second of this process, the second time round; and the shares right of those that fit a line."""
    for one in gold:
        ranking(one)
    start = time.process_time()
    ranked = [ranking(one) for one in gold]
    speed = len(gold) / (time.process_time() - start)
    fitting = [(one.lines, lines) for one, lines in zip(gold, ranked, strict=True) if one.lines]
    first = sum(any(line in right for line in lines[:1]) for right, lines in fitting)
    three = sum(any(line in right for line in lines[:3]) for right, lines in fitting)
    return speed, first / len(fitting), three / len(fitting)


def by_token_set(lines: Sequence[Line]) -> Ranking:
    words = [{language: fold(text) for language, text in line.words.items()} for line in lines]

    def ranking(one: Gold) -> Sequence[str]:
        clause = fold(one.text)
        scores = [fuzz.token_set_ratio(clause, line[one.language]) for line in words]
        return [lines[number].id for number in sorted(range(len(lines)), key=lambda number: -scores[number])[:3]]

    return ranking


def by_tf_idf(lines: Sequence[Line]) -> Ranking:
    tables = {language: [Counter(split_words(fold(line.words[language]))) for line in lines] for language in ("en", "vi")}
    rarity = {
        language: {word: log(len(lines) / count) for word, count in Counter(w for t in table for w in t).items()}
        for language, table in tables.items()
    }

    def ranking(one: Gold) -> Sequence[str]:
        weights, clause = rarity[one.language], Counter(split_words(fold(one.text)))
        scores = []
        for table in tables[one.language]:
            length = sum((count * weights[word]) ** 2 for word, count in table.items()) ** 0.5
            scores.append(sum(count * clause[word] * weights[word] ** 2 for word, count in table.items()) / (length or 1))
        return [lines[number].id for number in sorted(range(len(lines)), key=lambda number: -scores[number])[:3]]

    return ranking


if __name__ == "__main__":
    main()
