"""What Comity counts itself, beside what is claimed: for the screen and as JSON."""

import sys

import msgspec
from rich.text import Text

from comity.cli.link_view import show_unlinked
from comity.cli.screen import screen
from comity.knowledge import Knowledge, Pack
from comity.languages import load_words
from comity.publishing.labels import Labels
from comity.publishing.line_record import status_record
from comity.publishing.naming import Naming
from comity.publishing.overview_record import overview_record
from comity.publishing.rate_sentences import rate_sentences
from comity.publishing.sentences import Sentences
from comity.register import Register
from comity.tracking import Overview
from comity.tracking.status import PlanStatus


def write_json(overview: Overview, counted: list[PlanStatus], knowledge: Knowledge, register: Register, labels: Labels) -> None:
    """The overview with `counted`, plan by plan, as one JSON object."""
    sentences = Sentences(overview.pack, labels, Naming(knowledge, labels, register.view()))
    record = {**overview_record(overview, sentences), "counted": [status_record(status) for status in counted]}
    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(record), indent=2) + b"\n")


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
