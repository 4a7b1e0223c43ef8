"""To whom words are said: "told Mr Nam that ...", "kêu gọi Myanmar ...", "in a letter to the Council".

In come a page's layout and a statement's cue and content; out come those who are named as spoken to. Who is only spoken of ("condemned
X"), met, or not named ("told reporters") is none of them. The words are data (`languages/*/addressing.yaml`).
"""

from bisect import bisect_left
from functools import cache
from typing import NamedTuple

from msgspec import Struct

from comity.languages import load_words
from comity.reading.cues import Frame, Phrases, cue_words
from comity.reading.layout import CLAUSE_ENDS, Layout
from comity.reading.mentions import Form, Mention
from comity.records import GROUP, Act, ActorId, ActorType, LanguageCode, Statement

MOST_BETWEEN = 4
"""Words between a verb and the name of who is spoken to: "told | his visiting Chinese counterpart | Wang Yi"."""
LEAST_BEHIND = 3
"""Words reported that there are at least behind the name, where they were taken to begin before it."""
MOST_JOINED = 12
"""Names that share one verb."""
MOST_OFFERED = 6
"""Words from a verb to the thanks it offers: "expressed | his deepest condolences to | the Governor"."""
MOST_TO_PURPOSE = 25
"""Words between a talk and what it was for: "spoke with | Mr Nam on Monday | to convey"."""
MOST_BACK, FARTHEST = 2, 60
"""Sentences back, and words of each, in which somebody is named whom "him" means."""


class AddressingWords(Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of `languages/*/addressing.yaml`; the file says what each list is for."""

    verbs: tuple[str, ...]
    links: tuple[str, ...]
    linked_verbs: tuple[str, ...]
    unlinked_verbs: tuple[str, ...]
    between: tuple[str, ...]
    askers: tuple[str, ...]
    asker_links: tuple[str, ...]
    infinitives: tuple[str, ...]
    thanks: tuple[str, ...]
    thanks_links: tuple[str, ...]
    talks: tuple[str, ...]
    purposes: tuple[str, ...]
    papers: tuple[str, ...]
    owners: tuple[str, ...]
    apart: tuple[str, ...]
    objects: tuple[str, ...] = ()
    objects_before: tuple[str, ...] = ()
    second_persons: tuple[str, ...] = ()
    many: tuple[str, ...] = ()
    vocatives: tuple[str, ...] = ()


class Phrased(NamedTuple):
    """The same, ready to be found among a page's words; `joins` may stand between two who are spoken to."""

    verbs: frozenset[tuple[str, ...]]
    links: frozenset[str]
    linked_verbs: frozenset[tuple[str, ...]]
    unlinked_verbs: frozenset[tuple[str, ...]]
    between: Phrases[int]
    askers: frozenset[tuple[str, ...]]
    calls: Phrases[int]
    asker_links: frozenset[str]
    infinitives: frozenset[str]
    thanks: Phrases[int]
    thanks_links: frozenset[str]
    talks: Phrases[int]
    purposes: frozenset[str]
    papers: Phrases[int]
    owners: frozenset[str]
    objects: frozenset[str]
    objects_before: frozenset[str]
    second_persons: frozenset[str]
    many: frozenset[str]
    vocatives: Phrases[int]
    joins: frozenset[str]


class Addressees:
    """Finds who is spoken to, on one page. Made once a page."""

    def __init__(self, language: LanguageCode, layout: Layout) -> None:
        self.layout, self.tokens = layout, layout.tokens
        self.words = phrased(language)
        self.papers = [(found.first, found.after) for found in self.words.papers.find(self.tokens)]
        self.talks = [(found.first, found.after) for found in self.words.talks.find(self.tokens)]
        self.calls = {found.first: found.after for found in self.words.calls.find(self.tokens)}
        self.thanks = {found.first: found.after for found in self.words.thanks.find(self.tokens)}
        self.between = {index for found in self.words.between.find(self.tokens) for index in range(found.first, found.after)}
        self.starts = [token.start for token in self.tokens]

    def of(self, statement: Statement, contents: list[tuple[int, int]]) -> tuple[ActorId, ...]:
        """Those to whom the words are said, as far as the cue's sentence names them; `contents` are the words reported in it."""
        cue = statement.cue
        if cue is None:
            return ()
        first, after = bisect_left(self.starts, cue.start), bisect_left(self.starts, cue.end)
        head = (
            self._behind_verb(statement, first, after)
            or self._behind_noun(after)
            or self._behind_paper(first, contents)
            or self._talked_with(first)
        )
        if not head:
            return ()
        actors = tuple(dict.fromkeys(actor for mention in head for actor in mention.actors if not actor.startswith(GROUP)))
        return () if set(actors) & set(statement.speaker) else actors

    def _behind_verb(self, statement: Statement, first: int, after: int) -> list[Mention]:
        verb = tuple(token.folded for token in self.tokens[first:after])
        next_word = self.tokens[after].folded if after < len(self.tokens) else ""
        if verb and verb[-1] in self.words.asker_links and _ends_with(verb[:-1], self.words.askers):
            return self._hearers(after, statement) if verb[-2:] in self.words.verbs else self._asked(after)
        if next_word in self.words.asker_links and _ends_with(verb, self.words.askers) and (*verb[-1:], next_word) not in self.words.verbs:
            return self._asked(after + 1)
        if _ends_with((*verb, next_word), self.words.verbs):
            return self._hearers(after + 1, statement)
        if next_word in self.words.links and not _ends_with(verb, self.words.unlinked_verbs):
            group = self._hearers(after + 1, statement)
            told = bool(group) and (group[-1].outer_end <= statement.evidence.start or self._opens_with(statement, after, group))
            outside = bool(group) and statement.evidence.end <= self.tokens[first].start
            return group if _ends_with(verb, self.words.linked_verbs) or told or outside else []
        return self._hearers(after, statement) if _ends_with(verb, self.words.verbs) else []

    def _hearers(self, index: int, statement: Statement) -> list[Mention]:
        """The names that begin there, or whom "him" there means."""
        return self._names(index) or self._meant(index, statement)

    def _meant(self, index: int, statement: Statement) -> list[Mention]:
        """The only person but the speaker named in the nearest sentence that names one: "Ms Lan met Mr Nam. She told | him | that"."""
        if not self._has(index, self.words.objects):
            return []
        after = self.tokens[index + 1].folded if index + 1 < len(self.tokens) else ""
        if self.words.objects_before and after not in self.words.objects_before:  # "thanked | her | team"
            return []
        here = self.tokens[index].sentence
        for sentence in range(here, max(-1, here - 1 - MOST_BACK), -1):
            words = self.layout.sentence_words[sentence]
            near = range(max(words.start, min(index, words.stop) - FARTHEST), min(index, words.stop))
            others = {
                mention.actors: mention
                for at in near
                if (mention := self.layout.mention[at]) is not None
                and mention.type is ActorType.PERSON
                and len(mention.actors) == 1
                and not set(mention.actors) & set(statement.speaker)
            }
            if others:
                return list(others.values()) if len(others) == 1 and statement.speaker else []
        return []

    def _asked(self, index: int) -> list[Mention]:
        """Those who shall do what is asked: "its call on | Iran to", "calls for | the Council to"; none in "calls for | Iran's aid"."""
        group = self._names(index)
        behind = bisect_left(self.starts, group[-1].outer_end) if group else len(self.tokens)
        return group if self._has(behind, self.words.infinitives) else []

    def _behind_noun(self, after: int) -> list[Mention]:
        """Whom thanks are offered or who is asked: "expressed | his condolences to | Japan", "renewed | its call on | Iran to"."""
        for index in range(after, min(len(self.tokens), after + MOST_OFFERED)):
            thanked, asked = self.thanks.get(index), self.calls.get(index)
            if thanked is not None and self._has(thanked, self.words.thanks_links):
                return self._names(thanked + 1)
            if asked is not None and self._has(asked, self.words.asker_links):
                return self._asked(asked + 1)
            if self.layout.mention[index] is not None or self.tokens[index].text in CLAUSE_ENDS:
                return []
        return []

    def _has(self, index: int, words: frozenset[str]) -> bool:
        return index < len(self.tokens) and self.tokens[index].folded in words

    def _talked_with(self, cue: int) -> list[Mention]:
        """Whom a talk was had with to say it: "spoke with | Mr Nam today to | convey"."""
        value = self.layout.cue[cue]
        if value is None or value.frame is not Frame.CLAUSE:  # "spoke with Mr Nam to discuss" is no more than a talk
            return []
        purpose = cue if self.tokens[cue].folded in self.words.purposes else cue - 1
        words = self.layout.sentence_words[self.tokens[cue].sentence]
        if purpose < words.start or self.tokens[purpose].folded not in self.words.purposes:
            return []
        place = bisect_left(self.talks, (purpose, 0)) - 1
        if place < 0 or self.talks[place][0] < max(words.start, purpose - MOST_TO_PURPOSE):
            return []
        after = self.talks[place][1]
        if any(self.layout.cue[index] is not None for index in range(after, purpose)):
            return []
        return self._names(after)

    def _opens_with(self, statement: Statement, link: int, group: list[Mention]) -> bool:
        """Whether the words reported were taken to begin at the link, and go on behind the names: "assured | to Mr Nam he would come"."""
        behind = bisect_left(self.starts, group[-1].outer_end)
        after = bisect_left(self.starts, statement.evidence.end)
        return statement.act is not Act.AGREE and self.starts[link] == statement.evidence.start and after - behind >= LEAST_BEHIND

    def _behind_paper(self, cue: int, contents: list[tuple[int, int]]) -> list[Mention]:
        words = self.layout.sentence_words[self.tokens[cue].sentence]
        for first, after in self.papers[bisect_left(self.papers, (words.start, 0)) : bisect_left(self.papers, (words.stop, 0))]:
            place = self.tokens[first].start
            if self.layout.cue[first] is not None and first > words.start and self.layout.mention[first - 1] is not None:
                continue  # another verb's: "AFP dẫn lời bà Lan | nói với | ông Nam"
            if not any(start <= place < end for start, end in contents):
                group = self._names(after)
                if group:
                    return group
        return []

    def _names(self, index: int) -> list[Mention]:
        """The names that begin at a word or a few behind it, and those joined to them; none where they only own who is spoken to."""
        layout, stop = self.layout, min(len(self.tokens), index + MOST_BETWEEN + 1)
        while index < stop and layout.mention[index] is None:
            if index not in self.between:
                return []
            index += 1
        if index >= stop:
            return []
        result: list[Mention] = []
        whole, join = 1, ""  # "A, B" alone is an apposition or two clauses; "A, B and C" are three
        while index < len(self.tokens) and len(result) < MOST_JOINED:
            mention = layout.mention[index]
            if mention is None or (mention.form is Form.PRONOUN and len(mention.actors) > 1):
                break
            index = self._after(mention, index)
            if self._owns(mention, index):
                break
            result.append(mention)
            whole = len(result) if join != "," else whole
            index, join = self._joined(index)
        return result[:whole]

    def _after(self, mention: Mention, index: int) -> int:
        while index < len(self.tokens) and self.layout.mention[index] is mention:
            index += 1
        return index

    def _owns(self, mention: Mention, after: int) -> bool:
        """Whether the name is only whose: "China's", "China | 's"."""
        last = self.tokens[after - 1]
        return last.end > mention.outer_end + 1 or (after < len(self.tokens) and self.tokens[after].folded in self.words.owners)

    def _joined(self, index: int) -> tuple[int, str]:
        """Where the next of several names begins, and what joins it ("Mỹ | và | Nga"); the end of the page where none does."""
        for size in (2, 1):
            join = " ".join(token.folded for token in self.tokens[index : index + size])
            if join in self.words.joins:
                return index + size, join
        return len(self.tokens), ""


def _ends_with(verb: tuple[str, ...], known: frozenset[tuple[str, ...]]) -> bool:
    """Whether a verb is a known one, perhaps with words before it: "has | told", "to | brief"."""
    return any(verb[first:] in known for first in range(len(verb)))


@cache
def phrased(language: LanguageCode) -> Phrased:
    """The language's words for who is spoken to, to be found."""
    words = load_words(language, "addressing", AddressingWords)
    return Phrased(
        verbs=frozenset(tuple(verb.split()) for verb in words.verbs),
        links=frozenset(words.links),
        linked_verbs=frozenset(tuple(verb.split()) for verb in words.linked_verbs),
        unlinked_verbs=frozenset(tuple(verb.split()) for verb in words.unlinked_verbs),
        between=Phrases((one, 1) for one in words.between),
        askers=frozenset(tuple(verb.split()) for verb in words.askers),
        calls=Phrases((one, 1) for one in words.askers),
        asker_links=frozenset(words.asker_links),
        infinitives=frozenset(words.infinitives),
        thanks=Phrases((one, 1) for one in words.thanks),
        thanks_links=frozenset(words.thanks_links),
        talks=Phrases((one, 1) for one in words.talks),
        purposes=frozenset(words.purposes),
        papers=Phrases((one, 1) for one in words.papers),
        owners=frozenset(words.owners),
        objects=frozenset(words.objects),
        objects_before=frozenset(words.objects_before),
        second_persons=frozenset(words.second_persons),
        many=frozenset(words.many),
        vocatives=Phrases((one, 1) for one in words.vocatives),
        joins=frozenset(cue_words(language).pairs) - frozenset(words.apart),
    )
