"""A paper as plain text, for mail and for a file: lines of 78 columns, sources in brackets, addresses on lines of their own."""

from textwrap import fill

from comity.publishing.labels import Labels
from comity.publishing.lines import Line, Paper

WIDTH = 78


def paper_text(paper: Paper, labels: Labels) -> str:
    """The whole text, ending in one line end."""
    pieces = [_over(paper.title, "="), *(fill(lead, WIDTH) for lead in paper.lead)]
    for section in paper.sections:
        pieces.append(_over(section.title, "-"))
        if not section.lines:
            pieces.append(fill(section.empty, WIDTH))
        for part in section.parts:
            if part.title:
                pieces.append(f"{part.title}:")
            pieces += [_line(line, labels) for line in part.lines]
            if part.more:
                pieces.append(f"  … {part.more}")
    return "\n\n".join([*pieces, fill(paper.foot, WIDTH)]) + "\n"


def _over(title: str, mark: str) -> str:
    return f"{title}\n{mark * min(len(title), WIDTH)}"


def _line(line: Line, labels: Labels) -> str:
    mark = f" [{labels.say(line.mark)}]" if line.mark else ""
    rows = [fill(f"* {line.text}{mark}", WIDTH, subsequent_indent="  ")] if line.text else []
    if line.passage:
        rows.append(_inside(f"“{' '.join(line.passage.text.split())}”"))
    if line.note:
        rows.append(_inside(line.note))
    if line.source:
        rows.append(_inside(f"({line.source})"))
    if line.link:
        rows.append(f"  <{line.link}>")
    if line.against:
        rows.append(_line(line.against, labels))
    return "\n".join(rows)


def _inside(text: str) -> str:
    return fill(text, WIDTH, initial_indent="  ", subsequent_indent="  ", break_long_words=False)
