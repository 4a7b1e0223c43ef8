"""A PDF to blocks: its printed lines and ruled tables, read with PDFium; a PDF without text or with a password is refused in one sentence.

Lines come with their place on the page; columns, tables and paragraphs are worked out from there (pdf_layout, pdf_tables, lines).
"""

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from comity.errors import BadInputError
from comity.intake.blocks.block import Block
from comity.intake.blocks.furniture import running_lines
from comity.intake.blocks.lines import Line, blocks_of_lines
from comity.intake.blocks.pdf_layout import laid_out
from comity.intake.blocks.pdf_open_tables import Columns, open_table
from comity.intake.blocks.pdf_pieces import Piece, rows_of
from comity.intake.blocks.pdf_tables import Found, Rules, TableRows, joined_tables, rules_of, tables_on
from comity.settings import limit_of

WIDE_GAP = 1.1
"""White space wider than this many letter heights parts two columns or cells."""
HYPHENS = (0xFFFE, 0x2)
"""What PDFium puts for a hyphen at a line's end, in place of the line's end."""
UNITS = ("m", "km", "cm")
RAISED = 0.2
LARGER = 1.2
FEW_LETTERS = 20
"""A scanned page may have a stamp or page number as text."""
MOST_OF_A_PAGE = 0.5


class NoTextError(BadInputError):
    """A PDF of pictures only: OCR may help."""


def pdf_blocks(content: bytes, name: str) -> list[Block]:
    """The blocks of a PDF. Raises BadInputError."""
    document = _opened(content, name)
    try:
        pages = [_page(document[index]) for index in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise BadInputError(f"{name}: has a page that can't be read ({error}); print the PDF to a new one.") from error
    finally:
        document.close()
    if not any(pieces for pieces, _ in pages):
        raise NoTextError(
            f"{name}: has no text in it, only pictures (a scan?); make it readable with OCR first, such as `ocrmypdf IN.pdf OUT.pdf`."
        )
    tables = _without_furniture([tables_on(pieces, rules, page) for page, (pieces, rules) in enumerate(pages, 1)])
    content_of_pages = laid_out(_with_open_tables(tables))
    return list(_blocks(joined_tables(content_of_pages)))


def picture_pages(content: bytes, name: str) -> list[int]:
    """The numbers of the pages that hold a picture and no text: scans between pages with text. Raises BadInputError."""
    document = _opened(content, name)
    try:
        return [number for number in range(1, len(document) + 1) if _is_picture(document[number - 1])]
    except pypdfium2.PdfiumError as error:
        raise BadInputError(f"{name}: has a page that can't be read ({error}); print the PDF to a new one.") from error
    finally:
        document.close()


def _is_picture(page: Any) -> bool:
    text = page.get_textpage()
    try:
        if text.count_chars() > FEW_LETTERS:
            return False
        width, height = page.get_size()
        pictures = page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=3)
        return any(_share(picture.get_bounds(), width * height) > MOST_OF_A_PAGE for picture in pictures)
    finally:
        text.close()
        page.close()


def _share(bounds: tuple[float, float, float, float], area: float) -> float:
    left, bottom, right, top = bounds
    return abs((right - left) * (top - bottom)) / max(area, 1.0)


def _without_furniture(pages: list[Found]) -> list[Found]:
    rows = [rows_of(found.rest) for found in pages]
    words = [[" ".join(piece.text for piece in row) for row in page] for page in rows]
    running = [set(dropped) for dropped in running_lines(words)]
    if rows:
        running[0] -= _titles(rows, words, running)
    return [
        Found(found.tables, [piece for index, row in enumerate(page) if index not in drop for piece in row])
        for found, page, drop in zip(pages, rows, running, strict=True)
    ]


def _titles(rows: list[list[list[Piece]]], words: list[list[str]], running: list[set[int]]) -> set[int]:
    """Lines of the first page in larger type than the running lines of the same words: a title that the page headers repeat."""
    heights: dict[str, float] = {}
    for page, texts, dropped in zip(rows[1:], words[1:], running[1:], strict=True):
        heights |= {texts[index]: page[index][0].height for index in dropped}
    return {index for index in running[0] if rows[0][index][0].height > LARGER * heights.get(words[0][index], float("inf"))}


def _with_open_tables(pages: list[Found]) -> list[tuple[list[Piece], list[TableRows]]]:
    """Each page's text and tables, tables without drawn lines among them where it has none with."""
    result = []
    columns: Columns | None = None
    for number, found in enumerate(pages, 1):
        table, rest = None, found.rest
        if not found.tables:
            table, rest, columns = open_table(found.rest, number, columns)
        result.append((rest, [table] if table else found.tables))
    return result


def _blocks(content: list[Line | TableRows]) -> Iterator[Block]:
    run: list[Line] = []
    number = 0
    for item in content:
        if isinstance(item, Line):
            run.append(item)
            continue
        yield from blocks_of_lines(run, place_of="page {page}, line {number}")
        run = []
        number += 1
        yield from item.blocks(number)
    yield from blocks_of_lines(run, place_of="page {page}, line {number}")


def _opened(content: bytes, name: str) -> Any:
    try:
        document = pypdfium2.PdfDocument(content)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise BadInputError(f"{name}: is encrypted; open it with its password and print it to a new PDF without one.") from error
        raise BadInputError(f"{name}: is no whole PDF ({error}); save it again.") from error
    if count > (limit := limit_of("COMITY_MAX_PAGES")):
        document.close()
        raise BadInputError(
            f"{name}: has {count:,} pages, more than {limit:,}; save the pages that matter in a file of their own, or raise the limit with "
            "COMITY_MAX_PAGES."
        )
    return document


def _page(page: Any) -> tuple[list[Piece], Rules]:
    text = page.get_textpage()
    try:
        return list(_pieces(text.raw)), rules_of(page)
    finally:
        text.close()
        page.close()


def _pieces(text: Any) -> Iterator[Piece]:
    """Runs of letters on one line without wide gaps, in the order of the file."""
    reader = _Letters(text)
    start: int | None = None
    last = 0
    for index, letter in enumerate(reader.letters):
        if letter in "\r\n":
            if start is not None:
                yield reader.piece(start, last)
            start = None
        elif letter == " ":
            if start is not None and reader.is_wide_after(last, index):
                yield reader.piece(start, last)
                start = None
        else:
            start = index if start is None else start
            last = index
            if index in reader.line_ends:
                yield reader.piece(start, last)
                start = None
    if start is not None:
        yield reader.piece(start, last)


class _Letters:
    """A page's letters and, where asked, the boxes around them."""

    def __init__(self, text: Any) -> None:
        self._text = text
        count = max(0, pdfium.FPDFText_CountChars(text))
        codes = [pdfium.FPDFText_GetUnicode(text, index) for index in range(count)]
        self.letters = ["-" if code in HYPHENS else _letter(code) for code in codes]
        self.line_ends = {index for index, code in enumerate(codes) if code in HYPHENS}

    def box(self, index: int) -> tuple[float, float, float, float]:
        """Left, bottom, right, top: as high as the type, not as the letter."""
        box = pdfium.FS_RECTF()
        pdfium.FPDFText_GetLooseCharBox(self._text, index, ctypes.byref(box))
        return box.left, box.bottom, box.right, box.top

    def is_wide_after(self, last: int, blank: int) -> bool:
        following = blank + 1
        while following < len(self.letters) and self.letters[following] == " ":
            following += 1
        if following >= len(self.letters) or self.letters[following] in "\r\n":
            return False
        before, after = self.box(last), self.box(following)
        return after[0] - before[2] > WIDE_GAP * max(4.0, before[3] - before[1]) or after[0] < before[0] - 1

    def piece(self, start: int, last: int) -> Piece:
        middle = self._typical(start, last)
        first, typical, final = self.box(start), self.box(middle), self.box(last)
        words = "".join(self._without_marks(start, last, middle, typical[3] - typical[1]))
        weight = min(self._weight(start), self._weight(middle), self._weight(last))
        return Piece(text=words, left=first[0], right=final[2], bottom=typical[1], top=typical[3], strong=weight >= 600)

    def _typical(self, start: int, last: int) -> int:
        """A letter in the middle of the piece: a bullet before it may be of another type."""
        middle = (start + last) // 2
        return next((index for index in (*range(middle, last + 1), *range(middle, start, -1)) if self.letters[index].isalpha()), middle)

    def _without_marks(self, start: int, last: int, middle: int, height: float) -> Iterator[str]:
        """The letters without footnote signs: raised digits after a word (`security¹`, but not `km²`)."""
        base = self._origin(middle)
        for index in range(start, last + 1):
            letter, before = self.letters[index], self.letters[index - 1] if index > start else " "
            is_raised = letter.isdecimal() and before != " " and self._foot(index) - base > RAISED * height
            if not is_raised or self._is_after_unit(start, index):
                yield letter

    def _is_after_unit(self, start: int, index: int) -> bool:
        return "".join(self.letters[max(start, index - 3) : index]).rsplit(" ", 1)[-1] in UNITS

    def _origin(self, index: int) -> float:
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(self._text, index, ctypes.byref(x), ctypes.byref(y))
        return y.value

    def _foot(self, index: int) -> float:
        """Where the drawn letter itself ends below."""
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        pdfium.FPDFText_GetCharBox(self._text, index, *map(ctypes.byref, (left, right, bottom, top)))
        return bottom.value

    def _weight(self, index: int) -> int:
        weight = int(pdfium.FPDFText_GetFontWeight(self._text, index))
        if weight > 0 and weight != 400:
            return weight
        size = pdfium.FPDFText_GetFontInfo(self._text, index, None, 0, None)
        buffer = ctypes.create_string_buffer(max(1, size))
        pdfium.FPDFText_GetFontInfo(self._text, index, buffer, size, None)
        return 700 if b"bold" in buffer.value.lower() else 400


def _letter(code: int) -> str:
    if code in (0x9, 0xA0) or not (0 < code < 0xD800 or 0xDFFF < code < 0x110000):
        return " "
    return chr(code)
