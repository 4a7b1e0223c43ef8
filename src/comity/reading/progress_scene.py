"""What a progress claim is read from: the page with all that was found in it, and the names that may be the subject of a clause.

What comes in is a page and its findings; what goes out are candidates in a stretch of text, in order, none inside another.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cached_property

from msgspec import Struct

from comity.knowledge.folded import fold
from comity.reading.mentions import Mention, Mentions
from comity.reading.page import Page
from comity.records import DateMention, InstrumentMention, MechanismMention, Span, Statement

LEAD = 3
"""The headline and the two sentences after it."""


class ClaimantWords(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The words of a language that tell who claims a figure, and of what day it is.

    `reports` are the verbs that report (`noted`), `according` the words before a source, `denials` verbs that deny, `passive` words
    before a verb that take its subject away ("was reported"). `prepositions` make a name a part of something else, `members` are those
    before whoever meets or writes ("the meeting of"); `joiners` join two names, `openers` are words that may stand beside a subject,
    `relatives` begin what is said about it, `owned` marks an owner ("the EU's"). `noun_stands` says on which side of a name a common
    noun makes it a mere description ("UN experts", "chuyên gia LHQ"). `meetings`, `documents` (of a meeting) and `papers` (of anybody)
    are heads that can claim a figure, `we` and `sides` stand for those who meet, `holding` are verbs of meeting. `previous` and
    `latest` name a plan by its place in the row of plans, `placed` say that a plan has lines ("set out in"). `origins` are words before
    a date on which something was adopted, `recalled`
    words of an earlier time, `same_meeting` words that go back to a meeting just named.
    """

    reports: tuple[str, ...]
    according: tuple[str, ...]
    denials: tuple[str, ...]
    passive: tuple[str, ...]
    prepositions: tuple[str, ...]
    members: tuple[str, ...]
    joiners: tuple[str, ...]
    openers: tuple[str, ...]
    articles: tuple[str, ...]
    relatives: tuple[str, ...]
    owned: tuple[str, ...]
    noun_stands: str
    meetings: tuple[str, ...]
    documents: tuple[str, ...]
    papers: tuple[str, ...]
    we: tuple[str, ...]
    sides: tuple[str, ...]
    holding: tuple[str, ...]
    previous: tuple[str, ...]
    latest: tuple[str, ...]
    placed: tuple[str, ...]
    origins: tuple[str, ...]
    recalled: tuple[str, ...]
    same_meeting: tuple[str, ...]


class Kind(StrEnum):
    """What a candidate is."""

    ACTOR = "actor"
    MEETING = "meeting"
    DOCUMENT = "document"
    PAPER = "paper"
    PLAN = "plan"
    WE = "we"
    SIDES = "sides"


class Candidate(Struct, frozen=True):
    """A name or head that may be a clause's subject. `mention` for an actor, `mechanism` for a named meeting."""

    start: int
    end: int
    kind: Kind
    mention: Mention | None = None
    mechanism: MechanismMention | None = None


class Scene:
    """A page with its findings. `text` is the folded text on one line, of the same length."""

    def __init__(
        self,
        page: Page,
        mentions: Mentions,
        dates: tuple[DateMention, ...],
        instruments: tuple[InstrumentMention, ...],
        mechanisms: tuple[MechanismMention, ...],
        statements: tuple[Statement, ...],
    ) -> None:
        self.page, self.mentions, self.dates, self.instruments = page, mentions, dates, instruments
        self.mechanisms, self.statements = mechanisms, statements
        self.text = page.folded.folded.replace("\n", " ")

    @cached_property
    def lead(self) -> Span:
        sentences = self.page.sentences
        return Span(sentences[0].start, sentences[min(LEAD, len(sentences)) - 1].end) if sentences else Span(0, max(1, len(self.text)))

    def sentence(self, position: int) -> Span:
        return self.page.sentences[self.page.sentence_at(position)] if self.page.sentences else Span(0, max(1, len(self.text)))

    def before(self, sentence: Span) -> Span | None:
        """The sentence before, where it is of the same paragraph."""
        index = self.page.sentence_at(sentence.start)
        if index == 0:
            return None
        earlier = self.page.sentences[index - 1]
        return None if "\n\n" in self.page.text[earlier.end : sentence.start] else earlier

    def mechanisms_in(self, start: int, end: int) -> list[MechanismMention]:
        """The known meetings named in a stretch."""
        first = bisect_left(self.mechanisms, start, key=lambda m: m.evidence.start)
        return [m for m in self.mechanisms[first:] if m.evidence.start < end and m.mechanism]


class CandidateGrammar:
    """Finds the candidates of one language."""

    def __init__(self, words: ClaimantWords, plans: Iterable[str]) -> None:
        self._heads = [
            (kind, whole_words(group))
            for kind, group in (
                (Kind.DOCUMENT, words.documents),
                (Kind.PAPER, words.papers),
                (Kind.MEETING, words.meetings),
                (Kind.WE, words.we),
                (Kind.SIDES, words.sides),
            )
        ]
        self._plans = whole_words(plans)

    def find(self, scene: Scene, start: int, end: int) -> list[Candidate]:
        """Those in a stretch, in order, without acronyms in brackets; of two that overlap the one that begins first, then the longer."""
        kept: list[Candidate] = []
        for one in sorted(self._all(scene, start, end), key=lambda c: (c.start, -c.end, c.kind is Kind.PAPER)):
            in_brackets = scene.text[one.start - 1 : one.start] == "("
            if one.end <= end and not in_brackets and (not kept or one.start >= kept[-1].end):
                kept.append(one)
        return kept

    def _all(self, scene: Scene, start: int, end: int) -> Iterator[Candidate]:
        for kind, pattern in self._heads:
            for match in pattern.finditer(scene.text, start, end):
                yield Candidate(match.start(), match.end(), kind)
        for mechanism in scene.mechanisms:
            if start <= mechanism.evidence.start < end:
                yield Candidate(mechanism.evidence.start, mechanism.evidence.end, Kind.MEETING, mechanism=mechanism)
        for instrument in scene.instruments:
            evidence = instrument.evidence
            if start <= evidence.start < end:
                plan = self._plans.match(scene.text, evidence.start) is not None
                head = next((kind for kind, pattern in self._heads[:2] if pattern.match(scene.text, evidence.start)), Kind.DOCUMENT)
                yield Candidate(evidence.start, evidence.end, Kind.PLAN if plan else head)
        for mention in scene.mentions.within_with_nested(start, end):
            if mention.outer_start >= start:
                yield Candidate(mention.outer_start, mention.outer_end, Kind.ACTOR, mention=mention)


def whole_words(words: Iterable[str]) -> re.Pattern[str]:
    """Any of the words, the longest first; nothing where there are none."""
    folded = sorted({fold(word) for word in words}, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, folded))})(?![\w-])") if folded else re.compile(r"(?!)")
