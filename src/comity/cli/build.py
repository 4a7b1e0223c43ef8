"""`comity build`: files and folders into a register. The same document again adds nothing; a file that can't be read costs no other."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing
from time import monotonic
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec import Struct

from comity.cli.options import HomeOption, LanguageOption, MapOption, PackOption, RegisterOption, register_path
from comity.cli.screen import remarks, tell

if TYPE_CHECKING:
    from comity.cli.reading import LateReader
    from comity.publishing.labels import Labels
    from comity.records import Document, Reading
    from comity.register import Register, Writer
    from comity.register.prepared import Prepared

STOPPED = 130
TOGETHER, SECONDS = 1_000, 5.0
"""Readings in one transaction at most, and for how long they wait for it: the more together, the faster they are written; a crash costs
what waits."""


class Built(Struct, frozen=True):
    """How many documents were read, were there already, and could not be read."""

    new: int
    there: int
    failed: int


def build(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="Texts, PDF, DOCX, mails, ZIP, JSON lines, CSV of texts, or folders with all below them."),
    ],
    register: RegisterOption = None,
    pack: PackOption = None,
    map: MapOption = None,
    lang: LanguageOption = "en",
    home: HomeOption = None,
) -> None:
    """Read files and folders into a register."""
    from comity.cli.packs import begun_with
    from comity.cli.reading import LateReader
    from comity.cli.track import track_register
    from comity.knowledge import load_pack
    from comity.publishing.labels import Labels
    from comity.register import open_register
    from comity.tracking.track import Tracking

    labels = Labels(lang)
    if pack:
        load_pack(pack)  # one that is none leaves no register behind
    with open_register(register_path(register, home)) as opened:
        loaded = begun_with(pack, opened)
        reader = LateReader((loaded,))
        built = build_register(paths, opened, reader, labels, fields=map or ())
        track_register(opened, Tracking(loaded), labels)
    tell(summary(built, labels))
    if built.failed:
        raise typer.Exit(2)


def summary(built: Built, labels: "Labels") -> str:
    """ "36 documents read, 0 already there, 0 failed." """
    return labels.say(
        "build_summary",
        new=labels.count("build_new", built.new),
        there=labels.count("build_there", built.there),
        failed=labels.count("build_failed", built.failed),
    )


def build_register(
    paths: Iterable[str], register: "Register", reader: "LateReader", labels: "Labels", *, fields: Iterable[str] = ()
) -> Built:
    """Adds every document that is not there yet. Ctrl-C keeps what was read and says how to go on."""
    from comity.cli.inputs import named_documents
    from comity.cli.readers import read_together
    from comity.intake import Unreadable
    from comity.register.uncollected import uncollected

    failed = 0
    paths = list(paths)
    adding = Adding(register.writer(reader.themes()), reader)

    def unread() -> Iterator["Document"]:
        nonlocal failed
        for document in named_documents(paths, fields=fields):
            if isinstance(document, Unreadable):
                failed += 1
                tell(document.sentence)
            elif not adding.knows(document, reader.version):
                yield document
            step()

    with ExitStack() as stack:
        step = _progress(paths, labels, stack)
        stack.enter_context(uncollected())
        try:
            for prepared in stack.enter_context(closing(read_together(unread(), reader))):
                adding.add_prepared(prepared)
            adding.write()
        except KeyboardInterrupt:
            adding.write()
            stack.close()
            tell(labels.say("build_stopped", register=register.name))
            raise typer.Exit(STOPPED) from None
    return Built(adding.new, adding.there, failed)


class Adding:
    """Readings on their way into a register, several in one transaction: that is many times faster, and a crash costs a few at most."""

    def __init__(self, writer: "Writer", reader: "LateReader") -> None:
        self.new = 0
        self.there = 0
        self._writer = writer
        self._reader = reader
        self._waiting: list[Prepared] = []
        self._written = monotonic()

    def knows(self, document: "Document", reader: str) -> bool:
        """Whether the document is in the register already; counts it then."""
        known = self._writer.has(document.id, reader)
        self.there += known
        return known

    def add(self, reading: "Reading") -> None:
        from comity.register.prepared import prepare

        self.add_prepared(prepare(reading, self._writer.themes, self._reader.famous))

    def add_prepared(self, prepared: "Prepared") -> None:
        self._waiting.append(prepared)
        if len(self._waiting) >= TOGETHER or monotonic() - self._written > SECONDS:
            self.write()

    def write(self) -> None:
        """Writes those that wait; two files of the same words are one document."""
        from comity.register import Added
        from comity.register.uncollected import collect

        waiting, self._waiting = self._waiting, []
        for added in self._writer.add_prepared(waiting, famous=self._reader.famous) if waiting else ():
            self.there += added is Added.NOTHING
            self.new += added is not Added.NOTHING
        for remark in self._writer.remarks():
            tell(remark)
        self._written = monotonic()
        collect()  # not searched while readings come in (uncollected): most of what there was is gone now


def _progress(paths: list[str], labels: "Labels", stack: ExitStack) -> Callable[[], None]:
    """A bar on a terminal, nothing elsewhere; gives the function to call after each document."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from comity.intake.counting import count_documents

    console = remarks()
    if not console.is_terminal:
        return lambda: None
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = stack.enter_context(Progress(*columns, console=console, transient=True))
    task = bar.add_task(labels.say("build_reading"), total=count_documents(paths))
    return lambda: bar.advance(task)
