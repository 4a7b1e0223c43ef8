"""A folded copy of a text, of the same length, so that what is found in it keeps its place in the text.

Folding: lower case, old tone placement to new (`hoà` to `hòa`, `uỷ` to `ủy`), typographic quotes, dashes and spaces to plain ones.
Vietnamese diacritics stay: they are letters.
"""

import re
from collections.abc import Iterable

PLAIN = str.maketrans({
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "`": "'",
    "–": "-", "—": "-", "‑": "-", "‐": "-", "−": "-",
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2002": " ", "\u2003": " ", "\u3000": " ", "\t": " ",
})  # fmt: skip
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
NEW_PLACE = dict(pair.split() for pair in TONES)
OLD_PLACE = re.compile(r"(?<!q)(" + "|".join(NEW_PLACE) + r")(?![^\W\d_])")
"""At a syllable's end only: `hoà` but not `hoàn`; never after q, where u belongs to the consonant (`quý`)."""

NOT_LINE_END = re.compile(r"[^\n]")


def fold(text: str) -> str:
    """The folded copy: same length, position by position."""
    lower = text.lower()
    if len(lower) != len(text):  # a few letters grow in lower case (İ): leave those as they are
        lower = "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)
    return OLD_PLACE.sub(lambda match: NEW_PLACE[match.group(1)], lower.translate(PLAIN))


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
            pieces += [self.folded[position:start], NOT_LINE_END.sub(" ", self.folded[start:end])]
            position = end
        return Folded(self.text, "".join([*pieces, self.folded[position:]]))
