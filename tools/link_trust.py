"""How sure a tie is in its document: trains the last part of the link model from suggestions that a reader judged.

In come `tests/real/suggestions.jsonl` (which file and document, where, which line, right or wrong; no words) and the texts; out comes the
`trust` of `comity.tracking.link_model`. `tools/train_links.py` calls it; `python benchmarks/links.py` prints how often a score came true.
"""

import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from link_fitting import fit
from link_gold import SUGGESTED, Gold
from numpy.typing import NDArray

from comity.intake import open_document
from comity.knowledge import load_knowledge, load_pack
from comity.records import Evidence
from comity.tracking.link_model import Linear, LinkModel
from comity.tracking.links import Linker
from comity.tracking.partnership_scope import PartnershipScope
from comity.tracking.products import Floats
from comity.tracking.second_look import SecondLook
from comity.tracking.targets import TRUST

ROOT = Path(__file__).parents[1]
SUGGESTIONS = ROOT / "tests" / "real" / "suggestions.jsonl"
SAMPLES = "samples"
PENALTY = 2.0
FOLDS = 10
LEAST = 0.6
LAST_ROUND = 3
"""The last round of drawing that the model learns from."""


class Suggestion(NamedTuple):
    """A tie that Comity suggested, and whether a reader would make it; `lines` are those that the words alone are about, None where nobody
    has said. `drawn` is the round it was drawn in."""

    file: str
    document: str
    pack: str
    start: int
    end: int
    plan: str
    target: str
    right: bool
    lines: list[str] | None
    drawn: int


class Told(NamedTuple):
    """A suggestion with the numbers of the model; the columns are TRUST."""

    suggestion: Suggestion
    features: Floats


class Text(NamedTuple):
    text: str
    title: str
    language: str


def suggestions() -> list[Suggestion]:
    """All that were judged."""
    return [Suggestion(**json.loads(line)) for line in SUGGESTIONS.read_text(encoding="utf-8").splitlines()]


def learned_from(judged: Sequence[Suggestion]) -> list[Suggestion]:
    """Without those that were drawn after the model was trained, to see how it does."""
    return [one for one in judged if one.drawn <= LAST_ROUND]


def drawn_later(judged: Sequence[Suggestion]) -> list[Suggestion]:
    """The others: other clauses, though mostly of the same documents."""
    return [one for one in judged if one.drawn > LAST_ROUND]


def clauses(judged: Sequence[Suggestion], corpus: Path) -> list[Gold]:
    """The clauses whose lines somebody has said, by their words alone."""
    texts = _texts(judged, corpus)
    lines: dict[tuple[str, str, str, int, int], set[str]] = {}
    for one in judged:
        if one.lines is not None:
            lines.setdefault((one.pack, one.file, one.document, one.start, one.end), set()).update(one.lines)
    return [
        Gold(document, texts[file, document].text[start:end], texts[file, document].language, tuple(sorted(fitting)), SUGGESTED, pack)
        for (pack, file, document, start, end), fitting in lines.items()
    ]


def told_of(judged: Sequence[Suggestion], corpus: Path, model: LinkModel, second: SecondLook | None = None) -> list[Told]:
    """The suggestions with their numbers by a model, but for those in documents that do not name all parties."""
    texts = _texts(judged, corpus)
    found: list[Told] = []
    for pack in sorted({one.pack for one in judged}):
        loaded = load_pack(pack)
        knowledge = load_knowledge((loaded,))
        linker, scope = Linker(knowledge, loaded.plans, model, second), PartnershipScope(knowledge, loaded)
        for place in sorted({(one.file, one.document) for one in judged if one.pack == pack}):
            text = texts[place]
            here = [one for one in judged if (one.pack, one.file, one.document) == (pack, *place)]
            clauses = [(Evidence(one.document, one.start, one.end, text.text[one.start : one.end]), frozenset[str](), None) for one in here]
            asked = linker.asked_of(text.text, clauses, text.language, scope=scope, title=text.title)
            found += [
                Told(one, linker.trust_of(ready, one.plan, one.target))
                for one, ready in zip(here, asked, strict=True)
                if ready is not None and ready.scope is not None
            ]
    return found


def _texts(judged: Sequence[Suggestion], corpus: Path) -> dict[tuple[str, str], Text]:
    found: dict[tuple[str, str], Text] = {}
    for file in sorted({one.file for one in judged} - {SAMPLES}):
        with gzip.open(corpus / f"{file}.jsonl.gz", "rt", encoding="utf-8") as lines:
            found |= {(file, row["id"]): Text(row["text"], row["title"], row["lang"]) for row in map(json.loads, lines)}
    for pack in {one.pack for one in judged if one.file == SAMPLES}:
        for path in (Path(load_pack(pack).folder) / SAMPLES).glob("*.md"):
            document = open_document(path)
            found[SAMPLES, path.name] = Text(document.text, document.title or "", document.language)
    return found


def fit_trust(rows: Sequence[Told]) -> Linear:
    features = np.array([row.features for row in rows], dtype=np.float32)
    return fit(features, np.array([row.suggestion.right for row in rows]), np.ones(len(rows)), PENALTY)


def no_trust() -> Linear:
    """One that says nothing of any document."""
    return Linear([0.0] * len(TRUST), [1.0] * len(TRUST), [0.0] * len(TRUST), 0.0)


def cross_validated_trust(rows: Sequence[Told]) -> NDArray[np.float64]:
    """The probability of each by a model that has not seen its document."""
    fold = np.array([sum(row.suggestion.document.encode()) * 7919 % 10007 % FOLDS for row in rows])
    found = np.zeros(len(rows))
    for number in range(FOLDS):
        trust = fit_trust([row for row, place in zip(rows, fold, strict=True) if place != number])
        for index in map(int, np.flatnonzero(fold == number)):
            found[index] = 1 / (1 + np.exp(-float(trust.odds(rows[index].features))))
    return found


def report_trust(rows: Sequence[Told]) -> None:
    """How often suggestions came true, by file and score; by a model that has not seen the document."""
    chances = cross_validated_trust(rows)
    right = np.array([row.suggestion.right for row in rows])
    print(f"\n| suggestions in | judged | right | from {LEAST} on | of these right | of the right kept |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for file in sorted({row.suggestion.file for row in rows}):
        here = np.array([row.suggestion.file == file for row in rows])
        kept = here & (chances >= LEAST)
        print(
            f"| {file} | {here.sum()} | {right[here].mean():.2f} | {kept.sum()} | {right[kept].mean() if kept.any() else 0:.2f} | "
            f"{(kept & right).sum() / max(1, (here & right).sum()):.2f} |"
        )
    print("\n| score | judged | right |\n| --- | ---: | ---: |")
    for low in range(0, 10, 2):
        inside = (chances >= low / 10) & (chances < low / 10 + 0.2)
        if inside.any():
            print(f"| {low / 10:.1f} to {low / 10 + 0.2:.1f} | {inside.sum()} | {right[inside].mean():.2f} |")


def report_later(rows: Sequence[Told], trust: Linear) -> None:
    """How often suggestions that were drawn when the model was there are right, by file and score."""
    chances = np.array([1 / (1 + np.exp(-float(trust.odds(row.features)))) for row in rows])
    right = np.array([row.suggestion.right for row in rows])
    files = np.array([row.suggestion.file for row in rows])
    print("\n| drawn later | score | judged | right |\n| --- | --- | ---: | ---: |")
    for file in sorted(set(files)):
        for low, high in ((LEAST, 0.8), (0.8, 1.0)):
            inside = (files == file) & (chances >= low) & (chances < high)
            if inside.any():
                print(f"| {file} | {low} to {high} | {inside.sum()} | {right[inside].mean():.2f} |")
