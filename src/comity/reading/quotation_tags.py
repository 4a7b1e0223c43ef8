"""Which verbs report the quotation that ends before them: '"...", ông Nam | nói', '"...," | said | Minister Okafor'.

In come a page's layout and a cue; out comes whether it tags a quotation, or follows one that only stands in words before its own: 'Asked
about the "harsh" bill, Ms Lan | said | that ...'.
"""

from collections.abc import Container

from comity.reading.cues import Cue, Found, Frame
from comity.reading.layout import QUOTES, Layout

FEWEST_BEHIND = 3
"""Words behind a verb that may be those it reports."""


class QuotationTags:
    """Looks over one page; `complementizers` are words such as "that"."""

    def __init__(self, layout: Layout, complementizers: Container[str]) -> None:
        self.layout, self.tokens, self.complementizers = layout, layout.tokens, complementizers

    def tags(self, cue: Found[Cue]) -> bool:
        """Whether the cue stands behind a quotation with its speaker; a full stop between begins a new sentence."""
        close = self._end_before(cue)
        return close is not None and not self._is_before_own_words(cue, close)

    def follows(self, cue: Found[Cue]) -> bool:
        """Whether it stands so behind a few quoted words that are not what it reports."""
        close = self._end_before(cue)
        return close is not None and self._is_before_own_words(cue, close)

    def _end_before(self, cue: Found[Cue]) -> int | None:
        """The mark that closes a quotation with nothing but a named speaker between it and the cue."""
        if cue.value.frame is not Frame.CLAUSE or self.layout.quoted[cue.first] or not cue.first:
            return None
        last = cue.first - 1
        mention = self.layout.mention[last]
        while last > 0 and mention is not None and self.layout.mention[last] is mention:
            last -= 1
        while last > 0 and self.tokens[last].text in ",-–—":
            last -= 1
        named = mention is not None or (cue.after < len(self.tokens) and self.layout.mention[cue.after] is not None)
        ends = named and last > 0 and self.tokens[last].text in QUOTES and bool(self.layout.quoted[last - 1])
        return last if ends else None

    def _is_before_own_words(self, cue: Found[Cue], close: int) -> bool:
        """Whether the quotation begins behind a word of its clause, and the cue has a comma, a colon or "that" and words behind it."""
        words = self.layout.sentence_words[self.tokens[cue.first].sentence]
        if cue.after + FEWEST_BEHIND >= words.stop:
            return False
        if self.tokens[cue.after].text not in ",:" and self.tokens[cue.after].folded not in self.complementizers:
            return False
        index = close - 1
        while index > 0 and self.layout.quoted[index]:
            index -= 1
        return index > words.start and self.tokens[index - 1].text[0].isalnum()
