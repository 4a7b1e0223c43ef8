"""Whose a reporting noun is: "ông Nam bác bỏ những cáo buộc | của Anh", "the Governor's approval of the request | from Japan".

In come a page's layout and a cue; out come the words behind it that name whose it is, where something before it makes a noun of it. Whoever
is named before it only speaks of it. The words are data (`languages/*/noun_cues.yaml`).
"""

from functools import cache
from typing import NamedTuple

from msgspec import Struct

from comity.languages import load_words
from comity.reading.cues import Cue, Found, Frame, Phrases, cue_words
from comity.reading.layout import Layout
from comity.reading.mentions import Form, Mention
from comity.records import Act, LanguageCode

MOST_BETWEEN = 4
"""Words of degree between the noun and the link."""
LONGEST_MAKER = 4
LONGEST_OWNER = 4
"""Words within which a name tells whose a noun is: "của | cả chính quyền ông Nam"."""


class NounCueWords(Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of `languages/*/noun_cues.yaml`; the file says what each list is for."""

    makers: tuple[str, ...]
    owners: tuple[str, ...]
    degrees: tuple[str, ...]
    links: tuple[str, ...]
    answered: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    numbered: tuple[str, ...] = ()
    giving: tuple[str, ...] = ()
    received: tuple[str, ...] = ()


class NounOwners:
    """Finds whose reporting nouns are, on one page. Made once a page."""

    def __init__(self, language: LanguageCode, layout: Layout) -> None:
        self._layout, self._tokens = layout, layout.tokens
        self._words = _words(language)

    def of(self, cue: Found[Cue]) -> Mention | None:
        """Who is named as the one whose a noun is; None where nobody is, or where the cue is a verb."""
        if cue.value.frame is Frame.SOURCE:
            return None
        giver = self._giver(cue)
        if giver is not None or not self._is_noun(cue):
            return giver
        link = self._behind_degrees(cue.after)
        words = self._layout.sentence_words[self._tokens[cue.first].sentence]
        if link + 1 >= words.stop or self._tokens[link].folded not in self._words.owners:
            return None
        mention = self._layout.mention[link + 1]
        begins = mention is not None and self._layout.mention[link] is not mention
        return mention if begins and mention is not None and mention.form is not Form.PRONOUN else None

    def _giver(self, cue: Found[Cue]) -> Mention | None:
        """From whom a noun is received that stands right behind his name: "nhận được từ ông Nam | cam kết | mở cảng"."""
        giver = self._layout.mention[cue.first - 1] if cue.first else None
        first = cue.first
        while giver is not None and first and self._tokens[first - 1].start >= giver.outer_start:
            first -= 1
        before = " ".join(token.folded for token in self._tokens[max(0, first - LONGEST_MAKER) : first])
        return giver if giver is not None and f" {before}".endswith(tuple(f" {words}" for words in self._words.received)) else None

    def about(self, cue: Found[Cue], content: tuple[int, int]) -> Mention | None:
        """Whom the words of a noun of criticism are about, so that they are not his: "nhiều lời | chỉ trích | rằng | ông | thiên vị"."""
        if cue.value.act is not Act.CRITICISE or not self._is_noun(cue):
            return None
        for index in range(cue.after, min(len(self._tokens), cue.after + MOST_BETWEEN)):
            if self._tokens[index].start >= content[0]:
                return self._layout.mention[index]
        return None

    def is_anothers(self, cue: Found[Cue]) -> bool:
        """Whether a noun is what the verb before it rejects, accepts or answers, so that it is of nobody named before: "chấp nhận |
        đề nghị", "đáp trả lời | đe dọa"."""
        if cue.value.frame is Frame.SOURCE:
            return False
        start = self._layout.sentence_words[self._tokens[cue.first].sentence].start
        index = cue.first
        against = cue.value.act is Act.CRITICISE  # of proposals their lists are told: "trình bày các | đề xuất | sau"
        numbered = against and index > start and self._tokens[index - 1].folded in self._words.numbered
        if index > start and self._tokens[index - 1].folded in self._words.counted:
            index -= 1
        if numbered and index > start and self._tokens[index - 1].folded in self._words.numbered:
            index -= 1
        before = [token.folded for token in self._tokens[max(start, index - LONGEST_MAKER) : index]]
        ends = {" ".join(before[size:]) for size in range(len(before))}
        return not ends.isdisjoint(self._words.answered) or (numbered and ends.isdisjoint(self._words.giving))

    def is_of_nobody_named(self, cue: Found[Cue]) -> bool:
        """Whether such a noun is told to be somebody's whom no name tells: "bác bỏ tuyên bố | của | ngoại trưởng"."""
        link = self._behind_degrees(cue.after)
        if link >= len(self._tokens) or self._tokens[link].folded not in self._words.owners:
            return False
        owner = self._layout.mention[link + 1 : link + 1 + LONGEST_OWNER]
        return all(mention is None or mention.form is Form.PRONOUN for mention in owner)

    def behind(self, cue: Found[Cue], first: int, after: int) -> int:
        """Where the words that a cue reports begin, which were taken to begin at `first`: behind whose a noun is, and the word that links
        them ("những cáo buộc của Anh | rằng | Nga đứng sau"), where words are left there."""
        owner = self.of(cue) if first >= cue.after else None
        if owner is None:
            return first
        behind = self._end(owner, cue.after)
        while behind + 1 < len(self._tokens) and self._tokens[behind].folded in self._words.joins:
            joined = self._layout.mention[behind + 1]
            if joined is None:
                break
            behind = self._end(joined, behind + 1)
        while behind < len(self._tokens) and self._tokens[behind].folded in self._words.links:
            behind += 1
        return behind if first < behind < after else first

    def _end(self, mention: Mention, index: int) -> int:
        while index < len(self._tokens) and self._tokens[index].start < mention.outer_end:
            index += 1
        return index

    def _is_noun(self, cue: Found[Cue]) -> bool:
        start = self._layout.sentence_words[self._tokens[cue.first].sentence].start
        before = [token.folded for token in self._tokens[max(start, cue.first - LONGEST_MAKER) : cue.first]]
        return any(" ".join(before[size:]) in self._words.makers for size in range(len(before)))

    def _behind_degrees(self, index: int) -> int:
        """The first word behind those of degree."""
        for found in self._words.degrees.find(self._tokens[index : index + MOST_BETWEEN]):
            if found.first == 0:
                return index + found.after
        return index


class _Words(NamedTuple):
    makers: frozenset[str]
    owners: frozenset[str]
    degrees: Phrases[int]
    links: frozenset[str]
    joins: frozenset[str]
    answered: frozenset[str]
    counted: frozenset[str]
    numbered: frozenset[str]
    giving: frozenset[str]
    received: frozenset[str]


@cache
def _words(language: LanguageCode) -> _Words:
    words = load_words(language, "noun_cues", NounCueWords)
    return _Words(
        frozenset(words.makers),
        frozenset(words.owners),
        Phrases((one, 1) for one in words.degrees),
        frozenset(words.links),
        frozenset(cue_words(language).pairs),
        frozenset(words.answered),
        frozenset(words.counted),
        frozenset(words.numbered),
        frozenset(words.giving),
        frozenset(words.received),
    )
