"""The words of each language as data: `vi/cues.yaml`, `en/dates.yaml` ... A folder a language; each grammar says its file's shape."""

from pathlib import Path
from typing import TypeVar

from comity.errors import KnowledgeError
from comity.knowledge.yaml_file import read_yaml
from comity.records import LanguageCode

HERE = Path(__file__).parent
T = TypeVar("T")


def languages() -> list[LanguageCode]:
    """The languages Comity reads: the folders here."""
    return sorted(folder.name for folder in HERE.iterdir() if folder.is_dir() and any(folder.glob("*.yaml")))


def load_words(language: LanguageCode, topic: str, shape: type[T]) -> T:
    """The language's file on a topic (`cues`, `dates`, `titles` ...) as `shape`. Raises KnowledgeError."""
    path = HERE / language / f"{topic}.yaml"
    if not path.is_file():
        raise KnowledgeError(
            f"{path}: the language {language!r} has no words on {topic}; copy the file from another language and translate it."
        )
    return read_yaml(path, shape)
