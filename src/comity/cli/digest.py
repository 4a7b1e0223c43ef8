"""`comity digest`: what the register learned since a day, for the screen, a file or a mail."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from comity.cli.options import AsOfOption, HomeOption, LanguageOption, PackOption, RegisterOption, register_path
from comity.cli.screen import tell

if TYPE_CHECKING:
    from comity.publishing.saved_paper import Fresh
    from comity.register import Register

LISTED = 15
"""Hits of each saved search."""


class Format(StrEnum):
    SCREEN = "screen"
    TEXT = "text"
    HTML = "html"
    DOCX = "docx"
    MAIL = "mail"


ENDINGS = {".html": Format.HTML, ".htm": Format.HTML, ".docx": Format.DOCX, ".eml": Format.MAIL, ".txt": Format.TEXT}


def digest(
    since: Annotated[str, typer.Option("--since", metavar="DATE", help="What was learned then or later.")],
    format: Annotated[
        Format | None,
        typer.Option("--format", help="How it is shown; `mail` is a message ready to be sent. Default: as the file's ending says."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write a file instead: .html, .docx, .eml or .txt.")
    ] = None,
    sender: Annotated[str, typer.Option("--from", metavar="ADDRESS", help="The sender of a mail.")] = "comity@localhost",
    to: Annotated[str | None, typer.Option("--to", metavar="ADDRESS", help="The recipient of a mail.")] = None,
    as_of: AsOfOption = None,
    saved: Annotated[
        str | None, typer.Option("--saved", metavar="SIGN-IN NAME", help="Only what is new in the saved searches of a portal's account.")
    ] = None,
    register: RegisterOption = None,
    pack: PackOption = None,
    lang: LanguageOption = "en",
    home: HomeOption = None,
) -> None:
    """Tell what the register learned: new figures, contradictions, events, undertakings, statements, decisions."""
    from comity.cli.brief import Format as PaperFormat
    from comity.cli.brief import content_of
    from comity.cli.days import day_of
    from comity.cli.packs import pack_of
    from comity.cli.paper import show_paper
    from comity.cli.written import format_for, write_whole
    from comity.errors import BadInputError
    from comity.knowledge import load_knowledge
    from comity.publishing.digest_paper import digest_mail, digest_paper
    from comity.publishing.labels import Labels
    from comity.publishing.line_writer import LineWriter
    from comity.publishing.saved_paper import saved_paper
    from comity.register import open_register
    from comity.tracking.digest import build_digest

    for address in (sender, to):
        if address is not None and (address.count("@") != 1 or any(mark.isspace() or ord(mark) < 32 for mark in address)):
            raise BadInputError(f"{address!r} is no mail address; give one such as desk@example.org.")
    labels = Labels(lang)
    with open_register(register_path(register, home), create=False) as opened:
        loaded = pack_of(pack, opened)
        knowledge = load_knowledge((loaded,))
        writer = LineWriter(loaded, knowledge, opened.view(), labels)
        if saved is None:
            paper = digest_paper(build_digest(opened, loaded, knowledge, since=since, today=day_of(as_of)), loaded, writer, labels)
        else:
            paper = saved_paper(fresh_in(opened, saved, since), since=since, writer=writer, labels=labels, listed=LISTED)
    wanted = format_for(output, format, ENDINGS, screen=Format.SCREEN)
    if wanted is Format.SCREEN and output is None:
        show_paper(paper, labels)
        return
    if wanted is Format.MAIL:
        content = digest_mail(paper, day_of(as_of), labels, sender=sender, to=to)
    else:
        content = content_of(paper, labels, PaperFormat(wanted.value))
    if output is None:
        sys.stdout.buffer.write(content)
        return
    write_whole(output, content)
    tell(labels.say("digest_written", path=output))


def fresh_in(register: "Register", login: str, since: str) -> "list[Fresh]":
    """The saved searches of an account, each with its hits in documents added since a day. Raises BadInputError."""
    from comity.errors import BadInputError
    from comity.intervals import one_date
    from comity.publishing.saved_paper import Fresh
    from comity.tracking.saved_questions import wanted_of

    account = register.accounts().by_login(login.strip().casefold())
    if account is None:
        raise BadInputError(f"Nobody signs in as {login!r}; the names are under People in the portal.")
    saved = register.saved()
    view = saved.view_since(one_date(since))
    return [Fresh(one.name, view.search(wanted_of(one), limit=LISTED + 1).hits) for one in saved.of(account.key)]
