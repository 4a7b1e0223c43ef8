"""Where on a page words stand for people without a name, things that speak for their makers, the one who speaks, or one spoken of before.

In come a page's words and the language's lists of such (`languages/*/subjects.yaml`); out comes what each head is, by its first word.
"""

from collections.abc import Sequence

from comity.reading.page import Token
from comity.reading.subject_words import Kind, SubjectPhrases


class Heads:
    """Found once a page."""

    def __init__(self, tokens: Sequence[Token], words: SubjectPhrases) -> None:
        self.kinds: dict[int, Kind] = {}
        self.words: dict[int, str] = {}
        self.circle: set[int] = set()
        """Heads of those who belong to the person named right behind."""
        self.anaphors: dict[int, int] = {}
        """Where the words of one spoken of before end: "nhà ngoại giao này"."""
        self.things: set[int] = set()
        """Words of heads that are cues too: "thông cáo | cho hay", "người được hỏi | cho biết"."""
        for found in words.heads.find(tokens):
            kind, is_circle = found.value
            if kind is Kind.NONE:
                continue
            self.kinds[found.first] = kind
            self.words[found.first] = " ".join(token.folded for token in tokens[found.first : found.after])
            if kind is Kind.THING or (kind is Kind.PEOPLE and found.after - found.first > 1):
                self.things.update(range(found.first, found.after))
            if kind is Kind.ANAPHOR:
                self.anaphors[found.first] = found.after
            if is_circle:
                self.circle.add(found.first)
