"""Trains the weights of `comity.tracking.occurrence_odds` and writes `comity/tracking/models/occurrences.yaml`.

    python tools/train_occurrences.py FOLDER [--earlier REGISTER...]

FOLDER is the folder of real documents beside the project; its `corpus/` holds `clusters.jsonl.gz` and `wh.jsonl.gz`. Learns from the pairs
of reports judged by hand in `tests/real/events_told.yaml`: those of clusters of an even number, and every second pair of statements, which
counts for several, as diplomatic events are what Comity is for and the clusters are mostly not of them. What is judged are places in texts,
whoever reads them: `--earlier` names registers of the same articles as an earlier version read them, which found twice as many reports. The
weights that come with Comity are learned from those of November 25 and 26, 2026. A feature counts for or against, as its name says, or
not at all: where parties are often misread, the pairs alone would teach that another party means nothing. Prints how well pairs are told
apart in the half learned from, cross-validated by cluster, and in the other.
"""

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray
from told_gold import CLUSTERS, STATEMENTS, Lesson, article, articles, lessons_of_clusters, lessons_of_statements, read_gold, register_of
from told_gold import statements as read_statements

from comity.knowledge import load_knowledge
from comity.register import open_register
from comity.tracking.happening import may_tell_one
from comity.tracking.occurrence_odds import MODEL, PLACES, far_apart, features, met_others
from comity.tracking.stories import LIKE

AGAINST = (
    "other deed",
    "other numbers",
    "other figures",
    "persons of each alone",
    "states of each alone",
    "other time",
    "other day",
    PLACES,
)
"""What can only speak against; `FREE` may do either, all else can only speak for."""

FREE = ("one of them undated",)

STATEMENT = 2.0
"""Pairs of the clusters that a pair of statements counts for."""

PENALTY, STEPS, RATE, FOLDS = 1.0, 4000, 0.5, 6

Floats = NDArray[np.float64]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--earlier", type=Path, nargs="*", default=[], metavar="REGISTER")
    args = parser.parse_args()
    lessons = read_lessons(args.folder / "corpus", args.earlier)
    learned = [lesson for lesson in lessons if lesson.half == 0]
    names = list(features_of(learned[0]))
    odds = np.zeros(len(learned))
    groups = sorted({lesson.of for lesson in learned})
    for fold in range(FOLDS):
        out = set(groups[fold::FOLDS])
        weights = fit([lesson for lesson in learned if lesson.of not in out], names)
        odds += rows(learned, names) @ weights * np.array([lesson.of in out for lesson in learned])
    report("cross-validated", learned, odds)
    weights = fit(learned, names)
    held_back = [lesson for lesson in lessons if lesson.half == 1]
    report("held back", held_back, rows(held_back, names) @ weights)
    values = {name: round(float(weight), 2) for name, weight in zip(names, weights, strict=False)}
    head = "# What speaks for two reports being of one occurrence (occurrence_odds.py), written by tools/train_occurrences.py.\n"
    MODEL.write_text(head + yaml.safe_dump({"bias": round(float(weights[-1]), 2), "weights": values}, sort_keys=False), encoding="utf-8")


def read_lessons(corpus: Path, earlier: Sequence[Path]) -> list[Lesson]:
    """The judged pairs that the model is asked about: of documents that may tell one story, and where nothing else decides."""
    gold, knowledge = read_gold(), load_knowledge()
    records = articles(corpus / CLUSTERS)
    wanted = {name for judged in gold.statements for name in (judged.a, judged.b)}
    with tempfile.TemporaryDirectory() as folder:
        with register_of(map(article, records), knowledge, Path(folder) / "clusters.sqlite") as register:
            cluster = {record["id"]: record["cluster"] for record in records}
            found = list(lessons_of_clusters(gold, register.view(), knowledge, cluster))
        for file in earlier:
            known = {place_of(lesson) for lesson in found}
            with open_register(file, create=False) as register:
                before = lessons_of_clusters(gold, register.view(), knowledge, cluster)
                found += [lesson for lesson in before if place_of(lesson) not in known]
        statements = read_statements(corpus / STATEMENTS, wanted)
        with register_of(statements, knowledge, Path(folder) / "statements.sqlite") as register:
            found += lessons_of_statements(gold, register.view(), knowledge)
    return [
        one
        for one in found
        if may_tell_one(one.a, one.b)
        and not met_others(one.a, one.b, one.told_a, one.told_b)
        and (one.alike >= LIKE or one.of.startswith("statements"))
    ]


def place_of(lesson: Lesson) -> tuple[object, ...]:
    """What is the same for the same pair, whoever read it."""
    return (lesson.a.report.key, lesson.b.report.key, lesson.a.report.type)


def rows(lessons: Sequence[Lesson], names: Sequence[str]) -> Floats:
    """The features of lessons, and 1 for the bias."""
    found = map(features_of, lessons)
    return np.array([[*(values[name] for name in names), 1.0] for values in found])


def features_of(lesson: Lesson) -> dict[str, float]:
    return features(lesson.a, lesson.b, lesson.told_a, lesson.told_b) | {PLACES: far_apart(lesson.a, lesson.b)}


def fit(lessons: Sequence[Lesson], names: Sequence[str]) -> Floats:
    """The weights by steps down the slope, each weight held to its side of zero."""
    asked, told = rows(lessons, names), np.array([float(lesson.one) for lesson in lessons])
    counts = np.array([STATEMENT if lesson.of.startswith("statements") else 1.0 for lesson in lessons])
    least = np.array([-np.inf if name in (*FREE, *AGAINST) else 0.0 for name in names] + [-np.inf])
    most = np.array([0.0 if name in AGAINST else np.inf for name in names] + [np.inf])
    penalty = np.array([PENALTY] * len(names) + [0.0])
    weights = np.zeros(len(names) + 1)
    for _ in range(STEPS):
        wrong = (1 / (1 + np.exp(-(asked @ weights))) - told) * counts
        weights = np.clip(weights - RATE * (asked.T @ wrong + penalty * weights) / counts.sum(), least, most)
    return weights


def report(title: str, lessons: Sequence[Lesson], odds: Floats) -> None:
    for name, chosen in (("clusters", "cluster"), ("statements", "statements")):
        pairs = [(lesson.one, value >= 0) for lesson, value in zip(lessons, odds, strict=True) if lesson.of.startswith(chosen)]
        right, found, true = sum(a and b for a, b in pairs), sum(b for _, b in pairs), sum(a for a, _ in pairs)
        precision, recall = right / max(1, found), right / max(1, true)
        print(f"{title}, {name}: {len(pairs)} pairs, {true} of one occurrence; precision {precision:.2f}, recall {recall:.2f}")


if __name__ == "__main__":
    main()
