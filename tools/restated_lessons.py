"""Trains the weights of `comity.tracking.restated` and writes `comity/tracking/models/restated.yaml`.

    python tools/restated_lessons.py

In come lines of our own, each said twice in each language (`tools/lessons/restated.yaml`), dealt out as two plans of which some lines have
a fellow in the other and some have none; out comes the regression that pairs are weighed with, and what it finds in plans of lines that it
has not learned from. Some of it is what `links.msgpack` says of the lines: `tools/train_links.py`, which trains that, trains this too.
"""

import random
from collections.abc import Sequence
from itertools import product
from pathlib import Path

import msgspec
import numpy as np
import yaml
from link_fitting import fit
from numpy.typing import NDArray

from comity.knowledge import load_knowledge
from comity.knowledge.schema import Line
from comity.tracking.clause_view import name_matcher, view_clause
from comity.tracking.embedding import load_table
from comity.tracking.link_model import Linear, LinkModel, load_link_model
from comity.tracking.products import Floats
from comity.tracking.restated import LEAST, MODEL, Seen, alike, load_weights, restated

CASES = Path(__file__).parents[1] / "tests" / "tracking" / "cases"
HELD_BACK = ("restated", "restated_unseen")
OTHER_MATTERS = ("other_matters", "other_matters_unseen")
LESSONS = Path(__file__).parent / "lessons" / "restated.yaml"
LANGUAGES = ("en", "vi")
ALONE = 6
"""One line in so many has no fellow, on each side."""
FOLDS, DEALS = 4, 4
Item = dict[str, list[str]]


def main() -> None:
    write_restated(load_link_model())
    report_restated(load_link_model())
    report_held_back()


def write_restated(model: LinkModel) -> None:
    """Learned from all."""
    weights = msgspec.structs.asdict(_fit(_items(), model))
    head = "# What speaks for lines of two plans saying one thing (restated.py), written by tools/restated_lessons.py.\n"
    MODEL.write_text(head + yaml.safe_dump(weights, sort_keys=False, default_flow_style=None, width=140), encoding="utf-8")
    load_weights.cache_clear()


def report_restated(model: LinkModel) -> None:
    """What is found in plans of lines that were not learned from."""
    items = _items()
    found, right, there = (dict.fromkeys(product(LANGUAGES, LANGUAGES), 0) for _ in range(3))
    for number in range(FOLDS):
        weighing = _fit([item for place, item in enumerate(items) if place % FOLDS != number], model)
        for deal, (old, new) in product(range(DEALS), found):
            numbers, fellows = _dealt(items[number::FOLDS], old, new, random.Random(deal), model)
            pairs = best_pairs(weighing.odds(numbers))
            there[old, new] += int(fellows.sum())
            found[old, new] += len(pairs)
            right[old, new] += sum(bool(fellows[pair]) for pair in pairs)
    print(f"\n| old line | new line | pairs | found from {LEAST} on | of these right |\n| --- | --- | ---: | ---: | ---: |")
    for (old, new), count in there.items():
        print(f"| {old} | {new} | {count} | {right[old, new] / count:.2f} | {right[old, new] / max(1, found[old, new]):.2f} |")


def report_held_back() -> None:
    """What is found of the pairs that were held back, between plans of these lines and some that have no fellow."""
    print(f"\n| held back | old line | pairs | found from {LEAST} on | false |\n| --- | --- | ---: | ---: | ---: |")
    for name in HELD_BACK:
        cases = yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8"))
        for language in LANGUAGES:
            pairs = [pair for pair in cases["pairs"] if language in pair["old"]]
            old = [pair["old"] for pair in pairs] + [words for words in cases["old"] if language in words]
            found = list(restated(_lines(old), _lines([pair["new"] for pair in pairs] + cases["new"]), language, load_knowledge()))
            right = sum(one.old.id == one.new.id and int(one.old.id) < len(pairs) for one in found)
            print(f"| {name} | {language} | {len(pairs)} | {right} | {len(found) - right} |")
    for name, language in product(OTHER_MATTERS, LANGUAGES):
        pairs = yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8"))
        old, new = ([{language: pair[side][language]} for pair in pairs] for side in ("old", "new"))
        print(f"| {name} | {language} | 0 | 0 | {len(list(restated(_lines(old), _lines(new), language, load_knowledge())))} |")


def _lines(side: Sequence[dict[str, str]]) -> list[Line]:
    return [Line(id=str(number), words=words) for number, words in enumerate(side)]


def best_pairs(odds: Floats) -> list[tuple[int, int]]:
    """The pairs that are each other's best and sure enough."""
    best = odds.argmax(axis=1)
    likely = 1 / (1 + np.exp(-odds))
    return [(row, int(column)) for row, column in enumerate(best) if odds[:, column].argmax() == row and likely[row, column] >= LEAST]


def _items() -> list[Item]:
    items: list[Item] = yaml.safe_load(LESSONS.read_text(encoding="utf-8"))
    random.Random(3).shuffle(items)
    return items


def _fit(items: Sequence[Item], model: LinkModel) -> Linear:
    dealt = [_dealt(items, old, new, random.Random(deal), model) for deal in range(DEALS) for old, new in product(LANGUAGES, LANGUAGES)]
    numbers = np.concatenate([table.reshape(-1, table.shape[2]) for table, _ in dealt])
    fellows = np.concatenate([same.ravel() for _, same in dealt])
    return fit(numbers, fellows, np.ones(len(fellows)))


def _dealt(items: Sequence[Item], old: str, new: str, chance: random.Random, model: LinkModel) -> tuple[Floats, NDArray[np.bool_]]:
    """Two plans: how their lines agree, and which are fellows."""
    order = list(items)
    chance.shuffle(order)
    alone = max(1, len(order) // ALONE)
    both, first, second = order[2 * alone :], order[:alone], order[alone : 2 * alone]
    told = [item[old][0] for item in both] + [chance.choice(item[old]) for item in first]
    again = [item[new][1] for item in both] + [chance.choice(item[new]) for item in second]
    fellows = np.zeros((len(told), len(again)), dtype=np.bool_)
    np.fill_diagonal(fellows[: len(both), : len(both)], True)
    return alike(_seen(told, old), _seen(again, new), model), fellows


def _seen(texts: Sequence[str], language: str) -> list[Seen]:
    table, names = load_table(), name_matcher(load_knowledge())
    views = [view_clause(text, language, table=table, names=names) for text in texts]
    return [(Line(id=text, words={language: text}), view) for text, view in zip(texts, views, strict=True) if view is not None]


if __name__ == "__main__":
    main()
