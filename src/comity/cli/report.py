"""`comity report`: the ledger and all it rests on as one self-contained HTML page."""

from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from comity.cli.options import (
    HappenedOption,
    HomeOption,
    KnownOption,
    LanguageOption,
    PackOption,
    RegisterOption,
    register_path,
)
from comity.cli.screen import tell

if TYPE_CHECKING:
    from comity.knowledge import Knowledge, Pack
    from comity.publishing.labels import Labels
    from comity.register import LinkView, View

PAGES = (".html", ".htm")


def report(
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="The HTML file to write.")] = Path("report.html"),
    register: RegisterOption = None,
    pack: PackOption = None,
    known: KnownOption = None,
    happened_by: HappenedOption = None,
    lang: LanguageOption = "en",
    home: HomeOption = None,
) -> None:
    """Write one HTML page with the ledger, its chart, every claim's sentence, and what does not fit."""
    from comity.cli.packs import pack_of
    from comity.errors import BadInputError
    from comity.knowledge import load_knowledge
    from comity.publishing.labels import Labels
    from comity.register import open_register

    labels = Labels(lang)
    if output.suffix.lower() not in PAGES:
        raise BadInputError(f"{output}: a report is a web page; name a file that ends in {' or '.join(PAGES)}.")
    with open_register(register_path(register, home), create=False) as opened:
        loaded = pack_of(pack, opened)
        view, links = opened.view(known=known, happened_by=happened_by), opened.links(known=known, happened_by=happened_by)
        write_report(output, view, links, loaded, load_knowledge((loaded,)), labels, as_of=happened_by or known)
    tell(labels.say("report_written", path=output))


def write_report(
    output: Path, view: "View", links: "LinkView", pack: "Pack", knowledge: "Knowledge", labels: "Labels", as_of: str | None = None
) -> None:
    """Writes the page whole or not at all. What Comity counts is as of a day, or of the last decision: so the same register gives the same
    page tomorrow."""
    from comity.cli.days import day_of
    from comity.cli.written import write_whole
    from comity.publishing.report import report_page
    from comity.tracking import build_overview
    from comity.tracking.contradictions import contradictions
    from comity.tracking.occurrences import telling_occurrences
    from comity.tracking.status import plans_status

    found = contradictions(view, knowledge, telling_occurrences(view, knowledge, today=day_of(None)))
    last = deque(view.decisions(), maxlen=1)
    statuses = plans_status(pack.plans, links, as_of=as_of or last[0].made[:10]) if last else []
    page = report_page(build_overview(pack, view), knowledge, view, labels, found, statuses)
    write_whole(output, page.encode())
