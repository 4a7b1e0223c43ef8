"""Where the words reported begin and end, for a cue.

In come a page's layout and a cue; out come the stretches that could be its content, each with features, so that a trained model picks one. The
stretches begin after the cue (or after "that", an addressee, an opening quotation mark) or before it (a quotation or clause with the cue after it) and
end where a clause may end: at a mark, before a word that joins or follows, before another cue.
"""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from comity.reading.cues import Cue, Found, Phrases, cue_words
from comity.reading.features import Layout
from comity.reading.page import Page, Token
from comity.records import LanguageCode

MARKS = frozenset(",;:–—-.!?…\"'“”«»()[]")
CLAUSE_MARKS = frozenset(",;:–—-")
QUOTES = frozenset('"“”«»„')
REACH = 6
"""Sentences a quotation may run over on each side of its cue's."""
MOST_STARTS, MOST_ENDS = 6, 16


class Edge(NamedTuple):
    """A word at which a content may begin (or before which it may end), with what speaks for it."""

    at: int
    features: list[str]
    how: str


class Side(NamedTuple):
    """The edges on one side of the cue."""

    name: str
    starts: list[Edge]
    ends: list[Edge]


class Stretch(NamedTuple):
    """A content: words `first` to `after`, and its score."""

    first: int
    after: int
    score: float


class ContentEdges:
    """Finds the edges on a page. Made once a page."""

    def __init__(self, page: Page, layout: Layout) -> None:
        self.layout = layout
        self.tokens = layout.tokens
        self.words = _edge_words(page.language)
        self.may_end = self._may_end()

    def sides(self, cue: Found[Cue]) -> list[Side]:
        """What may be the content of `cue`: after it and before it."""
        first, after = self.window(cue)
        kind = f"{cue.value.act} {cue.value.frame}"
        form = " ".join(token.folded for token in self.tokens[cue.first : cue.after])
        return [
            Side("after", self._starts_after(cue, after, kind, form), self._ends_after(cue, after, kind, form)),
            Side("before", self._starts_before(cue, first, kind, form), self._ends_before(cue, first, kind, form)),
        ]

    def window(self, cue: Found[Cue]) -> tuple[int, int]:
        """The words of the cue's sentence and of those that a quotation ties to it."""
        sentences, quoted = self.layout.sentence_words, self.layout.quoted
        middle = first = last = self.tokens[cue.first].sentence
        while first > 0 and middle - first < REACH and sentences[first - 1] and self._runs_on(first):
            first -= 1
        while last + 1 < len(sentences) and last - middle < REACH and sentences[last + 1] and self._runs_on(last + 1):
            last += 1
        if last == middle and last + 1 < len(sentences) and sentences[last + 1] and self.tokens[sentences[last].stop - 1].text == ":":
            last += 1
        del quoted
        return sentences[first].start, sentences[last].stop

    def _runs_on(self, sentence: int) -> bool:
        """Whether a quotation runs from the sentence before into this one, or closes with a mark that this one begins with."""
        quoted, words = self.layout.quoted, self.layout.sentence_words[sentence]
        if not words.start or not quoted[words.start - 1]:
            return False
        return bool(quoted[words.start]) or self.tokens[words.start].text in QUOTES

    def _may_end(self) -> bytearray:
        """1 for each word before which a clause may end."""
        result = bytearray(len(self.tokens) + 1)
        for index, token in enumerate(self.tokens):
            if token.text in MARKS:
                result[index] = 1
        for found in self.words.enders.find(self.tokens):
            result[found.first] = found.value
        for found in self.layout.cues:
            result[found.first] = 1
        for words in self.layout.sentence_words:
            if words:
                result[words.stop] = 1
        return result

    def _starts_after(self, cue: Found[Cue], after: int, kind: str, form: str) -> list[Edge]:
        places: dict[int, str] = {}
        at = self._skip(cue.after, after)
        if at < after:
            places[at] = "cue"
        limit = min(after, cue.after + 24)
        mention = None
        for index in range(cue.after, limit):
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
        result = []
        for place, how in list(places.items())[:MOST_STARTS]:
            if place < after:
                result.append(Edge(place, self._start_features("a", cue.after, place, how, kind, form), how))
        return result

    def _ends_after(self, cue: Found[Cue], after: int, kind: str, form: str) -> list[Edge]:
        result: list[Edge] = []
        cues = marks = stops = 0
        for index in range(cue.after, after + 1):
            if self.may_end[index] and index > cue.after + 1 and self.tokens[index - 1].text not in MARKS:
                if len(result) < MOST_ENDS - 1 or index >= after - 1 or stops == 0 and self._at_sentence_end(index):
                    result.append(Edge(index, self._end_features("a", cue.after, index, after, cues, marks, stops, kind, form), ""))
            if index < after:
                if self.tokens[index].text in ",;":
                    marks += 1
                if self.layout.cue[index] is not None and self.layout.cue[index - 1] is not self.layout.cue[index]:
                    cues += 1
                if index + 1 < after and self.tokens[index + 1].sentence != self.tokens[index].sentence:
                    stops += 1
        return result

    def _starts_before(self, cue: Found[Cue], first: int, kind: str, form: str) -> list[Edge]:
        places: dict[int, str] = {}
        sentence = self.layout.sentence_words[self.tokens[cue.first].sentence]
        places[self._skip(sentence.start, cue.first)] = "sentence"
        for index in range(cue.first - 1, first - 1, -1):
            if self.tokens[index].text in QUOTES and index + 1 < cue.first and self.layout.quoted[index + 1]:
                places.setdefault(index + 1, "quote")
            elif index > first and self.tokens[index].sentence != self.tokens[index - 1].sentence:
                places.setdefault(self._skip(index, cue.first), "earlier sentence")
        for index in range(sentence.start, cue.first):
            if self.tokens[index].text in CLAUSE_MARKS and not self.layout.quoted[index]:
                places.setdefault(self._skip(index + 1, cue.first), "mark")
            elif self.tokens[index].folded in self.words.complementizers:
                places.setdefault(self._skip(index + 1, cue.first), "that")
        places.setdefault(self._skip(first, cue.first), "window")
        return [
            Edge(place, self._start_features("b", cue.first, place, how, kind, form), how)
            for place, how in list(places.items())[:MOST_STARTS]
            if place < cue.first
        ]

    def _ends_before(self, cue: Found[Cue], first: int, kind: str, form: str) -> list[Edge]:
        result: list[Edge] = []
        cues = marks = 0
        for index in range(cue.first, max(first, cue.first - 60), -1):
            if self.may_end[index] and self.tokens[index - 1].text not in MARKS:
                result.append(Edge(index, self._end_features("b", index, cue.first, cue.first, cues, marks, 0, kind, form), ""))
                if len(result) >= 6:
                    break
            if self.tokens[index - 1].text in ",;":
                marks += 1
            if self.layout.cue[index - 1] is not None:
                cues += 1
        return result

    def _skip(self, index: int, after: int) -> int:
        """The next word that is neither a mark nor a "that"."""
        while index < after and (self.tokens[index].text in MARKS or self.tokens[index].folded in self.words.complementizers):
            index += 1
        return index

    def _at_sentence_end(self, index: int) -> bool:
        return index >= len(self.tokens) or self.tokens[index - 1].sentence != self.tokens[min(index + 1, len(self.tokens) - 1)].sentence

    def _start_features(self, side: str, anchor: int, at: int, how: str, kind: str, form: str) -> list[str]:
        tokens = self.tokens
        word = tokens[at].folded
        following = tokens[at + 1].folded if at + 1 < len(tokens) else ""
        distance = bucket(abs(at - anchor))
        quoted = "q" if self.layout.quoted[at] else ""
        mention = self.layout.mention[at]
        held = mention.type if mention is not None else ""
        before = tokens[at - 1].folded if at else ""
        return [
            f"S{side}h {how}",
            f"S{side}hk {how} {kind}",
            f"S{side}hf {how} {form}",
            f"S{side}d {distance} {how}",
            f"S{side}q {quoted} {kind}",
            f"S{side}w {word}",
            f"S{side}wh {word} {how[:4]}",
            f"S{side}ww {word} {following}",
            f"S{side}p {before}",
            f"S{side}m {held} {how}",
            f"S{side}mk {held} {kind}",
            f"S{side}c {self.layout.cue[at] is not None}",
        ]

    def _end_features(
        self, side: str, anchor: int, at: int, after: int, cues: int, marks: int, stops: int, kind: str, form: str
    ) -> list[str]:
        tokens = self.tokens
        size = len(tokens)
        word = tokens[at].folded if at < after and at < size else "$"
        following = tokens[at + 1].folded if at + 1 < after else "$"
        third = tokens[at + 2].folded if at + 2 < after else "$"
        last = tokens[at - 1].folded
        sentence_end = (
            at >= after
            or at >= size
            or tokens[at].sentence != tokens[at - 1].sentence
            or (tokens[at].text in ".!?…" and (at + 1 >= size or tokens[at + 1].sentence != tokens[at].sentence))
        )
        cue_next = next(
            (str(near) + cue.act for near in range(4) if at + near < min(after, size) and (cue := self.layout.cue[at + near]) is not None),
            "",
        )
        mention = (
            self.layout.mention[at + 1] if at + 1 < size and tokens[at].text in MARKS else self.layout.mention[at] if at < size else None
        )
        held = mention.type if mention is not None else ""
        quoted = ("q" if self.layout.quoted[at - 1] else "") + ("q" if at < size and self.layout.quoted[at] else "-")
        end = "." if sentence_end else ""
        return [
            f"E{side}e {end}{min(stops, 2)}",
            f"E{side}ek {end}{min(stops, 2)} {kind}",
            f"E{side}ef {end} {form}",
            f"E{side}q {quoted} {end}",
            f"E{side}w {word}",
            f"E{side}wk {word} {kind}",
            f"E{side}ww {word} {following}",
            f"E{side}w3 {word} {following} {third}",
            f"E{side}l {last}",
            f"E{side}lw {last} {word}",
            f"E{side}c {cue_next}",
            f"E{side}cw {cue_next} {word}",
            f"E{side}ck {cue_next} {kind}",
            f"E{side}n {min(cues, 3)} {end}",
            f"E{side}nk {min(cues, 3)} {kind}",
            f"E{side}m {min(marks, 4)} {end}",
            f"E{side}me {held} {word}",
            f"E{side}d {bucket(at - anchor)} {end}",
            f"E{side}dk {bucket(at - anchor)} {kind}",
        ]

    def pair_features(self, side: str, start: Edge, end: Edge, kind: str) -> list[str]:
        """What speaks for a stretch as a whole."""
        quoted = self.layout.quoted
        size = end.at - start.at
        opens, closes = (
            start.at > 0 and self.tokens[start.at - 1].text in QUOTES,
            end.at < len(self.tokens)
            and (
                self.tokens[end.at].text in QUOTES
                or (end.at + 1 < len(self.tokens) and self.tokens[end.at + 1].text in QUOTES and self.tokens[end.at].text in MARKS)
            ),
        )
        whole = quoted[start.at] and quoted[end.at - 1]
        crosses = bool(quoted[start.at]) != bool(quoted[end.at - 1])
        marks = ("o" if opens else "") + ("c" if closes else "") + ("w" if whole else "") + ("x" if crosses else "")
        return [
            f"P{side}l {bucket(size)}",
            f"P{side}lk {bucket(size)} {kind}",
            f"P{side}q {marks}",
            f"P{side}qk {marks} {kind}",
            f"P{side}qh {marks} {start.how[:5]}",
            f"P{side} {kind}",
        ]


class _EdgeWords(NamedTuple):
    enders: Phrases[int]
    links: frozenset[str]
    complementizers: frozenset[str]


@cache
def _edge_words(language: LanguageCode) -> _EdgeWords:
    words = cue_words(language)
    return _EdgeWords(
        Phrases((word, 1) for word in (*words.enders, *words.joiners)),
        frozenset(words.links),
        frozenset(words.complementizers),
    )


def bucket(size: int) -> str:
    """A length in words, roughly."""
    return (
        str(size)
        if size < 4
        else "4+"
        if size < 7
        else "7+"
        if size < 12
        else "12+"
        if size < 20
        else "20+"
        if size < 35
        else "35+"
        if size < 60
        else "60+"
    )


def trimmed_words(tokens: Sequence[Token], first: int, after: int) -> tuple[int, int]:
    """Without marks at either end."""
    while first < after and tokens[first].text in MARKS:
        first += 1
    while after > first and tokens[after - 1].text in MARKS:
        after -= 1
    return first, after
