"""What those say who issue a text: "We also | welcomed the report" in a communiqué, "Chúng tôi | hoan nghênh", "Recalling the treaty;".

In: a page and its layout. Out: whether a verb's subject is the "we" with which its sentence begins, or the verb opens a paragraph, in a
text that tells who "we" are.
"""

from functools import cached_property

from comity.reading.commitment_words import commitment_words
from comity.reading.cues import Cue, Found, Frame
from comity.reading.layout import Layout
from comity.reading.page import Page
from comity.reading.signatories import signatories_of
from comity.reading.sittings import sitting_phrases

LIST_ENDS = (";", ",")


class IssuersWords:
    """Looks over one page."""

    def __init__(self, page: Page, layout: Layout) -> None:
        self._page, self._layout, self._tokens = page, layout, layout.tokens
        words = commitment_words(page.language)
        self._we, self._me = frozenset(words.we), frozenset(words.me)

    def holds(self, cue: Found[Cue]) -> bool:
        """Whether "we" begins the sentence and the verb follows, or the verb begins a paragraph, not in quotation marks."""
        if self._layout.quoted[cue.first] or cue.value.frame is Frame.SOURCE:
            return False
        if signatories_of(self._page, self._layout).opens(cue.first) and self._is_whole(cue):
            return True
        first = cue.first
        while first in self._between:
            first = self._between[first]
        we = self.we(first)
        if we is None or not self._begins(we):
            return False
        return bool(signatories_of(self._page, self._layout).speaking)

    def _is_whole(self, cue: Found[Cue]) -> bool:
        """Whether the sentence goes on as a recital does, to a semicolon, or has no other verb of saying, whose subject may be another."""
        words = self._layout.sentence_words[self._tokens[cue.first].sentence]
        others = any(self._layout.cue[index] is not None for index in range(cue.after, words.stop))
        return self._tokens[words.stop - 1].text in LIST_ENDS or not others

    def we(self, after: int) -> int | None:
        """The first word of the "we" that ends before a word: "we", "chúng | tôi"; None where none does."""
        for first in (after - 1, after - 2):
            if first >= 0 and self._tokens[first].folded in self._we:
                return first if first == after - 1 or self._tokens[after - 1].folded in self._me else None
        return None

    def _begins(self, first: int) -> bool:
        """Whether nothing but a number stands before a word in its sentence: "12. | We"."""
        words = self._layout.sentence_words[self._tokens[first].sentence]
        return not any(token.text[0].isalpha() for token in self._tokens[words.start : first])

    @cached_property
    def _between(self) -> dict[int, int]:
        return {one.after: one.first for one in sitting_phrases(self._page.language).find(self._tokens)}
