"""A paper as a Word document: headings to navigate by, each line with its sentence (the words that prove it in bold) and its source."""

import io

import docx
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph

from comity.publishing.labels import Labels
from comity.publishing.lines import Line, Paper
from comity.publishing.plan_office import without_stamps
from comity.publishing.word_page import on_numbered_pages

QUIET = RGBColor(0x56, 0x60, 0x68)
SMALL = Pt(9)


def paper_word(paper: Paper, labels: Labels) -> bytes:
    """The document's bytes, the same for the same paper."""
    document = docx.Document()
    document.core_properties.title, document.core_properties.author = paper.title, "Comity"
    document.core_properties.language = paper.language
    on_numbered_pages(document, paper.language)
    document.add_heading(paper.title, 0)
    for lead in paper.lead:
        document.add_paragraph(lead)
    for section in paper.sections:
        document.add_heading(section.title, 1)
        if not section.lines:
            _quiet(document.add_paragraph(), section.empty)
        for part in section.parts:
            if part.title:
                document.add_heading(part.title, 2)
            for line in part.lines:
                _add_line(document, line, labels)
            if part.more:
                _quiet(document.add_paragraph(), f"… {part.more}")
    _quiet(document.add_paragraph(), paper.foot)
    buffer = io.BytesIO()
    document.save(buffer)
    return without_stamps(buffer.getvalue())


def _add_line(document: "docx.document.Document", line: Line, labels: Labels) -> None:
    if line.text:
        _add_head(document, line, labels)
    if line.passage:
        quote = document.add_paragraph(style="Quote")
        quote.add_run("“")
        for words, proves in line.pieces:
            quote.add_run(words).bold = proves or None
        quote.add_run("”")
    if line.note:
        document.add_paragraph(line.note)
    if line.source:
        _quiet(document.add_paragraph(), " · ".join(part for part in (line.source, line.link) if part))
    if line.against:
        _add_line(document, line.against, labels)


def _add_head(document: "docx.document.Document", line: Line, labels: Labels) -> None:
    head = document.add_paragraph(style="List Bullet")
    head.add_run(line.text).bold = True
    if line.mark:
        _quiet(head, f" [{labels.say(line.mark)}]")


def _quiet(paragraph: Paragraph, text: str) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb = SMALL, QUIET
