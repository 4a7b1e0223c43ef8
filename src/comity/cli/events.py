"""`comity events`: occurrences with their sources, however many documents tell them."""

from typing import Annotated

import typer

from comity.cli import options
from comity.cli.line_list import opened, show_lines
from comity.cli.screen import print_json


def events(
    since: Annotated[str | None, typer.Option("--since", metavar="DATE", help="Held or planned then or later.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DATE", help="Held or planned then or before.")] = None,
    mechanism: Annotated[str | None, typer.Option("--mechanism", metavar="ID", help="Of a meeting or forum.")] = None,
    actor: Annotated[str | None, typer.Option("--actor", metavar="ID", help="With a party, such as VNM or ASEAN.")] = None,
    as_of: options.AsOfOption = None,
    register: options.RegisterOption = None,
    pack: options.PackOption = None,
    lang: options.LanguageOption = "en",
    format: options.PaperFormatOption = options.PaperFormat.SCREEN,
    home: options.HomeOption = None,
) -> None:
    """List what happened, was moved, is planned or overdue; each occurrence once, with the number of sources that tell it."""
    from comity.cli.days import day_of
    from comity.cli.who import actor_id, mechanism_id
    from comity.tracking.occurrences import occurrences

    today = day_of(as_of)
    for given in (since, until):
        day_of(given)
    with opened(register, home, pack, lang) as of:
        mechanism = mechanism and mechanism_id(mechanism, of.knowledge)
        actor = actor and actor_id(actor, of.knowledge, of.view)
        found = occurrences(of.view, of.knowledge, today=today, since=since, until=until, mechanism=mechanism, actor=actor)
        if format is options.PaperFormat.JSON:
            print_json(found)
            return
        lead = of.labels.say("events_lead", day=of.labels.date(today.isoformat()))
        lines = [of.writer.occurrence(one) for one in found]
        show_lines(of, "events", lines, count="events", empty="events_none", title="events_title", lead=lead)
