"""How well near copies are found among articles of which several tell the same event.

    python benchmarks/families.py CLUSTERS.jsonl.gz

Truth is made: of every third article an editor's copies are made (cut to its first part, or to its last; with a sentence of one's own
before and behind and every figure dropped; one sentence in five left out and a word replaced), published up to three days later by
somebody else. A copy and its original, and two copies of one original, are true pairs. Two different articles are a false pair, whatever
event they tell, unless one has more than a third of the sentences of the other: newspapers take over passages to any degree, no line
between copy and source is right for those, and they are left out and counted. Half of the articles (by the hash of their text) is for
choosing the thresholds of `register/families.py`; the other half is held back, and is what counts.
"""

import argparse
import gzip
import hashlib
import json
import random
import re
import tempfile
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from msgspec import Struct
from rapidfuzz.distance import LCSseq

from comity.intake import document_from_text
from comity.knowledge.folded import fold
from comity.records import Document, Reading
from comity.register import open_register
from comity.register.families import same_week

TIME = re.compile(r"TIME: (\d+)/(\d+)/(\d{4})")
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
FIGURE = re.compile(r"\b\d[\d.,]*\b")
SAME, REUSED = 0.8, 1 / 3
"""A sentence is the same where four fifths of its words stand in the other in order; articles that share more than a third are left out."""


class Article(Struct, frozen=True):
    """A document, and the article that it is or was made from."""

    document: Document
    of: int
    held_back: bool


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clusters", type=Path)
    args = parser.parse_args()
    with gzip.open(args.clusters, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    articles = [article for number, record in enumerate(records) for article in made_of(number, record)]
    left_out = reused([one for one in articles if one.document.source and "#" not in one.document.source])
    print(f"{len(records)} articles and {len(articles) - len(records)} made copies; {len(left_out)} pairs of articles left out")
    print("| half | true pairs | pairs joined | precision | recall |\n| --- | ---: | ---: | ---: | ---: |")
    for name, held_back in (("for choosing", False), ("held back", True)):
        print(measured(name, [one for one in articles if one.held_back is held_back], left_out))


def measured(name: str, articles: list[Article], left_out: set[frozenset[int]]) -> str:
    with tempfile.TemporaryDirectory() as folder, open_register(Path(folder) / "register.sqlite") as register:
        register.writer(()).add_all([Reading(document=one.document, reader="1+bench") for one in articles])
        family = {head.id: head.family for head in register.view().documents()}
    found = true = both = 0
    for a, b in combinations(articles, 2):
        if a.of != b.of and frozenset((a.of, b.of)) in left_out:
            continue
        joined, copies = family[a.document.id] == family[b.document.id], a.of == b.of
        found, true, both = found + joined, true + copies, both + (joined and copies)
    return f"| {name} | {true} | {found} | {both / max(1, found):.3f} | {both / max(1, true):.3f} |"


def made_of(number: int, record: dict[str, str]) -> Iterator[Article]:
    """The article, and its copies where it is one of those that have some."""
    day, month, year = TIME.search(record["info"]).groups()  # type: ignore[union-attr]
    held_back = hashlib.sha256(record["text"].encode()).digest()[0] % 2 == 1
    texts = [record["text"], *(edited(record["text"], number) if number % 3 == 0 else ())]
    for place, text in enumerate(texts):
        published = f"{year}-{int(month):02}-{min(28, int(day) + place % 4) if place else int(day):02}"
        source = record["id"] + (f"#{place}" if place else "")
        yield Article(document_from_text(text, name=record["id"], published=published, source=source, language="vi"), number, held_back)


def edited(text: str, number: int) -> list[str]:
    """Four copies as editors make them, the same ones each time."""
    chance = random.Random(number)
    sentences = [sentence for sentence in SENTENCE.split(text) if sentence.strip()]
    if len(sentences) < 6:
        return []
    kept = max(3, int(len(sentences) * chance.uniform(0.35, 0.8)))
    thinned = [sentence for sentence in sentences if chance.random() > 0.2]
    own = " ".join(chance.sample(text.split(), 12)) + "."
    return [
        "\n".join(sentences[:kept]),
        "\n".join(sentences[-kept:]),
        "\n".join([own, *(FIGURE.sub("", sentence) for sentence in sentences), own[::-1]]),
        "\n".join([own, *thinned]).replace(chance.choice(text.split()), own.split()[0]),
    ]


def reused(articles: list[Article]) -> set[frozenset[int]]:
    """Pairs of different articles of one week of which one has more than a third of the other's sentences, as far as its words allow."""
    sentences = [[part.split() for part in SENTENCE.split(fold(one.document.text)) if len(part.split()) >= 5] for one in articles]
    words = [set(fold(one.document.text).split()) for one in articles]
    found = set()
    for a, b in combinations(range(len(articles)), 2):
        shorter, longer = sorted((a, b), key=lambda one: len(sentences[one]))
        if not same_week(articles[a].document.published, articles[b].document.published):
            continue
        if len(words[a] & words[b]) < 0.4 * min(len(words[a]), len(words[b])):
            continue
        if _share(sentences[shorter], sentences[longer]) > REUSED:
            found.add(frozenset((articles[a].of, articles[b].of)))
    return found


def _share(sentences: list[list[str]], others: list[list[str]]) -> float:
    same = sum(
        len(words)
        for words in sentences
        if any(LCSseq.similarity(words, other, score_cutoff=int(SAME * len(words))) > 0 for other in others)
    )
    return same / max(1, sum(map(len, sentences)))


if __name__ == "__main__":
    main()
