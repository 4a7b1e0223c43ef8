"""Who acts in a sentence, of those it names: the one that "ông" or "the two sides" of the next sentence stand for.

In come mentions of a page in order; out come those of the nearest sentence that names any, without whoever is only met or spoken of in the
words that the sentence begins with: "Tiếp Thủ tướng Abe, | ông Trump nói", "Following the call with Prime Minister Ito, | Mr Park said".
"""

import re
from bisect import bisect_right
from collections.abc import Sequence

from comity.knowledge.folded import Folded, fold
from comity.reading.layout import quoted_words
from comity.reading.mentions import Form, Mention
from comity.reading.name_words import ReferenceWords
from comity.reading.page import Page
from comity.records import ActorId, ActorType

LONGEST_FRONT, LONGEST_OPENER = 160, 20
"""Characters of such words before their comma, and of a word before them ("Giờ đây,")."""
MOST_FRONTS = 3
MOST_SOURCED, LONGEST_SOURCED = 3, 40
"""Words between "theo" and "của", and characters before whoever's view is reported."""


class Antecedents:
    """Finds those who act, in one language."""

    def __init__(self, words: ReferenceWords) -> None:
        self._meeting = tuple(f"{fold(word)} " for word in words.meeting)
        self._whereat = tuple(f", {fold(word)} " for word in words.whereat)
        self._owning = words.owning
        self._asides = tuple(f" {fold(word)} " for word in words.asides)
        self._owned = tuple(f" {fold(word)} " for word in words.owned)
        sources, owned = ("|".join(map(re.escape, map(fold, words))) for words in (words.sources, words.owned))
        self._sourced = re.compile(rf"(?<!\w)(?:{sources}) (?:\w+ ){{1,{MOST_SOURCED}}}(?:{owned}) $") if words.sources else None
        self._fronting = (*self._meeting, *(f"{fold(word)} " for word in words.fronting))
        self._joined = frozenset(f" {fold(word)} " for word in words.one_with)

    def actor(self, text: Folded, page: Page, fitting: Sequence[Mention], before: int) -> Mention | None:
        """The first of the nearest sentence who acts there; of the sentence at `before` itself, none whom its subject only meets. Of two
        who act together it is neither: "Ông Nam và ông Bình ... Ông"."""
        here = page.sentence_at(before)
        last = fitting[-1] if fitting and text.folded.endswith(self._whereat, 0, before) else None
        if last is not None and page.sentence_at(last.start) == here and self._is_owner(text, last):
            return last
        aside: Mention | None = None
        for number in sorted({page.sentence_at(mention.start) for mention in fitting}, reverse=True):
            named = [mention for mention in fitting if page.sentence_at(mention.start) == number]
            acting = self.acting(text, page, named)
            if self._are_two(text, acting):
                return None
            beside = acting and all(text.folded.endswith(self._asides, 0, mention.outer_start) for mention in acting)
            if beside and here - number > 1:  # "Mỹ mở cảng khi | ông Nam | đi vắng. Cảng đã cũ. Ông": rather who acts before that
                aside = aside or acting[0]
                continue
            if acting:
                own = (mention for mention in acting if not self._is_owned(text, mention))
                return next(own, acting[0])  # "Tuyên bố của | ông Nam | được đưa ra sau khi bà Mai nói": Ms Mai
            start = page.sentences[number].start
            if number != here or not text.folded.startswith(self._meeting, start):
                return named[0]
        return aside

    def _is_owner(self, text: Folded, mention: Mention) -> bool:
        """Whether somebody is named for what is his: "| Mr Lund|'s visit", "chuyến thăm của | ông Lund"."""
        return text.folded.startswith(self._owning, mention.outer_end) or text.folded.endswith(self._owned, 0, mention.outer_start)

    def _is_owned(self, text: Folded, mention: Mention) -> bool:
        """Whether somebody is named for what is theirs; not whose view is reported ("theo phân tích của | ông Nam |, Mỹ ...")."""
        start = mention.outer_start
        if not text.folded.endswith(self._owned, 0, start):
            return False
        return self._sourced is None or not self._sourced.search(text.folded, max(0, start - LONGEST_SOURCED), start)

    def acting(self, text: Folded, page: Page, named: Sequence[Mention]) -> list[Mention]:
        """Those of one sentence who are not in the words it begins with, before their commas."""
        if not named:
            return []
        sentence = page.sentences[page.sentence_at(named[0].start)]
        begin = self._behind_fronts(text, sentence.start, sentence.end)
        return [mention for mention in named if begin <= mention.outer_start]

    def _behind_fronts(self, text: Folded, start: int, end: int) -> int:
        """Where the words for the setting end: "Giờ đây, sau khi gặp ông Kim, | ông Trump"."""
        begin = start
        for _ in range(MOST_FRONTS):
            opener = text.folded.find(", ", begin, min(end, begin + LONGEST_OPENER)) + 2 if begin == start else 1
            at = begin if text.folded.startswith(self._fronting, begin) else opener
            if not text.folded.startswith(self._fronting, at):
                break
            comma = text.folded.find(", ", at, min(end, at + LONGEST_FRONT))
            if comma < 0:
                break
            begin = comma + 2
        return begin

    def _are_two(self, text: Folded, acting: Sequence[Mention]) -> bool:
        return (
            len(acting) > 1
            and text.folded[acting[0].outer_end : acting[1].outer_start] in self._joined
            and acting[0].actors != acting[1].actors
        )


def may_be(mention: Mention, gender: str, genders: dict[ActorId, str]) -> bool:
    """Whether "ông" or "bà" may stand for it: one person of that gender, or whoever is named by office only ("Thủ tướng Anh")."""
    if len(mention.actors) != 1:
        return False
    if mention.type is not ActorType.PERSON:
        return mention.form is Form.TITLE
    known = genders.get(mention.actors[0], "any")
    return "any" in (gender, known) or known == gender


def unnamed_since(who: Mention, page: Page, place: int, unnamed: Sequence[int]) -> bool:
    """Whether an office whose holder can't be told stands nearer than `who`, or before them in their sentence as its subject."""
    last = max((one for one in unnamed if one < place), default=-1)
    if last < 0:
        return False
    there, theirs = page.sentence_at(last), page.sentence_at(who.start)
    return there > theirs or (there == theirs and last < who.start)


def outside_quotations(recent: list[Mention], page: Page, place: int) -> list[Mention]:
    """Without those named in another's words, for a word outside them: '"Tổng thống Lý sẽ đến", bà Mai nói. | Bà'."""
    quoted = quoted_words(page)
    if not any(quoted):
        return recent
    starts = [token.start for token in page.tokens]
    if quoted[bisect_right(starts, place) - 1]:
        return recent
    return [m for m in recent if not quoted[bisect_right(starts, m.start) - 1]] or recent
