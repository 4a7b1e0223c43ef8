"""Trains the event coder: `python tools/train_event_codes.py PLOVER_FOLDER GOLD_FOLDER`. Needs scikit-learn, which Comity itself does not.

English types are learnt from the folder's marked sentences (PLV_train.tsv, PLOVER_GSR_CAMEO.txt), the phrases of
languages/en/event_codes.yaml and, where given, a verb dictionary; Vietnamese ones from the events of the gold documents, the phrases of
languages/vi/event_codes.yaml, the sentences in lessons/ and the sure event words of languages/vi/events.yaml. Whether a sentence tells of
an event at all is learnt from the gold documents of each language. Prints cross-validated figures (sentences that are nearly the same, and
sentences of one document, are never on both sides), then writes
`src/comity/reading/models/event_codes_<language>.msgpack`.
"""

import argparse
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np  # type: ignore[import-not-found, unused-ignore]
from event_code_rows import NONE, Row, gold_rows, gsr_rows, lesson_rows, of_one_type, phrase_rows, plv_rows, trigger_rows, verb_rows
from scipy.sparse import csr_matrix  # type: ignore[import-untyped, import-not-found, unused-ignore]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped, import-not-found, unused-ignore]
from sklearn.svm import LinearSVC  # type: ignore[import-untyped, import-not-found, unused-ignore]

from comity.reading.event_code_features import CodeFeatures
from comity.reading.event_codes import MODELS, YIELD, ZERO, CodeModel, score

KNOWN = {"en": 0.2, "vi": 0.5}
"""What a phrase of the lists weighs against a sentence of the corpus."""
SURE = 0.1
"""What a sure event weighs against a sentence of the gold documents."""
MARGIN = {"en": 1.0, "vi": 1.0}
EVEN = {"en": 0.8, "vi": 0.8}
"""How far rare types are weighed up to the common ones: 1 is fully."""
FOLDS = 10
SPLIT = ("CONCEDE", "RETREAT")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("plover", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--verbs", type=Path, help="a verb dictionary: a PLOVER type, a tab and a verb phrase a line")
    parser.add_argument("--language", action="append", choices=("en", "vi"), help="train this one only")
    parser.add_argument("--out", type=Path, default=MODELS)
    args = parser.parse_args()
    gold = gold_rows(args.gold)
    known = {
        "en": [*gsr_rows(args.plover / "PLOVER_GSR_CAMEO.txt") * 3, *phrase_rows("en") * 2, *(verb_rows(args.verbs) if args.verbs else ())],
        "vi": [*phrase_rows("vi") * 2, *lesson_rows("vi") * 2, *trigger_rows("vi")],
    }
    real = {"en": plv_rows(args.plover / "PLV_train.tsv"), "vi": of_one_type(gold["vi"])}
    for language in args.language or ("en", "vi"):
        learner = Learner(language, known[language], gold[language], real[language] if language == "en" else ())
        steep = learner.cross_validate(real[language])
        learner.cross_validate_events()
        model = learner.model(real[language], steep=steep)
        path = args.out / f"event_codes_{language}.msgpack"
        path.write_bytes(msgspec.msgpack.encode(model))
        print(f"{path}: {path.stat().st_size / 1e6:.2f} MB, {len(model.table)} features")


class Learner:
    """What is learnt of one language: `known` rows always teach types, `told` and `sure` rows (all events) teach what is an event."""

    def __init__(self, language: str, known: Sequence[Row], told: Sequence[Row], sure: Sequence[Row] = ()) -> None:
        self.language = language
        self.features = CodeFeatures(language)
        self.known = list(known)
        self.sure = list(sure)
        self.told = [row for row in told if not row.given]
        self._names: dict[Row, list[str]] = {}

    def cross_validate(self, rows: Sequence[Row]) -> float:
        """Print macro-F1 and F1 by type; return the steepness by which probabilities fit best."""
        parts = folds([row.group for row in rows], [row.type for row in rows])
        scored: list[tuple[str, list[float], tuple[str, ...]]] = []
        for part in range(FOLDS):
            model = self.model([row for row, its in zip(rows, parts, strict=True) if its != part], steep=1.0, told=False)
            for row, its in zip(rows, parts, strict=True):
                if its == part:
                    found = self.features.find(self.features.split(row.sentence, row.source, row.target))
                    scored.append((_root(row.type), score(model, found)[0][: len(model.types)], model.types))
        right = [gold for gold, _, _ in scored]
        guesses = [types[int(np.argmax(scores))] for _, scores, types in scored]
        print(f"{self.language}: {len(rows)} sentences, macro-F1 {macro_f1(right, guesses):.3f}, right {_share(right, guesses):.3f}")
        for kind in sorted(set(right)):
            print(f"  {kind:10} {f1(right, guesses, kind):.2f} of {right.count(kind)}")
        return min((k / 4 for k in range(2, 33)), key=lambda steep: _loss(scored, steep))

    def cross_validate_events(self) -> None:
        """Print how well a sentence that tells of an event is told from one that does not."""
        parts = folds([row.group for row in self.told], [row.type for row in self.told])
        right: list[str] = []
        guesses: list[str] = []
        for part in range(FOLDS):
            model = self.model([], steep=1.0, without=part, parts=parts)
            for row, its in zip(self.told, parts, strict=True):
                if its == part:
                    found = self.features.find(self.features.split(row.sentence, row.source, row.target))
                    right.append("event" if row.type != NONE else NONE)
                    guesses.append("event" if score(model, found)[0][len(model.types) + 1] > 0 else NONE)
        shares = ", ".join(f"{kind} {f1(right, guesses, kind):.2f} of {right.count(kind)}" for kind in ("event", NONE))
        print(f"{self.language}: event or none, F1 {shares}")

    def model(
        self, rows: Sequence[Row], *, steep: float, told: bool = True, without: int | None = None, parts: Sequence[int] = ()
    ) -> CodeModel:
        """The model from the rows, the known rows and the told ones (but for those of one part)."""
        teach = [row for row, its in zip(self.told, parts, strict=True) if its != without] if parts else self.told
        table = Table([self.names(row) for row in dict.fromkeys((*rows, *self.known, *((*teach, *self.sure) if told else ())))])
        columns = []
        if rows:
            types, weights = self._types(table, rows)
            columns += weights
            split = [row for row in self.known if row.type in SPLIT]
            columns.append(
                _fit(LinearSVC(C=1.0, random_state=0), table.matrix(map(self.names, split)), [row.type == "RETREAT" for row in split], None)
            )
        else:
            types = ()
            columns.append(table.nothing())
        if told:
            positive = [*self.known[:: max(1, len(self.known) // 400)], *self.sure]
            events = [*teach, *positive]
            yes = [row.type != NONE for row in events]
            columns.append(
                _fit(
                    LogisticRegression(C=5.0, max_iter=300, tol=1e-4),
                    table.matrix(map(self.names, events)),
                    yes,
                    [1.0] * len(teach) + [SURE] * len(positive),
                )
            )
        else:
            columns.append(table.nothing())
        return table.packed(types, columns, steep)

    def _types(self, table: "Table", rows: Sequence[Row]) -> tuple[tuple[str, ...], list[tuple[Any, float]]]:
        everything = [*rows, *self.known]
        wanted = [_root(row.type) for row in everything]
        weights = [*_even(wanted[: len(rows)], EVEN[self.language]), *(KNOWN[self.language] * w for w in _even(wanted[len(rows) :], 0.5))]
        matrix = table.matrix(map(self.names, everything))
        types = tuple(sorted(set(wanted)))
        machine = LinearSVC(C=MARGIN[self.language], tol=0.01, random_state=0)
        return types, [_fit(machine, matrix, [w == kind for w in wanted], weights) for kind in types]

    def names(self, row: Row) -> list[str]:
        """The names of a row's features."""
        if row not in self._names:
            self._names[row] = [f.name for f in self.features.find(self.features.split(row.sentence, row.source, row.target))]
        return self._names[row]


class Table:
    """Features by number, each weighed by how rare it is; a sentence's weights have length 1."""

    def __init__(self, sentences: Sequence[Sequence[str]]) -> None:
        counts = Counter(name for names in sentences for name in names)
        self.order = {name: number for number, name in enumerate(sorted(counts))}
        self.rarity = np.array([math.log((1 + len(sentences)) / (1 + counts[name])) + 1 for name in self.order])

    def matrix(self, sentences: Iterable[Sequence[str]]) -> Any:
        data: list[float] = []
        places: list[int] = []
        ends = [0]
        for names in sentences:
            numbers = sorted(self.order[name] for name in names)
            size = math.sqrt(sum(self.rarity[number] ** 2 for number in numbers)) or 1.0
            data += [self.rarity[number] / size for number in numbers]
            places += numbers
            ends.append(len(places))
        return csr_matrix((data, places, ends), shape=(len(ends) - 1, len(self.order)))

    def nothing(self) -> tuple[Any, float]:
        return np.zeros(len(self.order)), 0.0

    def packed(self, types: tuple[str, ...], columns: Sequence[tuple[Any, float]], steep: float) -> CodeModel:
        """The columns as bytes; the last byte is the feature's rarity squared. The types share one scale, so that they compare."""
        weights = np.stack([column * self.rarity for column, _ in columns])
        tops = np.abs(weights).max(axis=1)
        tops[: len(types)] = tops[: len(types)].max() if types else 0.0
        squares = self.rarity**2
        unit = squares.max() / 255
        scale = np.where(tops > 0, tops, 1.0) / 127
        whole = np.clip(np.rint(weights / scale[:, None]) + ZERO, 0, 255).astype(np.uint8)
        last = np.clip(np.rint(squares / unit), 1, 255).astype(np.uint8)
        rows = np.vstack([whole, last]).T
        table = {name: rows[number].tobytes() for name, number in self.order.items() if (whole[:, number] != ZERO).any()}
        fair = [float(f"{one / math.sqrt(unit):.6g}") for one in scale]
        return CodeModel(types, tuple(fair), tuple(round(float(bias), 4) for _, bias in columns), steep, table)


def folds(groups: Sequence[str], types: Sequence[str]) -> list[int]:
    """A part for each row: groups stay whole, types are spread evenly."""
    first = dict(reversed(list(zip(groups, types, strict=True))))
    order = sorted(first, key=lambda group: (first[group], group))
    part = {group: number % FOLDS for number, group in enumerate(order)}
    return [part[group] for group in groups]


def macro_f1(right: Sequence[str], guesses: Sequence[str]) -> float:
    kinds = sorted(set(right))
    return sum(f1(right, guesses, kind) for kind in kinds) / len(kinds)


def f1(right: Sequence[str], guesses: Sequence[str], kind: str) -> float:
    both = sum(r == g == kind for r, g in zip(right, guesses, strict=True))
    return 2 * both / max(1, right.count(kind) + guesses.count(kind))


def _fit(machine: Any, matrix: Any, wanted: Sequence[bool], weights: Sequence[float] | None) -> tuple[Any, float]:
    machine.fit(matrix, np.array(wanted), sample_weight=None if weights is None else np.array(weights))
    return machine.coef_[0].copy(), float(machine.intercept_[0])


def _even(wanted: Sequence[str], power: float) -> list[float]:
    counts = Counter(wanted)
    return [(len(wanted) / len(counts) / counts[kind]) ** power for kind in wanted]


def _root(kind: str) -> str:
    return YIELD if kind in SPLIT else kind


def _share(right: Sequence[str], guesses: Sequence[str]) -> float:
    return sum(r == g for r, g in zip(right, guesses, strict=True)) / len(right)


def _loss(scored: Sequence[tuple[str, list[float], tuple[str, ...]]], steep: float) -> float:
    """How surprised the probabilities are by what is right."""
    total = 0.0
    for right, scores, types in scored:
        if right in types:
            top = max(scores)
            total += math.log(sum(math.exp(steep * (one - top)) for one in scores)) - steep * (scores[types.index(right)] - top)
    return total


if __name__ == "__main__":
    main()
