"""What can't be read is refused in one sentence that names the file, the place and the mend."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pypdfium2
import pytest

from comity.errors import BadInputError
from comity.intake.plan_columns import read_mapping
from comity.intake.plan_import import import_plan
from comity.knowledge import Knowledge


def workbook(*rows: list[object], merge: str = "") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def with_member(content: bytes, name: str, data: bytes) -> bytes:
    buffer = io.BytesIO(content)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return buffer.getvalue()


def document() -> bytes:
    buffer = io.BytesIO()
    made = docx.Document()
    made.add_paragraph("1. Meet every year.")
    made.save(buffer)
    return buffer.getvalue()


def scan() -> bytes:
    made = pypdfium2.PdfDocument.new()
    made.new_page(200, 200)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


MATRIX = (["No", "Action line", "Responsible"], [1, "Meet every year to take stock", "UNDP"])
CASES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "nothing in it": ("plan.txt", lambda: b"  \n", "is empty"),
    "no lines": ("plan.md", lambda: b"# Plan\n", "holds no action lines"),
    "another format": ("plan.pptx", lambda: b"PK", "a plan is read from"),
    "old Word": ("plan.doc", lambda: b"x", r"save it as \.docx"),
    "macro document": ("plan.docm", document, "may hold macros"),
    "macros in a workbook": ("plan.xlsx", lambda: with_member(workbook(*MATRIX), "xl/vbaProject.bin", b"x"), "has macros in it"),
    "encrypted Office file": ("plan.docx", lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "is encrypted"),
    "no ZIP": ("plan.xlsx", lambda: b"hello", "is no whole Office file"),
    "half a ZIP": ("plan.docx", lambda: document()[:2000], "is no whole Office file"),
    "no Word inside": ("plan.docx", lambda: workbook(*MATRIX), "is no whole Word document"),
    "no PDF": ("plan.pdf", lambda: b"%PDF-1.7 hello", "is no whole PDF"),
    "scan": ("plan.pdf", scan, "OCR"),
    "ZIP bomb": ("plan.docx", lambda: with_member(document(), "word/media/a.bin", b"\0" * 210_000_000), "would unpack to"),
    "binary text": ("plan.txt", lambda: b"\0\1\2\3" * 100, "is binary"),
    "broken JSON": ("plan.json", lambda: b'{"a": [', "is no valid JSON"),
    "JSON of something else": ("plan.json", lambda: b'{"a": 1}', "holds no list of objects"),
    "deep JSON": ("plan.json", lambda: b"[" * 100_000, "is no valid JSON"),
    "unknown columns": ("plan.csv", lambda: b"Foo,Bar\nx,y\n", r"line 1: the columns \(Foo \| Bar\) are not known"),
    "duplicate numbers": (
        "plan.md",
        lambda: b"## Trade\n\n1) Meet every year.\n\n1) Report every year.\n",
        "the number 1 of 'Trade' stands twice",
    ),
    "merged words": (
        "plan.xlsx",
        lambda: workbook(MATRIX[0], [1, "Meet", "x"], [2, "Report together", "UNDP"], merge="B2:C2"),
        r"row 2: the cells of 'Action line' and 'Responsible' are merged",
    ),
    "no period": ("plan.md", lambda: b"## Trade\n\n1. Meet every year.\n", "give it with --period"),
}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_refused_in_one_sentence(case: str, tmp_path: Path, small_world: Knowledge):
    name, content, words = CASES[case]
    path = tmp_path / name
    path.write_bytes(content())
    with pytest.raises(BadInputError, match=words) as raised:
        import_plan(path, plan="poa", period=None if case == "no period" else "2026", knowledge=small_world)
    sentence = str(raised.value)
    assert sentence.startswith(str(path))
    assert "\n" not in sentence
    assert sentence.endswith((".", ". ", "--columns."))


def test_an_encrypted_pdf(tmp_path: Path, small_world: Knowledge):
    from reportlab.pdfgen.canvas import Canvas

    path = tmp_path / "plan.pdf"
    canvas = Canvas(str(path), encrypt="secret")
    canvas.drawString(72, 700, "1. Meet every year.")
    canvas.save()
    with pytest.raises(BadInputError, match="is encrypted"):
        import_plan(path, plan="poa", period="2026", knowledge=small_world)


def test_a_large_file_is_not_opened(tmp_path: Path, small_world: Knowledge, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COMITY_MAX_MB", "1")
    path = tmp_path / "plan.xlsx"
    path.write_bytes(b"PK" + b"\0" * 1_100_000)
    with pytest.raises(BadInputError, match="more than the limit"):
        import_plan(path, plan="poa", period="2026", knowledge=small_world)


def test_duplicates_may_be_kept(tmp_path: Path, small_world: Knowledge):
    path = tmp_path / "plan.md"
    path.write_text("1) Meet every year.\n\n1) Report every year.\n", encoding="utf-8")
    plan = import_plan(path, plan="poa", period="2026", knowledge=small_world, keep_duplicates=True).plan
    assert [line.id for section in plan.sections for line in section.lines] == ["poa-1", "poa-1-2"]


def test_mixed_languages_are_told(tmp_path: Path, small_world: Knowledge):
    path = tmp_path / "plan.txt"
    path.write_text(
        "1. Meet every year to take stock of what the parties have done together.\n\n"
        "2. Report on the progress of the plan to the ministers and to the public.\n\n"
        "3. Tăng cường trao đổi thông tin giữa các cơ quan quản lý lưu vực sông.\n",
        encoding="utf-8",
    )
    found = import_plan(path, plan="poa", period="2026", knowledge=small_world)
    assert [tuple(line.words) for section in found.plan.sections for line in section.lines] == [("en",), ("en",), ("vi",)]
    assert found.remarks == ("In another language than the rest, and kept under it: 3.",)


def test_a_mapping_for_an_unusual_table(tmp_path: Path, small_world: Knowledge):
    table, mapping = tmp_path / "plan.csv", tmp_path / "columns.yaml"
    table.write_text("Foo,Bar,Baz\n7,Meet every year,UNDP\n", encoding="utf-8")
    mapping.write_text("columns: {number: Foo, words: {en: Bar}, responsible: Baz}\n", encoding="utf-8")
    (section,) = import_plan(table, plan="poa", period="2026", knowledge=small_world, mapping=read_mapping(mapping)).plan.sections
    assert [(line.number, line.words, line.responsible) for line in section.lines] == [("7", {"en": "Meet every year"}, ("UNDP",))]


@pytest.mark.parametrize(
    ("yaml", "words"),
    [
        ("columns: {words: Qux}", r"names the columns 'Qux', but the first table has 'Foo', 'Bar'"),
        ("columns: {wrods: Bar}", r"columns\.yaml:1: .*a mapping has `columns`"),
        ("columns: {words: Bar}\nsheet: Two", "has no sheet 'Two'"),
    ],
)
def test_a_wrong_mapping(yaml: str, words: str, tmp_path: Path, small_world: Knowledge):
    table, mapping = tmp_path / "plan.xlsx", tmp_path / "columns.yaml"
    table.write_bytes(workbook(["Foo", "Bar"], [1, "Meet every year"]))
    mapping.write_text(yaml, encoding="utf-8")
    with pytest.raises(BadInputError, match=words):
        import_plan(table, plan="poa", period="2026", knowledge=small_world, mapping=read_mapping(mapping))
