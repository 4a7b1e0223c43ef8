"""Where and when words are said: "at a press conference in Geneva", "Tại cuộc hội đàm với Thủ tướng Lào", "in a letter".

In come a page's layout, its named meetings and its statements; out comes for each statement the words in its sentence that name its
occasion. Whether it holds on for the sentences behind is left to the reader: a speaker's next words may be of another day. The words are
data (`languages/*/occasions.yaml`).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from msgspec import Struct

from comity.languages import load_words
from comity.reading.cues import Frame, Phrases, cue_words
from comity.reading.layout import CLAUSE_ENDS, QUOTES, Layout
from comity.reading.mentions import Mention
from comity.reading.page import Page
from comity.records import ActorType, Evidence, LanguageCode, MechanismMention, Statement

MOST_BEFORE = 5
"""Words between "at" and the noun: "at | a regular daily online press | briefing"."""
LONGEST = 30
"""Words of an occasion."""
MOST_AROUND = 6
"""Statements that begin before a place and may hold it."""
STOPS = frozenset(",;:.?!()[]–—") | QUOTES


class OccasionWords(Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of `languages/*/occasions.yaml`; the file says what each list is for."""

    before: tuple[str, ...]
    determiners: tuple[str, ...]
    noun_last: bool
    nouns: tuple[str, ...]
    no_nouns: tuple[str, ...]
    papers: tuple[str, ...]
    making: tuple[str, ...]
    links: tuple[str, ...]
    ends: tuple[str, ...]
    joins: tuple[str, ...]
    turns: tuple[str, ...]
    other_times: tuple[str, ...]
    relatives: tuple[str, ...]
    carriers: tuple[str, ...]


class OccasionPhrases(NamedTuple):
    """The same, ready to be found among a page's words."""

    before: Phrases[bool]
    nouns: Phrases[bool]
    papers: Phrases[bool]
    links: Phrases[bool]
    ends: Phrases[bool]
    turns: Phrases[bool]
    other_times: Phrases[bool]
    relatives: Phrases[bool]
    carriers: frozenset[str]
    determiners: frozenset[str]
    joins: frozenset[str]
    noun_last: bool


class Occasions:
    """Finds the occasions named on one page. Made once a page."""

    def __init__(self, page: Page, layout: Layout, mechanisms: Sequence[MechanismMention]) -> None:
        self.page, self.layout, self.tokens = page, layout, layout.tokens
        self.words = occasion_phrases(page.language)
        self.starts = [token.start for token in self.tokens]
        self.nouns = {found.first: found.after for found in self.words.nouns.find(self.tokens) if found.value}
        for mechanism in mechanisms:
            first = bisect_left(self.starts, mechanism.evidence.start)
            after = bisect_left(self.starts, mechanism.evidence.end)
            if after > first:  # not so for a name inside one word
                self.nouns[first] = max(after, self.nouns.get(first, 0))
        self.links = {found.first: found.after for found in self.words.links.find(self.tokens)}
        self.papers = {found.first: found.after for found in self.words.papers.find(self.tokens) if found.value}
        self.other_times = {index for found in self.words.other_times.find(self.tokens) for index in range(found.first, found.after)}
        self.turns = [found.first for found in self.words.turns.find(self.tokens)]
        self.relatives = {found.first for found in self.words.relatives.find(self.tokens)}
        self.ends = {found.first for found in self.words.ends.find(self.tokens)}
        self.found = sorted(set(self._find()))

    def of(self, statements: Sequence[Statement]) -> list[Evidence | None]:
        """For each statement (in the order of their contents) the words that name its occasion."""
        contents = sorted((one.evidence.start, one.evidence.end) for one in statements)
        said = sorted(said_at(one) for one in statements)
        return [self._named(one, contents, said) for one in statements]

    def _named(self, statement: Statement, contents: list[tuple[int, int]], said: list[int]) -> Evidence | None:
        """The occasion in the cue's sentence, among the words in which the cue stands: the nearest before the verb, else right behind."""
        place = said_at(statement)
        cue = bisect_left(self.starts, place)
        if cue >= len(self.tokens) or self._only_carries(statement):
            return None
        value = self.layout.cue[cue]
        if value is not None and value.frame is Frame.SOURCE:
            return self._source(cue)
        words = self.layout.sentence_words[self.tokens[cue].sentence]
        here = self.found[bisect_left(self.found, (words.start, 0, 0)) : bisect_left(self.found, (words.stop, 0, 0))]
        level = _holding(place, contents)
        free = [span for span in here if _holding(self.tokens[span[0]].start, contents) == level and not span[1] <= cue < span[2]]
        turn = self.turns[bisect_left(self.turns, cue) - 1] if self.turns and self.turns[0] < cue else -1
        ahead = [span for span in free if turn < span[0] < cue]
        next_said = bisect_right(said, place)
        stop = said[next_said] if next_said < len(said) else len(self.page.text)
        behind = [span for span in free if cue < span[0] and self.tokens[span[0]].start < stop]
        return self._evidence(ahead[-1] if ahead else behind[0]) if ahead or behind else None

    def _only_carries(self, statement: Statement) -> bool:
        """Whether the verb only passes on what was said elsewhere: "AFP | dẫn lời | ông Nam nói tại họp báo"."""
        return statement.cue is not None and " ".join(statement.cue.quote.lower().split()) in self.words.carriers

    def _source(self, cue: int) -> Evidence | None:
        """The paper that a source is: "according to | a statement of the ministry"."""
        for index in range(cue, len(self.tokens)):
            if index in self.papers:
                return self._evidence((index, index, self._end(self.papers[index])))
            if self.layout.cue[index] is None and self.tokens[index].folded not in self.words.determiners:
                return None
        return None

    def _evidence(self, span: tuple[int, int, int]) -> Evidence:
        return self.page.evidence(self.tokens[span[1]].start, self.tokens[span[2] - 1].end)

    def _find(self) -> list[tuple[int, int, int]]:
        """The occasions: where "at" stands, and the words `first` to `after`."""
        result = []
        for found in self.words.before.find(self.tokens):
            noun = self._noun_behind(found.after)
            if noun is not None and not self._is_other_time(found.first):
                first = found.after
                while first < noun and self.tokens[first].folded in self.words.determiners:
                    first += 1
                result.append((found.first, first, self._end(self.nouns[noun])))
        for first, after in self.papers.items():
            end = self._end(after)
            if self._speaks(first, end):
                result.append((first, first, end))
        return result

    def _is_other_time(self, index: int) -> bool:
        """Whether "after" or the like stands a word or two before: "after talks | in Geneva"."""
        near_other = any(near in self.other_times for near in range(max(0, index - 2), index))
        return near_other or self._is_told(index) or self._is_of_an_aside(index)

    def _is_of_an_aside(self, index: int) -> bool:
        """Whether it tells of somebody named only who they are: "Mr Nam, | who spoke at the summit, said"."""
        first = self.layout.sentence_words[self.tokens[index].sentence].start
        clause = next((at for at in range(index - 1, first - 1, -1) if self.tokens[at].text in CLAUSE_ENDS), first - 1)
        return clause >= first and clause + 1 in self.relatives

    def _is_told(self, index: int) -> bool:
        """Whether the words reported begin there: "said that | at the meeting he had ..."."""
        return index > 0 and self.tokens[index - 1].folded in cue_words(self.page.language).complementizers

    def _speaks(self, first: int, after: int) -> bool:
        """Whether a paper at the beginning of its clause is the subject of the verb behind it: "The report | also said"."""
        opens = first == 0 or self.tokens[first - 1].text in CLAUSE_ENDS or self.tokens[first].sentence != self.tokens[first - 1].sentence
        opens = opens or self.tokens[first - 1].folded in self.words.determiners
        if self.tokens[first - 1].text == "," and self.layout.cue[first] is not None and self.papers[first] not in self.links:
            return False  # ", announced ..." and no announcement
        return opens and any(cue is not None for cue in self.layout.cue[after : after + 3])

    def _noun_behind(self, first: int) -> int | None:
        """Where an occasion's noun begins, a few words behind "at"."""
        for index in range(first, min(len(self.tokens), first + MOST_BEFORE + 1)):
            if index in self.nouns:
                while self.nouns[index] in self.nouns:  # "press conference" behind "briefing"
                    index = self.nouns[index]
                return index
            mention = self.layout.mention[index]
            if self._stops(index) or index in self.links or (mention is not None and mention.type is ActorType.PERSON):
                return None
            if not self.words.noun_last and self.tokens[index].folded not in self.words.determiners:
                return None
        return None

    def _end(self, index: int) -> int:
        """Behind the words that belong to the noun: "với Thủ tướng Lào", "of the Security Council in New York"."""
        end, limit = index, min(len(self.tokens), index + LONGEST)
        linked, named, is_paper = False, False, index in self.papers.values()
        while index < limit and not self._stops(index) and self.tokens[index].sentence == self.tokens[end - 1].sentence:
            mention = self.layout.mention[index]
            if index in self.links:
                index, linked, is_paper = self.links[index], True, False
            elif self.tokens[index].folded in self.words.joins:
                linked = named and index + 1 < limit and self.layout.mention[index + 1] is not None
                index += 1
                if not linked:
                    break
            elif mention is not None:
                if not linked and (mention.type is ActorType.PERSON or self._verb_follows(mention, index)):
                    break
                while index < limit and self.layout.mention[index] is mention:
                    index += 1
                named, end, linked = linked or named, index, False
            elif is_paper:
                break
            else:
                index += 1
                end = index
        return end

    def _verb_follows(self, mention: Mention, index: int) -> bool:
        """Whether the name is the subject of a verb rather than part of the occasion."""
        while index < len(self.tokens) and self.layout.mention[index] is mention:
            index += 1
        return any(cue is not None for cue in self.layout.cue[index : index + 2])

    def _stops(self, index: int) -> bool:
        return self.tokens[index].text in STOPS or index in self.ends or self.layout.cue[index] is not None


def said_at(statement: Statement) -> int:
    """Where the verb stands, or the words where there is none."""
    return statement.cue.start if statement.cue is not None else statement.evidence.start


def _holding(place: int, contents: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The words reported in which a place stands; one at their beginning ("told the council | at its meeting that") is not inside. Contents
    seldom overlap, so the few that begin before the place are asked."""
    after = bisect_left(contents, (place, 0))
    return [(start, end) for start, end in contents[max(0, after - MOST_AROUND) : after] if start < place < end]


@cache
def occasion_phrases(language: LanguageCode) -> OccasionPhrases:
    """The language's words for occasions, to be found."""
    words = load_words(language, "occasions", OccasionWords)
    return OccasionPhrases(
        before=_to_find(words.before),
        nouns=_to_find(words.nouns, words.no_nouns),
        papers=_to_find(words.papers, words.no_nouns),
        links=_to_find(words.links),
        ends=_to_find(words.ends),
        turns=_to_find(words.turns),
        other_times=_to_find(words.other_times),
        relatives=_to_find(words.relatives),
        carriers=frozenset(words.carriers),
        determiners=frozenset(words.determiners),
        joins=frozenset(words.joins),
        noun_last=words.noun_last,
    )


def _to_find(phrases: tuple[str, ...], others: tuple[str, ...] = ()) -> Phrases[bool]:
    """The phrases are true, others that hold their words false."""
    return Phrases([*((phrase, True) for phrase in phrases), *((phrase, False) for phrase in others)])
