"""What the commands that list lines of a register share: opening it with a pack and a language, and the two formats."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from comity.cli.options import register_path

if TYPE_CHECKING:
    from comity.knowledge import Knowledge
    from comity.publishing.labels import Labels
    from comity.publishing.line_writer import LineWriter
    from comity.publishing.lines import Line
    from comity.register import View


class Opened(Struct, frozen=True):
    """A register in use, what is known, and the words of a language."""

    view: "View"
    knowledge: "Knowledge"
    labels: "Labels"
    writer: "LineWriter"


@contextmanager
def opened(register: str | None, home: Path | None, pack: str | None, lang: str) -> Iterator[Opened]:
    from comity.cli.packs import pack_of
    from comity.knowledge import load_knowledge
    from comity.publishing.labels import Labels
    from comity.publishing.line_writer import LineWriter
    from comity.register import open_register

    labels = Labels(lang)
    with open_register(register_path(register, home), create=False) as there:
        loaded = pack_of(pack, there)
        knowledge = load_knowledge((loaded,))
        view = there.view()
        yield Opened(view, knowledge, labels, LineWriter(loaded, knowledge, view, labels))


def show_lines(of: Opened, id: str, lines: Sequence["Line"], *, count: str, empty: str, title: str, lead: str) -> None:
    """The lines on the screen; `count`, `empty` and `title` are keys of the labels, `lead` is a sentence."""
    from comity.cli.paper import show_paper
    from comity.publishing.lines import Paper, Part, Section

    labels = of.labels
    section = Section(id=id, title=labels.count(count, len(lines)), parts=(Part(lines=tuple(lines)),), empty=labels.say(empty))
    show_paper(Paper(language=labels.language, title=labels.say(title), lead=(lead,), sections=(section,), foot=""), labels)
