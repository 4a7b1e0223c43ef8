"""How well near copies are found, on Vietnamese articles of which several tell the same event.

    python benchmarks/families.py CLUSTERS.jsonl.gz

Truth is defined without the shingles that the register uses: two articles are copies where they were published within a week and the
longest common subsequence of their words (in order, gaps allowed) covers 60 per cent of the shorter one; two hands that tell the same
event reach 35. Every pair of the file is judged. The register's answer is whether two documents are of one family, so what is joined
through a third counts against it. Prints pairwise precision and recall, and how many pairs of a cluster are copies at all.
"""

import argparse
import gzip
import json
import re
import tempfile
import time
from itertools import combinations
from pathlib import Path

from rapidfuzz.distance import LCSseq

from comity.intake import document_from_text
from comity.knowledge.folded import fold
from comity.records import Document, Reading
from comity.register import open_register
from comity.register.families import same_week

COVERED = 0.6
TIME = re.compile(r"TIME: (\d+)/(\d+)/(\d{4})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clusters", type=Path)
    args = parser.parse_args()
    with gzip.open(args.clusters, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    documents = [read(record) for record in records]
    with tempfile.TemporaryDirectory() as folder, open_register(Path(folder) / "register.sqlite") as register:
        start = time.perf_counter()
        register.writer().add_all([Reading(document=document, reader="1+bench") for document in documents])
        seconds = time.perf_counter() - start
        family = {head.id: head.family for head in register.view().documents()}
    words = [fold(document.text).split() for document in documents]
    found = true = both = in_cluster = copies_in_cluster = 0
    for a, b in combinations(range(len(documents)), 2):
        if documents[a].id == documents[b].id:
            continue
        joined = family[documents[a].id] == family[documents[b].id]
        copies = are_copies(documents[a], documents[b], words[a], words[b])
        same = records[a]["cluster"] == records[b]["cluster"]
        found, true, both = found + joined, true + copies, both + (joined and copies)
        in_cluster, copies_in_cluster = in_cluster + same, copies_in_cluster + (same and copies)
    print(f"{len(documents)} articles in {seconds:.1f} s; {in_cluster} pairs tell the same event, {copies_in_cluster} of them are copies")
    print("| pairs joined | pairs that are copies | precision | recall |\n| ---: | ---: | ---: | ---: |")
    print(f"| {found} | {true} | {both / max(1, found):.3f} | {both / max(1, true):.3f} |")


def read(record: dict[str, str]) -> Document:
    day, month, year = TIME.search(record["info"]).groups()  # type: ignore[union-attr]
    published = f"{year}-{int(month):02}-{int(day):02}"
    return document_from_text(record["text"], name=record["id"], published=published, source=record["id"])


def are_copies(a: Document, b: Document, words: list[str], others: list[str]) -> bool:
    if not same_week(a.published, b.published):
        return False
    least = int(COVERED * min(len(words), len(others)))
    return LCSseq.similarity(words, others, score_cutoff=least) > 0


if __name__ == "__main__":
    main()
