"""How fast Comity reads, beside underthesea's named-entity recognition on the same Vietnamese texts in the same run.

    python benchmarks/reading.py CORPUS_FOLDER [--documents N]

CORPUS_FOLDER holds `*.jsonl.gz` files with a `text` a line. Comity reads everything (all kinds of finding); the peer finds names only.
The peer is installed into a folder of its own under `build/`, never into the project. Prints a Markdown table: characters a second on
one core (of everything, and of the names alone, which is what the peer finds), the ratios, and the memory after a quarter of the
documents and after all of them.
"""

import argparse
import gzip
import json
import os
import random
import resource
import subprocess
import time
import venv
from collections.abc import Iterator
from pathlib import Path

from comity.intake import document_from_text
from comity.knowledge import load_knowledge
from comity.reading import Reader
from comity.reading.page import Page
from comity.reading.reader import Grammars

PEER = "underthesea==9.5.0"
PEER_FOLDER = Path(__file__).parents[1] / "build" / "bench-peer"
PEER_PROGRAM = """
import json, sys, time
from underthesea import ner
texts = json.load(open(sys.argv[1], encoding="utf-8"))
ner("Hà Nội")
start = time.perf_counter()
for text in texts:
    ner(text)
print(sum(map(len, texts)) / (time.perf_counter() - start))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--documents", type=int, default=400, help="how many documents Comity reads from each file (the peer reads 30)")
    parser.add_argument("--without-peer", action="store_true", help="time Comity alone")
    args = parser.parse_args()
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    rows = []
    for path in sorted(args.corpus.glob("*.jsonl.gz")):
        texts = sample(path, args.documents)
        speed, early, late = comity_speed(texts)
        language = "vi" if path.name.startswith("vnds") or path.name.startswith("clusters") else "en"
        rows.append((path.name, language, len(texts), speed, names_speed(texts, language), early, late))
    peer = None if args.without_peer else peer_speed(sample(next(iter(sorted(args.corpus.glob("vnds*.jsonl.gz")))), 30))
    heads = ("documents", "Comity, characters/s", "its names alone", "underthesea NER, characters/s", "ratio", "ratio of names")
    print(f"| texts | {' | '.join(heads)} | memory at a quarter | at the end |")
    print(f"| --- |{' ---: |' * (len(heads) + 2)}")
    for name, language, count, speed, names, early, late in rows:
        beside = f"{peer:,.0f} | {speed / peer:.1f} | {names / peer:.1f}" if peer and language == "vi" else " | | "
        print(f"| {name} | {count} | {speed:,.0f} | {names:,.0f} | {beside} | {early:.0f} MB | {late:.0f} MB |")


def sample(path: Path, count: int) -> list[str]:
    """`count` texts of a file, the same ones each time."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        texts = [text for line in lines for text in _texts(json.loads(line))]
    return random.Random(7).sample(texts, min(count, len(texts)))


def _texts(record: dict[str, object]) -> Iterator[str]:
    text = record.get("text")
    if isinstance(text, str) and text.strip():
        yield text


def comity_speed(texts: list[str]) -> tuple[float, float, float]:
    """Characters a second, and resident memory in MB after a quarter of the texts and after all."""
    reader = Reader(load_knowledge())
    for text in texts[:3]:
        reader.read(document_from_text(text))
    early = 0.0
    start = time.perf_counter()
    for number, text in enumerate(texts):
        reader.read(document_from_text(text))
        if number == len(texts) // 4:
            early = _memory()
    return sum(map(len, texts)) / (time.perf_counter() - start), early, _memory()


def names_speed(texts: list[str], language: str) -> float:
    """Characters a second of persons, offices, bodies, instruments, mechanisms and dates alone, from text to findings."""
    grammars = Grammars(load_knowledge(), language)
    documents = [document_from_text(text, language=language) for text in texts]
    start = time.perf_counter()
    for document in documents:
        page = Page(document, grammars.abbreviations, grammars.marks)
        grammars.dates.find(page)
        named = [one.evidence.span for grammar in (grammars.instruments, grammars.mechanisms) for one in grammar.find(page)]
        grammars.names.find(page, named)
    return sum(map(len, texts)) / (time.perf_counter() - start)


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def peer_speed(texts: list[str]) -> float:
    """Characters a second of the peer on the same core."""
    python = PEER_FOLDER / "bin" / "python"
    if not python.is_file():
        venv.create(PEER_FOLDER, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", PEER], check=True, stderr=subprocess.DEVNULL)
    texts_file = PEER_FOLDER / "texts.json"
    texts_file.write_text(json.dumps(texts), encoding="utf-8")
    done = subprocess.run(
        [python, "-c", PEER_PROGRAM, str(texts_file)], check=True, capture_output=True, text=True, env={**os.environ, "HF_HUB_OFFLINE": "1"}
    )
    return float(done.stdout.split()[-1])


if __name__ == "__main__":
    main()
