"""A path to the blocks of the file: its format is told from its name, and for files without a telling name from its first bytes."""

from pathlib import Path

from msgspec import Struct

from comity.errors import BadInputError
from comity.intake.blocks.block import Block
from comity.intake.decoding import decoded
from comity.intake.files import file_bytes
from comity.intake.front_matter import split_front_matter
from comity.records import LanguageCode

FORMATS = (".docx", ".pdf", ".html", ".htm", ".md", ".markdown", ".txt", ".text", ".xlsx", ".csv", ".tsv", ".json")
MACRO_FORMATS = (".docm", ".dotm", ".xlsm", ".xltm", ".xlsb")
OLD_FORMATS = {".doc": ".docx", ".rtf": ".docx", ".odt": ".docx", ".xls": ".xlsx", ".ods": ".xlsx"}


class BlockFile(Struct, frozen=True, kw_only=True):
    """A file as blocks. `language` is what the file says of itself."""

    name: str
    format: str
    blocks: tuple[Block, ...]
    language: LanguageCode | None = None


def read_blocks(path: str | Path, *, sheet: str | None = None) -> BlockFile:
    """The file's blocks. `sheet` names the sheet of a workbook. Raises BadInputError."""
    name = str(path)
    format = _format(name)
    content = file_bytes(path)
    if not content.strip():
        raise BadInputError(f"{name}: is empty; give the file that holds the plan.")
    language: LanguageCode | None = None
    if format == ".docx":
        from comity.intake.blocks.word import word_blocks

        blocks = word_blocks(content, name)
    elif format == ".pdf":
        from comity.intake.ocr import read_pdf

        blocks = read_pdf(content, name).blocks
    elif format == ".xlsx":
        from comity.intake.blocks.sheets import sheet_blocks

        blocks = sheet_blocks(content, name, sheet=sheet)
    else:
        text = decoded(content, name).removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        if format in (".md", ".markdown"):
            from comity.intake.blocks.markdown import markdown_blocks

            known, body = split_front_matter(text, name)
            language = known.language
            blocks = markdown_blocks(text[body:], first_line=text.count("\n", 0, body))
        elif format in (".html", ".htm"):
            from comity.intake.blocks.webpage import webpage_blocks

            blocks = webpage_blocks(text, name)
        elif format in (".csv", ".tsv"):
            from comity.intake.blocks.tables import csv_blocks

            blocks = csv_blocks(text, name)
        elif format == ".json":
            from comity.intake.blocks.tables import json_blocks

            blocks = json_blocks(text, name)
        else:
            from comity.intake.blocks.text import text_blocks

            blocks = text_blocks(text)
    if not blocks:
        raise BadInputError(f"{name}: holds no text; give the file that holds the plan.")
    return BlockFile(name=name, format=format, blocks=tuple(blocks), language=language)


def _format(name: str) -> str:
    suffix = Path(name).suffix.lower()
    if suffix in MACRO_FORMATS:
        raise BadInputError(f"{name}: may hold macros, and is not opened; save it as .docx or .xlsx.")
    if suffix in OLD_FORMATS:
        raise BadInputError(f"{name}: is in a format that isn't read; save it as {OLD_FORMATS[suffix]}.")
    if suffix not in FORMATS:
        raise BadInputError(f"{name}: a plan is read from {', '.join(FORMATS)}; save it as one of these.")
    return suffix
