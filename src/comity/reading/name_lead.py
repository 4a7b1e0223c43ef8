"""The words of a name before its head, in languages whose names end with it: "U.S.-Mexico Bicentennial [Framework]".

In come a page's tokens and where the head stands in them; out comes where the name begins, and what belongs to it.
"""

from collections.abc import Sequence

from comity.reading.page import Token
from comity.reading.phrase_words import Lookups

LONGEST_LEAD = 12


class Lead:
    """The way left from one head."""

    def __init__(self, words: Lookups, tokens: Sequence[Token], first: int) -> None:
        """`first` is the head's first token."""
        self.g, self.tokens, self.first = words, tokens, first
        self.sentence = tokens[first].sentence
        self.named = self.modified = False

    def begin(self) -> int:
        """The first token of the name; `named` and `modified` tell afterwards what belongs to it."""
        g, tokens, index = self.g, self.tokens, self.first
        if g.capitals_before:
            index = self._capitals(index)
        while size := g.before.before(tokens, index):
            if tokens[index - size].sentence != self.sentence:
                break
            index -= size
        return index

    def _capitals(self, index: int) -> int:
        """Left over capitals, numbers and modifiers: "U.S.-Mexico Bicentennial [Framework]", "comprehensive strategic [partnership]"."""
        g, tokens = self.g, self.tokens
        capital_head = tokens[self.first].text[0].isupper()
        begin = index
        for _ in range(LONGEST_LEAD):
            if not index or tokens[index - 1].sentence != self.sentence:
                break
            token = tokens[index - 1]
            if size := g.modifiers.before(tokens, index):
                self.modified = True
                index -= size
                begin = index
            elif token.folded in g.outside or token.folded.endswith("'s"):
                break
            elif is_proper(tokens, index - 1):
                index -= 1
                begin = index
                self.named = True
            elif (
                (
                    token.folded in ("-", ".", "'", "/")
                    and token.end == tokens[index].start
                    and token.start == tokens[index - 2].end
                    and index > 1
                )
                or (token.folded == "'" and index > 1 and token.start == tokens[index - 2].end and tokens[index - 2].folded.endswith("s"))
                or (
                    capital_head
                    and g.joins.before(tokens, index) == 1
                    and index > 1
                    and is_proper(tokens, index - 2)
                    and tokens[index - 2].folded not in g.outside
                )
                or self._joins_parties(index)
                or (token.folded == "." and index > 1 and tokens[index - 2].folded in g.stopped and (self.named or self.modified))
            ):
                index -= 1
            else:
                break
        return begin

    def _joins_parties(self, index: int) -> bool:
        """Whether a dash between blanks stands before a token and joins two parties: "the ASEAN – Canada [Plan of Action]", "the Viet Nam
        - US [Partnership]". The dash behind a place at the head of a report has no word of the sentence before its place."""
        g, tokens = self.g, self.tokens
        if index < 3 or tokens[index - 1].folded != "-" or not (is_proper(tokens, index) and is_proper(tokens, index - 2)):
            return False
        before = next(
            (i for i in range(index - 3, max(-1, index - 6), -1) if not is_proper(tokens, i) or tokens[i].folded in g.outside), None
        )
        return before is not None and tokens[before].sentence == self.sentence and tokens[index - 2].folded not in g.outside


def is_proper(tokens: Sequence[Token], index: int) -> bool:
    """Whether a token is a name's: a capital, or a number that is no small count."""
    text = tokens[index].text
    return text[0].isupper() or (text[0].isdigit() and (len(text) > 2 or not text.isdigit()))
