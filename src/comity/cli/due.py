"""`comity due`: undertakings with a date, and what has become of them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from comity.cli.options import AsOfOption, Format, FormatOption, HomeOption, LanguageOption, PackOption, RegisterOption, register_path
from comity.cli.screen import print_json, screen, tell

if TYPE_CHECKING:
    from comity.publishing.labels import Labels
    from comity.publishing.line_writer import LineWriter
    from comity.publishing.sentences import Sentences
    from comity.tracking.undertaking import Undertaking


WIDE = 26
"""Columns at most of all but the undertaking itself."""


def due(
    before: Annotated[str | None, typer.Option("--before", metavar="DATE", help="Due then or before.")] = None,
    after: Annotated[str | None, typer.Option("--after", metavar="DATE", help="Due then or later.")] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="ID", help="Who undertook it, such as VNM or ASEAN.")] = None,
    as_of: AsOfOption = None,
    register: RegisterOption = None,
    pack: PackOption = None,
    lang: LanguageOption = "en",
    format: FormatOption = Format.TABLE,
    home: HomeOption = None,
) -> None:
    """List what was undertaken with a date: open, due, kept and by what, late or put off."""
    from comity.cli.days import day_of
    from comity.cli.packs import pack_of
    from comity.cli.who import actor_id
    from comity.intervals import LATEST
    from comity.knowledge import load_knowledge
    from comity.publishing.labels import Labels
    from comity.publishing.line_writer import LineWriter
    from comity.register import open_register
    from comity.tracking.happenings import Happenings
    from comity.tracking.undertakings_followed import Follower

    labels = Labels(lang)
    today = day_of(as_of)
    for given in (before, after):
        day_of(given)
    with open_register(register_path(register, home), create=False) as opened:
        loaded = pack_of(pack, opened)
        knowledge = load_knowledge((loaded,))
        view = opened.view()
        by = by and actor_id(by, knowledge, view)
        dated = list(opened.view(happened_by=as_of).commitments(by=by, due_before=before or LATEST, due_after=after, newest_first=False))
        follower = Follower(view, knowledge, Happenings(view, knowledge, today).keeping(dated), today)
        found = sorted(follower.follow(dated), key=_order)
        writer = LineWriter(loaded, knowledge, view, labels)
        if format is Format.JSON:
            _show_json(found, writer.sentences, labels)
        else:
            _show_table(found, writer, labels)


def _order(one: "Undertaking") -> tuple[str, str, str]:
    document = one.found.document
    return (one.found.finding.due or "", document.published or "", document.id)


def _show_json(found: "Sequence[Undertaking]", sentences: "Sentences", labels: "Labels") -> None:
    from comity.publishing.undertaking_record import undertaking_record

    records = [undertaking_record(one, sentences, labels) for one in found]
    print_json(records)


def _show_table(found: "Sequence[Undertaking]", writer: "LineWriter", labels: "Labels") -> None:
    from rich.table import Table
    from rich.text import Text

    from comity.publishing.same_sentence import gathered
    from comity.publishing.undertaking_record import standing_sentence

    if not found:
        tell(labels.say("due_nothing"))
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    for key in ("column_due", "column_standing", "column_undertaken_by", "column_undertaking"):
        table.add_column(labels.say(key), overflow="fold", max_width=None if key == "column_undertaking" else WIDE)
    for group in gathered(found, writer.stands_with, len(found))[0]:
        one, line = group[0], writer.undertaking(group)
        words = Text.assemble(*((words, "bold" if proves else "") for words, proves in line.pieces))
        words.append(f"\n{line.source}", "dim")
        if reason := standing_sentence(one, writer.sentences, labels):
            words.append(f"\n{reason}", "italic")
        if proof := one.kept or one.held:
            words.append(f"\n“{writer.around(proof.evidence).text.strip()}”", "dim")
        by = writer.naming.actors(one.found.finding.by) or labels.say("no_party")
        table.add_row(labels.date(one.found.finding.due), labels.say(f"standing_{one.standing.value}"), Text(by), words)
    screen().print(table)
    if any(one.kept or one.held for one in found):
        tell(labels.say("due_suggested"))
