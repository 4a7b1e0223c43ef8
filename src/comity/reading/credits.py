"""Finds credits and sign-offs ("Ảnh: ...", "(Theo ...)"): the agencies and photographers in them are no actors of the text."""

import re
from collections.abc import Iterable

from comity.knowledge.folded import Folded, fold


class Credits:
    """The credits of one language, by the words that begin them."""

    def __init__(self, words: Iterable[str]) -> None:
        cues = [re.escape(fold(word)) for word in sorted(words, key=len, reverse=True)]
        plain, bracketed = (
            "|".join(cue for cue in cues if not cue.startswith(r"\(")),
            "|".join(cue for cue in cues if cue.startswith(r"\(")),
        )
        self._credit = re.compile(rf"(?<!\w)(?:{plain})[^)\n]{{0,80}}(?=\)|\n|$)|(?:{bracketed})[^)\n]{{0,80}}\)[ .]*(?=\n|$)")

    def without(self, text: Folded) -> Folded:
        """The text with its folded copy blank where credits stand."""
        spans = [match.span() for match in self._credit.finditer(text.folded)]
        return text.masked(spans) if spans else text
