"""Documents of the corpora annotated under the reading guide: a folder of corpora in, gold documents out.

`annotated/*.jsonl` holds for each document its id, the hash of its text, and the statements, events and commitments that a large language
model found in it when it read it, by their places; the texts themselves stay in the corpora (`CORPUS_FOLDER/*.jsonl.gz`: id, text) and are
not ours to give away. No model proposed the annotations. They teach beside the gold documents and are never scored; those in `held_back/`
are only scored.
"""

import gzip
import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from comity.evaluation import GoldDocument
from comity.evaluation.gold import Place
from comity.records import Act, EventType, Force, LanguageCode, Status

FOLDER = Path(__file__).parent / "annotated"
HELD_BACK = Path(__file__).parent / "held_back"
"""Annotated documents that teach nothing; docs/accuracy.md is measured on them."""


class Said(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A statement: the words reported and the reporting verb by their places (characters, end after the last), whom it is said to, and the
    words that name its occasion, which may stand in an earlier sentence."""

    content: Place
    cue: Place
    speaker: tuple[str, ...]
    act: Act
    direct: bool = False
    addressee: tuple[str, ...] = ()
    occasion: Place | None = None


class Told(Struct, frozen=True, forbid_unknown_fields=True):
    """An event by the place of its trigger."""

    trigger: Place
    type: EventType
    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    when: str | None = None
    status: Status = Status.HAPPENED


class Undertaken(Struct, frozen=True, forbid_unknown_fields=True):
    """A commitment by the place of its words."""

    words: Place
    by: tuple[str, ...]
    force: Force
    due: str | None = None


class Annotated(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A document's annotations; `text` is the hash of the text they belong to; `addressing`: addressees and occasions were noted too."""

    id: str
    text: str
    language: LanguageCode
    statements: tuple[Said, ...] = ()
    events: tuple[Told, ...] = ()
    commitments: tuple[Undertaken, ...] = ()
    addressing: bool = False


def annotated_documents(corpora: Path, folder: Path = FOLDER) -> list[GoldDocument]:
    """The annotated documents with their texts. Raises ValueError where a corpus has another text under a document's id, or none."""
    marked = {one.id: one for one in read_annotations(folder)}
    found = [as_gold(marked[name], text) for name, text in corpus_texts(corpora) if name in marked]
    if len(found) != len(marked):
        raise ValueError(f"{corpora}: holds {len(found)} of the {len(marked)} annotated documents.")
    return found


def read_annotations(folder: Path = FOLDER) -> Iterator[Annotated]:
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_bytes().splitlines():
            yield msgspec.json.decode(line, type=Annotated)


def corpus_texts(corpora: Path) -> Iterator[tuple[str, str]]:
    """Each document's id and text."""
    for path in sorted(corpora.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                yield row["id"], row["text"]


def text_hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


def as_gold(marked: Annotated, text: str) -> GoldDocument:
    """The document as the trainers take it. Raises ValueError where the text is another."""
    if text_hash(text) != marked.text:
        raise ValueError(f"{marked.id}: the corpus has another text than the one that was annotated.")
    records = {
        "statements": _records(marked.statements, "content"),
        "events": _records(marked.events, "trigger"),
        "commitments": _records(marked.commitments, "words"),
    }
    for record in records["statements"]:
        record["cue_place"], record["cue"] = record["cue"], text[slice(*record["cue"])]
        record.setdefault("direct", False)
        if marked.addressing:
            occasion = record.get("occasion")
            record["addressee"], record["occasion"] = record.get("addressee", []), tuple(occasion) if occasion else None
    return GoldDocument(name=marked.id, text=text, language=marked.language, records=records, themes=frozenset())


def _records(rows: Iterable[Struct], place: str) -> list[dict[str, Any]]:
    result = []
    for row in rows:
        record = msgspec.json.decode(msgspec.json.encode(row))
        result.append({**record, "place": tuple(record[place])})
    return result
