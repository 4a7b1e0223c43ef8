"""The words of each language as data: `vi/cues.yaml`, `en/dates.yaml` ... A folder a language; each grammar says its file's shape.
What texts of all languages share lies beside the folders."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from comity.errors import KnowledgeError
from comity.knowledge.yaml_file import read_yaml
from comity.records import LanguageCode

HERE = Path(__file__).parent
T = TypeVar("T")
PHRASE = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)+")
"""Words with blanks between them, and nothing else."""


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


def load_common_words(topic: str, shape: type[T]) -> T:
    """The words on a topic that texts of all languages share (`given_names`) as `shape`. Raises KnowledgeError."""
    return read_yaml(HERE / f"{topic}.yaml", shape)


def load_phrases(language: LanguageCode, topics: Iterable[str]) -> Iterator[str]:
    """All groups of words that the language's files on these topics hold, whatever they are for there."""
    for topic in topics:
        yield from _phrases(load_words(language, topic, dict))


def _phrases(value: object) -> Iterator[str]:
    if isinstance(value, str):
        if PHRASE.fullmatch(value):
            yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _phrases(one)
    elif isinstance(value, list):
        for one in value:
            yield from _phrases(one)
