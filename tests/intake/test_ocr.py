"""Scanned PDFs: what is said without OCR, and how the program `ocrmypdf` is used where there is one (here a script in its place)."""

import io
import os
import sys
import time
from pathlib import Path

import pytest
import typst
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from comity.errors import BadInputError
from comity.intake import open_document, open_documents
from comity.intake.blocks import read_blocks

WORDS = "The two Secretariats met in Jakarta and agreed to work together on public health."
SCRIPT = """#!{python}
import pathlib, shutil, subprocess, sys, time
here = pathlib.Path(__file__).parent
(here / "called").write_text(" ".join(sys.argv[1:-2]))
{does}
"""


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    file = tmp_path / "scan.pdf"
    file.write_bytes(typst.compile(b"#set page(width: 200pt, height: 100pt)\n" + b"#rect()\n#pagebreak()\n" * 500))
    return file


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder on PATH where `ocrmypdf` is put."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder), prepend=os.pathsep)
    return folder


def put(folder: Path, does: str) -> None:
    script = folder / "ocrmypdf"
    script.write_text(SCRIPT.format(python=sys.executable, does=does))
    script.chmod(0o755)


def test_500_pages_without_text_are_told_soon(scan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    started = time.monotonic()
    with pytest.raises(BadInputError, match=r"only pictures .* such as `ocrmypdf"):
        open_document(scan)
    assert time.monotonic() - started < 5


def test_a_scan_is_read_where_the_program_is(scan: Path, program: Path) -> None:
    (program / "read.pdf").write_bytes(typst.compile(WORDS.encode()))
    put(program, "shutil.copy(here / 'read.pdf', sys.argv[-1])")
    document = open_document(scan)
    assert (document.text, document.note) == (WORDS, "OCR")
    assert "-l vie+eng" in (program / "called").read_text()
    assert [block.text for block in read_blocks(scan).blocks] == [WORDS]  # a plan is read the same way


def test_the_languages_are_a_setting(scan: Path, program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (program / "read.pdf").write_bytes(typst.compile(WORDS.encode()))
    put(program, "shutil.copy(here / 'read.pdf', sys.argv[-1])")
    monkeypatch.setenv("COMITY_OCR_LANGUAGES", "eng")
    open_document(scan)
    assert "-l eng" in (program / "called").read_text()


@pytest.mark.parametrize(
    ("does", "says"),
    [
        ("print('x', file=sys.stderr); sys.exit('tesseract has no language vie')", "tesseract has no language vie"),
        ("sys.exit(7)", "exit code 7"),
        ("pass", "it wrote nothing"),
        ("shutil.copy(sys.argv[-2], sys.argv[-1])", "has no text in it"),
        ("pathlib.Path(sys.argv[-1]).write_bytes(b'no PDF')", "is no whole PDF"),
    ],
)
def test_ocr_that_fails_is_one_sentence(scan: Path, program: Path, does: str, says: str) -> None:
    put(program, does)
    with pytest.raises(BadInputError, match=says) as caught:
        open_document(scan)
    assert "\n" not in str(caught.value)


def test_ocr_that_takes_too_long_is_ended_with_all_it_started(scan: Path, program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_OCR_SECONDS", "1")
    beat = "while True: pathlib.Path(r'{}').write_text(str(time.time())); time.sleep(0.05)".format(program / "beat")
    put(program, f"subprocess.run([sys.executable, '-c', '''import pathlib, time\n{beat}'''])")
    started = time.monotonic()
    [fault] = open_documents([scan])
    assert "took longer than 1 seconds" in fault.sentence
    assert time.monotonic() - started < 10
    last = (program / "beat").read_text()
    time.sleep(0.3)
    assert (program / "beat").read_text() == last


def mixed() -> bytes:
    """Pages with text, and pages that are a picture."""
    file = io.BytesIO()
    out = canvas.Canvas(file, pagesize=(300, 200))
    picture = ImageReader(Image.new("RGB", (30, 20), "grey"))
    for is_scan in (False, True, True, False, True):
        if is_scan:
            out.drawImage(picture, 0, 0, 300, 200)
        else:
            out.drawString(20, 100, "The two Secretariats met in Jakarta.")
            out.drawImage(picture, 0, 0, 30, 20)
        out.showPage()
    out.save()
    return file.getvalue()


def test_pages_that_are_pictures_between_pages_with_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    (tmp_path / "mixed.pdf").write_bytes(mixed())
    document, fault = open_documents([tmp_path / "mixed.pdf"])
    assert document.text.count("Jakarta") == 2
    assert "has only pictures on pages 2-3, 5, which were not read" in fault.sentence


def test_they_are_read_where_the_program_is(tmp_path: Path, program: Path) -> None:
    (tmp_path / "mixed.pdf").write_bytes(mixed())
    (program / "read.pdf").write_bytes(typst.compile(WORDS.encode()))
    put(program, "shutil.copy(here / 'read.pdf', sys.argv[-1])")
    [document] = open_documents([tmp_path / "mixed.pdf"])
    assert (document.text, document.note) == (WORDS, "OCR")
