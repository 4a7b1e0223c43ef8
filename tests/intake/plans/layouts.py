"""Fourteen layouts that plans come in, each built here with our own sentences, and the lines that must be read from them."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import docx
import openpyxl
import typst
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

VERBS = ("Strengthen", "Promote", "Support", "Explore", "Enhance", "Encourage", "Deepen", "Develop", "Expand", "Facilitate")
FIELDS = (
    "the exchange of early warnings on storms between river basin authorities",
    "joint training of peacekeepers, including women officers, at regional centres",
    "people-to-people contacts through scholarships for students from rural schools",
    "cooperation on the low-carbon transition, in particular for small island economies",
    "the safe return of migrant workers and the protection of their families' savings",
    "measures against illegal, unreported and unregulated fishing in shared waters",
    "the work of national statistical offices on the Sustainable Development Goals",
    "dialogue among mayors of port cities on clean air, waste water and public transport",
    "research on rice varieties that stand salt water, together with farmers' unions",
    "the use of one digital certificate of origin for goods carried by land or sea",
    "access to medicines in border districts, through shared stocks and common standards",
)
ENDS = (
    "",
    ", with a report to the two secretariats every second year",
    ", drawing on what was learned in the years 2016-2020 and on Resolution 75/239 of the General Assembly",
    ", and review by 2028 how far the agreed steps have been taken by those responsible",
)
HEADINGS = (
    "Political and security cooperation",
    "Economic cooperation",
    "Socio-cultural cooperation",
    "Cross-sectoral cooperation",
)
VIETNAMESE = (
    "Tăng cường trao đổi thông tin cảnh báo sớm về bão lũ giữa các cơ quan quản lý lưu vực sông",
    "Thúc đẩy hợp tác đào tạo lực lượng gìn giữ hòa bình, trong đó có nữ sĩ quan, tại các trung tâm khu vực",
    "Hỗ trợ các nước thành viên thực hiện Mục tiêu phát triển bền vững và thu hẹp khoảng cách phát triển",
    "Khuyến khích giao lưu nhân dân thông qua học bổng cho sinh viên các vùng khó khăn",
    "Phối hợp ngăn chặn đánh bắt hải sản bất hợp pháp trên các vùng biển chung",
    "Mở rộng đối thoại giữa các thành phố cảng về không khí sạch và giao thông công cộng",
)


@dataclass
class Layout:
    """A file, and the lines in it: (section heading, number as cited or None, words)."""

    name: str
    content: bytes
    lines: list[tuple[str, str | None, str]]
    responsible: dict[str, str] = field(default_factory=dict)
    never: tuple[str, ...] = ()


def sentence(number: int) -> str:
    """A sentence of our own that differs for every number; every third is long."""
    words = f"{VERBS[number % len(VERBS)]} {FIELDS[number % len(FIELDS)]}{ENDS[number % len(ENDS)]}"
    return words + (f", as set out in work programme {number}" if number >= 40 else "")


def sections(each: int, end: str = ".") -> list[tuple[str, list[str]]]:
    return [(heading, [sentence(place * each + index) + end for index in range(each)]) for place, heading in enumerate(HEADINGS)]


PREAMBLE = (
    "RECALLING the Joint Declaration on Comprehensive Partnership adopted in Bali;",
    "NOTING WITH APPRECIATION the progress made in the years before;",
    "REAFFIRMING that both sides share the purposes of the Charter;",
)


def text_declaration() -> Layout:
    """Wrapped plain text: a preamble, a declaration, numbers that run through the sections, form feeds, headers and page numbers."""
    import textwrap

    out, expected, number = ["JOINT DECLARATION", ""], [], 0
    for clause in PREAMBLE:
        out += [*textwrap.wrap(clause, 72), ""]
    out += ["WE HEREBY DECLARE our agreement as follows:", ""]
    for heading, lines in sections(7):
        out += [heading.upper(), ""]
        for words in lines:
            number += 1
            out += textwrap.wrap(f"{number}. {words}", 72, subsequent_indent="   ")
            expected.append((heading.upper(), str(number), words))
        out.append("")
    pages, size = [], 38
    for page, start in enumerate(range(0, len(out), size), 1):
        pages.append("\n".join(["Joint Declaration of the Parties", "", *out[start : start + size], "", f"Page {page} of 9"]))
    return Layout("declaration.txt", "\f".join(pages).encode(), expected, never=("RECALLING", "Page ", "Joint Declaration of the Parties"))


def markdown_bullets() -> Layout:
    """Bullets with bold lead-ins under bold headings, introductions before them, wrapped at 72."""
    import textwrap

    out, expected = [], []
    for place, (heading, lines) in enumerate(sections(5), 1):
        out += [f"**{heading} **", "", "The Parties attach the greatest importance to this field and have done so for years.", ""]
        for index, words in enumerate(lines, 1):
            full = f"Initiative {place}{index}: {words}"
            item = f"-   **Initiative {place}{index}:** {words}"
            out += [*textwrap.wrap(item, 72, subsequent_indent="    ", break_on_hyphens=False), "      "]
            expected.append((heading, None, full))
        out.append("")
    return Layout("facts.md", "\n".join(out).encode(), expected, never=("greatest importance",))


def markdown_lists() -> Layout:
    """Headings by level, numbered lists with lettered points below, a footnote."""
    out, expected = ["# Plan of Action 2026-2030", "", "## I. Introduction", "", "This plan follows the one before it.[^1]", ""], []
    for roman, (heading, lines) in zip(("II", "III", "IV", "V"), sections(6), strict=True):
        out += [f"## {roman}. {heading}", ""]
        out += [f"1. {lines[0]}", f"2. {lines[1]}", "", "3. To this end, the Parties will:", ""]
        expected += [(heading, "1", lines[0]), (heading, "2", lines[1])]
        for letter, words in zip("abc", lines[2:5], strict=True):
            out += [f"   ({letter}) {words}", ""]
            expected.append((heading, f"3({letter})", words))
        out += [f"4. {lines[5]}", ""]
        expected.append((heading, "4", lines[5]))
    out += ["[^1]: Adopted in Vientiane.", ""]
    return Layout("plan.md", "\n".join(out).encode(), expected, never=("follows the one", "Vientiane"))


def word_outline() -> Layout:
    """Word: title, heading styles with typed numbers (I., A.), typed numbers I.A.3, a page footer, tracked deletions."""
    document = docx.Document()
    document.sections[0].footer.paragraphs[0].text = "Draft of 3 May"
    document.add_heading("Plan of Action to Implement the Partnership (2026-2030)", 0)
    expected = []
    for roman, (heading, lines) in zip(("I", "II", "III", "IV"), sections(8), strict=True):
        document.add_heading(f"{roman}. {heading}", 1)
        for letter, part in (("A", lines[:4]), ("B", lines[4:])):
            title = f"{heading}, part {letter}"
            document.add_heading(f"{letter}. {title}", 2)
            for index, words in enumerate(part, 1):
                paragraph = document.add_paragraph(f"{roman}.{letter}.{index} {words[:20]}")
                _deleted(paragraph, "never agreed ")
                paragraph.add_run(words[20:])
                expected.append((title, f"{roman}.{letter}.{index}", words))
    return _word("outline.docx", document, expected, never=("never agreed", "Draft of"))


def word_automatic() -> Layout:
    """Word with automatic numbers: 1., (a), (i) that stand nowhere in the text; headings only in bold."""
    document = docx.Document()
    number = _numbering(document, [("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "(%3)")])
    expected, count = [], 0
    for clause in PREAMBLE:
        document.add_paragraph(clause)
    document.add_paragraph("HAVE AGREED AS FOLLOWS:")
    for heading, lines in sections(7):
        document.add_paragraph().add_run(heading).bold = True
        for words in lines[:2]:
            count += 1
            _numbered(document.add_paragraph(words), number, 0)
            expected.append((heading, str(count), words))
        count += 1
        _numbered(document.add_paragraph("Cooperate in the following ways:"), number, 0)
        for letter, words in zip("ab", lines[2:4], strict=True):
            _numbered(document.add_paragraph(words), number, 1)
            expected.append((heading, f"{count}({letter})", words))
        _numbered(document.add_paragraph("Consider further steps, among them:"), number, 1)
        for roman, words in zip(("i", "ii", "iii"), lines[4:7], strict=True):
            _numbered(document.add_paragraph(words), number, 2)
            expected.append((heading, f"{count}(c)({roman})", words))
    return _word("automatic.docx", document, expected, never=("RECALLING",))


def word_matrix() -> Layout:
    """The matrix people keep: No. | Action line | Responsible | Status | Remarks, with full-width section rows."""
    document = docx.Document()
    document.add_heading("Matrix of implementation 2021-2025", 1)
    table = document.add_table(rows=1, cols=5)
    for cell, name in zip(table.rows[0].cells, ("No.", "Action line", "Responsible", "Status", "Remarks"), strict=True):
        cell.text = name
    expected, number = [], 0
    for heading, lines in sections(8, end=""):
        wide = table.add_row().cells
        wide[0].merge(wide[4]).text = heading
        for words in lines:
            number += 1
            row = table.add_row().cells
            for cell, text in zip(row, (f"{number}.", words, "UNDP; WHO" if number % 2 else "ESCAP", "Ongoing", ""), strict=True):
                cell.text = text
            expected.append((heading, str(number), words))
    return _word("matrix.docx", document, expected, responsible={"1": "UNDP", "2": "ESCAP"})


def sheet_matrix() -> Layout:
    """A workbook: title rows, pillar column merged downwards, both languages, numbers as numbers."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(["ASEAN-UN Plan of Action 2026-2030"])
    sheet.append([])
    sheet.append(["Pillar", "No", "Action line (EN)", "Action line (VI)", "Lead agency", "Status"])
    expected, number = [], 0
    for heading, lines in sections(6):
        start = sheet.max_row + 1
        for index, words in enumerate(lines):
            number += 1
            sheet.append([heading if index == 0 else None, number, words, f"{VIETNAMESE[index]} ({number}).", "UNICEF", "Completed"])
            expected.append((heading, str(number), words))
        sheet.merge_cells(start_row=start, end_row=sheet.max_row, start_column=1, end_column=1)
    buffer = io.BytesIO()
    book.save(buffer)
    return Layout("matrix.xlsx", buffer.getvalue(), expected, responsible={"1": "UNICEF"})


def sheet_vietnamese() -> Layout:
    """CSV with semicolons and Vietnamese column names."""
    rows, expected = ["STT;Lĩnh vực;Nội dung hợp tác;Cơ quan chủ trì;Ghi chú"], []
    for place, area in enumerate(("Chính trị - an ninh", "Kinh tế", "Văn hóa - xã hội")):
        for index, words in enumerate(VIETNAMESE, 1):
            number, text = place * len(VIETNAMESE) + index, f"{words} giai đoạn {2026 + place}."
            rows.append(f"{number};{area};{text};UNDP;")
            expected.append((area, str(number), text))
    return Layout("bang.csv", "\n".join(rows).encode("utf-8-sig"), expected, responsible={"1": "UNDP"})


def web_lists() -> Layout:
    """HTML: menu, headings, nested lists with letters, a footnote sign and the footnotes, Vietnamese."""
    out, expected = ["<html lang='vi'><head><title>Kế hoạch</title></head><body><nav><ul><li>Trang chủ</li></ul></nav><main>"], []
    out.append("<h1>Kế hoạch hành động 2026-2030</h1>")
    for place, area in enumerate(("Chính trị - an ninh", "Kinh tế", "Văn hóa - xã hội")):
        lines = [f"{words} giai đoạn {2026 + place}" for words in VIETNAMESE]
        out += [f"<h2>{area}</h2>", "<ol>"]
        for index, words in enumerate(lines[:3], 1):
            out.append(f"<li>{words}<sup><a href='#fn{index}'>{index}</a></sup>.</li>")
            expected.append((area, str(index), f"{words}."))
        out.append("<li>Hai bên phối hợp:<ol type='a'>")
        for letter, words in zip("abc", lines[3:], strict=True):
            out.append(f"<li>{words};</li>")
            expected.append((area, f"4.{letter}", f"{words};"))
        out += ["</ol></li>", "</ol>"]
    out.append(
        "<div class='footnotes'><ol><li>Chú thích không phải dòng hành động.</li></ol></div></main><footer>2026</footer></body></html>"
    )
    return Layout("ke-hoach.html", "\n".join(out).encode(), expected, never=("Chú thích", "Trang chủ"))


def web_table() -> Layout:
    """HTML: a table with rows that span, bullets in cells, header cells with line breaks."""
    out, expected = (
        [
            "<html><body><h1>Work plan 2026-2030</h1><table>"
            "<tr><th>Area of<br>cooperation</th><th>Ref.</th><th>Activities</th><th>Focal point</th></tr>"
        ],
        [],
    )
    for place, (heading, lines) in enumerate(sections(5), 1):
        for index, words in enumerate(lines, 1):
            first = f"<td rowspan='5'>{heading}</td>" if index == 1 else ""
            out.append(f"<tr>{first}<td>{place}.{index}</td><td><p>{words}</p></td><td>FAO</td></tr>")
            expected.append((heading, f"{place}.{index}", words))
    out.append("</table></body></html>")
    return Layout("work.html", "".join(out).encode(), expected, responsible={"1.1": "FAO"})


def pdf_columns() -> Layout:
    """PDF in two columns with a running header, page numbers, footnotes and sentences that go on over columns and pages."""
    body, expected, number = [], [], 0
    for heading, lines in sections(12):
        body.append(f"#heading[{heading}]")
        for words in lines:
            number += 1
            note = "#footnote[A note that is no action line.]" if number % 9 == 0 else ""
            body.append(f"{number}\\. {_typst(words[:-1])}{note}.")
            expected.append((heading, str(number), words))
    source = (
        "#set page(width: 210mm, height: 297mm, columns: 2, margin: 2cm)\n"
        '#set page(numbering: "1", header: [Plan of Action of the Two Organisations])\n'
        "#set text(size: 10pt)\n#set smartquote(enabled: false)\n#set par(justify: true, spacing: 0.9em)\n" + "\n\n".join(body)
    )
    return Layout("columns.pdf", typst.compile(source.encode()), expected, never=("Plan of Action of the Two", "A note that"))


def pdf_matrix() -> Layout:
    """PDF: a ruled table over several pages with its header printed again, rows cut by the page's end, full-width section rows."""
    rows, expected, number = [], [], 0
    for heading, lines in sections(11):
        rows.append(f"table.cell(colspan: 4)[*{heading}*]")
        for words in lines:
            number += 1
            rows.append(f"[{number}], [{_typst(words)}], [{'UNDP' if number % 2 else 'WHO'}], [Under way]")
            expected.append((heading, str(number), words))
    source = (
        '#set page(margin: 2cm, numbering: "1")\n#set text(size: 10pt)\n#set smartquote(enabled: false)\n'
        "= Matrix of Implementation (2021-2025)\n"
        "#table(columns: (1.2cm, 1fr, 2.5cm, 2.5cm), table.header([No.], [Action line], [Responsible], [Status]),\n"
        + ",\n".join(rows)
        + ")\n"
    )
    return Layout("matrix.pdf", typst.compile(source.encode()), expected, responsible={"1": "UNDP", "2": "WHO"})


def pdf_bare_matrix() -> Layout:
    """PDF: a table without drawn lines over several pages, with a running header and page numbers."""
    cells, expected, number = [], [], 0
    for heading, lines in sections(12):
        cells.append(f"table.cell(colspan: 3)[*{heading} (all countries)*]")
        for words in lines:
            number += 1
            cells.append(f"[{number}], [{_typst(words)}], [{'UNDP' if number % 2 else 'WHO'}]")
            expected.append((f"{heading} (all countries)", str(number), words))
    source = (
        '#set page(margin: 2cm, numbering: "1", header: [Plan of the Two Organisations])\n#set text(size: 10pt)\n'
        "#set smartquote(enabled: false)\n= Matrix of Implementation (2021-2025)\n"
        "#table(stroke: none, columns: (1.2cm, 1fr, 3.5cm), table.header([No.], [Action line], [Responsible]),\n"
        + ",\n".join(cells)
        + ")\n"
    )
    return Layout("bare.pdf", typst.compile(source.encode()), expected, responsible={"1": "UNDP", "2": "WHO"}, never=("Two Organisations",))


def pdf_numbered() -> Layout:
    """PDF in one column, Vietnamese, with 1.1 numbers and headings in larger type."""
    body, expected = [], []
    for place, area in enumerate(("Chính trị - an ninh", "Kinh tế", "Văn hóa - xã hội"), 1):
        body.append(f'#text(size: 14pt, weight: "bold")[{place}. {area}]')
        for index in range(1, 13):
            words = f"{VIETNAMESE[index % 6]}, {VIETNAMESE[(index + place) % 6].lower()} trong giai đoạn {2020 + index}."
            body.append(f"{place}.{index}. {words}")
            expected.append((area, f"{place}.{index}", words))
    source = '#set page(margin: 2.5cm, numbering: "1/1")\n#set text(size: 11pt, lang: "vi")\n' + "\n\n".join(body)
    return Layout("vi.pdf", typst.compile(source.encode()), expected)


LAYOUTS: tuple[Callable[[], Layout], ...] = (
    text_declaration,
    markdown_bullets,
    markdown_lists,
    word_outline,
    word_automatic,
    word_matrix,
    sheet_matrix,
    sheet_vietnamese,
    web_lists,
    web_table,
    pdf_columns,
    pdf_matrix,
    pdf_bare_matrix,
    pdf_numbered,
)


def written(layout: Layout, folder: Path) -> Path:
    path = folder / layout.name
    path.write_bytes(layout.content)
    return path


def _typst(words: str) -> str:
    return words.replace("#", "\\#").replace("_", "\\_")


def _word(name: str, document: Any, expected: list[tuple[str, str | None, str]], **rest: Any) -> Layout:
    buffer = io.BytesIO()
    document.save(buffer)
    return Layout(name, buffer.getvalue(), expected, **rest)


def _deleted(paragraph: Any, words: str) -> None:
    """Words that a tracked change deletes."""
    change, run, text = OxmlElement("w:del"), OxmlElement("w:r"), OxmlElement("w:delText")
    text.text = words
    run.append(text)
    change.append(run)
    paragraph._p.append(change)


def _numbering(document: Any, levels: list[tuple[str, str]]) -> int:
    """A list definition of our own; its number."""
    root = document.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "77")
    for depth, (style, text) in enumerate(levels):
        level = OxmlElement("w:lvl")
        level.set(qn("w:ilvl"), str(depth))
        for tag, value in (("start", "1"), ("numFmt", style), ("lvlText", text)):
            part = OxmlElement(f"w:{tag}")
            part.set(qn("w:val"), value)
            level.append(part)
        abstract.append(level)
    root.insert(0, abstract)
    number, link = OxmlElement("w:num"), OxmlElement("w:abstractNumId")
    number.set(qn("w:numId"), "77")
    link.set(qn("w:val"), "77")
    number.append(link)
    root.append(number)
    return 77


def _numbered(paragraph: Any, number: int, depth: int) -> None:
    properties, level, identity = OxmlElement("w:numPr"), OxmlElement("w:ilvl"), OxmlElement("w:numId")
    level.set(qn("w:val"), str(depth))
    identity.set(qn("w:val"), str(number))
    properties.extend([level, identity])
    paragraph._p.get_or_add_pPr().append(properties)
