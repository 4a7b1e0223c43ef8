"""Where clauses begin on a page: behind a mark, a word such as "when", or another reporting verb."""

from comity.reading.content_features import CLAUSE_MARKS
from comity.reading.layout import QUOTES, Layout

FARTHEST = 40
"""Words before a verb within which its clause begins."""
STOPS = frozenset(".?!()[]…") | CLAUSE_MARKS | QUOTES


class ClauseEdges:
    """`opens` are the words right behind one that begins a clause, `things` those of things that are cues too ("thông cáo | cho hay")."""

    def __init__(self, layout: Layout, opens: set[int], things: set[int]) -> None:
        self.layout, self.tokens, self.opens, self.things = layout, layout.tokens, opens, things

    def start(self, stop: int) -> int:
        """Where the clause of the verb at word `stop` begins."""
        sentence = self.layout.sentence_words[self.tokens[stop].sentence]
        floor = max(sentence.start, stop - FARTHEST)
        index = stop
        while index > floor:
            before = index - 1
            if self.layout.mention[before] is not None:
                index = before
                continue
            if (
                (self.tokens[before].text in STOPS and not self._is_hyphen(before))
                or index in self.opens
                or (self.layout.cue[before] is not None and before not in self.things)
            ):
                break
            index = before
        return index

    def _is_hyphen(self, index: int) -> bool:
        """Whether the mark joins two words ("Al-Qaeda", "U.S.-led") and parts no clause."""
        token = self.tokens[index]
        return token.text == "-" and index > 0 and self.tokens[index - 1].end == token.start
