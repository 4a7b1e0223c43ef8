"""Sorts the event words of `languages/*/events.yaml` into kinds by the words about them: `python tools/make_event_words.py CORPUS_FOLDER`.

CORPUS_FOLDER holds `vnds.jsonl.gz` (Vietnamese) and `wh.jsonl.gz` (English), texts without labels. For each event word go in the words up
to three places before and after (positive pointwise mutual information, the first 60 directions of its singular value decomposition); out
comes `src/comity/reading/models/event_words.msgpack`, a number for each word, the same for words that stand in the same company (k-means).
No sentence is kept. Train the events again afterwards.
"""

import argparse
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from comity.knowledge.folded import Folded, fold
from comity.reading.event_lexicon import EventLexicon
from comity.reading.event_words import MODEL, kind_bytes

Floats = NDArray[np.float32]
TEXTS = {"vi": "vnds", "en": "wh"}
KINDS = 40
LEAST = 3
"""How often an event word must stand in the texts to be sorted."""
REACH, COMPANY, DIRECTIONS, ROUNDS = 3, 4000, 60, 30
SMOOTHING = 0.75
"""Counts of the company to this power, so that rare words do not look like strong signs."""
MARK = "§"
WORD = re.compile(r"[^\W\d_]+|[.,;:]")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    corpus: Path = parser.parse_args().corpus
    kinds = {language: _kinds(list(_texts(corpus / f"{name}.jsonl.gz", EventLexicon(language)))) for language, name in TEXTS.items()}
    MODEL.write_bytes(kind_bytes(kinds))
    print(f"{MODEL}: " + ", ".join(f"{len(words)} words {language}" for language, words in kinds.items()))


def _texts(path: Path, lexicon: EventLexicon) -> Iterator[list[str]]:
    """Each text as words, an event word as one, with a mark before it."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            folded = fold(json.loads(line)["text"]).replace("\n", " ")
            words: list[str] = []
            position = 0
            for start, end, _ in lexicon.triggers(Folded(folded, folded)):
                if start >= position:
                    words += [*WORD.findall(folded[position:start]), MARK + " ".join(folded[start:end].split())]
                    position = end
            yield words + WORD.findall(folded[position:])


def _kinds(texts: Sequence[Sequence[str]]) -> dict[str, int]:
    counts = Counter(word for words in texts for word in words)
    company = {word: place for place, (word, _) in enumerate(counts.most_common(COMPANY))}
    events = {word: place for place, word in enumerate(word for word, count in counts.items() if word[0] == MARK and count >= LEAST)}
    seen = np.zeros((len(events), 2 * len(company)), dtype=np.float32)
    for words in texts:
        for i, word in enumerate(words):
            if word in events:
                for step in range(-REACH, REACH + 1):
                    place = company.get(words[i + step]) if step and 0 <= i + step < len(words) else None
                    if place is not None:
                        seen[events[word], place + (len(company) if step > 0 else 0)] += 1 / abs(step)
    numbers = _sorted_by_nearness(_vectors(seen))
    return {word[len(MARK) :]: int(number) for word, number in zip(events, numbers, strict=True)}


def _vectors(seen: Floats) -> Floats:
    """What each event word's company has in common with that of others, in length 1."""
    total, rows, columns = seen.sum(), seen.sum(axis=1, keepdims=True), seen.sum(axis=0, keepdims=True)
    tempered = columns**SMOOTHING * columns.sum() ** (1 - SMOOTHING)
    information = np.maximum(0, np.log((seen * total + 1e-9) / (rows * tempered + 1e-9)))
    left, strength, _ = np.linalg.svd(information, full_matrices=False)
    return _to_length_one(left[:, :DIRECTIONS] * np.sqrt(strength[:DIRECTIONS]))


def _sorted_by_nearness(vectors: Floats) -> NDArray[np.intp]:
    """Spherical k-means from seeded centres."""
    numbers: NDArray[np.intp] = np.zeros(len(vectors), dtype=np.intp)
    centres = vectors[np.random.RandomState(0).choice(len(vectors), KINDS, replace=False)]
    for _ in range(ROUNDS):
        numbers = (vectors @ centres.T).argmax(axis=1)
        for kind in range(KINDS):
            members = vectors[numbers == kind]
            if len(members):
                centres[kind] = _to_length_one(members.mean(axis=0, keepdims=True))[0]
    return numbers


def _to_length_one(vectors: Floats) -> Floats:
    unit: Floats = vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9)
    return unit


if __name__ == "__main__":
    main()
