"""Reads one YAML file into a struct: parsed once (yaml_nodes.py), and taken as it was read as long as it stays the same."""

from pathlib import Path
from typing import TypeVar

from comity.errors import KnowledgeError
from comity.knowledge.cache import recall, remember

T = TypeVar("T")


def read_yaml(path: Path, shape: type[T]) -> T:
    """The file's content as `shape`, parsed only where it is new. Raises KnowledgeError with file, line and field."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{path}: can't be read as UTF-8 text ({error}).") from error
    known = recall(text, shape, name=str(path))
    if known is not None:
        return known
    from comity.knowledge.yaml_nodes import parse_yaml  # most often nothing is new, and nothing is parsed

    value = parse_yaml(text, shape, name=str(path))
    remember(text, shape, value, name=str(path))
    return value
