"""Through which verbs a meeting speaks: "The Meeting also | welcomed", "Hội nghị đã | ghi nhận", "The 10th ASEAN-UN Summit | adopted".

In: a page's layout with its sittings, and a cue. Out: the parties of the meeting that begins the cue's clause, None where none does or
its parties are not known.
"""

from bisect import bisect_left, bisect_right
from itertools import pairwise

from comity.reading.cues import Cue, Found, Frame, cue_words
from comity.reading.layout import Layout
from comity.reading.page import Page
from comity.reading.sittings import meant, sitting_heads, sitting_phrases, sitting_words
from comity.records import ActorId


class SittingSpeakers:
    """Looks over one page; `starts` are its words' beginnings."""

    def __init__(self, page: Page, layout: Layout, starts: list[int]) -> None:
        self._page, self._layout, self._tokens, self._starts, self._sittings = page, layout, layout.tokens, starts, page.sittings
        words = sitting_words(page.language)
        self._articles = frozenset(words.articles)
        self._between = {one.after: one.first for one in sitting_phrases(page.language).find(layout.tokens)} if page.sittings else {}
        self._heads = {one.after: one.first for one in sitting_heads(page.language).find(layout.tokens)} if page.sittings else {}
        self._ends = [one.end for one in page.sittings]
        self._joiners = frozenset(cue_words(page.language).joiners)
        self._before = {cue.first: before for before, cue in pairwise(layout.cues)} if page.sittings else {}

    def of(self, cue: Found[Cue]) -> tuple[ActorId, ...] | None:
        """The parties of the meeting that speaks through a cue, or through the one before to which "and" joins it."""
        if not self._sittings or self._layout.quoted[cue.first] or cue.value.frame is Frame.SOURCE:
            return None
        after = cue.first
        while after in self._between:
            after = self._between[after]
        before = self._before.get(cue.first)
        if before is not None and after and self._tokens[after - 1].folded in self._joiners:
            same = self._tokens[before.first].sentence == self._tokens[cue.first].sentence
            return self.of(before) if same else None
        if not after or self._tokens[after - 1].sentence != self._tokens[cue.first].sentence:
            return None
        first, parties = self._subject(after)
        return parties if parties and self._begins_clause(first) else None

    def _subject(self, after: int) -> tuple[int, tuple[ActorId, ...]]:
        """The first word of the meeting that ends before a word, and its parties."""
        last = self._tokens[after - 1]
        place = bisect_right(self._ends, last.start)
        if place < len(self._sittings) and self._sittings[place].start <= last.start:
            return bisect_left(self._starts, self._sittings[place].start), self._sittings[place].parties
        first = self._heads.get(after, after)
        noun = " ".join(token.folded for token in self._tokens[first:after])
        while not noun and first and first - 1 in self._layout.unnamed and self._tokens[first - 1].sentence == last.sentence:
            first -= 1
        noun = noun or (self._tokens[after - 1].folded if first < after else "")
        if not noun or (self._articles and (not first or self._tokens[first - 1].folded not in self._articles)):
            return first, ()
        return first, meant(self._page, noun, last.start)

    def _begins_clause(self, first: int) -> bool:
        while first and self._tokens[first - 1].folded in self._articles:
            first -= 1
        before = self._tokens[first - 1] if first else None
        return before is None or before.sentence != self._tokens[first].sentence or not before.text[-1].isalnum()
