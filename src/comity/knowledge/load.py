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
from comity.knowledge.aims import Alignment, Claim, Flagship, Goal, PriorityArea, Vision
from comity.knowledge.schema import Actor, Instrument, KnowledgeFile, Mechanism, Pack, Plan, Theme
from comity.knowledge.yaml_file import read_yaml
from comity.settings import pack_folders

HERE = Path(__file__).parent
WORLD = HERE / "world"
PACKS = HERE / "partnerships"
PARTS = ("actors", "instruments", "mechanisms", "themes", "plans", "sdgs", "visions", "priority_areas", "flagships", "claims")
"""The parts whose entries have ids; an alignment is a row without one."""
JOINED = ("acronyms", "offices", "ties")

Entry = TypeVar("Entry", Actor, Instrument, Mechanism, Theme, Plan, Goal, Vision, PriorityArea, Flagship, Claim)


class Knowledge(Struct, frozen=True, kw_only=True):
    """Everything the reader may know, by id. `version` changes when any file does."""

    version: str
    actors: dict[str, Actor]
    instruments: dict[str, Instrument]
    mechanisms: dict[str, Mechanism]
    themes: dict[str, Theme]
    plans: dict[str, Plan]
    sdgs: dict[str, Goal] = {}
    visions: dict[str, Vision] = {}
    priority_areas: dict[str, PriorityArea] = {}
    flagships: dict[str, Flagship] = {}
    claims: dict[str, Claim] = {}
    alignments: tuple[Alignment, ...] = ()
    packs: tuple[Pack, ...] = ()


def pack_names() -> list[str]:
    """The packs that have a name: those that ship with Comity and those in the folders of `COMITY_PACKS`."""
    return sorted(_folders_by_name())


def shipped_packs() -> list[str]:
    """The packs that ship with Comity; their folders are not the user's to write into."""
    return sorted(name for name, folder in _folders_by_name().items() if folder.parent == PACKS)


def pack_folder(pack: str | Path) -> Path:
    """The folder of a pack that has a name, or is a folder itself. Raises KnowledgeError where no pack is there."""
    named = _folders_by_name()
    folder = named[pack] if isinstance(pack, str) and pack in named else Path(pack)
    if not (folder / "pack.yaml").is_file():
        raise KnowledgeError(
            f"There is no pack {str(pack)!r}; known are {', '.join(sorted(named))}, or give a folder that holds a pack.yaml."
        )
    return folder


def _folders_by_name() -> dict[str, Path]:
    """A folder of `COMITY_PACKS` may be a pack or hold packs; the first of a name counts, and before one that ships."""
    found: dict[str, Path] = {}
    for place in (*pack_folders(), PACKS):
        if not place.is_dir():
            raise KnowledgeError(f"{place}: is no folder; correct COMITY_PACKS.")
        for folder in (place, *sorted(place.iterdir())):
            if (folder / "pack.yaml").is_file():
                found.setdefault(folder.name, folder)
    return found


def load_pack(pack: str | Path) -> Pack:
    """The pack of a name (`asean-un`), or the one in a folder. Raises KnowledgeError."""
    folder = pack_folder(pack)
    paths = sorted(folder.glob("*.yaml"))
    files = [read_yaml(path, KnowledgeFile) for path in paths]
    heads = [file.partnership for file in files if file.partnership]
    if len(heads) != 1:
        raise KnowledgeError(f"{folder}: exactly one file must describe the partnership; {len(heads)} do.")
    return Pack(partnership=heads[0], folder=str(folder), version=_hash(paths), **_joined(files, paths))


def load_knowledge(packs: Iterable[Pack] | None = None) -> Knowledge:
    """The world's knowledge and that of `packs` (by default all that have a name)."""
    packs = tuple(load_pack(name) for name in pack_names()) if packs is None else tuple(packs)
    paths = sorted(WORLD.glob("*.yaml"))
    parts = _joined([read_yaml(path, KnowledgeFile) for path in paths], paths)
    merged: dict[str, Any] = {part: _merged(source[part] for source in (parts, *map(asdict, packs))) for part in PARTS}
    rows = (*parts["alignments"], *(row for pack in packs for row in pack.alignments))
    return Knowledge(version=knowledge_version(packs), packs=packs, alignments=rows, **merged)


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
        if isinstance(value, dict) and isinstance(before, dict):
            changes[field.name] = {key: _union(value.get(key), before.get(key)) for key in {**value, **before}}
        else:
            changes[field.name] = _union(value, before) if field.name in JOINED else value
    return replace(known, **changes)


def _union(first: Any, second: Any) -> Any:
    """Both lists without doubles; of two texts the first."""
    if isinstance(first, tuple) and isinstance(second, tuple):
        return (*first, *(one for one in second if one not in first))
    return first or second


def knowledge_version(packs: Iterable[Pack]) -> str:
    """The version that `load_knowledge` gives, without loading the world."""
    return hashlib.sha256("".join([_hash(WORLD.glob("*.yaml")), *(pack.version for pack in packs)]).encode()).hexdigest()[:12]


def _joined(files: list[KnowledgeFile], paths: list[Path]) -> dict[str, Any]:
    joined: dict[str, Any] = {part: tuple(entry for file in files for entry in getattr(file, part)) for part in PARTS}
    for part, entries in joined.items():
        seen: set[str] = set()
        for entry in entries:
            if entry.id in seen:
                from comity.knowledge.places import places_of

                first, second = (*places_of(entry.id, part, paths), "", "")[:2]
                raise KnowledgeError(f"{second}: {entry.id!r} is described twice under {part}, first at {first}; keep one.")
            seen.add(entry.id)
    return {**joined, "alignments": tuple(row for file in files for row in file.alignments)}


def _hash(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]
