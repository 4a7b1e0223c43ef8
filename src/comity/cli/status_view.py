"""What Comity counts itself, beside what is claimed: for the screen and as JSON."""

from collections.abc import Sequence

from rich.text import Text

from comity.cli.link_view import show_unlinked
from comity.cli.paper import show_line
from comity.cli.screen import print_json, screen
from comity.knowledge import Knowledge, Pack
from comity.languages import load_words
from comity.publishing.contradiction_record import contradiction_record, in_all_languages
from comity.publishing.labels import Labels
from comity.publishing.line_record import status_record
from comity.publishing.line_writer import LineWriter
from comity.publishing.naming import Naming
from comity.publishing.overview_record import overview_record
from comity.publishing.rate_sentences import rate_sentences
from comity.publishing.sentences import Sentences
from comity.register import Register
from comity.tracking import Overview
from comity.tracking.contradiction import Contradiction
from comity.tracking.status import PlanStatus

FIRST = 3
"""Contradictions across documents that the screen shows; `comity contradictions` has all."""


def write_json(
    overview: Overview,
    counted: list[PlanStatus],
    against: Sequence[Contradiction],
    knowledge: Knowledge,
    register: Register,
    labels: Labels,
) -> None:
    """The overview with `counted`, plan by plan, and `contradictions` across documents, as one JSON object."""
    naming = Naming(knowledge, labels, register.view())
    spoken = in_all_languages(knowledge, register.view())
    record = {
        **overview_record(overview, Sentences(overview.pack, labels, naming)),
        "counted": [status_record(status) for status in counted],
        "contradictions": [contradiction_record(one, spoken) for one in against],
    }
    print_json(record)


def show_contradictions(against: Sequence[Contradiction], writer: LineWriter, labels: Labels) -> None:
    """The first contradictions across documents, each with its reason and its two sentences."""
    if not against:
        return
    console = screen()
    console.print()
    console.print(Text(f"{labels.say('contradictions_title')} ({labels.number(len(against))})", style="bold"))
    for one in against[:FIRST]:
        show_line(console, writer.contradiction(one), labels)
    console.print(Text(labels.say("contradictions_decide", about="contradiction:…"), style="dim"), soft_wrap=True)
    if len(against) > FIRST:
        console.print(Text(labels.say("contradictions_more"), style="dim"))


def show_counted(counted: list[PlanStatus], pack: Pack, knowledge: Knowledge, register: Register, labels: Labels) -> None:
    """The rates of each plan as sentences."""
    if not counted:
        return
    console, naming = screen(), Naming(knowledge, labels, register.view())
    console.print()
    console.print(Text(load_words(labels.language, "link_labels", dict[str, str])["counted"], style="bold"))
    for status in counted:
        console.print(Text(naming.plan(status.plan)))
        for sentence in rate_sentences(status, labels):
            console.print(Text(f"  {sentence}"), soft_wrap=True)
    show_unlinked(register.links(), pack, labels)
