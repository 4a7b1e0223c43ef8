"""Whose verb stands behind a parenthesis: "Nanaia Mahuta, who chaired the session, | welcomed", "her counterpart, Espen Eide, | said".

In come a page's layout and a verb right behind a comma; out comes its subject: the name before the words between the commas, or the name
that they are, or a name that nobody knows, or nothing. The words are data (`languages/*/subjects.yaml`).
"""

from collections.abc import Collection

from comity.reading.clause_edges import ClauseEdges
from comity.reading.cues import Cue, Found
from comity.reading.layout import QUOTES, Layout
from comity.reading.mentions import Form, Mention
from comity.reading.subject_words import NO_SUBJECT, Kind, Subject, SubjectPhrases
from comity.reading.unknown_names import UnknownNames
from comity.records import ActorType

LONGEST = 30
"""Words between the two commas."""
FARTHEST_NAME = 8
"""Words from the beginning of a clause to the name that is its subject."""
FEWEST_NAMING = 4
"""Words from a comma to the verb behind the next where two of a name stand between."""
POST_REACH = 14
"""Words before such a name in which no person is named who may hold the post."""
ENDS_CLAUSE = frozenset(".?!;:()[]…,") | QUOTES


class Parentheses:
    """Looks over the parentheses of one page; `people` are where words for people without a name begin, `possessive` the words behind
    which a name is of somebody who does not speak."""

    def __init__(
        self,
        layout: Layout,
        words: SubjectPhrases,
        unknown: UnknownNames,
        edges: ClauseEdges,
        people: Collection[int],
        possessive: Collection[int],
    ) -> None:
        self.layout, self.tokens, self.words, self.openers = layout, layout.tokens, words, words.parentheses
        self.unknown, self.edges, self.people, self.possessive = unknown, edges, people, possessive

    def subject(self, cue: Found[Cue]) -> Subject:
        """The subject of a verb that may stand right behind a parenthesis."""
        if not self._ends_parenthesis(cue):
            return NO_SUBJECT
        verb = self._verb_from(cue)
        held = self._holder_before(verb)
        if held is not None:
            return Subject(Kind.NAMED, held, sure=True)
        explained = self.subject_before(verb)
        if explained is not None:
            return Subject(Kind.NAMED, explained, sure=True)
        opening = self.opening_before(verb)
        if opening is not None and self._is_state(opening + 1, verb - 1):  # "Lan Holm, giáo sư tại Đại học Bergen, Na Uy, | nói"
            opening = self.opening_before(opening + 1)
        if opening is not None and self._is_owned(opening - 1):  # "Lan Holm, trợ lý của ông Nam, còn đi xa hơn, | nói"
            explained = self.subject_before(opening + 1)
            if explained is not None:
                return Subject(Kind.NAMED, explained, sure=True)
            opening = self.opening_before(opening + 1)
        if opening is None:
            return NO_SUBJECT
        name = self.unknown.stands(opening + 1, verb - 1) and (self._is_head_before(opening) or self._explains_post(opening, verb))
        if name or self._is_nobody_known(self.edges.start(opening), opening):
            return Subject(Kind.UNKNOWN)
        return NO_SUBJECT

    def _verb_from(self, cue: Found[Cue]) -> int:
        """Where the verb begins, the words that go before it in its phrase included: "Mr Lund, the envoy of Peru, | has also | said"."""
        verb = cue.first
        while verb > 0 and self.tokens[verb - 1].folded in self.words.auxiliaries:
            verb -= 1
        return verb

    def _holder_before(self, verb: int) -> Mention | None:
        """The person whose posts a sentence begins with, his name between commas behind them: "Nhà văn và cựu cố vấn của Peru, ông Lund, |
        nói"."""
        if verb < 2 or self.tokens[verb - 1].text != ",":
            return None
        mention = self.layout.mention[verb - 2]
        if mention is None or mention.type is not ActorType.PERSON or mention.form is not Form.NAME or mention.outer_start == mention.start:
            return None
        words = self.layout.sentence_words[self.tokens[verb].sentence]
        first = next(index for index in words if self.layout.mention[index] is mention)
        name = next(index for index in range(first, verb) if self.tokens[index].start >= mention.start)
        apart = any(self.tokens[index].text == "," for index in range(first, name))
        posts = first == words.start or (words.start in self.people and first - words.start <= FARTHEST_NAME)
        return mention if apart and posts else None

    def _ends_parenthesis(self, cue: Found[Cue]) -> bool:
        """Whether the verb may stand right behind a parenthesis: no "adding", and no "..., said Mr Nam"."""
        following = self.layout.mention[cue.after] if cue.after < len(self.tokens) else None
        is_participle = self.tokens[cue.first].folded.endswith(self.words.participles)
        is_inverted = following is not None and following.type is ActorType.PERSON and following.form is not Form.PRONOUN
        return not is_participle and not is_inverted

    def _is_nobody_known(self, first: int, stop: int) -> bool:
        """Whether a name that nobody knows stands there, and nothing else or a post with its state before it."""
        if any(self.layout.mention[max(first, stop - 2) : stop]):
            return False
        named = self.layout.mention[first:stop]
        if not any(named):
            return self.unknown.stands(first, stop)
        states = all(one is None or one.type is ActorType.STATE for one in named)
        return states and self.unknown.holds_name(first, stop, self.words.openers)

    def _is_state(self, first: int, stop: int) -> bool:
        """Whether nothing but a state's name stands there."""
        mention = self.layout.mention[first]
        held = mention is not None and mention.type is ActorType.STATE
        return held and all(one is mention for one in self.layout.mention[first:stop])

    def _explains_post(self, opening: int, verb: int) -> bool:
        """Whether the name of whoever holds a post follows it between commas: "The embassy's press attaché |, Mary Cole, | said"."""
        first = self.layout.sentence_words[self.tokens[opening].sentence].start
        before = self.layout.mention[max(first, opening - POST_REACH) : opening]
        named = any(self.layout.mention[opening:verb]) or verb - opening < FEWEST_NAMING
        return not named and all(one is None or one.type is not ActorType.PERSON for one in before)

    def _is_head_before(self, comma: int) -> bool:
        """Whether people without a name stand before a comma: "Its minister | , Rogelio Mayta, had told"."""
        return any(index in self.people for index in range(max(0, comma - 3), comma))

    def subject_before(self, verb: int) -> Mention | None:
        """The mention whose verb begins at word `verb`, right behind a parenthesis."""
        close = verb - 1
        words = self.layout.sentence_words[self.tokens[verb].sentence]
        if close <= words.start or self.tokens[close].text != ",":
            return None
        opening = self._opening(close, words.start)
        if opening is None or self._is_verb(opening + 1):
            return None
        inner = range(opening + 1, close)
        before = self.layout.mention[opening - 1]
        explained = self.layout.mention[inner.start]
        if not self._begins_clause(opening - 1, words.start):
            return None
        names_nobody = before is None or before.type is not ActorType.PERSON or before.form is Form.TITLE
        if names_nobody and explained is not None and explained.type is ActorType.PERSON:
            return explained if all(self.layout.mention[at] is explained for at in inner) else None
        if before is None or self._is_owned(opening - 1):
            return None
        is_explained = self.tokens[inner.start].folded in self.openers
        return before if is_explained or before.type is ActorType.PERSON else None

    def _is_owned(self, index: int) -> bool:
        """Whether a person's name that ends at a word is of somebody whose man is named ("trợ lý của | ông Nam |"), or of the last of those
        ("talks between Ms Mai and | Mr Nam |")."""
        mention = self.layout.mention[index]
        if mention is None or mention.type is not ActorType.PERSON:
            return False
        while index and self.tokens[index - 1].start >= mention.outer_start:
            index -= 1
        if index > 1 and self.tokens[index - 1].folded in self.edges.joins:
            return self._is_owned(index - 2)
        return index > 0 and index - 1 in self.possessive

    def opening_before(self, verb: int) -> int | None:
        """The comma that opens the parenthesis which ends right before a verb."""
        floor = self.layout.sentence_words[self.tokens[verb].sentence].start
        return self._opening(verb - 1, floor) if verb > floor + 1 and self.tokens[verb - 1].text == "," else None

    def _is_verb(self, index: int) -> bool:
        """Whether a verb goes on behind the comma, so that nothing is put between: "Ms Mai, adviser to Mr Nam, | warned them, hinting"."""
        return self.layout.cue[index] is not None and self.tokens[index].folded not in self.openers

    def _opening(self, close: int, floor: int) -> int | None:
        """The comma that opens the parenthesis which the one at `close` ends."""
        for index in range(close - 1, max(floor, close - LONGEST), -1):
            text = self.tokens[index].text
            if text == ",":
                return index
            if text in ENDS_CLAUSE:
                return None
        return None

    def _begins_clause(self, last: int, floor: int) -> bool:
        """Whether the words up to `last` are but a name with its titles: a few words behind a sentence's beginning or a mark, no verb."""
        for index in range(last, max(floor, last - FARTHEST_NAME) - 1, -1):
            if self.tokens[index].text in ENDS_CLAUSE:
                return True
            if self.layout.cue[index] is not None:
                return False
            if index == floor:
                return True
        return False
