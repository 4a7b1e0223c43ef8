"""The words of a text as full-text search sees them, the same for both databases: each as written (folded) and without diacritics.

"Hoà bình" gives hòa/hoa and bình/binh. A word typed with diacritics is looked for as written, one typed without is looked for without.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right

from comity.knowledge.folded import fold

END = re.compile(r"[.?!\n](?:(?<=\.)(?=[ \n])|(?<=\n)(?=\n)|(?<=[?!])(?= ))")
"""A full stop before a space or line end, a blank line, a question or exclamation mark before a space. It begins with the marks: so it is
looked for three times as fast."""

BESIDE = 300
"""Letters to each side of a finding that are shown of its sentence, at most."""

WORD = re.compile(r"[^\W_]+")
LONGEST = 500
"""Letters of a word that count; anything longer is no word. PostgreSQL takes 2,046 bytes."""

PART = 4000
"""Words of a passage at most: PostgreSQL counts no places beyond 16,383 in one vector."""


def _bare(letter: str) -> str:
    """The letter without its marks, where it is one letter then."""
    bare = "".join(part for part in unicodedata.normalize("NFD", letter) if not unicodedata.combining(part))
    return bare if len(bare) == 1 else letter


PLAIN = str.maketrans({chr(code): _bare(chr(code)) for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))} | {"đ": "d", "Đ": "D"})


def without_marks(text: str) -> str:
    """The text without diacritics, letter for letter: `Đặng` gives `Dang`."""
    return text if text.isascii() else text.translate(PLAIN)


def words_of(text: str) -> list[str]:
    """The folded words in order."""
    return words_in(fold(text))


def words_in(folded: str) -> list[str]:
    """The words of a text that is folded already."""
    return [word[:LONGEST] for word in WORD.findall(folded)]


def parts_of(text: str) -> list[tuple[int, int]]:
    """Where the passages of a text begin and end: one for all but very long texts."""
    if len(text) <= PART * 2:  # a word and the space behind it are two letters at least
        return [(0, len(text))]
    starts = [match.start() for number, match in enumerate(WORD.finditer(text)) if number % PART == 0]
    return list(zip([0, *starts[1:]], [*starts[1:], len(text)], strict=True)) if starts else [(0, len(text))]


class Sentences:
    """Where the sentences and lines of a text begin and end, found once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._ends = [match.start() for match in END.finditer(text)]

    def around(self, start: int, end: int) -> tuple[int, int]:
        """The sentence or line that a finding stands in, BESIDE letters to each side at most; a finding may be one word of it."""
        before = bisect_right(self._ends, start - 2) - 1
        begins = self._ends[before] + 2 if before >= 0 else 0
        behind = bisect_left(self._ends, end)
        ends = self._ends[behind] if behind < len(self._ends) else len(self._text)
        return _near(self._text, begins, ends, start, end)


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The same for one finding: no more is looked at than what is near it."""
    begins, ends = max(0, start - BESIDE), min(len(text), end + BESIDE)
    for match in END.finditer(text, max(0, begins - 2), start):
        begins = match.start() + 2
    behind = END.search(text, end, ends + 2)
    return _near(text, begins, min(ends, behind.start()) if behind else ends, start, end)


def _near(text: str, begins: int, ends: int, start: int, end: int) -> tuple[int, int]:
    """What of a sentence is within BESIDE letters of a finding, without the word that is cut there."""
    first, last = max(begins, start - BESIDE, 0), min(ends, end + BESIDE)
    while 0 < first < start and text[first - 1].isalnum() and text[first].isalnum():
        first += 1
    while end < last < len(text) and text[last - 1].isalnum() and text[last].isalnum():
        last -= 1
    return first, last
