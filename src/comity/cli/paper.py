"""A paper on the screen."""

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from comity.cli.screen import screen
from comity.publishing.labels import Labels
from comity.publishing.lines import Line, Paper

MARKS = {"suggested": "yellow", "conflict": "bold red"}


def show_paper(paper: Paper, labels: Labels) -> None:
    """The paper for a terminal, the words that prove each line in bold."""
    console = screen()
    console.print(Rule(Text(paper.title, style="bold"), align="left"))
    for lead in paper.lead:
        console.print(Text(lead))
    for section in paper.sections:
        console.print()
        console.print(Text(section.title.upper() if console.width < 60 else section.title, style="bold underline"))
        if not section.lines:
            console.print(Text(section.empty, style="dim"))
        for part in section.parts:
            if part.title:
                console.print(Text(part.title, style="bold"))
            for line in part.lines:
                show_line(console, line, labels)
            if part.more:
                console.print(Text(f"  … {part.more}", style="dim"))


def show_line(console: Console, line: Line, labels: Labels) -> None:
    """One line with its proof."""
    console.print(Padding(_head(line, labels), (0, 0, 0, 2), expand=False))
    console.print(Padding(_proof(line), (0, 0, 0, 4), expand=False))


def _head(line: Line, labels: Labels) -> Text:
    text = Text(f"• {line.text}")
    if line.mark:
        text.append(f"  [{labels.say(line.mark)}]", MARKS.get(line.mark, "dim"))
    return text


def _proof(line: Line) -> Text:
    """The sentence, what is to be said of it, and where it stands."""
    rows = []
    if line.passage:
        rows.append(Text.assemble("“", *((words, "bold" if proves else "") for words, proves in line.pieces), "”"))
    if line.note:
        rows.append(Text(line.note, style="italic"))
    if line.source:
        rows.append(Text(f"({line.source})", style="dim"))
    if line.against:
        rows.append(_proof(line.against))
    if line.about:
        rows.append(Text(line.about, style="dim"))
    return Text("\n").join(rows)
