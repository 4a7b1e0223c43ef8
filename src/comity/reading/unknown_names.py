"""Names that nobody knows, as subjects of a verb: "NYTimes nhận xét", "Almasdar News ngày 27/9 đưa tin".

In come a page's words and a stretch of them; out comes whether nothing but such a name stands there.
"""

from collections.abc import Container, Sequence
from functools import cached_property
from itertools import takewhile

from comity.reading.layout import Layout
from comity.reading.page import Token

EMPHASIS = frozenset("*_")
"""Marks around a name in a text with mark-up: "**Accenture** is committed to"."""
SHORTEST_NAME, SHORTEST_PLAIN = 5, 3
"""Letters at least of a name that stands alone at a sentence's beginning, and of one in plain letters with the verb right behind it that
no common word is."""
SHORTEST_RUN = 2
LONGEST_DATED = 6
"""Words of an unknown name and of the day behind it."""


class UnknownNames:
    """Looks over the words of one page."""

    def __init__(
        self, layout: Layout, pronouns: Container[str], passives: Container[str], openers: Container[str], common: Container[str]
    ) -> None:
        self.layout, self.tokens, self.pronouns, self.passives, self.openers = layout, layout.tokens, pronouns, passives, openers
        self.common = common

    def stands(self, first: int, stop: int) -> bool:
        """Whether nothing but capitalised words, at least two or one inside the sentence, stand from word `first` to `stop`."""
        while first < stop and self.tokens[first].text in EMPHASIS:
            first += 1
        words = [token for token in self.tokens[first:stop] if token.text not in EMPHASIS]
        capitals = [token for token in words if token.text[0].isupper()]
        if 2 < len(words) <= LONGEST_DATED and sum(1 for _ in takewhile(lambda token: token.text[0].isupper(), words)) > 1:
            return True  # "Almasdar News ngày 27/9 đưa tin"
        if 2 < len(words) <= LONGEST_DATED and self._is_dated_name(words):
            return True
        if not 0 < len(words) <= 5 or len(capitals) < len(words) - 1 or not words[0].text[0].isupper():
            return False
        starts_sentence = first == self.layout.sentence_words[words[0].sentence].start
        if len(capitals) > 1 or not starts_sentence or any(letter.isupper() for letter in words[0].text[1:]):
            return True
        alone = len(words) == 1 or words[1].folded in self.passives  # "Accenture | is | committed to"
        plain = len(words) == 1 and words[0].text.isalpha() and words[0].text.isascii() and words[0].folded not in self.common
        plain = plain and stop < len(self.tokens) and self.tokens[stop].text[0].isalnum()  # not "Maj. Gen. Lund"
        shortest = SHORTEST_PLAIN if plain else SHORTEST_NAME
        return alone and len(words) <= 2 and len(words[0].text) >= shortest and words[0].folded not in self.small_words

    def _is_dated_name(self, words: Sequence[Token]) -> bool:
        """Whether a single word that nothing but a name is stands before a day: "Okafor hôm 24/5"."""
        name, day = words[0], words[1:]
        is_name = name.text[0].isupper() and len(name.text) >= SHORTEST_NAME and name.folded not in self.openers
        is_day = day[-1].text[0].isdigit() and all(one.folded in self.openers or one.text[0].isdigit() or one.text in "/-" for one in day)
        return is_name and is_day and name.folded not in self.small_words

    def holds_name(self, first: int, stop: int, openers: Container[str]) -> bool:
        """Whether a name of two words or more stands right before the verb, or the day before it: "Trưởng đặc khu | Carrie Lam | hôm qua".

        The first word of a sentence tells nothing.
        """
        while stop > first and (self.tokens[stop - 1].folded in openers or self.tokens[stop - 1].text[0].isdigit()):
            stop -= 1
        begin = max(first, self.layout.sentence_words[self.tokens[first].sentence].start + 1) if first < stop else stop
        return stop - begin >= SHORTEST_RUN and all(self.tokens[index].text[0].isupper() for index in range(stop - SHORTEST_RUN, stop))

    def is_pronoun(self, first: int, stop: int) -> bool:
        """Whether "he" stands there whom nobody named before can be, and nobody else is named."""
        pronoun = any(token.folded in self.pronouns for token in self.tokens[first:stop])
        return pronoun and not any(self.layout.mention[first:stop])

    @cached_property
    def small_words(self) -> frozenset[str]:
        """The words that the page writes with a small letter somewhere: a sentence's first word that is none of them is likely a name."""
        return frozenset(token.folded for token in self.tokens if token.text[0].islower())
