"""A plan's rows as a workbook (sheets Lines, Sections, Plan) and as a Word document (a table a section), and back."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import docx
import openpyxl
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from comity.errors import BadInputError
from comity.intake.blocks.office import FAULTS, checked_office
from comity.publishing.plan_rows import PlanRows, Row, rows_under, table
from comity.publishing.word_page import HEIGHT, WIDTH

LINES, SECTIONS, PLAN = "Lines", "Sections", "Plan"
FIELD, VALUE = "field", "value"
CELL_LIMIT = 32_767
WIDTHS = {"words": 70, "responsible": 24, "themes": 24, "note": 30, "place": 22, "names": 40, "value": 80}
ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
STAMPED = rb"\g<1>2000-01-01T00:00:00Z"
EPOCH = (1980, 1, 1, 0, 0, 0)


def write_plan_workbook(rows: PlanRows) -> bytes:
    """The workbook's bytes. Raises BadInputError where a text is longer than a cell may be."""
    book = openpyxl.Workbook(write_only=True)
    for title, content in ((LINES, table(rows.lines)), (SECTIONS, table(rows.sections)), (PLAN, _pairs(rows.plan))):
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        for column, name in enumerate(content[0]):
            letter = openpyxl.utils.get_column_letter(column + 1)
            sheet.column_dimensions[letter].width = WIDTHS.get(name.split(" [")[0], 16)
        for number, cells in enumerate(content):
            sheet.append([_sheet_cell(sheet, text, is_header=number == 0) for text in cells])
    buffer = io.BytesIO()
    book.save(buffer)
    return without_stamps(buffer.getvalue())


def read_plan_workbook(content: bytes, name: str) -> PlanRows | None:
    """The rows of a workbook that `write_plan_workbook` wrote; None where it lacks the three sheets. Raises BadInputError for no whole
    workbook."""
    checked_office(content, name).close()
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        if not {LINES, SECTIONS, PLAN} <= set(book.sheetnames):
            return None
        lines, sections, plan = (_sheet_rows(book[title]) for title in (LINES, SECTIONS, PLAN))
    except FAULTS as error:
        raise BadInputError(f"{name}: is no whole workbook ({error}); open it and save it again as .xlsx.") from error
    return PlanRows(_unpaired(plan), sections, lines)


def write_plan_document(rows: PlanRows) -> bytes:
    """The Word document's bytes."""
    document = docx.Document()
    page = document.sections[0]
    page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, HEIGHT, WIDTH
    document.add_heading(_name(rows.plan), 0)
    _add_table(document, _pairs(rows.plan))
    for section in rows.sections:
        document.add_heading(_name(section), 1)
        _add_table(document, _pairs(section))
        document.add_paragraph()
        own = [row for row in rows.lines if row["section"] == section["id"]]
        lines = [{column: text for column, text in row.items() if column != "section"} for row in own]
        if lines:
            _add_table(document, table(lines))
    buffer = io.BytesIO()
    document.save(buffer)
    return without_stamps(buffer.getvalue())


def read_plan_document(content: bytes, name: str) -> PlanRows | None:
    """The rows of a Word document that `write_plan_document` wrote; None where its first table is not the plan's. Raises
    BadInputError for no whole document."""
    checked_office(content, name).close()
    try:
        tables = [_table_cells(element) for element in docx.Document(io.BytesIO(content)).element.body.iter(qn("w:tbl"))]
    except FAULTS as error:
        raise BadInputError(f"{name}: is no whole Word document ({error}); open it in Word and save it again as .docx.") from error
    if not tables or tables[0][:1] != [[FIELD, VALUE]]:
        return None
    plan = _unpaired(rows_under(tables[0][0], tables[0][1:]))
    sections: list[Row] = []
    lines: list[Row] = []
    for cells in tables[1:]:
        rows = rows_under(cells[0], cells[1:])
        if cells[0] == [FIELD, VALUE]:
            sections.append(_unpaired(rows))
        elif sections:
            lines += [{**row, "section": sections[-1].get("id", "")} for row in rows]
    return PlanRows(plan, tuple(sections), tuple(lines))


def _pairs(row: Row) -> list[list[str]]:
    return [[FIELD, VALUE], *([column, text] for column, text in row.items())]


def _unpaired(rows: Iterable[Row]) -> Row:
    return {row[FIELD]: row.get(VALUE, "") for row in rows if FIELD in row}


def _name(row: Row) -> str:
    return next((text.split("\n")[0] for column, text in row.items() if column.startswith("names")), row.get("id", ""))


def _sheet_cell(sheet: Any, text: str, *, is_header: bool) -> Any:
    written = ESCAPE.sub("_x005F_", text)
    if len(written) > CELL_LIMIT:
        raise BadInputError(
            f"A text of {len(text):,} characters ({text[:40]!r} ...) is too long for a spreadsheet's cell; export as .json."
        )
    cell = WriteOnlyCell(sheet, value=written)
    cell.data_type = "s"  # `=1+1` in a line's words is text, no formula
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if is_header:
        cell.font = Font(bold=True)
    return cell


def _sheet_rows(sheet: Any) -> tuple[Row, ...]:
    sheet.reset_dimensions()
    rows = [["" if value is None else str(value).replace("_x005F_", "_") for value in row] for row in sheet.iter_rows(values_only=True)]
    return rows_under(rows[0], rows[1:]) if rows else ()


def _add_table(document: Any, cells: Sequence[Sequence[str]]) -> None:
    """A table built cell by cell as XML: python-docx looks through the whole table for each cell."""
    new = document.add_table(rows=0, cols=len(cells[0]), style="Table Grid")
    for number, row in enumerate(cells):
        line = OxmlElement("w:tr")
        if number == 0:
            properties = OxmlElement("w:trPr")
            properties.append(OxmlElement("w:tblHeader"))
            line.append(properties)
        for text in row:
            cell, paragraph = OxmlElement("w:tc"), OxmlElement("w:p")
            paragraph.extend(_runs(text, is_bold=number == 0))
            cell.append(paragraph)
            line.append(cell)
        new._tbl.append(line)


def _runs(text: str, *, is_bold: bool) -> Iterator[Any]:
    run = OxmlElement("w:r")
    if is_bold:
        properties = OxmlElement("w:rPr")
        properties.append(OxmlElement("w:b"))
        run.append(properties)
    for piece in re.split(r"([\n\t])", text):
        if piece in ("\n", "\t"):
            run.append(OxmlElement("w:br" if piece == "\n" else "w:tab"))
        elif piece:
            words = OxmlElement("w:t")
            words.text = piece
            words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            run.append(words)
    yield run


def _table_cells(element: Any) -> list[list[str]]:
    return [["\n".join(_paragraph(p) for p in cell.iter(qn("w:p"))) for cell in row.iter(qn("w:tc"))] for row in element.iter(qn("w:tr"))]


def _paragraph(paragraph: Any) -> str:
    signs = {qn("w:br"): "\n", qn("w:tab"): "\t"}
    return "".join(signs.get(part.tag) or part.text or "" for part in paragraph.iter(qn("w:t"), *signs))


def without_stamps(content: bytes) -> bytes:
    """The same Office file without the time it was written."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.infolist():
            data = source.read(member)
            if member.filename == "docProps/core.xml":
                data = STAMP.sub(STAMPED, data)
            target.writestr(zipfile.ZipInfo(member.filename, EPOCH), data, zipfile.ZIP_DEFLATED)
    return result.getvalue()
