"""Who stands before words that only tell where, or in which paper, somebody speaks: "Ms Lund | in a press statement | said", "bà Lund | tại
hội nghị | nhấn mạnh".

In come a page's layout and a verb; out comes the one named right before such words, who begins the clause. The nouns are those of occasions
(`languages/*/occasions.yaml`), the words before them `settings` of `languages/*/cues.yaml`.
"""

from collections.abc import Collection
from functools import cache

from comity.knowledge.folded import fold
from comity.languages import load_words
from comity.reading.cues import Phrases, cue_words
from comity.reading.layout import CLAUSE_ENDS, QUOTES, Layout
from comity.reading.mentions import Form, Mention
from comity.reading.occasions import OccasionWords
from comity.records import LanguageCode

LONGEST = 8
"""Words of such a setting: "trong một tuyên bố gần đây"."""
MOST_BETWEEN = 2
"""Words between the name and the setting: "bà Lund | hôm qua | tại hội nghị nhấn mạnh"."""
STOPS = CLAUSE_ENDS | QUOTES | frozenset("()[]")


class Settings:
    """Looks over one page; `articles` may stand before a name, and `openers` before it, behind it or before its clause."""

    def __init__(self, language: LanguageCode, layout: Layout, articles: Collection[str], openers: Collection[str]) -> None:
        self._layout, self._tokens, self._articles, self._openers = layout, layout.tokens, articles, openers
        self._before = _before(language)
        self._nouns = {index for one in _nouns(language).find(layout.tokens) for index in range(one.first, one.after)}

    def named_before(self, verb: int) -> Mention | None:
        """The one named before a setting that ends right before a verb."""
        first = self._layout.sentence_words[self._tokens[verb].sentence].start
        has_noun = False
        for index in range(verb - 1, max(first, verb - LONGEST - 1), -1):
            token = self._tokens[index]
            if self._layout.mention[index] is not None or token.text in STOPS:
                return None
            has_noun = has_noun or index in self._nouns
            if has_noun and token.folded in self._before:
                return self._opens_clause(index, first)
        return None

    def _opens_clause(self, setting: int, first: int) -> Mention | None:
        """The one named before the words from `setting` on, where that one is the subject of a clause."""
        index = setting - 1
        while index > first and setting - 1 - index < MOST_BETWEEN and self._layout.mention[index] is None:
            if self._tokens[index].folded not in self._openers:
                return None
            index -= 1
        mention = self._layout.mention[index]
        if mention is None or mention.form not in (Form.NAME, Form.TITLE):
            return None
        while index > first and self._layout.mention[index - 1] is mention:
            index -= 1
        while index > first and self._tokens[index - 1].folded in self._articles:
            index -= 1
        return mention if index == first or self._tokens[index - 1].text in STOPS else None


@cache
def _before(language: LanguageCode) -> frozenset[str]:
    return frozenset(map(fold, cue_words(language).settings))


@cache
def _nouns(language: LanguageCode) -> Phrases[bool]:
    words = load_words(language, "occasions", OccasionWords)
    return Phrases((noun, True) for noun in words.nouns)
