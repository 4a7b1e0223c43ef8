"""Cuts a text into pieces that may be names of persons: runs of capitalised words, with the particles, initials and dashes of names."""

import re
from collections.abc import Iterable, Iterator

from comity.reading.name_words import NameWords
from comity.records import Span

CAPITALS = "".join(
    letter
    for letter in map(chr, range(0x41, 0x1F00))
    if (letter.isupper() and letter.isalpha() and ord(letter) < 0x590) or (0x1E00 <= ord(letter) < 0x1F00 and letter.isupper())
)


class NameShapes:
    """The shape of names in one language."""

    def __init__(self, words: NameWords) -> None:
        capital = f"[{CAPITALS}]"
        korean = rf"(?:{_either(words.romanised_surnames)}) {capital}\w+ - (?:{words.second_half})\b(?! - )|" if words.second_half else ""
        double = rf"(?:{_either(words.double_names)}) - {capital}\w+|" if words.double_names else ""
        arabic = (
            rf"{capital}[a-z]{{1,3}}['’] (?=[a-z]*(?:[fjwz]|[bdklqrsvx]\b))[a-z]+(?= )|" if words.dashed else ""
        )  # "Zeid Ra’ ad al - Hussein"
        word = rf"(?:{double}{arabic}{capital}\.(?:{capital}\.)*(?=[ \n]*{capital})|[OD] ['’]{capital}\w+|{capital}\w*(?:[-'’](?!s\b)\w+)*)"
        particle = _either(words.particles)
        leading = rf"(?:{_either(word for word in words.particles if len(word) > 1)})(?:[ \n\xa0]| ?- ?)"
        dashed = rf"(?: - (?:{_either(words.dashed)})\b)*" if words.dashed else ""
        later = rf"(?: - (?i:{_either(words.dashed)})\b)*" if words.dashed else ""
        suffix = rf"(?:,? (?:{_either(words.suffixes)})(?!\w))?"
        more = rf"(?:[ \xa0\u202f]{{1,8}}|[ \xa0]?\n *)(?:(?:{particle})(?:[ \n\xa0]| ?- ?)){{0,2}}{word}"
        self._run = re.compile(rf"(?<!\w)(?:{korean}(?:{leading})?{word}{dashed}(?:{more})*{later}{suffix})")

    def runs(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Capitalised runs between `start` and `end`."""
        for run in self._run.finditer(text, start, end):
            yield run.span()


def pieces(start: int, end: int, blocked: list[Span], text: str) -> Iterator[tuple[int, int]]:
    """What of a run is left between the blocked spans, which are in order; without blanks and marks at its ends."""
    position = start
    for span in blocked:
        if span.start > position:
            yield from _trimmed(position, min(span.start, end), text)
        position = max(position, span.end)
    yield from _trimmed(position, end, text)


def _trimmed(start: int, end: int, text: str) -> Iterator[tuple[int, int]]:
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not (text[end - 1].isalnum() or (text[end - 1] == "." and text[end - 3 : end - 1] in ("Jr", "Sr"))):
        end -= 1
    if start < end and any(letter.isupper() for letter in text[start:end]):
        yield start, end


def _either(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
