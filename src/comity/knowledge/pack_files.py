"""Reads a pack's folder entry by entry, so that one fault in its writing hides no other."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_type_hints

import yaml
from msgspec import Struct

from comity.errors import KnowledgeError
from comity.knowledge.fault import Fault
from comity.knowledge.schema import KnowledgeFile, Pack, Partnership
from comity.knowledge.yaml_nodes import compose, convert

SHAPES: dict[str, Any] = {part: get_args(hint)[0] for part, hint in get_type_hints(KnowledgeFile).items()}
"""`actors` are Actor, `plans` are Plan ..."""


class FolderRead(Struct, frozen=True, kw_only=True):
    """What of a folder could be read, and the faults of what could not. Without a head, a stand-in serves."""

    pack: Pack
    has_head: bool
    faults: tuple[Fault, ...]


def pack_paths(folder: Path) -> list[Path]:
    """The files of a pack, the head's first."""
    return sorted(folder.glob("*.yaml"), key=lambda path: (path.name != "pack.yaml", path.name))


def read_folder(folder: Path) -> FolderRead:
    """All files of the folder that end in `.yaml`."""
    faults: list[Fault] = []
    parts: dict[str, dict[str, tuple[Any, str]]] = {part: {} for part in SHAPES}
    for path in pack_paths(folder):
        for part, node, place in _nodes(path, faults):
            try:
                entry = convert(node, SHAPES[part], name=str(path))
            except KnowledgeError as error:
                faults.append(_told(error, path, node))
                continue
            key = getattr(entry, "id", place) if part != "partnership" else "head"
            if key in parts[part]:
                faults.append(Fault(part, key, f"is described twice, first at {parts[part][key][1]}; keep one.", place=place))
            else:
                parts[part][key] = (entry, place)
    if not (folder / "pack.yaml").is_file():
        faults.append(Fault("pack", "", "is missing; write the head of the partnership there.", place=f"{folder / 'pack.yaml'}"))
    elif not parts["partnership"] and not faults:
        faults.append(Fault("partnership", "", "is missing; one file must hold the head.", place=f"{folder / 'pack.yaml'}:1"))
    heads = [head for head, _ in parts.pop("partnership").values()]
    stand_in = Partnership(id=folder.name, names={}, parties=(), languages=("en", "vi"))
    entries = {part: tuple(entry for entry, _ in found.values()) for part, found in parts.items()}
    pack = Pack(partnership=heads[0] if heads else stand_in, folder=str(folder), version="check", **entries)
    return FolderRead(pack=pack, has_head=bool(heads), faults=tuple(faults))


def _nodes(path: Path, faults: list[Fault]) -> Iterator[tuple[str, yaml.Node, str]]:
    """Part, node and `file:line` of each entry of a file."""
    try:
        root = compose(path.read_text(encoding="utf-8"), name=str(path))
    except (OSError, UnicodeDecodeError) as error:
        faults.append(Fault("file", "", f"can't be read as UTF-8 text ({error}).", place=str(path)))
        return
    except KnowledgeError as error:
        faults.append(_told(error, path, None))
        return
    if root is None:
        return
    if not isinstance(root, yaml.MappingNode):
        faults.append(Fault("file", "", "must hold parts (actors:, plans: ...).", place=f"{path}:{root.start_mark.line + 1}"))
        return
    seen: set[str] = set()
    for key, below in root.value:
        place = f"{path}:{key.start_mark.line + 1}"
        if key.value not in SHAPES:
            faults.append(Fault("file", key.value, f"is no part of a pack; known are {', '.join(SHAPES)}.", place=place))
        elif key.value in seen:
            faults.append(Fault("file", key.value, "stands twice; keep one.", place=place))
        elif key.value == "partnership":
            yield key.value, below, place
        elif isinstance(below, yaml.SequenceNode):
            for node in below.value:
                yield key.value, node, f"{path}:{node.start_mark.line + 1}"
        elif not (isinstance(below, yaml.ScalarNode) and not below.value):
            faults.append(Fault("file", key.value, "must be a list; begin each entry with a hyphen.", place=place))
        seen.add(key.value)


def _told(error: KnowledgeError, path: Path, node: yaml.Node | None) -> Fault:
    """The sentence of a KnowledgeError as a fault with its place."""
    place, message = str(path), str(error).removeprefix(f"{path}:")
    line, _, rest = message.partition(":")
    if line.isdigit():
        return Fault("file", "", rest.strip(), place=f"{place}:{line}")
    return Fault("file", "", message.strip(), place=f"{place}:{node.start_mark.line + 1}" if node else place)
