"""A PDF or Word file to its text: a paragraph a line, headings set apart, page headers and footers left out, columns one after the other.

Title and date come from the file's properties only where the text bears them out: a template's title, or the day a scan was made, is not
the document's.
"""

import io
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import docx
import pypdfium2
from msgspec.structs import replace

from comity.errors import BadInputError
from comity.intake.assemble import Found
from comity.intake.blocks import Block, Kind
from comity.intake.blocks.block import clean
from comity.intake.blocks.office import FAULTS
from comity.intake.blocks.word import word_blocks
from comity.intake.known import Known
from comity.intake.ocr import read_pdf
from comity.intervals import IsoDate, is_iso
from comity.knowledge.folded import fold

LONG_CELL = 60
"""A table with longer cells is prose in boxes: a cell a line, so that no sentence runs over two."""
HEAD = 3_000
LONGEST_TITLE = 250
SHORT_TITLE = 25
PDF_DATE = re.compile(r"(?:D:)?(\d{4})(\d\d)?(\d\d)?")
WORD = re.compile(r"\w+")


def pdf_text(content: bytes, name: str) -> Found:
    """The text of a PDF, read by OCR where it has only pictures and OCR is there. Raises BadInputError."""
    read = read_pdf(content, name)
    properties = _pdf_properties(content)
    made = [_pdf_day(properties.get(key, "")) for key in ("CreationDate", "ModDate")]
    return replace(_found(read.blocks, properties.get("Title", ""), made, note="OCR" if read.by_ocr else None), fault=read.fault)


def word_text(content: bytes, name: str) -> Found:
    """The text of a DOCX file with its tables. Raises BadInputError."""
    blocks = word_blocks(content, name)
    if not blocks:
        raise BadInputError(f"{name}: is empty; there is nothing to read in it.")
    title, made = _word_properties(content)
    return _found(blocks, title, made, note=None)


def text_of(blocks: Iterable[Block]) -> str:
    """The blocks as text: a blank line between paragraphs, none between the items of a list and the rows of a table."""
    pieces: list[str] = []
    before: Block | None = None
    for block in blocks:
        lines = "\n".join(_lines(block))
        if not lines.strip():
            continue
        if before is not None:
            together = before.kind is block.kind and block.kind in (Kind.ITEM, Kind.ROW) and before.table == block.table
            pieces.append("\n" if together else "\n\n")
        pieces.append(lines)
        before = block
    return "".join(pieces)


def _lines(block: Block) -> Iterator[str]:
    if block.kind is not Kind.ROW:
        yield f"{block.label or ''} {block.text}".strip()
        return
    cells = [cell.replace("\n", " ").strip() for cell in block.cells]
    filled = [cell for cell in cells if cell]
    if any(len(cell) > LONG_CELL for cell in filled):
        yield from filled
    elif filled:
        yield " | ".join(filled)


def _found(blocks: list[Block], title: str, made: Iterable[IsoDate | None], *, note: str | None) -> Found:
    text = text_of(blocks)
    kept = _borne_out(title, text) or _heading(blocks)
    day = next((one for one in made if one and re.search(rf"(?<!\d){one[:4]}(?!\d)", text)), None)
    return Found(text=text, known=Known(title=kept, note=note), made=day)


def _borne_out(title: str, text: str) -> str | None:
    """The title of the properties, where its words stand in the head of the text: not `Microsoft Word - draft_v3`."""
    title = clean(title)
    words, head = WORD.findall(fold(title)), set(WORD.findall(fold(text[:HEAD])))
    return title if len(words) > 1 and len(title) <= LONGEST_TITLE and all(word in head for word in words) else None


def _heading(blocks: list[Block]) -> str | None:
    """The first heading near the top; a short one ("Joint Statement") with the headings under it."""
    start = next((index for index, block in enumerate(blocks[:5]) if block.kind is Kind.HEADING and block.text), None)
    if start is None:
        return None
    title = blocks[start].text
    for block in blocks[start + 1 : start + 3]:
        if len(title) >= SHORT_TITLE or block.kind is not Kind.HEADING or block.label:
            break
        title = f"{title} {block.text}"
    return title[:LONGEST_TITLE]


def _pdf_properties(content: bytes) -> dict[str, str]:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        return {}
    try:
        return dict(document.get_metadata_dict(skip_empty=True))
    finally:
        document.close()


def _pdf_day(value: str) -> IsoDate | None:
    """`D:20200131083000+07'00'` is 2020-01-31."""
    match = PDF_DATE.match(value)
    day = "-".join(part for part in match.groups() if part) if match else ""
    return day if len(day) == len("2020-01-31") and is_iso(day) else None


def _word_properties(content: bytes) -> tuple[str, list[IsoDate | None]]:
    try:
        properties: Any = docx.Document(io.BytesIO(content)).core_properties
        return str(properties.title or ""), [_day(properties.created), _day(properties.modified)]
    except FAULTS:
        return "", []


def _day(moment: datetime | None) -> IsoDate | None:
    return moment.date().isoformat() if moment else None
