"""Where an entry and its fields stand: file and line, for messages. Read anew each time, because only a fault asks."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml

from comity.errors import KnowledgeError
from comity.knowledge.yaml_nodes import compose, node_at

TOP_KEY = re.compile(r"(\w+):")
ENTRY = re.compile(r"-\s+\{?\s*id:\s*[\"']?([^\"',}\s]+)")
NUMBERED = re.compile(r"\[(\d+)\]")


def places_of(entry: str, part: str, paths: Iterable[Path]) -> list[str]:
    """All `file:line` at which the files describe the entry of a part (`actors`, `plans` ...), in order."""
    found = []
    for path in sorted(paths):
        current = ""
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if key := TOP_KEY.match(line):
                current = key[1]
                if current == part == "partnership":
                    found.append(f"{path}:{number}")
            elif current == part and (begin := ENTRY.match(line.lstrip())) and begin[1] == entry:
                found.append(f"{path}:{number}")
    return found


class Atlas:
    """Knows the lines of some files, the first given first; reads them when first asked."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self._paths = list(paths)
        self._texts: dict[Path, str] = {}
        self._files: dict[Path, yaml.Node | None] = {}

    def place(self, part: str, entry: str, field: str = "", value: str | None = None) -> str:
        """`file:line` of a field's value; else of the same value beside or below it; else of the entry, wherever it is described."""
        entries = list(self._entries(part, entry))
        for path, node in entries:
            found, whole = node_at(node, field)
            if whole and (value is None or (isinstance(found, yaml.ScalarNode) and found.value == value)):
                return f"{path}:{found.start_mark.line + 1}"
        for path, node in entries:
            for scalar in _scalars(node_at(node, field.split("[")[0])[0]) if value is not None else ():
                if scalar.value == value:
                    return f"{path}:{scalar.start_mark.line + 1}"
        if field and len(entries) == 1:
            path, node = entries[0]
            return f"{path}:{node_at(node, field)[0].start_mark.line + 1}"
        return ", ".join(f"{path}:{node.start_mark.line + 1}" for path, node in entries)

    def _entries(self, part: str, entry: str) -> Iterator[tuple[Path, yaml.Node]]:
        """The nodes that describe the entry; a row without an id by its number among all rows."""
        number, rows = NUMBERED.fullmatch(entry), 0
        for path in self._paths:
            text = self._text(path)
            if not number and part != "partnership" and entry not in text:  # spares the parsing of most files
                continue
            root = self._root(path)
            if root is None:
                continue
            below, there = node_at(root, part)
            if there and part == "partnership":
                yield path, below
            elif there and isinstance(below, yaml.SequenceNode):
                for node in below.value:
                    if (int(number[1]) == rows) if number else _id(node) == entry:
                        yield path, node
                    rows += 1

    def _text(self, path: Path) -> str:
        if path not in self._texts:
            try:
                self._texts[path] = path.read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError):  # told as a fault of its own
                self._texts[path] = ""
        return self._texts[path]

    def _root(self, path: Path) -> yaml.Node | None:
        if path not in self._files:
            try:
                self._files[path] = compose(self._text(path), name=str(path))
            except KnowledgeError:  # told as a fault of its own
                self._files[path] = None
        return self._files[path]


def _id(node: yaml.Node) -> str | None:
    found, whole = node_at(node, "id")
    return found.value if whole and isinstance(found, yaml.ScalarNode) else None


def _scalars(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from _scalars(child)
    elif isinstance(node, yaml.MappingNode):
        for _, child in node.value:
            yield from _scalars(child)
