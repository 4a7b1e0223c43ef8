"""Hand-made documents, readings and a small partnership, so that a test says only what it is about."""

import hashlib
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from comity.knowledge import Pack, load_knowledge, load_pack
from comity.knowledge.load import PACKS
from comity.reading import Reader
from comity.records import DateSource, Document, ProgressClaim, Reading
from comity.register import Register, open_register

PARTNERSHIP = Path(__file__).parent / "data" / "partnership"
SAMPLES = PARTNERSHIP / "samples"
READY = PACKS / "asean-un" / "samples"
"""The sample documents that ship with Comity."""


@cache
def reader_of_all() -> Reader:
    """One for all tests of a process: to build its grammars takes seconds."""
    return Reader(load_knowledge())


def small_pack() -> Pack:
    return load_pack(PARTNERSHIP)


def document(text: str, published: str | None = "2020-09-16", **fields: Any) -> Document:
    """A document in English, published by the Gazette unless a field says otherwise."""
    known = {"language": "en", "name": "made.txt", "publisher": "Gazette", "published_from": DateSource.GIVEN if published else None}
    return Document(id=hashlib.sha256(text.encode()).hexdigest()[:16], text=text, published=published, **{**known, **fields})


def claim(of: Document, words: str, *, subject: str = "plan-one", **fields: Any) -> ProgressClaim:
    """A progress claim whose evidence is the first place of `words`."""
    start = of.text.index(words)
    return ProgressClaim(evidence=of.evidence(start, start + len(words)), subject=subject, **fields)


def reading(of: Document, reader: str = "1+test", **kinds: Any) -> Reading:
    return Reading(document=of, reader=reader, **{kind: tuple(findings) for kind, findings in kinds.items()})


@cache
def empty_register() -> bytes:
    """The file of a register without documents: to copy it is ten times as quick as to make its tables step by step."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "register.sqlite"
        open_register(file).close()
        return file.read_bytes()


def new_register(file: Path) -> Register:
    """An open register without documents, or with those that are there."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(empty_register())
    return open_register(file)


def register_of(folder: Path, *readings: Reading) -> Register:
    """An open register with these readings."""
    register = new_register(folder / "register.sqlite")
    writer = register.writer()
    for one in readings:
        writer.add(one)
    return register
