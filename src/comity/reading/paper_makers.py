"""Whose words a paper's are that was told of before: "The ministry issued a statement. | The statement | urged restraint".

In come a page's layout, and a cue; out come those who made the paper of that kind told of last,
None where the cue's subject is none, or nobody is told to have made it. The words are data (`languages/*/occasions.yaml`).
"""

from bisect import bisect_left
from collections.abc import Collection
from functools import cache

from comity.languages import load_words
from comity.reading.cues import Cue, Found, Frame, Phrases
from comity.reading.layout import QUOTES, Layout
from comity.reading.mentions import Form, Mention
from comity.reading.occasions import OccasionWords
from comity.reading.sittings import sitting_phrases
from comity.records import ActorId, LanguageCode

TO_PAPER, TO_MAKER = 5, 8
"""Words from the verb of making to the paper, and from whoever made it to that verb: "issued | a joint press | statement"."""
STOPS = frozenset(".?!;:()[]…") | QUOTES


class PaperMakers:
    """Looks over one page; `articles` stand before a noun, none where a language has none, `joins` between two who act together."""

    def __init__(self, language: LanguageCode, layout: Layout, articles: Collection[str], joins: Collection[str]) -> None:
        self._layout, self._tokens, self._articles, self._joins = layout, layout.tokens, articles, joins
        papers = list(_papers(language).find(layout.tokens))
        self._papers = {one.after: one.first for one in papers}
        self._between = {one.after: one.first for one in sitting_phrases(language).find(layout.tokens)} if papers else {}
        making = {one.after - 1 for one in _making(language).find(layout.tokens)} if papers else set()
        self._made = [(one.after, maker) for one in papers if (maker := self._maker(one.first, making))]

    def of(self, cue: Found[Cue]) -> tuple[ActorId, ...] | None:
        """Those who made the paper that is the cue's subject."""
        if not self._made or self._layout.quoted[cue.first] or cue.value.frame is Frame.SOURCE:
            return None
        after = cue.first
        while after in self._between:
            after = self._between[after]
        first = self._papers.get(after)
        if first is None or not self._begins_clause(first):
            return None
        made = bisect_left(self._made, (first, ())) - 1
        return self._made[made][1] if made >= 0 else None

    def _begins_clause(self, first: int) -> bool:
        if first and self._tokens[first - 1].folded in self._articles:
            first -= 1
        elif self._articles:
            return False
        before = self._tokens[first - 1] if first else None
        return before is None or before.sentence != self._tokens[first].sentence or before.text in QUOTES or before.text == ","

    def _maker(self, paper: int, making: Collection[int]) -> tuple[ActorId, ...]:
        """Those named before a verb of making that has the paper behind it."""
        sentence = self._layout.sentence_words[self._tokens[paper].sentence]
        verb = next((at for at in range(paper - 1, max(sentence.start, paper - TO_PAPER) - 1, -1) if self._ends(at) or at in making), None)
        if verb is None or verb not in making or self._layout.quoted[verb]:
            return ()
        near = range(verb - 1, max(sentence.start, verb - TO_MAKER) - 1, -1)
        index = next((at for at in near if self._layout.mention[at] is not None or self._tokens[at].text in STOPS), None)
        mention = self._layout.mention[index] if index is not None else None
        if index is None or mention is None or mention.form is Form.PRONOUN:
            return ()
        return tuple(dict.fromkeys(actor for one in (*self._joined(mention, index), mention) for actor in one.actors))

    def _ends(self, index: int) -> bool:
        return self._layout.mention[index] is not None or self._tokens[index].text in STOPS or self._tokens[index].text == ","

    def _joined(self, mention: Mention, index: int) -> list[Mention]:
        """Whoever is joined before the one that stands at a word: "Peru | and | Norway issued"."""
        while index and self._layout.mention[index - 1] is mention:
            index -= 1
        before = self._layout.mention[index - 2] if index > 1 and self._tokens[index - 1].folded in self._joins else None
        return [before] if before is not None and before.form is not Form.PRONOUN else []


@cache
def _papers(language: LanguageCode) -> Phrases[bool]:
    return Phrases((paper, True) for paper in load_words(language, "occasions", OccasionWords).papers)


@cache
def _making(language: LanguageCode) -> Phrases[bool]:
    return Phrases((verb, True) for verb in load_words(language, "occasions", OccasionWords).making)
