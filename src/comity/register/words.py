"""The words of a text as full-text search sees them, the same for both databases: each as written (folded) and without diacritics.

"Hoà bình" gives hòa/hoa and bình/binh. A word typed with diacritics is looked for as written, one typed without is looked for without.
"""

import re
import unicodedata

from comity.knowledge.folded import fold

WORD = re.compile(r"[^\W_]+")
LONGEST = 100
"""Letters of a word that count; anything longer is no word."""

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


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence or line that a finding stands in, 300 letters to each side at most; a finding may be one word of it."""
    before = text[max(0, start - 300) : start]
    after = text[end : end + 300]
    begins = max(before.rfind(mark) + len(mark) if mark in before else 0 for mark in (". ", "\n\n", "? ", "! ", ".\n"))
    ends = min(after.find(mark) if mark in after else len(after) for mark in (". ", "\n\n", "? ", "! ", ".\n"))
    return start - len(before) + begins, end + ends
