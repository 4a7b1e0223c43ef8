"""A paper as one HTML page that loads nothing from elsewhere, in the looks of the report. The same paper gives the same bytes."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from comity.publishing.labels import Labels
from comity.publishing.lines import Paper
from comity.publishing.unbroken import unbroken

TEMPLATES = Path(__file__).parent / "templates"


def paper_page(paper: Paper, labels: Labels) -> str:
    """The page."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["unbroken"] = unbroken
    style = Markup((TEMPLATES / "report.css").read_text(encoding="utf-8"))  # our own file, no input
    page = environment.get_template("paper.html").render(paper=paper, say=labels.say, style=style)
    return f"{page.strip()}\n"
