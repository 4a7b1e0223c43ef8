"""Where the words reported begin and end, for a cue.

In come a page's layout and a cue; out come the words at which its content may begin and end, so that a trained model picks.
They begin after the cue (or after "that", an addressee, an opening quotation mark) or before it (a quotation or clause with the cue after
it), and end where a clause may end: at a mark, before a word that joins or follows, before another cue.
"""

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from comity.reading.content_features import CLAUSE_MARKS, MARKS, Anchor, ContentFeatures, End, Passed, Start
from comity.reading.cues import Cue, Found, Frame, Phrases, cue_words
from comity.reading.layout import QUOTES, Layout, counts_before
from comity.reading.mentions import Form
from comity.reading.page import Page, Token
from comity.reading.subjects import subjects_of
from comity.records import ActorType, LanguageCode

REACH = 6
"""Sentences a quotation may run over on each side of its cue's."""
FARTHEST = 400
"""Words on each side of a cue in which its content stands: text without full stops must not cost the square of its length."""
MOST_STARTS, MOST_ENDS, MOST_ENDS_BEFORE = 6, 16, 6
ADDRESSEE = 24
"""Words after a cue in which its content begins ("nói với các đại biểu tại cuộc họp báo rằng ...")."""
TAIL = 12
"""Words at most after a cue that stands behind its content."""
LONGEST_BRACKETED = 6
"""Words in brackets behind a name, and the brackets: "Ana Silva (Peru)"."""
FEWEST_BEFORE = 6
"""Words at least, the comma with them, that somebody named right behind the verb has said: "Peru is ready for it, | said | Ms Tavares"."""
QUOTED_BEFORE = 24
"""Words before a cue in which a quotation that it reports ends."""
BEFORE = 60
"""Words before a cue in which a content that stands before it ends."""


class Side(NamedTuple):
    """The edges on one side of the cue."""

    anchor: Anchor
    starts: list[Start]
    ends: list[End]


class Stretch(NamedTuple):
    """A content: words `first` to `after`, and its score."""

    first: int
    after: int
    score: float


class ContentEdges:
    """Finds the edges on a page, where `likely` says of each cue how likely it reports. Made once a page."""

    def __init__(self, page: Page, layout: Layout, likely: Sequence[float]) -> None:
        self.layout = layout
        self.tokens = layout.tokens
        self.words = _edge_words(page.language)
        self.features = ContentFeatures(layout, likely, self.words.joiners)
        subjects = subjects_of(page, layout)
        self.relatives, self._inverted = subjects.relatives, subjects.words.inverted
        self.can_end = self._may_end()
        self.ends = [index for index, can in enumerate(self.can_end) if can]
        cue, tokens = layout.cue, self.tokens
        self.cue_sums = counts_before(here is not None and before is not here for before, here in zip([None, *cue], cue, strict=False))
        self.mark_sums = counts_before(token.text in ",;" for token in tokens)
        self.stop_sums = counts_before(here.sentence != following.sentence for here, following in pairwise((*tokens, *tokens[-1:])))
        self.said_sums = counts_before(ahead == 0 for ahead in self.features.next_said[: len(tokens)])

    def sides(self, cue: Found[Cue]) -> list[Side]:
        """What may be the content of `cue`: after it and before it."""
        first, after = self.window(cue)
        kind = f"{cue.value.act} {cue.value.frame}"
        form = " ".join([token.folded for token in self.tokens[cue.first : cue.after]])
        behind, ahead = Anchor("a", cue.after, kind, form), Anchor("b", cue.first, kind, form)
        sides = [Side(behind, self._starts_after(behind, after), self._ends_after(behind, after))]
        if self._may_follow(cue):
            sides.append(Side(ahead, self._starts_before(ahead, first), self._ends_before(ahead, first)))
        return sides

    def _may_follow(self, cue: Found[Cue]) -> bool:
        """Whether the cue may stand behind its content: as a source, behind a quotation, or near its sentence's end ("..., ông nói")."""
        stop = self.layout.sentence_words[self.tokens[cue.first].sentence].stop
        quoted = self.layout.quoted
        near = stop - cue.after <= TAIL or any(quoted[max(0, cue.first - QUOTED_BEFORE) : cue.first])
        return cue.value.frame is Frame.SOURCE or near or self.is_before_speaker(cue)

    def is_before_speaker(self, cue: Found[Cue]) -> bool:
        """Whether a verb stands between a comma and the person who says what stands before it, his posts behind the name or nothing more:
        "Peru is ready for this, | said | Ambassador Ana Tavares, head of its mission"."""
        mention = self.layout.mention[cue.after] if cue.after < len(self.tokens) else None
        if mention is None or mention.type is not ActorType.PERSON or mention.form is Form.PRONOUN:
            return False
        words = self.layout.sentence_words[self.tokens[cue.first].sentence]
        told = self.tokens[cue.first].folded in self._inverted and cue.first - words.start >= FEWEST_BEFORE
        if not told or self.tokens[cue.first - 1].text != ",":
            return False
        after = next((at for at in range(cue.after, words.stop) if self.layout.mention[at] is not mention), words.stop)
        ends = after >= words.stop or self.tokens[after].text in ".,(" or mention.outer_end > mention.end
        return ends and not any(one is not None for one in self.layout.cue[cue.after : words.stop])

    def window(self, cue: Found[Cue]) -> tuple[int, int]:
        """The words of the cue's sentence and of those that a quotation, or a colon at its end, ties to it."""
        sentences = self.layout.sentence_words
        middle = first = last = self.tokens[cue.first].sentence
        while first > 0 and middle - first < REACH and sentences[first - 1] and self._runs_on(first):
            first -= 1
        while last + 1 < len(sentences) and last - middle < REACH and sentences[last + 1] and self._runs_on(last + 1):
            last += 1
        if last == middle and last + 1 < len(sentences) and sentences[last + 1] and self.tokens[sentences[last].stop - 1].text == ":":
            last += 1
        return max(sentences[first].start, cue.first - FARTHEST), min(sentences[last].stop, cue.after + FARTHEST)

    def _runs_on(self, sentence: int) -> bool:
        """Whether a quotation runs from the sentence before into this one, or closes with a mark that this one begins with."""
        quoted, words = self.layout.quoted, self.layout.sentence_words[sentence]
        if not words.start or not quoted[words.start - 1]:
            return False
        return bool(quoted[words.start]) or self.tokens[words.start].text in QUOTES

    def _may_end(self) -> bytearray:
        """1 for each word before which a clause may end: not behind a mark, where its words ended already, nor before a sentence's last
        word (of 14,417 annotated contents none ends there)."""
        size = len(self.tokens)
        result = bytearray(size + 1)
        for index, token in enumerate(self.tokens):
            if token.text in MARKS:
                result[index] = 1
        for joiner in self.words.enders.find(self.tokens):
            result[joiner.first] = joiner.value
        for cue in self.layout.cues:
            result[cue.first] = not self._follows_its_subject(cue.first)
        for words in self.layout.sentence_words:
            if words:
                result[self._last_word(words)] = 0
                result[words.stop] = 1
        for index, token in enumerate(self.tokens):
            if token.text in MARKS:
                result[index + 1] = 0
        return result

    def _follows_its_subject(self, cue: int) -> bool:
        """Whether nothing but one name or word parts a cue from a mark before it: '", AFP | reported'. That is who speaks, no part of
        what was said before."""
        first = cue - 1
        if first < 1 or self.tokens[first].text in MARKS:
            return False
        mention = self.layout.mention[first]
        while mention is not None and first > 0 and self.layout.mention[first - 1] is mention:
            first -= 1
        return first > 0 and self.tokens[first - 1].text in MARKS

    def _last_word(self, words: range) -> int:
        """A sentence's last word that is no mark, or its first."""
        return next((index for index in reversed(words) if self.tokens[index].text not in MARKS), words.start)

    def _starts_after(self, anchor: Anchor, after: int) -> list[Start]:
        places: dict[int, str] = {self._skip(anchor.at, after): "cue"}
        mention = None
        for index in range(anchor.at, min(after, anchor.at + ADDRESSEE)):
            token = self.tokens[index]
            if token.folded in self.words.links:
                places.setdefault(self._skip(index + 1, after), "link " + token.folded)
            elif token.text in QUOTES and index + 1 < after and self.layout.quoted[index + 1]:
                places.setdefault(index + 1, "quote")
            elif token.text in CLAUSE_MARKS:
                places.setdefault(self._skip(index + 1, after), "mark " + token.folded)
            here = self.layout.mention[index]
            if here is not mention and mention is not None:
                places.setdefault(self._skip(index, after), "mention")
            mention = here
        clause = max((place for place in places if self.relatives.begins(place)), default=-1)
        behind = [Start(place, how) for place, how in places.items() if clause < place < after]  # "Theo ông Nam, người vừa đến, | cảng"
        return (behind or [Start(place, how) for place, how in places.items() if place < after])[:MOST_STARTS]

    def _ends_after(self, anchor: Anchor, after: int) -> list[End]:
        begin = bisect_right(self.ends, anchor.at + 1)
        places = self.ends[begin : min(bisect_right(self.ends, after), begin + MOST_ENDS - 1)]
        if len(places) == MOST_ENDS - 1:  # the sentence's end and the window's are offered however many come before
            stop = self.layout.sentence_words[self.tokens[anchor.at].sentence].stop
            closing = [after - 1, after] if stop >= after else [stop - 1, after - 1, after]
            far = [at for at in closing if at > places[-1] and self.can_end[at]]
            places += [at for at in far if at >= after - 1 or self.features.ends_sentence(at, after)]
        return [End(at, after, self._passed(anchor.at, at, after)) for at in places]

    def _passed(self, begin: int, at: int, after: int) -> Passed:
        """What lies between the cue's edge and an end behind it."""
        cues, marks, stops, said = (sums[at] - sums[begin] for sums in (self.cue_sums, self.mark_sums, self.stop_sums, self.said_sums))
        return Passed(cues, marks, stops - self._crosses(after, at), said)

    def _crosses(self, after: int, at: int) -> int:
        """1 where the window ends with its sentence and the end is the window's: that sentence end is not passed."""
        return int(at == after and self.stop_sums[at] > self.stop_sums[at - 1])

    def _starts_before(self, anchor: Anchor, first: int) -> list[Start]:
        sentence = self.layout.sentence_words[self.tokens[anchor.at].sentence]
        begin = max(sentence.start, anchor.at - FARTHEST)
        places: dict[int, str] = {self._skip(begin, anchor.at): "sentence"}
        for index in range(anchor.at - 1, first - 1, -1):
            if self.tokens[index].text in QUOTES and index + 1 < anchor.at and self.layout.quoted[index + 1]:
                places.setdefault(index + 1, "quote")
            elif index > first and self.tokens[index].sentence != self.tokens[index - 1].sentence:
                places.setdefault(self._skip(index, anchor.at), "earlier sentence")
        for index in range(begin, anchor.at):
            if self.tokens[index].text in CLAUSE_MARKS and not self.layout.quoted[index]:
                places.setdefault(self._skip(index + 1, anchor.at), "mark")
            elif self.tokens[index].folded in self.words.complementizers:
                places.setdefault(self._skip(index + 1, anchor.at), "that")
        places.setdefault(self._skip(first, anchor.at), "window")
        return [Start(place, how) for place, how in list(places.items())[:MOST_STARTS] if place < anchor.at]

    def _ends_before(self, anchor: Anchor, first: int) -> list[End]:
        result: list[End] = []
        cues = marks = said = 0
        for index in range(anchor.at, max(first, anchor.at - BEFORE), -1):
            if self.can_end[index]:
                result.append(End(index, anchor.at, Passed(cues, marks, 0, said)))
                if len(result) >= MOST_ENDS_BEFORE:
                    break
            marks += self.tokens[index - 1].text in ",;"
            cues += self.layout.cue[index - 1] is not None
            said += self.features.next_said[index - 1] == 0
        return result

    def _skip(self, index: int, after: int) -> int:
        """The next word that is neither a mark nor a "that"."""
        while index < after and (self.tokens[index].text in MARKS or self.tokens[index].folded in self.words.complementizers):
            index += 1
        return index


class _EdgeWords(NamedTuple):
    enders: Phrases[int]
    """With 1, and with 0 the longer words that hold one."""
    links: frozenset[str]
    complementizers: frozenset[str]
    joiners: frozenset[str]


@cache
def _edge_words(language: LanguageCode) -> _EdgeWords:
    words = cue_words(language)
    return _EdgeWords(
        Phrases([*((word, 1) for word in (*words.enders, *words.joiners)), *((word, 0) for word in words.no_enders)]),
        frozenset(words.links),
        frozenset(words.complementizers),
        frozenset(phrase.split()[0] for phrase in words.joiners),
    )


def is_name(layout: Layout, first: int, after: int) -> bool:
    """Whether the words are no more than one mention, what is in brackets behind it left aside: a name reports nothing."""
    mention = layout.mention[first]
    opening = next((index for index in range(first, after) if layout.tokens[index].text == "("), after)
    if first < opening < after and after - opening <= LONGEST_BRACKETED and layout.tokens[after - 1].text == ")":
        after = opening
    return mention is not None and mention is layout.mention[after - 1]


def trimmed_words(tokens: Sequence[Token], first: int, after: int) -> tuple[int, int]:
    """Without marks at either end."""
    while first < after and tokens[first].text in MARKS:
        first += 1
    while after > first and tokens[after - 1].text in MARKS:
        after -= 1
    return first, after
