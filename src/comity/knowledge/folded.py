"""A folded copy of a text, of the same length, so that what is found in it keeps its place in the text.

Folding: lower case, old tone placement to new (`hoà` to `hòa`, `uỷ` to `ủy`), typographic quotes, dashes and spaces to plain ones.
Vietnamese diacritics stay: they are letters.
"""

import re
from collections.abc import Iterable
from itertools import product
from operator import add

PLAIN = {
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "`": "'",
    "–": "-", "—": "-", "‑": "-", "‐": "-", "−": "-",
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2002": " ", "\u2003": " ", "\u3000": " ", "\t": " ",
}  # fmt: skip
PLAIN_OF_ASCII = {mark: plain for mark, plain in PLAIN.items() if mark.isascii()}
MARK = re.compile(f"[{''.join(PLAIN)}]")
SHORT = 60
"""Letters up to which it is faster to look whether any mark is there than to replace each."""

TONES = (
    "oà òa",
    "oá óa",
    "oả ỏa",
    "oã õa",
    "oạ ọa",
    "oè òe",
    "oé óe",
    "oẻ ỏe",
    "oẽ õe",
    "oẹ ọe",
    "uỳ ùy",
    "uý úy",
    "uỷ ủy",
    "uỹ ũy",
    "uỵ ụy",
)
TONE_PAIRS = [(pair.split()[0], pair.split()[1]) for pair in TONES]
NEW_PLACE = dict(TONE_PAIRS)
OLD_PLACE = re.compile(rf"[{''.join(sorted({old[1] for old in NEW_PLACE}))}](?![^\W\d_])(?<={'|'.join(NEW_PLACE)})(?<!q..)")
"""The marked letter of the old placement. At a syllable's end only: `hoà` but not `hoàn`; never after q, where u belongs to the consonant
(`quý`). A pattern that begins with the rare letter is looked for six times as fast as one that begins with `o` or `u`."""

NOT_LINE_END = re.compile(r"[^\n]")


def fold(text: str) -> str:
    """The folded copy: same length, position by position."""
    lower = lowered(text)
    return lower if lower.isascii() else _with_new_tones(lower)


def lowered(text: str) -> str:
    """The same with tones placed as they are written: in half of the time."""
    lower = text.lower()
    if len(lower) != len(text):  # a few letters grow in lower case (İ): leave those as they are
        lower = "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)
    ascii = lower.isascii()
    if ascii or len(lower) > SHORT or MARK.search(lower):
        for mark, plain in (PLAIN_OF_ASCII if ascii else PLAIN).items():  # mark by mark: ten times as fast as a table (str.translate)
            lower = lower.replace(mark, plain)
    return lower


def as_written(folded: str) -> set[str]:
    """All that folds to some words in small letters, as far as tones are placed."""
    written = {folded}
    for old, new in TONE_PAIRS:
        for words in [one for one in written if new in one]:
            parts = words.split(new)
            written |= {parts[0] + "".join(map(add, chosen, parts[1:])) for chosen in product((old, new), repeat=len(parts) - 1)}
    return written


def _with_new_tones(lower: str) -> str:
    pieces, position = [], 0
    for match in OLD_PLACE.finditer(lower):
        start = match.start() - 1
        pieces += [lower[position:start], NEW_PLACE[lower[start : match.end()]]]
        position = match.end()
    return "".join([*pieces, lower[position:]]) if pieces else lower


class Folded:
    """A text and its folded copy."""

    __slots__ = ("folded", "text")

    def __init__(self, text: str, folded: str | None = None) -> None:
        self.text = text
        self.folded = fold(text) if folded is None else folded
        assert len(self.text) == len(self.folded)

    def masked(self, spans: Iterable[tuple[int, int]]) -> "Folded":
        """The same text, with the folded copy blank (but for line ends) where `spans` lie, in order: no grammar finds anything there."""
        pieces, position = [], 0
        for start, end in spans:
            pieces += [self.folded[position:start], _blank(self.folded[start:end])]
            position = end
        return Folded(self.text, "".join([*pieces, self.folded[position:]]))


def _blank(words: str) -> str:
    return NOT_LINE_END.sub(" ", words) if "\n" in words else " " * len(words)
