"""The pages of a Word document: A4 as ministries print on, numbered, in the language that its reader's program should spell by."""

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from comity.records import LanguageCode

WIDTH, HEIGHT = Mm(210), Mm(297)


def on_numbered_pages(document: "docx.document.Document", language: LanguageCode) -> None:
    """Makes the document's pages A4 with their numbers below, and its words of the language."""
    for section in document.sections:
        section.page_width, section.page_height = WIDTH, HEIGHT
    foot = document.sections[0].footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    number = OxmlElement("w:fldSimple")
    number.set(qn("w:instr"), "PAGE")
    foot._p.append(number)
    for told in document.styles.element.iter(qn("w:lang")):
        told.set(qn("w:val"), language)
