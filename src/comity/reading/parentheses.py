"""Whose verb stands behind a parenthesis: "Nanaia Mahuta, who chaired the session, | welcomed", "her counterpart, Espen Eide, | said".

In come a page's layout and a verb right behind a comma; out comes the mention that is its subject, or nothing: the name before the words
between the commas, or the name that they are. The words are data (`languages/*/subjects.yaml`).
"""

from comity.reading.layout import QUOTES, Layout
from comity.reading.mentions import Form, Mention
from comity.records import ActorType

LONGEST = 30
"""Words between the two commas."""
FARTHEST_NAME = 8
"""Words from the beginning of a clause to the name that is its subject."""
ENDS_CLAUSE = frozenset(".?!;:()[]…,") | QUOTES


class Parentheses:
    """Looks over the parentheses of one page; `openers` are words that begin one ("who", "however")."""

    def __init__(self, layout: Layout, openers: frozenset[str]) -> None:
        self.layout, self.tokens, self.openers = layout, layout.tokens, openers

    def subject_before(self, verb: int) -> Mention | None:
        """The mention whose verb begins at word `verb`, right behind a parenthesis."""
        close = verb - 1
        words = self.layout.sentence_words[self.tokens[verb].sentence]
        if close <= words.start or self.tokens[close].text != ",":
            return None
        opening = self._opening(close, words.start)
        if opening is None or self._is_verb(opening + 1):
            return None
        inner = range(opening + 1, close)
        before = self.layout.mention[opening - 1]
        explained = self.layout.mention[inner.start]
        if not self._begins_clause(opening - 1, words.start):
            return None
        names_nobody = before is None or before.type is not ActorType.PERSON or before.form is Form.TITLE
        if names_nobody and explained is not None and explained.type is ActorType.PERSON:
            return explained if all(self.layout.mention[at] is explained for at in inner) else None
        if before is None:
            return None
        is_explained = self.tokens[inner.start].folded in self.openers
        return before if is_explained or (before.type is ActorType.PERSON and explained is not before) else None

    def opening_before(self, verb: int) -> int | None:
        """The comma that opens the parenthesis which ends right before a verb."""
        floor = self.layout.sentence_words[self.tokens[verb].sentence].start
        return self._opening(verb - 1, floor) if verb > floor + 1 and self.tokens[verb - 1].text == "," else None

    def _is_verb(self, index: int) -> bool:
        """Whether a verb goes on behind the comma, so that nothing is put between: "Ms Mai, adviser to Mr Nam, | warned them, hinting"."""
        return self.layout.cue[index] is not None and self.tokens[index].folded not in self.openers

    def _opening(self, close: int, floor: int) -> int | None:
        """The comma that opens the parenthesis which the one at `close` ends."""
        for index in range(close - 1, max(floor, close - LONGEST), -1):
            text = self.tokens[index].text
            if text == ",":
                return index
            if text in ENDS_CLAUSE:
                return None
        return None

    def _begins_clause(self, last: int, floor: int) -> bool:
        """Whether the words up to `last` are but a name with its titles: a few words behind a sentence's beginning or a mark, no verb."""
        for index in range(last, max(floor, last - FARTHEST_NAME) - 1, -1):
            if self.tokens[index].text in ENDS_CLAUSE:
                return True
            if self.layout.cue[index] is not None:
                return False
            if index == floor:
                return True
        return False
