"""Which format a file is in: by the ending of its name, and where that tells nothing (standard input, a pipe) by its first bytes."""

import io
import re
import zipfile
from enum import StrEnum
from pathlib import PurePath

from comity.errors import BadInputError
from comity.intake.source import Source


class Format(StrEnum):
    TEXT = "text"
    MARKDOWN = "Markdown"
    WEBPAGE = "HTML"
    PDF = "PDF"
    WORD = "DOCX"
    MAIL = "mail"
    ARCHIVE = "ZIP"
    JSON_LINES = "JSON lines"
    TABLE = "CSV"


FORMATS = {
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".html": Format.WEBPAGE,
    ".htm": Format.WEBPAGE,
    ".xhtml": Format.WEBPAGE,
    ".pdf": Format.PDF,
    ".docx": Format.WORD,
    ".eml": Format.MAIL,
    ".zip": Format.ARCHIVE,
    ".jsonl": Format.JSON_LINES,
    ".ndjson": Format.JSON_LINES,
    ".csv": Format.TABLE,
    ".tsv": Format.TABLE,
}
SAVE_AS = {
    ".doc": ".docx",
    ".rtf": ".docx",
    ".odt": ".docx",
    ".docm": ".docx without macros",
    ".msg": ".eml",
    ".mbox": ".eml, a file a mail",
    ".mht": ".html",
    ".mhtml": ".html",
    ".rar": ".zip",
    ".7z": ".zip",
    ".tar": ".zip",
    ".tgz": ".zip",
    ".xls": ".csv",
    ".xlsx": ".csv",
    ".ods": ".csv",
    ".ppt": ".pdf",
    ".pptx": ".pdf",
    ".epub": ".html",
}
"""Formats of documents that aren't read, and as what to save them."""
PACKED = ".gz"
HTML_START = re.compile(
    r"\ufeff?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
MARKDOWN_START = re.compile(r"\ufeff?---[ \t]*\r?\n[ \t]*[\w-]+[ \t]*:")
MAIL_START = re.compile(rb"(?:From [^\n]*\n)?(?:[!-9;-~]+:[^\n]*\r?\n(?:[ \t][^\n]*\n)*){3}")
MAIL_FIELD = re.compile(rb"^(?:message-id|mime-version|received|return-path|date):", re.IGNORECASE | re.MULTILINE)
JSON_START = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"')


def format_of(source: Source) -> Format:
    """The file's format. Raises BadInputError where it isn't read."""
    ending = ending_of(source.file_name)
    if not ending:
        return format_of_bytes(source)
    if ending in FORMATS:
        return FORMATS[ending]
    if ending in SAVE_AS:
        raise BadInputError(f"{source.name}: is in a format that isn't read ({ending}); save it as {SAVE_AS[ending]}.")
    raise BadInputError(
        f"{source.name}: Comity does not read {ending} files; it reads {', '.join(FORMATS)}. Save the text as one of these."
    )


def ending_of(file_name: str) -> str:
    """The ending that tells the format: `.jsonl` of `a.jsonl.gz`."""
    path = PurePath(file_name.lower())
    return PurePath(path.stem).suffix if path.suffix == PACKED else path.suffix


def is_packed(file_name: str) -> bool:
    return file_name.lower().endswith(PACKED)


def format_of_bytes(source: Source) -> Format:
    """The format by the first bytes; text where they tell nothing else."""
    start = source.start()
    if start.startswith(b"%PDF"):
        return Format.PDF
    if start.startswith(b"PK\x03\x04"):
        return _kind_of_zip(source)
    if JSON_START.match(start):
        return Format.JSON_LINES
    if MAIL_START.match(start) and MAIL_FIELD.search(start):
        return Format.MAIL
    return Format.TEXT


def format_of_text(text: str) -> Format:
    """What a text is that comes without a name."""
    if HTML_START.match(text):
        return Format.WEBPAGE
    return Format.MARKDOWN if MARKDOWN_START.match(text) else Format.TEXT


def _kind_of_zip(source: Source) -> Format:
    """A ZIP is a Word file where it holds its parts."""
    try:
        with zipfile.ZipFile(io.BytesIO(source.whole())) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return Format.ARCHIVE
    return Format.WORD if "word/document.xml" in names else Format.ARCHIVE
