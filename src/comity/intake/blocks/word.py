"""A Word document (DOCX) to blocks: headings, paragraphs with the numbers that Word prints, and table rows, in the order of the body.

Headers, footers and footnotes stand in other parts of the file and are not read; words that a tracked change deletes are none of the text.
"""

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn

from comity.errors import BadInputError
from comity.intake.blocks.block import Block, Kind, clean
from comity.intake.blocks.labels import split_label
from comity.intake.blocks.office import FAULTS, checked_office
from comity.intake.blocks.word_numbers import WordNumbers

P, TABLE, ROW, CELL, TEXT, TAB, BREAK = (qn(f"w:{tag}") for tag in ("p", "tbl", "tr", "tc", "t", "tab", "br"))
HYPHEN, DELETED, MOVED, BOX, SDT, SDT_CONTENT = (
    qn(f"w:{tag}") for tag in ("noBreakHyphen", "del", "moveFrom", "txbxContent", "sdt", "sdtContent")
)
VALUE = qn("w:val")
WIDEST = 60
"""Columns a cell may span; Word allows 63 in a table."""
HEADING_STYLES = ("heading", "title", "subtitle")


def word_blocks(content: bytes, name: str) -> list[Block]:
    """The blocks of a DOCX file. Raises BadInputError."""
    checked_office(content, name).close()
    try:
        return list(_Body(docx.Document(io.BytesIO(content))).blocks())
    except FAULTS as error:
        raise BadInputError(f"{name}: is no whole Word document ({error}); open it in Word and save it again as .docx.") from error


class _Body:
    """The body being walked: the numbering counts on from paragraph to paragraph."""

    def __init__(self, document: Any) -> None:
        self._body = document.element.body
        self._styles = {style.style_id: style for style in document.styles}
        self._numbers = WordNumbers(document, self._styles)
        self._paragraphs = 0
        self._tables = 0

    def blocks(self) -> Iterator[Block]:
        for element in _children(self._body):
            if element.tag == P:
                yield from self._paragraph(element)
            elif element.tag == TABLE:
                yield from self._table(element)

    def _paragraph(self, element: Any) -> Iterator[Block]:
        self._paragraphs += 1
        text = clean(_text(element))
        numbered = self._numbers.label(element) if text else None
        if not text:
            return
        label, rest = (numbered[0], text) if numbered else split_label(text)
        level = self._heading_level(element)
        kind = Kind.HEADING if level else Kind.ITEM if label else Kind.PARAGRAPH
        depth = level or (numbered[1] if numbered else 0)
        yield Block(kind=kind, text=rest, label=label, level=depth, strong=_is_strong(element), place=f"paragraph {self._paragraphs}")

    def _heading_level(self, element: Any) -> int:
        properties = element.find(qn("w:pPr"))
        outline = properties.find(qn("w:outlineLvl")) if properties is not None else None
        if outline is not None and outline.get(VALUE, "9") < "9":
            return int(outline.get(VALUE)) + 1
        style = self._style(properties)
        words = (style.name or "").lower().split() if style is not None else []
        if not words or words[0] not in HEADING_STYLES:
            return 0
        return int(words[-1]) if words[-1].isdecimal() else 1

    def _style(self, properties: Any) -> Any:
        named = properties.find(qn("w:pStyle")) if properties is not None else None
        return self._styles.get(named.get(VALUE)) if named is not None else None

    def _table(self, table: Any) -> Iterator[Block]:
        self._tables += 1
        above: dict[int, str] = {}
        for number, row in enumerate(table.iter(ROW), 1):
            cells: list[str] = []
            merged: list[int] = []
            for cell in row.iter(CELL):
                column = len(cells)
                text = self._cell_text(cell)
                vertical = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
                if vertical is not None and vertical.get(VALUE) != "restart" and not text:
                    text = above.get(column, "")
                above[column] = text
                span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
                width = min(int(span.get(VALUE, "1")), WIDEST) if span is not None else 1
                merged += range(column, column + width - 1)
                cells += [text, *[""] * (width - 1)]
            place = f"table {self._tables}, row {number}"
            yield Block(kind=Kind.ROW, cells=tuple(cells), table=self._tables, merged=tuple(merged), place=place)

    def _cell_text(self, cell: Any) -> str:
        """The cell's paragraphs, a line each; a number that Word counts for the row (an automatic list) is part of it."""
        lines = []
        for paragraph in cell.iter(P):
            text = clean(_text(paragraph))
            numbered = self._numbers.label(paragraph)
            lines.append(f"{numbered[0]} {text}".strip() if numbered else text)
        return "\n".join(line for line in lines if line)


def _children(body: Any) -> Iterator[Any]:
    for element in body:
        if element.tag == SDT:
            content = element.find(SDT_CONTENT)
            yield from _children(content) if content is not None else ()
        else:
            yield element


def _text(paragraph: Any) -> str:
    pieces: list[str] = []
    _gather(paragraph, pieces)
    return "".join(pieces)


def _gather(element: Any, pieces: list[str]) -> None:
    for child in element:
        if child.tag == TEXT:
            pieces.append(child.text or "")
        elif child.tag in (TAB, BREAK):
            pieces.append(" ")
        elif child.tag == HYPHEN:
            pieces.append("-")
        elif child.tag not in (DELETED, MOVED, BOX) and isinstance(child.tag, str):
            _gather(child, pieces)


def _is_strong(paragraph: Any) -> bool:
    runs = [run for run in paragraph.iter(qn("w:r")) if "".join(text.text or "" for text in run.iter(TEXT)).strip()]
    return bool(runs) and all(_is_on(run.find(f"{qn('w:rPr')}/{qn('w:b')}")) for run in runs)


def _is_on(bold: Any) -> bool:
    return bold is not None and bold.get(VALUE, "true") not in ("0", "false")
