"""Clauses of public texts for learning which concepts words show: in come the corpora, out come clauses without the names in them.

What words show is known from the terms of the languages (languages/*/concepts.yaml); a clause is given without these words, so that the
others are learned from, and sometimes with them.
"""

import csv
import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from comity.knowledge import load_knowledge
from comity.knowledge.folded import Folded
from comity.records import LanguageCode, Span
from comity.tracking.clause_view import name_matcher
from comity.tracking.clauses import clauses_in
from comity.tracking.concepts import load_concepts

SENTENCE = re.compile(r"[^.!?\n]{25,400}(?:\n[^.!?\n]+){0,6}")
SOME, NONE, OF_CONCEPT = 4200, 1600, 110
"""Clauses that are drawn for each language: those that show a concept, those that show none, and at most for each concept."""
SHORTEST, LONGEST, OF_DOCUMENT = 15, 170, 6
SHORTEST_LEFT = 12
"""Letters that are left when the words that show concepts are taken out."""
Example = tuple[str, LanguageCode, set[str], float]
"""Words, the concepts they show, and what the example weighs."""


def clause_examples(corpus: Path) -> Iterator[Example]:
    """Clauses without names and the words that show concepts; a third of them with these words too."""
    names, chance = name_matcher(load_knowledge()), random.Random(7)
    left = {(language, some): SOME if some else NONE for language in ("en", "vi") for some in (True, False)}
    taken: Counter[tuple[str, str]] = Counter()
    for text, language in texts(corpus, chance):
        if left[language, True] <= 0 and left[language, False] <= 0:
            continue
        letters = list(text)
        for match in names.find(Folded(text)):
            letters[match.start : match.end] = " " * (match.end - match.start)
        for span in _some_clauses(text, language, chance):
            found = [shown for concepts in load_concepts(language) for shown in concepts.find_all(Folded(text[span.start : span.end]))]
            labels = {concept for shown in found for concept in shown.concepts}
            full = min((taken[language, label] for label in labels), default=0) >= OF_CONCEPT
            if left[language, bool(labels)] <= 0 or full:
                continue
            left[language, bool(labels)] -= 1
            taken.update((language, label) for label in labels)
            kept = letters[span.start : span.end]
            whole = " ".join("".join(kept).split())
            for shown in found:
                kept[shown.start : shown.end] = " " * (shown.end - shown.start)
            masked = " ".join("".join(kept).split())
            if labels and len(masked) > SHORTEST_LEFT:
                yield masked, language, labels, 1.0
            if (not labels or chance.random() < 0.3) and whole:
                yield whole, language, labels, 1.0


def _some_clauses(text: str, language: LanguageCode, chance: random.Random) -> Iterator[Span]:
    sentences = list(SENTENCE.finditer(text))
    chance.shuffle(sentences)
    for match in sentences[:OF_DOCUMENT]:
        spans = clauses_in(text, Span(match.start(), match.end()), language)
        yield from (span for span in spans if SHORTEST <= span.end - span.start <= LONGEST)


def texts(corpus: Path, chance: random.Random) -> Iterator[tuple[str, str]]:
    for name, language in (("wh", "en"), ("vnds", "vi")):
        with gzip.open(corpus / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            rows = [json.loads(line)["text"] for line in lines]
        chance.shuffle(rows)
        yield from ((text, language) for text in rows)
    with (corpus / "sdg" / "texts-train.csv").open(encoding="utf-8", newline="") as file:
        yield from ((row["text"], "en") for row in csv.DictReader(file))
