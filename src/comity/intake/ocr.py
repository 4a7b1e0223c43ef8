"""Scanned PDFs: their text by OCR, where the program `ocrmypdf` is on this machine; else a sentence that says what is missing.

`ocrmypdf` runs as a program of its own, with a time limit, on a copy in a temporary folder.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from comity.errors import BadInputError
from comity.intake.blocks.block import Block
from comity.intake.blocks.pdf import NoTextError, pdf_blocks
from comity.settings import limit_of, ocr_languages

PROGRAM = "ocrmypdf"


def is_there() -> bool:
    """Whether OCR can be done on this machine."""
    return shutil.which(PROGRAM) is not None


def pdf_blocks_or_ocr(content: bytes, name: str) -> tuple[list[Block], bool]:
    """The blocks of a PDF, and whether they were read by OCR. Raises BadInputError."""
    try:
        return pdf_blocks(content, name), False
    except NoTextError:
        if not is_there():
            raise
    return pdf_blocks(with_text(content, name), name), True


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
