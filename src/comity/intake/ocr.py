"""Scanned PDFs: their text by OCR, where the program `ocrmypdf` is on this machine; else a sentence that says what is missing.

`ocrmypdf` runs as a program of its own, with a time limit, on a copy in a temporary folder.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from msgspec import Struct

from comity.errors import BadInputError
from comity.intake.blocks.block import Block
from comity.intake.blocks.pdf import NoTextError, pdf_blocks, picture_pages
from comity.settings import limit_of, ocr_languages

PROGRAM = "ocrmypdf"
SHOWN = 10


def is_there() -> bool:
    """Whether OCR can be done on this machine."""
    return shutil.which(PROGRAM) is not None


class Read(Struct, frozen=True):
    """The blocks of a PDF; whether OCR read (some of) them; the sentence about pages that nothing could read."""

    blocks: list[Block]
    by_ocr: bool = False
    fault: str | None = None


def read_pdf(content: bytes, name: str) -> Read:
    """The PDF, by OCR where it is all or in part a scan and OCR is there. Raises BadInputError."""
    try:
        blocks = pdf_blocks(content, name)
        scanned = picture_pages(content, name)
    except NoTextError:
        if not is_there():
            raise
    else:
        if not scanned:
            return Read(blocks)
        if not is_there():
            return Read(blocks, fault=f"{name}: has only pictures on {_pages(scanned)}, which were not read; use OCR first.")
    return Read(pdf_blocks(with_text(content, name), name), by_ocr=True)


def with_text(content: bytes, name: str) -> bytes:
    """The PDF with the text of its pictures laid under them. Raises BadInputError where that fails or takes too long."""
    with tempfile.TemporaryDirectory(prefix="comity-ocr-") as folder:
        scanned, readable = Path(folder) / "in.pdf", Path(folder) / "out.pdf"
        scanned.write_bytes(content)
        fault = _run([PROGRAM, "--skip-text", "--quiet", "--output-type", "pdf", "-l", ocr_languages(), str(scanned), str(readable)], name)
        if fault is not None or not readable.is_file():
            raise BadInputError(
                f"{name}: is a scan, and {PROGRAM} could not read it ({fault or 'it wrote nothing'}); read it with another OCR."
            )
        return readable.read_bytes()


def _pages(numbers: list[int]) -> str:
    """`page 3`, `pages 2-9, 12`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    shown = ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs[:SHOWN])
    return ("page " if len(numbers) == 1 else "pages ") + shown + (" and more" if len(runs) > SHOWN else "")


def _run(command: list[str], name: str) -> str | None:
    """What the program says where it failed, None where it did not. It and all it started are ended at the time limit."""
    seconds = limit_of("COMITY_OCR_SECONDS")
    program = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)
    try:
        _, said = program.communicate(timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise BadInputError(
            f"{name}: is a scan, and its OCR took longer than {seconds} seconds; raise COMITY_OCR_SECONDS, or split the file."
        ) from error
    finally:
        if program.poll() is None:
            _end(program)
    if program.returncode == 0:
        return None
    lines = said.decode("utf-8", "replace").strip().splitlines()
    return lines[-1][:200] if lines else f"exit code {program.returncode}"


def _end(program: "subprocess.Popen[bytes]") -> None:
    try:
        os.killpg(program.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError, AttributeError):
        program.kill()
    program.communicate()
