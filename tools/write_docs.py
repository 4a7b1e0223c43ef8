"""Prints docs/accuracy.md and docs/speed.md anew from measurements: `make docs`.

    python tools/write_docs.py [SHARED_FOLDER]

SHARED_FOLDER holds `gold/train`, `gold/dev` (annotated documents) and `corpus` (texts to read for speed). What `cross_validate.py`
measured, which trains for long, is kept in docs/accuracy-unseen.md, and what a person judged by hand in docs/accuracy-by-hand.md; both are
joined. Figures are never typed into the two pages.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from annotated import HELD_BACK, annotated_documents

from comity.evaluation import GoldDocument
from comity.evaluation.run import evaluate, evaluate_records, score_table
from comity.evaluation.sheet import Record
from comity.intake import document_from_text
from comity.knowledge import load_knowledge
from comity.publishing.reading_lines import reading_record
from comity.reading import READER, Reader

ROOT = Path(__file__).parents[1]


def main() -> None:
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared"
    reader = Reader(load_knowledge())
    tables = {part: score_table(evaluate(shared / "gold" / part, reader)) for part in ("dev", "train")}
    tables["held_back"] = score_table(evaluate_records(read_held_back(shared / "corpus", reader)))
    joined = {"unseen": kept("accuracy-unseen.md"), "by_hand": kept("accuracy-by-hand.md")}
    (ROOT / "docs" / "accuracy.md").write_text(
        page("accuracy.md").format(reader=READER, **joined, **tables).rstrip() + "\n", encoding="utf-8"
    )
    bench = [sys.executable, str(ROOT / "benchmarks" / "reading.py"), str(shared / "corpus")]
    table = subprocess.run(bench, check=True, capture_output=True, text=True).stdout
    (ROOT / "docs" / "speed.md").write_text(page("speed.md").format(reader=READER, table=table.strip()), encoding="utf-8")


def read_held_back(corpora: Path, reader: Reader) -> Iterator[tuple[GoldDocument, Record]]:
    """The held-back documents of the corpora, and what is read in each of the kinds that are annotated."""
    for gold in annotated_documents(corpora, HELD_BACK):
        record = reading_record(reader.read(document_from_text(gold.text, name=gold.name, language=gold.language)))
        yield gold, {kind: record[kind] for kind in gold.records}


def kept(name: str) -> str:
    """A page of docs/ that is measured apart, with a blank line behind it; nothing where it is not there."""
    path = ROOT / "docs" / name
    return f"{path.read_text(encoding='utf-8').rstrip()}\n\n" if path.is_file() else ""


def page(name: str) -> str:
    """The page's words, with places for the figures."""
    return (ROOT / "tools" / "pages" / name).read_text(encoding="utf-8")


if __name__ == "__main__":
    main()
