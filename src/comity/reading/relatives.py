"""Whose verb stands in a clause about somebody: "ông Romney, ứng viên năm 2012, người từng | mỉa mai", "Mr Nam, who had | called".

In come a page's layout and a verb; out comes the person whom the clause is about, or nothing. The words
are data (`relatives` of `languages/*/subjects.yaml`).
"""

from collections.abc import Container

from comity.reading.clause_edges import STOPS
from comity.reading.cues import Phrases
from comity.reading.layout import Layout
from comity.reading.mentions import Form, Mention
from comity.records import ActorType

FARTHEST = 14
"""Words from the name to the clause about it: those of what explains it stand between (", ứng viên năm 2012,")."""
LONGEST_VERB = 5
"""Words from the clause's beginning to its verb."""


class Relatives:
    """Looks over one page; `people` are the words that begin people without a name."""

    def __init__(self, layout: Layout, words: Phrases[int], people: Container[int]) -> None:
        self.layout, self.tokens, self.people = layout, layout.tokens, people
        self._first = {index for found in words.find(self.tokens) for index in range(found.first, found.after)}

    def begins(self, index: int) -> bool:
        """Whether a clause about somebody begins at a word, behind a comma."""
        return index in self._first and index > 0 and self.tokens[index - 1].text == ","

    def about(self, verb: int) -> Mention | None:
        """The person whose clause the verb is the first of."""
        if not self._first:
            return None
        begin = next((index for index in range(verb - 1, max(0, verb - LONGEST_VERB) - 1, -1) if index in self._first), None)
        if begin is None or any(self.layout.mention[begin:verb]) or any(token.text in STOPS for token in self.tokens[begin:verb]):
            return None
        while begin - 1 in self._first:
            begin -= 1
        return self._named_before(begin - 1) if begin and self.tokens[begin - 1].text == "," else None

    def _named_before(self, comma: int) -> Mention | None:
        """The person named right before a comma, or before what explains that one: no comma stands between the name and other words."""
        floor = max(self.layout.sentence_words[self.tokens[comma].sentence].start, comma - FARTHEST)
        for index in range(comma - 1, floor - 1, -1):
            mention = self.layout.mention[index]
            if mention is None or mention.type is not ActorType.PERSON:
                continue
            if mention.form is Form.PRONOUN:
                return None
            explained = self.tokens[index + 1].text == ","
            apart = any(at in self.people for at in range(index + 1, comma))
            return mention if explained or not apart else None
        return None
