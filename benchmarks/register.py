"""How fast a register is filled and searched at a size that no desk has yet, beside SQLite's plain full-text search in the same run.

    python benchmarks/register.py CORPUS_FOLDER [--documents 100000] [--read 1150] [--pieces FILE]

Makes documents by recombination: real ones are read once, cut between sentences with the findings in them, and the pieces put together
anew, so that the register gets what it would get from as many documents, and reading is not timed (`--pieces` keeps the pieces for the next
run). Every tenth is an edited copy of one of the days before. They come by date, as archives and feeds do; after each step a thousand come
whose dates are in no order, the worst case. `comity build` makes readings ready on all cores and writes on one; both are timed here one
after the other, with packing and unpacking what one process hands to the other, and the slower of the two is what two cores reach. The
floor is a table of the same texts in SQLite's FTS5 with its own tokenizer: no findings, no families, no filters. Prints documents a second
beyond reading by the clock and by processor time (which tell apart where others use the machine), memory, the file's size, and how long
pages take (register_pages.py).
"""

import argparse
import gc
import gzip
import hashlib
import json
import pickle
import random
import resource
import sqlite3
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from register_pages import print_pages

from comity.intake import document_from_text
from comity.knowledge import load_knowledge
from comity.reading import Reader
from comity.records import Document, Evidence, Reading
from comity.register import open_register
from comity.register.prepared import prepare
from comity.register.rows import STRUCTS
from comity.register.uncollected import uncollected

TOGETHER, PACKED = 1000, 8
"""Documents in one transaction, and handed from one process to the other, as in `comity build`."""

PIECES = 4
COPIED = 10  # one in so many documents is a copy of another, with one piece of its own

YEARS = 15
STEPS = (1_000, 10_000, 30_000, 60_000, 100_000)
LAST = 5_000  # the rate at a step is that of so many documents before it


class Piece(Struct, frozen=True):
    """A stretch of a text that was read, with the findings in it."""

    text: str
    start: int
    language: str
    findings: dict[str, list[Struct]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--read", type=int, default=1_150, help="documents read of each corpus, to make the others of")
    parser.add_argument("--pieces", type=Path, help="where the pieces are kept from run to run")
    parser.add_argument("--register", help="fill this register (a file or postgresql://...) instead of one in a temporary folder")
    args = parser.parse_args()
    pieces = kept_pieces(args.corpus, args.read, args.pieces)
    with tempfile.TemporaryDirectory() as folder:
        place = args.register or str(Path(folder) / "register.sqlite")
        plain = sqlite3.connect(Path(folder) / "plain.sqlite")
        plain.execute("CREATE VIRTUAL TABLE texts USING fts5(text)")
        print(f"{len(pieces):,} pieces of documents that were read; {args.documents:,} documents made of them.")
        ready, written, floor = fill(place, plain, pieces, args.documents)
        print("\n| all documents, a second | by the clock | of processor time |\n| --- | ---: | ---: |")
        for name, timed_ in (("made ready, one core", ready), ("written, one core", written), ("into plain FTS5", floor)):
            print(f"| {name} | {args.documents / timed_.wall:,.0f} | {args.documents / timed_.processor:,.0f} |")
        print(f"\nMemory {memory():,.0f} MB at most, pieces included.")
        if Path(place).exists():
            size, beside = Path(place).stat().st_size / 1e6, (Path(folder) / "plain.sqlite").stat().st_size / 1e6
            print(f"The file has {size:,.0f} MB, plain FTS5 {beside:,.0f} MB.")
        print_pages(place, plain)


def memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def kept_pieces(corpus: Path, count: int, kept: Path | None) -> list[Piece]:
    """The pieces of some documents of both corpora, read now or in a run before."""
    if kept and kept.exists():
        with gzip.open(kept, "rb") as lines:
            return [piece_of(msgspec.json.decode(line)) for line in lines]
    pieces = [piece for path in ("vnds.jsonl.gz", "wh.jsonl.gz") for piece in read_pieces(corpus / path, count)]
    if kept:
        with gzip.open(kept, "wb", compresslevel=3) as lines:
            lines.writelines(msgspec.json.encode(piece) + b"\n" for piece in pieces)
    return pieces


def piece_of(kept: dict[str, Any]) -> Piece:
    findings = {kind: msgspec.convert(found, list[STRUCTS[kind]]) for kind, found in kept["findings"].items()}  # type: ignore[valid-type]
    return Piece(kept["text"], kept["start"], kept["language"], findings)


def read_pieces(path: Path, count: int) -> Iterator[Piece]:
    """The pieces of some documents of a file, the same ones each time."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        texts = [record["text"] for record in map(json.loads, lines) if record.get("text")]
    reader = Reader(load_knowledge())
    for text in random.Random(7).sample(texts, min(count, len(texts))):
        yield from cut(reader.read(document_from_text(text)))


def cut(reading: Reading) -> Iterator[Piece]:
    """Cuts a reading into a few pieces between sentences, where no finding stands across."""
    text = reading.document.text
    findings = [(kind, finding) for kind in STRUCTS for finding in getattr(reading, kind)]
    start = 0
    for number in range(1, PIECES + 1):
        end = text.find(". ", len(text) * number // PIECES) + 1 or len(text) if number < PIECES else len(text)
        if end <= start or any(finding.evidence.start < end < finding.evidence.end for _, finding in findings):
            continue
        inside: dict[str, list[Struct]] = {}
        for kind, finding in findings:
            cue = getattr(finding, "cue", None)
            if all(start <= one.start and one.end <= end for one in (finding.evidence, *([cue] if cue else []))):
                inside.setdefault(kind, []).append(finding)
        yield Piece(text[start:end], start, reading.document.language, inside)
        start = end


def made(pieces: list[Piece], number: int, published: str) -> Reading:
    """A document of a few pieces of one language, with all their findings in their new places."""
    chosen = chosen_of(pieces, number)
    if number % COPIED == COPIED - 1:
        copied = chosen_of(pieces, number - COPIED // 2)
        chosen = [*(copied[:-1] or copied), *(piece for piece in chosen[:1] if piece.language == copied[0].language)]
    text = "\n".join(piece.text for piece in chosen)
    identity = hashlib.sha256(f"{number}{text}".encode()).hexdigest()[:16]
    publisher = f"Publisher {number % 40}"
    document = Document(id=identity, text=text, language=chosen[0].language, name=f"{number}.txt", publisher=publisher, published=published)
    kinds: dict[str, list[Struct]] = {}
    place = 0
    for piece in chosen:
        shift = place - piece.start
        for kind, findings in piece.findings.items():
            kinds.setdefault(kind, []).extend(moved(finding, identity, shift) for finding in findings)
        place += len(piece.text) + 1
    return Reading(document=document, reader="1+bench", **{kind: tuple(findings) for kind, findings in kinds.items()})  # type: ignore[arg-type]


def chosen_of(pieces: list[Piece], number: int) -> list[Piece]:
    chance = random.Random(number)
    first = chance.choice(pieces)
    return [first, *(piece for piece in chance.choices(pieces, k=PIECES * 2) if piece.language == first.language)][:PIECES]


def by_date(number: int, count: int) -> str:
    return (date(2010, 1, 1) + timedelta(days=number * YEARS * 365 // count)).isoformat()


def in_no_order(number: int) -> str:
    return by_date(random.Random(-number).randrange(count := 10**6), count)


def moved(finding: Struct, document: str, shift: int) -> Struct:
    def there(one: Evidence) -> Evidence:
        return Evidence(document, one.start + shift, one.end + shift, one.quote)

    cue = getattr(finding, "cue", None)
    changes = {"evidence": there(finding.evidence)} | ({"cue": there(cue)} if cue else {})  # type: ignore[attr-defined]
    return replace(finding, **changes)


class Timer:
    """Adds up the time of what is done inside it."""

    def __init__(self) -> None:
        self.wall = self.processor = 0.0

    def __enter__(self) -> None:
        self._start = time.perf_counter(), time.process_time()

    def __exit__(self, *fault: object) -> None:
        self.wall += time.perf_counter() - self._start[0]
        self.processor += time.process_time() - self._start[1]


def fill(place: str, plain: sqlite3.Connection, pieces: list[Piece], count: int) -> tuple[Timer, Timer, Timer]:
    """The time that making ready took, writing, and filling the plain table; prints how fast it went at each step."""
    ready, written, floor = Timer(), Timer(), Timer()
    print("\n| at | documents | written a second, by the clock | of processor time | memory, MB | log, MB |")
    print("| --- | --- | ---: | ---: | ---: | ---: |")
    rates = deque[tuple[float, float]](maxlen=LAST // TOGETHER)
    with open_register(place) as register, uncollected():
        writer = register.writer()
        for first in range(0, count, TOGETHER):
            last = min(count, first + TOGETHER)
            shuffled = last - TOGETHER in STEPS
            days = [in_no_order(number) if shuffled else by_date(number, count) for number in range(first, last)]
            packed, texts = [], []
            for begin in range(first, last, PACKED):
                numbers = range(begin, min(last, begin + PACKED))
                readings = [made(pieces, number, days[number - first]) for number in numbers]
                texts += [(reading.document.text,) for reading in readings]
                with ready:
                    packed.append(pickle.dumps([prepare(reading, writer.themes) for reading in readings]))
            before = written.wall, written.processor
            with written:
                writer.add_prepared([one for part in packed for one in pickle.loads(part)])
                gc.collect()  # as a build does
            with floor, plain:
                plain.executemany("INSERT INTO texts VALUES (?)", texts)
            took = written.wall - before[0], written.processor - before[1]
            if not shuffled:
                rates.append(took)
            if shuffled or last in STEPS or last == count:
                log = Path(f"{place}-wal")
                size = log.stat().st_size / 1e6 if log.exists() else 0
                wall, processor = (sum(part) / len(part) for part in zip(*([took] if shuffled else rates), strict=True))
                order, number = "in no order" if shuffled else "by date", last - first
                print(
                    f"| {last:,} | {order} | {number / wall:,.0f} | {number / processor:,.0f} | {memory():,.0f} | {size:,.0f} |", flush=True
                )
    return ready, written, floor


if __name__ == "__main__":
    main()
