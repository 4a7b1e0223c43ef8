"""Bytes to text: UTF-8, UTF-16 and UTF-32 by their marks, else the old one-byte encodings where the bytes leave no doubt.

The byte order mark stays as the first character, so that offsets count what the file holds; no line end is changed.
"""

import codecs
import re

from comity.errors import BadInputError

MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
KNOWN_STARTS = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a sound or picture file"),
    (b"PK\x03\x04", "a ZIP or Office file"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "an SQLite database"),
    (b"{\\rtf", "an RTF file"),
)
CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
HIGH = re.compile(rb"[\x80-\xff]")
LETTER = re.compile(rb"[A-Za-z\x80-\xff]")
VIETNAMESE_1258 = re.compile(rb"[AEIOUYaeiouy\xc2\xca\xd4\xe2\xea\xf4\xc3\xe3\xd5\xf5\xdd\xfd][\xcc\xd2\xde\xec\xf2]|[\xd0\xf0\xfd\xf5]")
"""Windows-1258 sets the tone as a byte of its own after the vowel, and has đ, ư, ơ where Western encodings have ð, ý, õ: `Vi\xeb\xf2t`."""
FEW = 0.12
"""Western text has an accent on less than one letter in eight; more than that is an encoding nobody here knows (TCVN3, VNI)."""


def decoded(content: bytes, name: str) -> str:
    """The file's text, character by character as it holds it. Raises BadInputError for binary files and unknown encodings."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return _strict(content, encoding, name)
    _refuse_binary(content, name)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        return _one_byte(content, name, error.start)


def _strict(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise BadInputError(
            f"{name}: begins as {encoding[:-3].upper()} but breaks it at byte {error.start}; save it again as UTF-8."
        ) from error


def _refuse_binary(content: bytes, name: str) -> None:
    for start, what in KNOWN_STARTS:
        if content.startswith(start):
            raise BadInputError(f"{name}: is {what}, not a text; save its text as .txt, .md or .html.")
    controls = CONTROLS.search(content)
    if controls and (b"\0" in content or len(CONTROLS.findall(content)) > 0.005 * len(content)):
        raise BadInputError(f"{name}: is binary, not a text (byte {controls.start()}); if it is a text, save it as UTF-8.")


def _one_byte(content: bytes, name: str, place: int) -> str:
    high, letters = len(HIGH.findall(content)), len(LETTER.findall(content))
    if 2 * len(VIETNAMESE_1258.findall(content)) >= high and high >= 0.08 * letters:
        encoding = "cp1258"
    elif high <= FEW * letters:
        encoding = "cp1252"
    else:
        raise BadInputError(_unknown(name, place))
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise BadInputError(_unknown(name, error.start)) from error


def _unknown(name: str, place: int) -> str:
    return f"{name}: is not UTF-8 (byte {place}) and its encoding can't be told; save it as UTF-8."
