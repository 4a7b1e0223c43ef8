"""One head noun's way through the tokens around it: what belongs to the name that the head stands in.

What comes in is a page's tokens and where the head stands in them; what goes out is the phrase, or nothing where the head has not what
it needs.
"""

import re
from collections.abc import Sequence

from msgspec import Struct

from comity.reading.name_lead import Lead
from comity.reading.name_parts import ENDS_TOPIC, Parts
from comity.reading.page import Token
from comity.reading.phrase_words import Head, Lookups, Needs

LONGEST_TOPIC = 32
LONGEST_TAIL = 60
"""How many words behind its head a name may have: a list of names that never ends is not one name."""
NUMBER = re.compile(r"(?:[A-Z]+/)*\d{1,4}(?:/\d{1,4})*")
"""A resolution's number: 1325, 70/1, A/RES/73/259."""


class Phrase(Struct, frozen=True, kw_only=True):
    """A name found by rule. `named` is whether a proper name, number or time belongs to it, `topic` where its topic begins. `bare` marks a
    head with a capital inside a sentence and without what it needs: it may take up a name used before ("Hiệp định", "the Convention")."""

    start: int
    end: int
    head: Head
    head_start: int
    head_end: int
    number: int | None = None
    named: bool = False
    topic: int | None = None
    bare: bool = False


class Walk:
    """One head's way through the tokens around it."""

    def __init__(self, words: Lookups, tokens: Sequence[Token], first: int, after: int, head: Head, heads: frozenset[int]) -> None:
        """`first` to `after` are the head's tokens, `heads` the tokens at which any head begins."""
        self.g, self.tokens, self.first, self.after, self.head, self.heads = words, tokens, first, after, head, heads
        self.sentence = tokens[first].sentence
        self.parts = Parts(words, tokens, self.sentence)
        self.named = self.modified = self.led = self.timed = False
        self.topic: int | None = None

    def phrase(self) -> Phrase | None:
        tokens = self.tokens
        if self.g.capitals_before and self._goes_on(self.after):
            return None
        lead = Lead(self.g, tokens, self.first)
        begin = lead.begin()
        self.named, self.modified = lead.named, lead.modified
        several = tokens[begin].text[0].islower() and self.g.plurals.before(tokens, begin)
        self.led = self.named or self.modified
        end = self._tail(self.after)
        if several and not any(token.folded == "-" for token in tokens[self.after : end]):  # not so "các hội nghị ASEAN - Mỹ"
            return None
        if self.g.plurals.before(tokens, begin) and not self.named and self.topic is None and not self.g.capitals_before:
            return None  # "các Hội nghị Cấp cao liên quan"
        bare = not self._enough()
        if bare and not self._is_reference():
            return None
        return Phrase(
            start=tokens[begin].start, end=tokens[end - 1].end, head=self.head, number=self.parts.number, topic=self.topic,
            head_start=tokens[self.first].start, head_end=tokens[self.after - 1].end, named=self.named, bare=bare,
        )  # fmt: skip

    def _goes_on(self, index: int) -> bool:
        """Whether a capital follows, so that another noun is the head ("Law Center", not "Resolution No. 2719")."""
        tokens = self.tokens
        return (
            index < len(tokens)
            and not (self.head.numbered and self._document_number(index))
            and tokens[index].text[0].isupper()
            and tokens[index].sentence == self.sentence
            and tokens[self.first].text[0].isupper()
        )

    def _enough(self) -> bool:
        inside = self.first > 0 and self.tokens[self.first - 1].sentence == self.sentence
        capital = self.tokens[self.first].text[0].isupper()
        named = self.named or self.topic is not None
        match self.head.needs:
            case Needs.NOTHING:
                return True
            case Needs.CAPITAL:
                return named or self.modified or (capital and inside)
            case Needs.PART:
                return named or self.modified
            case Needs.TITLE:
                return named or (self.modified and capital)
            case Needs.NAME:
                return named
            case Needs.PERIOD:
                return self.timed
            case Needs.PARTY:
                return self.named or (capital and inside and self.topic is not None)
            case Needs.NEVER:
                return False
            case Needs.LEAD:
                return self.led
            case Needs.PROPER | Needs.PROPER_OR_PERIOD:
                proper = capital and named and (inside or self.led or self.topic is not None)
                return proper or (self.timed and self.head.needs is Needs.PROPER_OR_PERIOD)

    def _is_reference(self) -> bool:
        tokens = self.tokens
        inside = self.first > 0 and tokens[self.first - 1].sentence == self.sentence
        return inside and tokens[self.first].text[0].isupper() and self.head.needs is not Needs.NEVER

    def _tail(self, index: int) -> int:
        """The token after the name, going right from the head."""
        end = index
        while index < min(len(self.tokens), self.after + LONGEST_TAIL) and self.tokens[index].sentence == self.sentence:
            size = self._part(index)
            if not size:
                break
            index += size
            end = index
            if self.topic is not None:
                return self.parts.times_and_numbers(end)
        return end

    def _part(self, index: int) -> int:
        g, tokens = self.g, self.tokens
        if size := g.modifiers.at(tokens, index):
            if self._counts_years(index, size):
                return self._topic(index, size)
            self.modified = True
            return size
        if index == self.after and (size := self._pair(index)):
            return self._topic(index, size)
        if size := self.parts.time(index):
            self.named = self.timed = True
            return size
        if size := self.parts.ordinal(index) or self.parts.name(index):
            self.named = True
            return size
        if index == self.after and self.head.numbered and (size := self._document_number(index)):
            self.named = True
            return size
        if size := g.topics.at(tokens, index):
            return self._topic(index, size)
        if size := g.links.at(tokens, index):
            return self._linked(index, size)
        if size := self._bracket(index):
            return size
        if index == self.after and self._says_what(index):
            return self._topic(index, 0)
        return 0

    def _pair(self, index: int) -> int:
        """The words that bring in a topic where a comma stands between them: "Luật | Phòng, chống | tham nhũng"."""
        tokens, size = self.tokens, self.g.topics.at(self.tokens, index)
        return size if any(token.folded == "," for token in tokens[index : index + size]) else 0

    def _document_number(self, index: int) -> int:
        """A resolution's number, with or without a mark: "1325", "No. 2719", "number 2567"."""
        tokens = self.tokens
        inner = index + self.g.marks.at(tokens, index)
        inner += int(inner > index and inner < len(tokens) and tokens[inner].folded == ".")
        return inner + 1 - index if inner < len(tokens) and NUMBER.fullmatch(tokens[inner].text) else 0

    def _counts_years(self, index: int, size: int) -> bool:
        """Whether a modifier brings in a topic that begins with a number: "kỷ niệm 30 năm quan hệ"."""
        after = index + size
        return self.g.topics.at(self.tokens, index) == size and after < len(self.tokens) and self.tokens[after].text.isdigit()

    def _says_what(self, index: int) -> bool:
        """Whether a topic follows a head with a capital without a word that brings it in ("Hiệp định chuyển giao người bị kết án")."""
        g, tokens = self.g, self.tokens
        inside = self.first > 0 and tokens[self.first - 1].sentence == self.sentence
        return (
            not g.capitals_before
            and inside
            and tokens[self.first].text[0].isupper()
            and tokens[index].folded.isalpha()
            and not g.stops.at(tokens, index)
        )

    def _linked(self, index: int, size: int) -> int:
        """A link with the names after it: "giữa Việt Nam và Chile", "of the United Nations"."""
        g, tokens = self.g, self.tokens
        inner = index + size
        inner += g.fillers.at(tokens, inner)
        got = self.parts.name(inner)
        if not got:
            return 0
        inner += got
        self.named = True
        while (join := self._join(inner)) and (got := self.parts.name(inner + join + g.fillers.at(tokens, inner + join))):
            after = inner + join + g.fillers.at(tokens, inner + join) + got
            if tokens[inner].folded == "," and join == 1 and not (g.joins.at(tokens, after) or g.joins.at(tokens, after + 1)):
                break
            inner = after
        return inner - index

    def _join(self, index: int) -> int:
        """How many tokens join two names: "and", ",", ", and"."""
        comma = int(index < len(self.tokens) and self.tokens[index].folded == ",")
        return comma + self.g.joins.at(self.tokens, index + comma)

    def _topic(self, index: int, size: int) -> int:
        """What it is about, up to a word or mark that ends it."""
        g, tokens = self.g, self.tokens
        start = inner = index + size
        end = start
        listed = False
        proper = g.capitals_before and tokens[self.first].text[0].isupper()
        while inner < len(tokens) and inner - start < LONGEST_TOPIC and tokens[inner].sentence == self.sentence:
            token = tokens[inner]
            if size := g.inside.at(tokens, inner) or g.compounds.at(tokens, inner):
                inner += size
                end = inner
                continue
            if inner == start and self._is_outside(inner):
                break
            listed = listed or token.folded == ","
            joined = listed and g.joins.at(tokens, inner) > 0
            if token.folded in ENDS_TOPIC or (g.stops.at(tokens, inner) and not token.text[0].isupper() and not joined):
                break
            listed = listed and not joined
            if self.parts.time(inner) or self.parts.day(inner):
                break
            if token.folded == "," and not self.parts.list_goes_on(inner + 1):
                break
            if (join := g.joins.at(tokens, inner) or int(token.folded == ",")) and any(inner + join + i in self.heads for i in (0, 1)):
                break
            if proper and not (token.text[0].isupper() or token.text[0].isdigit() or token.folded == "," or self._goes_between(inner)):
                break
            if place := g.places.at(tokens, inner):
                if not self.parts.name(inner + place + g.fillers.at(tokens, inner + place)):
                    break
                inner += place
                continue
            if token.folded == "-" and inner + 1 < len(tokens) and tokens[inner + 1].start > token.end and not self.parts.name(inner + 1):
                break
            filler = g.fillers.at(tokens, inner) == 1 and (g.capitals_before or self.parts.begins_name(inner + 1))  # not of "nguồn nước"
            between = g.joins.at(tokens, inner) or filler or (proper and self._goes_between(inner))
            if token.folded != "," and not between:
                end = inner + 1
            inner += 1
        if end == start:
            return 0
        self.topic = tokens[start].start
        return end - index

    def _is_outside(self, index: int) -> bool:
        """Whether a word with a capital belongs to no name, nor begins a longer one: "the resolution on | Monday"."""
        g, tokens = self.g, self.tokens
        after = tokens[index + 1] if index + 1 < len(tokens) else None
        alone = after is None or after.sentence != tokens[index].sentence or not after.text[0].isupper()
        return g.capitals_before and alone and tokens[index].text.istitle() and tokens[index].folded in g.outside

    def _goes_between(self, index: int) -> bool:
        """Whether a word with a small letter may stand inside a name all of whose other words have capitals ("of", "and", "the")."""
        g = self.g
        return any(words.at(self.tokens, index) for words in (g.joins, g.fillers, g.links, g.topics, g.places))

    def _bracket(self, index: int) -> int:
        """A bracketed acronym inside the name: "Diễn đàn Khu vực ASEAN (ARF) lần thứ hai"."""
        tokens = self.tokens
        if (
            index + 2 < len(tokens)
            and tokens[index].folded == "("
            and tokens[index + 2].folded == ")"
            and tokens[index + 1].text.isupper()
            and self.named
        ):
            after = index + 3
            if after < len(tokens) and (self.parts.ordinal(after) or self.g.topics.at(tokens, after)):
                return 3
        return 0
