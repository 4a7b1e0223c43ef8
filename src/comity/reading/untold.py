"""Where a reporting word tells nobody's words: "sau lời | kêu gọi | này", "trước khi ông Nam | phát biểu |, trời mưa".

In come a page's layout, where its clauses begin and a cue; out comes whether the cue only points back, names another's reply, tells
whose something is or that nobody says it, is part of what a sentence is about, tells a condition, what may or should be said or what
somebody is asked to say, or ends a clause of time or concession that has no words of its own. The words are data (`cues.yaml`).
"""

from bisect import bisect_left
from functools import cache
from typing import NamedTuple

from comity.reading.clause_edges import ClauseEdges
from comity.reading.cues import Cue, Found, Frame, Phrases, cue_words
from comity.reading.issued_papers import IssuedPapers
from comity.reading.layout import QUOTES, Layout
from comity.records import Act, LanguageCode

MOST_IN_NOMINAL = 12
"""Words between "việc" and the verb that is joined to what follows it."""
MOST_BEHIND_NOMINAL = 16
"""Words behind that verb within which the sentence's own verb shows."""
TELLING = frozenset({Act.AFFIRM, Act.INFORM})
"""What somebody may have said where it stands behind "if": "nếu đúng như Seoul | nói |"."""
MOST_ASKED = 8
"""Words between a verb that asks and the one that tells what for: whom it asks, and a word such as "should"."""
ENDS = frozenset({",", ".", ";", "…"})


class Untold:
    """Looks over one page. Made once a page."""

    def __init__(self, language: LanguageCode, layout: Layout, edges: ClauseEdges, papers: IssuedPapers) -> None:
        self._layout, self._tokens, self._edges, self._papers = layout, layout.tokens, edges, papers
        self._words = words = _words(language)
        self._order = {found.first: number for number, found in enumerate(layout.cues)}
        self._behind_condition = {found.after for found in words.conditions.find(self._tokens)}
        self._behind_subordinate = {found.after for found in words.subordinates.find(self._tokens)}
        self._behind_none = {found.after for found in words.none.find(self._tokens)}
        self._behind_hindering = {found.after for found in words.hindering.find(self._tokens)}
        self._behind_possible = {found.after for found in words.possible.find(self._tokens)}

    def holds(self, cue: Found[Cue]) -> bool:
        """Whether nothing is reported there."""
        if cue.value.frame is Frame.SOURCE:
            return False
        words = self._layout.sentence_words[self._tokens[cue.first].sentence]
        points_back = self._word(cue.first - 1, words) in self._words.nouns and self._word(cue.after, words) in self._words.pointing
        if points_back and self._word(cue.after + 1, words) not in self._words.owners:
            return True
        if self._word(cue.after, words) in self._words.these and self._opens_noun(cue, words):
            return True
        if self._is_done_by(cue, words) or self._is_of_none(cue, words) or self._is_hindered(cue):
            return True
        if self._is_supposed(cue, words) or cue.first in self._behind_possible or self._is_asked_for(cue):
            return True
        return self._is_answer_of(cue, words) or self._is_nominal(cue, words) or self._ends_clause(cue, words)

    def _is_done_by(self, cue: Found[Cue], words: range) -> bool:
        """Whether the verb only tells whose something is: "the steps | announced | by the president", "as | outlined | by Ms Lan"; not "was
        | criticised | by Ms Lan"."""
        return self._word(cue.after, words) in self._words.done_by and self._word(cue.first - 1, words) not in self._words.being

    def _is_of_none(self, cue: Found[Cue], words: range) -> bool:
        """Whether it is said that nobody says it: "chưa có hãng tin nào | cho biết"."""
        if self._word(cue.first - 1, words) not in self._words.any:
            return False
        start = self._edges.start(cue.first)
        return any(start <= found <= cue.first for found in self._behind_none)

    def _is_hindered(self, cue: Found[Cue]) -> bool:
        """Whether somebody is kept from saying it: "ngăn Lào ra tuyên bố | lên án", "kept Laos from issuing a statement | condemning"."""
        issuing = self._papers.verb_before(cue.first)
        index = cue.first if issuing is None else issuing
        index -= index > 0 and self._tokens[index - 1].folded in self._words.hindered_from
        mention = self._layout.mention[index - 1] if index else None
        while mention is not None and index and self._layout.mention[index - 1] is mention:
            index -= 1
        index -= index > 0 and self._tokens[index - 1].folded in self._words.articles
        return mention is not None and index in self._behind_hindering

    def _is_supposed(self, cue: Found[Cue], words: range) -> bool:
        """Whether the verb only tells on what condition something else would be: "sẽ rút quân nếu Lào | nhất trí | mở cảng"."""
        if cue.value.act in TELLING:
            return False
        start = self._edges.start(cue.first)
        return words.start < start < cue.first and start in self._behind_condition

    def _is_asked_for(self, cue: Found[Cue]) -> bool:
        """Whether the verb is what another asks somebody to say, who is named between the two: "đề nghị Lào | thông báo | kết quả",
        "kêu gọi Lào ra tuyên bố | lên án"."""
        issuing = self._papers.verb_before(cue.first)
        first = cue.first if issuing is None else issuing
        number = bisect_left(self._layout.cues, first, key=lambda one: one.first)
        asking = self._layout.cues[number - 1] if number else None
        if asking is None or (asking.value.act is not Act.REQUEST and self._form(asking) not in self._words.asking):
            return False
        between = range(asking.after, first)
        if not 0 < len(between) <= MOST_ASKED or self._tokens[asking.first].sentence != self._tokens[cue.first].sentence:
            return False
        named = [index for index in between if self._layout.mention[index] is not None]
        rest = (self._tokens[index].folded for index in between if self._layout.mention[index] is None)
        return bool(named) and named[0] == asking.after and all(word in self._words.should for word in rest)

    def _opens_noun(self, cue: Found[Cue], words: range) -> bool:
        """Whether a reporting word with "this" behind it is what a clause is about: "cho rằng | phát biểu này | chứng tỏ thiện chí"."""
        before = self._word(cue.first - 1, words)
        return cue.first == words.start or before in self._words.thats or self._tokens[cue.first - 1].text in ENDS

    def _is_answer_of(self, cue: Found[Cue], words: range) -> bool:
        """Whether a word for an answer and whose it is follow at once: "tuyên bố | hồi đáp của | Lào"."""
        number = self._order.get(cue.after)
        answer = self._layout.cues[number] if number is not None else None
        if answer is None or self._form(answer) not in self._words.answers:
            return False
        return self._word(answer.after, words) in self._words.owners

    def _is_nominal(self, cue: Found[Cue], words: range) -> bool:
        """Whether the verb is joined to one behind "việc", both being what the sentence's own verb is about: "việc gom tàu và | kêu gọi |
        góp tiền sẽ giúp cảng"; not "việc gom tàu là tốt và kêu gọi"."""
        if self._word(cue.first - 1, words) not in self._words.joiners:
            return False
        for index in range(cue.first - 2, max(words.start, cue.first - MOST_IN_NOMINAL) - 1, -1):
            if self._word(index, words) in self._words.nominals:
                opens = index == words.start or self._tokens[index - 1].text == "," or index in self._edges.opens
                behind = (self._word(near, words) for near in range(cue.after, min(words.stop, cue.after + MOST_BEHIND_NOMINAL)))
                return opens and any(word in self._words.finite for word in behind)
            if self._tokens[index].text in ENDS or self._word(index, words) in self._words.finite or self._layout.cue[index] is not None:
                return False
        return False

    def _ends_clause(self, cue: Found[Cue], words: range) -> bool:
        """Whether the verb is the last word of a clause behind "before" or "although": before a comma only one that needs no words of
        its own ("sau khi ông Nam | cho biết |, cảng đã mở" does), no quotation following."""
        mark = self._tokens[cue.after].text if cue.after < words.stop else "."
        if mark not in ENDS or (mark == "," and self._form(cue) not in self._words.bare):
            return False
        if any(self._tokens[index].text in QUOTES for index in range(cue.after, min(words.stop, cue.after + 2))):
            return False
        first = cue.first
        number = self._order[cue.first]
        while number and self._layout.cues[number - 1].after == first:  # "dù ông Nam đã lên tiếng | hoan nghênh"
            number -= 1
            first = self._layout.cues[number].first
        start = self._edges.start(first)
        return start <= first and start in self._behind_subordinate

    def _form(self, cue: Found[Cue]) -> str:
        return " ".join(token.folded for token in self._tokens[cue.first : cue.after])

    def _word(self, index: int, words: range) -> str:
        return self._tokens[index].folded if words.start <= index < words.stop else ""


class _Words(NamedTuple):
    subordinates: Phrases[int]
    conditions: Phrases[int]
    possible: Phrases[int]
    hindering: Phrases[int]
    hindered_from: frozenset[str]
    articles: frozenset[str]
    none: Phrases[int]
    any: frozenset[str]
    done_by: frozenset[str]
    being: frozenset[str]
    asking: frozenset[str]
    should: frozenset[str]
    nouns: frozenset[str]
    pointing: frozenset[str]
    these: frozenset[str]
    thats: frozenset[str]
    owners: frozenset[str]
    nominals: frozenset[str]
    finite: frozenset[str]
    joiners: frozenset[str]
    answers: frozenset[str]
    bare: frozenset[str]


@cache
def _words(language: LanguageCode) -> _Words:
    words = cue_words(language)
    return _Words(
        Phrases((word, 1) for word in words.subordinates),
        Phrases((word, 1) for word in words.conditions),
        Phrases((word, 1) for word in words.possible),
        Phrases((word, 1) for word in words.hindering),
        frozenset(words.hindered_from),
        frozenset(words.determiners),
        Phrases((word, 1) for word in words.none),
        frozenset(words.any),
        frozenset(words.done_by),
        frozenset(words.being),
        frozenset(words.asking),
        frozenset(words.should),
        frozenset(words.nouns),
        frozenset(words.pointing),
        frozenset(words.these),
        frozenset(words.complementizers),
        frozenset(words.noun_owners),
        frozenset(words.nominals),
        frozenset(words.finite),
        frozenset(words.pairs),
        frozenset(words.answers),
        frozenset(words.bare),
    )
