"""`comity events`: occurrences with their sources, however many documents tell them."""

import sys
from typing import Annotated

import typer

from comity.cli.options import (
    DEFAULT_PACK,
    AsOfOption,
    HomeOption,
    LanguageOption,
    PackOption,
    PaperFormat,
    PaperFormatOption,
    RegisterOption,
    register_path,
)


def events(
    since: Annotated[str | None, typer.Option("--since", metavar="DATE", help="Held or planned then or later.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DATE", help="Held or planned then or before.")] = None,
    mechanism: Annotated[str | None, typer.Option("--mechanism", metavar="ID", help="Of a meeting or forum.")] = None,
    actor: Annotated[str | None, typer.Option("--actor", metavar="ID", help="With a party, such as VNM or ASEAN.")] = None,
    as_of: AsOfOption = None,
    register: RegisterOption = None,
    pack: PackOption = DEFAULT_PACK,
    lang: LanguageOption = "en",
    format: PaperFormatOption = PaperFormat.SCREEN,
    home: HomeOption = None,
) -> None:
    """List what happened, was moved, is planned or overdue; each occurrence once, with the number of sources that tell it."""
    import msgspec

    from comity.cli.days import day_of
    from comity.cli.paper import show_paper
    from comity.knowledge import load_knowledge, load_pack
    from comity.publishing.labels import Labels
    from comity.publishing.line_writer import LineWriter
    from comity.publishing.lines import Paper, Part, Section
    from comity.register import open_register
    from comity.tracking.occurrences import occurrences

    labels = Labels(lang)
    loaded = load_pack(pack)
    knowledge = load_knowledge((loaded,))
    today = day_of(as_of)
    for given in (since, until):
        day_of(given)
    with open_register(register_path(register, home), create=False) as opened:
        view = opened.view()
        found = occurrences(view, knowledge, today=today, since=since, until=until, mechanism=mechanism, actor=actor)
        if format is PaperFormat.JSON:
            sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(found), indent=2) + b"\n")
            return
        writer = LineWriter(loaded, knowledge, view, labels)
        lines = tuple(writer.occurrence(one) for one in found)
    title = labels.count("events", len(lines))
    section = Section(id="events", title=title, parts=(Part(lines=lines),), empty=labels.say("events_none"))
    lead = (labels.say("events_lead", day=labels.date(today.isoformat())),)
    show_paper(Paper(language=lang, title=labels.say("events_title"), lead=lead, sections=(section,), foot=""), labels)
