"""How well clauses are tied to lines, in Markdown tables: cross-validated by document, and on what was held back.

In come the rows of link_rows.py; the figures are those of `Linker.links` with the plan's lines alone, with no document.
"""

from collections.abc import Callable, Sequence

import numpy as np
from link_gold import FOLDS, fold_of, kind_of
from link_rows import Heads, Row, found_by, weighing

from comity.tracking.link_model import Weighing
from comity.tracking.products import Floats
from comity.tracking.targets import any_right, by_words

MOST = 3
"""So many lines are shown of a clause."""
Found = tuple[Floats, float]
"""For a row the lines' log odds, and the log odds that it fits any."""


def by_document(rows: Sequence[Row], fitted: Callable[[Sequence[Row]], Heads]) -> list[Found]:
    """What is found for each row by a model that has not seen its document."""
    fold = [fold_of(row.gold.document) for row in rows]
    found: list[Found] = [(np.zeros(1, dtype=np.float32), 0.0)] * len(rows)
    for number in range(FOLDS):
        heads = weighing(fitted([row for row, place in zip(rows, fold, strict=True) if place != number]))
        for index, row in enumerate(rows):
            if fold[index] == number:
                found[index] = found_by(row, heads)
    return found


def report(rows: Sequence[Row], found: Sequence[Found], least: float) -> None:
    """The figures of clauses of public texts and of our own sentences."""
    print("| clauses | language | lines in | fit / do not | top-1 | top-3 | false links |\n| --- | --- | --- | ---: | ---: | ---: | ---: |")
    for kind in ("real", "own", "clause", "plain"):
        for language in ("en", "vi"):
            for side in (0, 1):
                chosen = [
                    (row, *result)
                    for row, result in zip(rows, found, strict=True)
                    if row.side == side and row.gold.language == language and kind_of(row.gold) == kind
                ]
                if not chosen:
                    continue
                print(f"| {kind} | {language} | {'both' if side == 0 else 'English'} | {figures(chosen, least)} |")
    print(f"\nFalse links on real clauses drawn with no regard to their words: {random_only(rows, found, least)}.")


def report_held_back(rows: Sequence[Row], heads: Weighing, leasts: Sequence[float]) -> None:
    """The figures of sentences that nothing was learned from, by file: with an answer forced, and with the right to say nothing."""
    print("\n| held back | fit / do not | must answer: top-1 | top-3 | from | top-1 | top-3 | nothing said | false links |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name in sorted({row.gold.drawn for row in rows}):
        chosen = [(row, *found_by(row, heads)) for row in rows if row.side == 0 and row.gold.drawn == name]
        fitting = [one for one in chosen if one[0].gold.lines]
        forced = " | ".join(f"{sum(_among(*one[:2], most) for one in fitting) / len(fitting):.2f}" for most in (1, 3))
        for least in leasts:
            silent = sum(sure(*one[1:]) < least for one in fitting) / len(fitting)
            size, first, three, wrong = figures(chosen, least).split(" | ")
            print(f"| {name} | {size} | {forced} | {least:.2f} | {first} | {three} | {silent:.2f} | {wrong} |")


def random_only(rows: Sequence[Row], found: Sequence[Found], least: float) -> str:
    """False links on the real clauses that were drawn with no regard to their words."""
    shares = []
    for language in ("en", "vi"):
        fits = [
            sure(*result)
            for row, result in zip(rows, found, strict=True)
            if row.gold.language == language and not row.gold.lines and row.gold.drawn == "random" and kind_of(row.gold) == "real"
        ]
        shares.append(f"{language} {sum(value >= least for value in fits) / len(fits):.1%} of {len(fits) // 2}")
    return ", ".join(shares)


def sure(odds: Floats, fits: float) -> float:
    """How likely one of the lines shown is right, by which `Linker.links` says something or nothing."""
    return any_right(fits, by_words(fits, np.sort(odds)[-MOST:]))


def figures(chosen: Sequence[tuple[Row, Floats, float]], least: float) -> str:
    """How many fit and do not, top-1, top-3, false links: in columns."""
    fitting = [one for one in chosen if one[0].gold.lines]
    others = [one for one in chosen if not one[0].gold.lines]
    first, three = (sum(sure(odds, fits) >= least and _among(row, odds, most) for row, odds, fits in fitting) for most in (1, 3))
    wrong = sum(sure(odds, fits) >= least for _, odds, fits in others)
    return f"{len(fitting)} / {len(others)} | {first / len(fitting):.2f} | {three / len(fitting):.2f} | {wrong / len(others):.1%}"


def _among(row: Row, odds: Floats, most: int) -> bool:
    return bool(row.right[np.argsort(-odds, kind="stable")[:most]].any())
