"""Parses YAML into a struct, and says file, line and field where it does not fit.

Scalars stay text until the struct asks for a number, so `NO`, `on` and `2011-11` mean what they look like. Aliases, duplicate keys and
tags are refused: a data file has no use for them, and a hostile one has.
"""

import re
from typing import Any, TypeVar

import msgspec
import yaml

from comity.errors import KnowledgeError

T = TypeVar("T")
UNKNOWN = re.compile(r"unknown field `(\w+)`")
NULLS = {"", "~", "null"}
PATH_STEP = re.compile(r"(?:^|\.)(\w+)|\[(\d+)\]|\[\.\.\.\]")
ANCHOR = re.compile(r"(?:^|[\s\[\]{},])[&*]")
"""Where an anchor or alias may begin; the `&` of an address (`?a=1&b=2`) stands inside a word. Most files need no second look."""


def parse_yaml(text: str, shape: type[T], *, name: str) -> T:
    """`text` as `shape`; `name` is how messages call it. Raises KnowledgeError."""
    root = compose(text, name=name)
    return convert(root, shape, name=name) if root is not None else msgspec.convert({}, shape)


def compose(text: str, *, name: str) -> yaml.Node | None:
    """The text's YAML nodes, which know their lines. Raises KnowledgeError where it is no YAML, or has anchors."""
    try:
        if ANCHOR.search(text):
            _refuse_anchors(text, name)
        return yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise KnowledgeError(_syntax_sentence(name, error)) from error
    except RecursionError as error:
        raise KnowledgeError(f"{name}: is nested too deeply.") from error


def convert(node: yaml.Node, shape: type[T], *, name: str) -> T:
    """What stands at a node as `shape`. Raises KnowledgeError with file, line and field."""
    try:
        return msgspec.convert(_plain(node, name), shape, strict=False)
    except msgspec.ValidationError as error:
        raise KnowledgeError(_fault_sentence(name, node, str(error))) from error
    except RecursionError as error:
        raise KnowledgeError(f"{name}: is nested too deeply.") from error


def node_at(node: yaml.Node, path: str) -> tuple[yaml.Node, bool]:
    """The deepest node that a path such as `actors[3].names` reaches, and whether that is the whole path."""
    for step in PATH_STEP.finditer(path):
        key, index = step.groups()
        if key and isinstance(node, yaml.MappingNode):
            below = [child for name, child in node.value if name.value == key]
        elif index and isinstance(node, yaml.SequenceNode):
            below = node.value[int(index) : int(index) + 1]
        else:
            return node, False
        if not below:
            return node, False
        node = below[0]
    return node, True


def _refuse_anchors(text: str, name: str) -> None:
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise KnowledgeError(f"{name}:{line}: anchors and aliases are not allowed; write the value out.")


def _plain(node: yaml.Node, name: str) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return None if node.style is None and node.value.lower() in NULLS else node.value
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child, name) for child in node.value]
    result: dict[str, Any] = {}
    for key, child in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise KnowledgeError(f"{name}:{key.start_mark.line + 1}: a key must be a word.")
        if key.value in result:
            raise KnowledgeError(f"{name}:{key.start_mark.line + 1}: {key.value!r} stands twice; keep one.")
        result[key.value] = _plain(child, name)
    return result


def _syntax_sentence(name: str, error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error).splitlines()[0]
    return f"{name}:{mark.line + 1}: is no valid YAML ({problem})." if mark else f"{name}: is no valid YAML ({problem})."


def _fault_sentence(name: str, root: yaml.Node, message: str) -> str:
    reason, _, path = message.partition(" - at `$")
    path = path.rstrip("`")
    node = node_at(root, path)[0]
    if (unknown := UNKNOWN.search(reason)) and isinstance(node, yaml.MappingNode):
        node = next((key for key, _ in node.value if key.value == unknown[1]), node)
    return f"{name}:{node.start_mark.line + 1}: {reason} (field {path.lstrip('.') or 'top level'})."
