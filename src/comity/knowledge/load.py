"""Joins the YAML files of the world and of packs into one Knowledge. A pack's entry replaces the world's entry of the same id;
the names of both count."""

import hashlib
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import asdict, replace

from comity.errors import KnowledgeError
from comity.knowledge.schema import Actor, Instrument, KnowledgeFile, Mechanism, Pack, Plan, Theme
from comity.knowledge.yaml_file import read_yaml

HERE = Path(__file__).parent
WORLD = HERE / "world"
PACKS = HERE / "partnerships"
PARTS = ("actors", "instruments", "mechanisms", "themes", "plans")

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
    files = [read_yaml(path, KnowledgeFile) for path in sorted(folder.glob("*.yaml"))]
    heads = [file.partnership for file in files if file.partnership]
    if len(heads) != 1:
        raise KnowledgeError(f"{folder}: exactly one file must describe the partnership; {len(heads)} do.")
    return Pack(partnership=heads[0], folder=str(folder), version=_hash(folder.glob("*.yaml")), **_joined(files))


def load_knowledge(packs: Iterable[Pack] | None = None) -> Knowledge:
    """The world's knowledge and that of `packs` (by default all that ship with Comity)."""
    packs = tuple(load_pack(name) for name in pack_names()) if packs is None else tuple(packs)
    parts = _joined([read_yaml(path, KnowledgeFile) for path in sorted(WORLD.glob("*.yaml"))])
    merged: dict[str, Any] = {part: _merged(source[part] for source in (parts, *map(asdict, packs))) for part in PARTS}
    return Knowledge(version=knowledge_version(packs), packs=packs, **merged)


def _merged(sources: Iterable[Iterable[Entry]]) -> dict[str, Entry]:
    """The entries by id. A later one replaces an earlier, whose further names and acronyms still count."""
    result: dict[str, Entry] = {}
    for entry in chain.from_iterable(sources):
        earlier = result.get(entry.id)
        result[entry.id] = _with_names(entry, earlier) if earlier else entry
    return result


def _with_names(entry: Entry, earlier: Entry) -> Entry:
    if isinstance(entry, Theme | Plan) or isinstance(earlier, Theme | Plan):
        return entry
    names = {
        language: tuple(dict.fromkeys((*entry.names.get(language, ()), *earlier.names.get(language, ()))))
        for language in {**entry.names, **earlier.names}
    }
    return replace(entry, names=names, acronyms=tuple(dict.fromkeys((*entry.acronyms, *earlier.acronyms))))


def knowledge_version(packs: Iterable[Pack]) -> str:
    """The version that `load_knowledge` gives, without loading the world."""
    return hashlib.sha256("".join([_hash(WORLD.glob("*.yaml")), *(pack.version for pack in packs)]).encode()).hexdigest()[:12]


def _joined(files: list[KnowledgeFile]) -> dict[str, Any]:
    joined = {part: tuple(entry for file in files for entry in getattr(file, part)) for part in PARTS}
    for part, entries in joined.items():
        seen: set[str] = set()
        for entry in entries:
            if entry.id in seen:
                raise KnowledgeError(f"{part}: {entry.id!r} is described twice; keep one.")
            seen.add(entry.id)
    return joined


def _hash(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]
