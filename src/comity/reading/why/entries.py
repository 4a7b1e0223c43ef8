"""The entries of a language's data files by their words: which of them stand in a stretch of a text, and in which line of which file.

In: a language and topics (`cues`, `titles` ...). The files are read anew, with their lines, for nobody but who asks why needs them.
"""

from collections.abc import Iterator

import yaml
from msgspec import Struct

from comity.knowledge.folded import Folded
from comity.knowledge.matcher import Matcher
from comity.knowledge.yaml_nodes import compose
from comity.languages import HERE
from comity.reading.why.grounds import short_place
from comity.records import LanguageCode


class Entry(Struct, frozen=True):
    """A value of a data file: where it stands, under which keys."""

    value: str
    place: str
    key: str


class Entries:
    """The values of some topics of a language."""

    def __init__(self, language: LanguageCode, *topics: str) -> None:
        self.all = tuple(entry for topic in topics for entry in file_entries(language, topic))
        self._matcher = Matcher((entry.value, entry) for entry in self.all)

    def within(self, text: Folded, start: int, end: int) -> Iterator[tuple[int, int, Entry]]:
        """The longest entries that stand in the stretch, from left to right, each as the first file and line have it."""
        for match in self._matcher.find(text, start, end):
            yield match.start, match.end, match.values[0]

    def of(self, value: str) -> Entry | None:
        """The entry with this very value."""
        return next((entry for entry in self.all if entry.value == value), None)


def file_entries(language: LanguageCode, topic: str) -> Iterator[Entry]:
    """Every value of one file, and every key that stands for words ("january: 1")."""
    path = HERE / language / f"{topic}.yaml"
    root = compose(path.read_text(encoding="utf-8"), name=str(path))
    if root is not None:
        yield from _below(root, short_place(str(path)), "")


def _below(node: yaml.Node, file: str, key: str) -> Iterator[Entry]:
    if isinstance(node, yaml.ScalarNode):
        yield Entry(node.value, f"{file}:{node.start_mark.line + 1}", key)
    elif isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from _below(child, file, key)
    elif isinstance(node, yaml.MappingNode):
        telling = "".join(f" {name.value}={child.value}" for name, child in node.value if _is_telling(name, child))
        for name, child in node.value:
            below = f"{key}.{name.value}".strip(".") + telling
            if isinstance(child, yaml.ScalarNode) and child.value.lstrip("-").isdigit():
                yield Entry(name.value, f"{file}:{name.start_mark.line + 1}", f"{key}={child.value}")
            yield from _below(child, file, below)


def _is_telling(name: yaml.Node, child: yaml.Node) -> bool:
    """A short word beside the entry that says what it is for: `act: affirm`."""
    return (
        isinstance(child, yaml.ScalarNode)
        and child.value.replace("-", "").isalpha()
        and name.value in ("act", "frame", "kind", "means", "id")
    )
