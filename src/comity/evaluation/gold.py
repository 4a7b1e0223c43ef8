"""Gold records from a folder: `DOC.txt` is the text, `DOC.json` the records with quotes, `meta.json` each document's language.

A gold record names its words by quote (with the number of the occurrence) or by the first and last words; here each gets its span.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from comity.errors import BadInputError

Place = tuple[int, int]


class GoldDocument(msgspec.Struct, frozen=True, kw_only=True):
    """One annotated text. `records` are as written, each with its `place` (start, end) added where its words are found, by kind."""

    name: str
    text: str
    language: str
    records: dict[str, list[dict[str, Any]]]
    themes: frozenset[str]

    def related(self) -> list[Place]:
        return [record["place"] for record in self.records.get("related", []) if record["place"]]


def load_gold(folder: Path) -> Iterator[GoldDocument]:
    """The gold documents of a folder by name. Raises BadInputError where the folder has none or a record file is broken."""
    paths = sorted(path for path in folder.glob("*.json") if path.name != "meta.json" and path.with_suffix(".txt").is_file())
    if not paths:
        raise BadInputError(f"{folder}: holds no gold documents (DOC.txt beside DOC.json).")
    meta_path = folder / "meta.json"
    meta = _json(meta_path) if meta_path.is_file() else {}
    for path in paths:
        with path.with_suffix(".txt").open(encoding="utf-8", newline="") as file:
            text = file.read()
        raw = _json(path)
        records = {kind: [{**record, "place": _place(text, record)} for record in rows] for kind, rows in raw.items() if kind != "themes"}
        yield GoldDocument(
            name=path.stem,
            text=text,
            language=meta.get(path.stem, {}).get("lang", ""),
            records=records,
            themes=frozenset(raw.get("themes", [])),
        )


def places_of(text: str, words: str) -> list[Place]:
    """Every place where `words` stand in `text`, overlapping ones too."""
    found, start = [], text.find(words)
    while start >= 0:
        found.append((start, start + len(words)))
        start = text.find(words, start + 1)
    return found


def _place(text: str, record: dict[str, Any]) -> Place | None:
    words = record.get("content") or record.get("quote") or record.get("trigger") or record
    if isinstance(words, str):
        return _nth(text, words, record.get("occ", 0))
    if "start" not in words:
        return None
    first = _nth(text, words["start"], words.get("occ", 0))
    if not first:
        return None
    last = text.find(words["end"], first[0])
    return (first[0], last + len(words["end"])) if last >= 0 else None


def _nth(text: str, words: str, number: int | None) -> Place | None:
    places = places_of(text, words)
    return places[number or 0] if len(places) > (number or 0) else None


def _json(path: Path) -> Any:
    try:
        return msgspec.json.decode(path.read_bytes())
    except (OSError, msgspec.DecodeError) as error:
        raise BadInputError(f"{path}: is no gold record ({error}).") from error
