"""To whom words are said: "told Mr Nam that ...", "kêu gọi Myanmar ...", "in a letter to the Council".

In come a page's layout and a statement's cue and content; out come those who are named as spoken to. Who is only spoken of ("condemned
X"), met, or not named ("told reporters") is none of them. The words are data (`languages/*/addressing.yaml`).
"""

from bisect import bisect_left
from functools import cache
from typing import NamedTuple

from msgspec import Struct

from comity.languages import load_words
from comity.reading.cues import Phrases, cue_words
from comity.reading.layout import Layout
from comity.reading.mentions import Form, Mention
from comity.records import Act, ActorId, LanguageCode, Statement

MOST_BETWEEN = 4
"""Words between a verb and the name of who is spoken to: "told | his visiting Chinese counterpart | Wang Yi"."""
LEAST_BEHIND = 3
"""Words reported that there are at least behind the name, where they were taken to begin before it."""
MOST_JOINED = 12
"""Names that share one verb."""


class AddressingWords(Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of `languages/*/addressing.yaml`; the file says what each list is for."""

    verbs: tuple[str, ...]
    links: tuple[str, ...]
    linked_verbs: tuple[str, ...]
    between: tuple[str, ...]
    papers: tuple[str, ...]
    owners: tuple[str, ...]


class Phrased(NamedTuple):
    """The same, ready to be found among a page's words; `joins` may stand between two who are spoken to."""

    verbs: frozenset[tuple[str, ...]]
    links: frozenset[str]
    linked_verbs: frozenset[tuple[str, ...]]
    between: Phrases[int]
    papers: Phrases[int]
    owners: frozenset[str]
    joins: frozenset[str]


class Addressees:
    """Finds who is spoken to, on one page. Made once a page."""

    def __init__(self, language: LanguageCode, layout: Layout) -> None:
        self.layout, self.tokens = layout, layout.tokens
        self.words = phrased(language)
        self.papers = [(found.first, found.after) for found in self.words.papers.find(self.tokens)]
        self.between = {index for found in self.words.between.find(self.tokens) for index in range(found.first, found.after)}
        self.starts = [token.start for token in self.tokens]

    def of(self, statement: Statement, contents: list[tuple[int, int]]) -> tuple[ActorId, ...]:
        """Those to whom the words are said, as far as the cue's sentence names them; `contents` are the words reported in it."""
        cue = statement.cue
        if cue is None:
            return ()
        first, after = bisect_left(self.starts, cue.start), bisect_left(self.starts, cue.end)
        head = self._behind_verb(statement, first, after) or self._behind_paper(first, contents)
        if not head:
            return ()
        actors = tuple(dict.fromkeys(actor for mention in head for actor in mention.actors))
        return () if set(actors) & set(statement.speaker) else actors

    def _behind_verb(self, statement: Statement, first: int, after: int) -> list[Mention]:
        verb = tuple(token.folded for token in self.tokens[first:after])
        linked = after < len(self.tokens) and self.tokens[after].folded in self.words.links
        if linked:
            group = self._names(after + 1)
            told = bool(group) and (group[-1].outer_end <= statement.evidence.start or self._opens_with(statement, after, group))
            outside = bool(group) and statement.evidence.end <= self.tokens[first].start
            return group if verb in self.words.linked_verbs or told or outside else []
        return self._names(after) if verb in self.words.verbs else []

    def _opens_with(self, statement: Statement, link: int, group: list[Mention]) -> bool:
        """Whether the words reported were taken to begin at the link, and go on behind the names: "assured | to Mr Nam he would come"."""
        behind = bisect_left(self.starts, group[-1].outer_end)
        after = bisect_left(self.starts, statement.evidence.end)
        return statement.act is not Act.AGREE and self.starts[link] == statement.evidence.start and after - behind >= LEAST_BEHIND

    def _behind_paper(self, cue: int, contents: list[tuple[int, int]]) -> list[Mention]:
        words = self.layout.sentence_words[self.tokens[cue].sentence]
        for first, after in self.papers[bisect_left(self.papers, (words.start, 0)) : bisect_left(self.papers, (words.stop, 0))]:
            place = self.tokens[first].start
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


@cache
def phrased(language: LanguageCode) -> Phrased:
    """The language's words for who is spoken to, to be found."""
    words = load_words(language, "addressing", AddressingWords)
    return Phrased(
        verbs=frozenset(tuple(verb.split()) for verb in words.verbs),
        links=frozenset(words.links),
        linked_verbs=frozenset(tuple(verb.split()) for verb in words.linked_verbs),
        between=Phrases((one, 1) for one in words.between),
        papers=Phrases((one, 1) for one in words.papers),
        owners=frozenset(words.owners),
        joins=frozenset(cue_words(language).pairs),
    )
