"""`comity brief`: everything the register holds on a topic, for a meeting tonight."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from comity.cli.options import HomeOption, LanguageOption, PackOption, RegisterOption, register_path
from comity.cli.screen import tell

if TYPE_CHECKING:
    from comity.publishing.labels import Labels
    from comity.publishing.lines import Paper


class Format(StrEnum):
    SCREEN = "screen"
    TEXT = "text"
    HTML = "html"
    DOCX = "docx"
    JSON = "json"


ENDINGS = {".html": Format.HTML, ".htm": Format.HTML, ".docx": Format.DOCX, ".txt": Format.TEXT, ".json": Format.JSON}


def brief(
    topic: Annotated[str, typer.Argument(metavar="TOPIC", help="A theme, a meeting, a plan line, or words to search for.")],
    since: Annotated[str | None, typer.Option("--since", metavar="DATE", help="Published and held then or later.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DATE", help="Published and held then or before.")] = None,
    reader: Annotated[str | None, typer.Option("--for", metavar="ID", help="For whom, such as VNM: its own words come first.")] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write a file instead: .html, .docx, .txt or .json.")
    ] = None,
    format: Annotated[Format | None, typer.Option("--format", help="How it is shown. Default: as the file's ending says.")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="Seen from that day. Default: today.")] = None,
    register: RegisterOption = None,
    pack: PackOption = None,
    lang: LanguageOption = "en",
    home: HomeOption = None,
) -> None:
    """Brief somebody: what happened, who said what, agreed, promised, delivered, open questions, each line with its source."""
    from comity.cli.days import day_of
    from comity.cli.packs import pack_of
    from comity.cli.who import actor_id
    from comity.knowledge import load_knowledge
    from comity.publishing.brief_paper import brief_paper, topic_name
    from comity.publishing.labels import Labels
    from comity.publishing.line_writer import LineWriter
    from comity.register import open_register
    from comity.tracking.brief import build_brief
    from comity.tracking.topic import topic_of

    labels = Labels(lang)
    for given in (since, until):
        day_of(given)
    with open_register(register_path(register, home), create=False) as opened:
        loaded = pack_of(pack, opened)
        knowledge = load_knowledge((loaded,))
        chosen, reader = topic_of(topic, knowledge), reader and actor_id(reader, knowledge, opened.view())
        latest = min((day for day in (until, as_of) if day), default=None)
        built = build_brief(chosen, opened, knowledge, today=day_of(as_of), since=since, until=latest, reader=reader)
        paper = brief_paper(built, LineWriter(loaded, knowledge, opened.view(), labels), knowledge, labels)
    if not any(section.lines for section in paper.sections):
        tell(labels.say("brief_nothing", topic=topic_name(chosen, knowledge, labels)))
    show(paper, labels, output, format)


def show(paper: "Paper", labels: "Labels", output: Path | None, format: Format | None) -> None:
    """On the screen, or written to a file."""
    from comity.cli.paper import show_paper
    from comity.cli.written import format_for, write_whole

    wanted = format_for(output, format, ENDINGS, screen=Format.SCREEN)
    if output is None and wanted is Format.SCREEN:
        show_paper(paper, labels)
        return
    content = content_of(paper, labels, wanted)
    if output is None:
        sys.stdout.buffer.write(content)
        return
    write_whole(output, content)
    tell(labels.say("brief_written", path=output))


def content_of(paper: "Paper", labels: "Labels", format: Format) -> bytes:
    """The paper as a file's bytes."""
    import msgspec

    from comity.publishing.paper_page import paper_page
    from comity.publishing.paper_text import paper_text
    from comity.publishing.paper_word import paper_word

    if format is Format.HTML:
        return paper_page(paper, labels).encode()
    if format is Format.DOCX:
        return paper_word(paper, labels)
    if format is Format.JSON:
        return msgspec.json.format(msgspec.json.encode(paper), indent=2) + b"\n"
    return paper_text(paper, labels).encode()
