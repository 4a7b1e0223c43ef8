"""Joins the YAML files of the world and of packs into one Knowledge.

A pack's entry of the same id adds to the world's: names, acronyms, offices and ties are joined, the pack's first; anything else that the
pack says stands instead of what the world says.
"""

import hashlib
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import asdict, fields, replace

from comity.errors import KnowledgeError
from comity.knowledge.places import places_of
from comity.knowledge.schema import Actor, Instrument, KnowledgeFile, Mechanism, Pack, Plan, Theme
from comity.knowledge.yaml_file import read_yaml

HERE = Path(__file__).parent
WORLD = HERE / "world"
PACKS = HERE / "partnerships"
PARTS = ("actors", "instruments", "mechanisms", "themes", "plans")
JOINED = ("acronyms", "offices", "works_with")

Entry = TypeVar("Entry", Actor, Instrument, Mechanism, Theme, Plan)


class Knowledge(Struct, frozen=True, kw_only=True):
    """Everything the reader may know, by id. `version` changes when any file does."""

    version: str
    actors: dict[str, Actor]
    instruments: dict[str, Instrument]
    mechanisms: dict[str, Mechanism]
    themes: dict[str, Theme]
    plans: dict[str, Plan]
    packs: tuple[Pack, ...] = ()


def pack_names() -> list[str]:
    """The packs that ship with Comity."""
    return sorted(folder.name for folder in PACKS.iterdir() if (folder / "pack.yaml").is_file())


def load_pack(pack: str | Path) -> Pack:
    """The pack that ships under a name (`asean-un`), or the one in a folder. Raises KnowledgeError."""
    folder = PACKS / pack if isinstance(pack, str) and pack in pack_names() else Path(pack)
    if not (folder / "pack.yaml").is_file():
        raise KnowledgeError(
            f"There is no pack {str(pack)!r}; Comity ships {', '.join(pack_names())}, or give a folder that holds a pack.yaml."
        )
    paths = sorted(folder.glob("*.yaml"))
    files = [read_yaml(path, KnowledgeFile) for path in paths]
    heads = [file.partnership for file in files if file.partnership]
    if len(heads) != 1:
        raise KnowledgeError(f"{folder}: exactly one file must describe the partnership; {len(heads)} do.")
    return Pack(partnership=heads[0], folder=str(folder), version=_hash(paths), **_joined(files, paths))


def load_knowledge(packs: Iterable[Pack] | None = None) -> Knowledge:
    """The world's knowledge and that of `packs` (by default all that ship with Comity)."""
    packs = tuple(load_pack(name) for name in pack_names()) if packs is None else tuple(packs)
    paths = sorted(WORLD.glob("*.yaml"))
    parts = _joined([read_yaml(path, KnowledgeFile) for path in paths], paths)
    merged: dict[str, Any] = {part: _merged(source[part] for source in (parts, *map(asdict, packs))) for part in PARTS}
    return Knowledge(version=knowledge_version(packs), packs=packs, **merged)


def _merged(sources: Iterable[Iterable[Entry]]) -> dict[str, Entry]:
    """The entries by id; a later one adds to an earlier of the same id."""
    result: dict[str, Entry] = {}
    for entry in chain.from_iterable(sources):
        earlier = result.get(entry.id)
        result[entry.id] = _added(earlier, entry) if earlier else entry
    return result


def _added(known: Entry, more: Entry) -> Entry:
    """`known` with what `more` says; an empty field says nothing."""
    changes: dict[str, Any] = {}
    for field in fields(more):
        value, before = getattr(more, field.name), getattr(known, field.name)
        if value is None or value == () or value == {}:
            continue
        if isinstance(value, dict):
            changes[field.name] = {key: _union(value.get(key), before.get(key)) for key in {**value, **before}}
        else:
            changes[field.name] = _union(value, before) if field.name in JOINED else value
    return replace(known, **changes)


def _union(first: Any, second: Any) -> Any:
    """Both lists without doubles; of two texts the first."""
    if isinstance(first, tuple) and isinstance(second, tuple):
        return tuple(dict.fromkeys((*first, *second)))
    return first or second


def knowledge_version(packs: Iterable[Pack]) -> str:
    """The version that `load_knowledge` gives, without loading the world."""
    return hashlib.sha256("".join([_hash(WORLD.glob("*.yaml")), *(pack.version for pack in packs)]).encode()).hexdigest()[:12]


def _joined(files: list[KnowledgeFile], paths: list[Path]) -> dict[str, Any]:
    joined = {part: tuple(entry for file in files for entry in getattr(file, part)) for part in PARTS}
    for part, entries in joined.items():
        seen: set[str] = set()
        for entry in entries:
            if entry.id in seen:
                first, second = (*places_of(entry.id, part, paths), "", "")[:2]
                raise KnowledgeError(f"{second}: {entry.id!r} is described twice under {part}, first at {first}; keep one.")
            seen.add(entry.id)
    return joined


def _hash(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]
