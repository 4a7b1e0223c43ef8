"""A file's text to the document's: composed letters (NFC) without the byte order mark, and where each position came from.

`shifts` are pairs (position in the text, what to add from there on to be in the file), as `Document.place_in_file` reads them.
"""

import re
import unicodedata

from msgspec import Struct

BLANK = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad\ufffd]*")
SURROGATE = re.compile("[\ud800-\udfff]")
LINE = re.compile(r"[^\n]*\n?")
JAMO = range(0x1160, 0x1200)
"""Korean vowels and finals join the letter before them though they are no combining marks."""


class Normal(Struct, frozen=True):
    """The text in composed letters, and the way back to the file's."""

    text: str
    shifts: tuple[tuple[int, int], ...]

    def is_blank(self) -> bool:
        return BLANK.fullmatch(self.text) is not None


def normalise(text: str, *, start: int = 0) -> Normal:
    """The text from `start` on. Half a surrogate pair, which no encoding can write, becomes U+FFFD."""
    if text.startswith("\ufeff", start):
        start += 1
    body = SURROGATE.sub("\ufffd", text[start:] if start else text)
    if unicodedata.is_normalized("NFC", body):
        return Normal(body, ((0, start),) if start else ())
    pieces: list[str] = []
    shifts = [(0, start)] if start else []
    position, shift = 0, start
    for line in LINE.findall(body):
        for piece in [line] if unicodedata.is_normalized("NFC", line) else _letters(line):
            composed = unicodedata.normalize("NFC", piece)
            pieces.append(composed)
            position += len(composed)
            if len(composed) != len(piece):
                shift += len(piece) - len(composed)
                shifts.append((position, shift))
    return Normal("".join(pieces), tuple(shifts))


def _letters(line: str) -> list[str]:
    """The line in pieces that compose on their own: runs of plain letters, and letters with the marks that follow them.

    `ê` + dot below is one piece, which composes to `ệ`.
    """
    starts = [place for place, letter in enumerate(line) if not _joins(letter)]
    if not starts or starts[0] != 0:
        starts.insert(0, 0)
    ends = [*starts[1:], len(line)]
    return [line[start:end] for start, end in zip(starts, ends, strict=True)]


def _joins(letter: str) -> bool:
    return letter > "\u02ff" and (unicodedata.category(letter)[0] == "M" or ord(letter) in JAMO)
