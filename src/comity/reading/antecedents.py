"""Who acts in a sentence, of those it names: the one that "ông" or "the two sides" of the next sentence stand for.

In come mentions of a page in order; out come those of the nearest sentence that names any, without whoever is only met or spoken of in the
words that the sentence begins with: "Tiếp Thủ tướng Abe, | ông Trump nói", "Following the call with Prime Minister Ito, | Mr Park said".
"""

from collections.abc import Sequence

from comity.knowledge.folded import Folded, fold
from comity.reading.mentions import Mention
from comity.reading.name_words import ReferenceWords
from comity.reading.page import Page

LONGEST_FRONT = 160
"""Characters of such words before their comma."""


class Antecedents:
    """Finds those who act, in one language."""

    def __init__(self, words: ReferenceWords) -> None:
        self._meeting = tuple(f"{fold(word)} " for word in words.meeting)
        self._owned = tuple(f" {fold(word)} " for word in words.owned)
        self._fronting = (*self._meeting, *(f"{fold(word)} " for word in words.fronting))

    def actor(self, text: Folded, page: Page, fitting: Sequence[Mention], before: int) -> Mention | None:
        """The first of the nearest sentence who acts there; of the sentence at `before` itself, none whom its subject only meets."""
        here = page.sentence_at(before)
        for number in sorted({page.sentence_at(mention.start) for mention in fitting}, reverse=True):
            named = [mention for mention in fitting if page.sentence_at(mention.start) == number]
            acting = self.acting(text, page, named)
            if acting:
                own = (mention for mention in acting if not text.folded.endswith(self._owned, 0, mention.outer_start))
                return next(own, acting[0])  # "Tuyên bố của | ông Nam | được đưa ra sau khi bà Mai nói": Ms Mai
            start = page.sentences[number].start
            if number != here or not text.folded.startswith(self._meeting, start):
                return named[0]
        return None

    def acting(self, text: Folded, page: Page, named: Sequence[Mention]) -> list[Mention]:
        """Those of one sentence who are not in the words it begins with, before their comma."""
        if not named:
            return []
        sentence = page.sentences[page.sentence_at(named[0].start)]
        if not text.folded.startswith(self._fronting, sentence.start):
            return list(named)
        comma = text.folded.find(", ", sentence.start, min(sentence.end, sentence.start + LONGEST_FRONT))
        return [mention for mention in named if comma < mention.outer_start] if comma >= 0 else list(named)
