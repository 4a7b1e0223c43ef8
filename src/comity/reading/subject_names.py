"""What a name or a head that stands as subject leads on to: whose people are spoken of, who is named within, whether the verb follows.

In come a page's layout and its heads ("officials", "báo cáo"); out comes, for a word, the group or person that speaks there. The words are
data (`languages/*/subjects.yaml`).
"""

from collections.abc import Collection

from comity.languages import load_words
from comity.reading.clause_edges import STOPS
from comity.reading.layout import Layout
from comity.reading.mentions import Form, Mention
from comity.reading.name_words import TitleWords
from comity.reading.people_groups import group_at
from comity.reading.subject_heads import Heads
from comity.reading.subject_words import Kind, Subject, SubjectPhrases
from comity.records import ActorType, LanguageCode

HYPHENS = frozenset("-–—")
FEWEST_DESCRIBING = 2
"""Words at least of what a name tells the place or owner of: "trạm tại | Peru"."""
MOST_BETWEEN = 5
"""Words between a subject and its verb ("Mỹ hôm nay cũng | kêu gọi")."""


class SubjectNames:
    """Looks over one page; `possessive` are the words behind which a name is of somebody who does not speak."""

    def __init__(self, language: LanguageCode, layout: Layout, words: SubjectPhrases, heads: Heads, possessive: Collection[int]) -> None:
        self.layout, self.tokens, self.words, self.heads = layout, layout.tokens, words, heads
        self.possessive = frozenset(possessive)
        self.backing = {found.first for found in words.backing.find(self.tokens)}
        self.names_before = load_words(language, "titles", TitleWords).names_before

    def people(self, index: int, stop: int, kind: Kind) -> Subject:
        """A subject without a name; a group where many speak together."""
        group = group_at(self.layout, self.words.groups, index) if kind is Kind.PEOPLE else None
        of = self.layout.mention[index - 1] if index else None
        theirs = of is not None and of.type is ActorType.STATE  # "U.S. and Israeli | delegations" may speak for their states
        sure = group is not None and not theirs and self.verb_follows(group, index, stop)
        return Subject(kind, group, sure, self.heads.words[index])

    def person_within(self, head: int, stop: int, kind: Kind) -> Mention | None:
        """The person whom the head introduces ("chuyên gia Jose ..."), or whose thing it is; none whose people they are."""
        if head in self.heads.circle:
            return None
        for index in range(head + 1, stop):
            mention = self.layout.mention[index]
            if mention is None or mention.type is not ActorType.PERSON or mention is self.layout.mention[index - 1]:
                continue
            if self.layout.mention[index - 1] is None and self._ends_circle(index):
                continue
            if self.tokens[index - 1].folded in self.words.receivers:  # "the letter to Mr Nam said"
                continue
            if kind is Kind.THING or not self.is_owned(index):
                return mention
        return None

    def _ends_circle(self, index: int) -> bool:
        """Whether "gia đình" or the like stands right before a name."""
        return bool(self.heads.circle & {index - 1, index - 2})

    def is_owned(self, index: int) -> bool:
        """Whether the name that begins at a word is somebody's of whom another is ("trợ lý của | ông Nam", "aides to | Mr Nam"), a state or
        body before it or not ("aides to UN | Secretary-General Nam")."""
        while index and self.tokens[index - 1].folded in self.words.definite:  # "an aide to the | President"
            index -= 1
        before = self.layout.mention[index - 1] if index else None
        if before is not None and before.type is not ActorType.PERSON and before.outer_end <= self.tokens[index].start:
            while index and self.layout.mention[index - 1] is before:
                index -= 1
        return index > 0 and index - 1 in self.possessive

    def is_described(self, index: int, first: int, stop: int) -> bool:
        """Whether the name of a state or body that begins at a word only tells where or whose that is what its clause begins with, from
        word `first` on, which no list knows, and whose verb at `stop` follows: "một trạm y tế tại | Peru | cho biết"."""
        mention, begin = self.layout.mention[index], self.tokens[first]
        if mention is None or mention.type is ActorType.PERSON or mention.form is Form.GROUP or index - first < FEWEST_DESCRIBING:
            return False
        after = index
        while after < stop and self.layout.mention[after] is mention:
            after += 1
        if stop - after > MOST_BETWEEN or any(self.layout.mention[after:stop]) or (first and self._goes_on(first - 1)):
            return False
        if self.tokens[index - 1].folded in self.words.definite:
            index -= 1
        noun = begin.text[0].isalpha() and begin.folded not in self.words.openers and first not in self.possessive
        return noun and self.tokens[index - 1].folded in self.words.modifying and begin.folded not in self.words.modifying

    def _goes_on(self, index: int) -> bool:
        """Whether what stands behind a word is no beginning: behind a verb that reports, or a hyphen."""
        return self.layout.cue[index] is not None or self.tokens[index].text in HYPHENS

    def is_backer(self, mention: Mention, index: int) -> bool:
        """Whether the name that begins at a word is of whoever backs what stands beside it: "do | Mỹ | hậu thuẫn", "| US |-backed"."""
        while index < len(self.tokens) and self.layout.mention[index] is mention:
            index += 1
        if index < len(self.tokens) and self.tokens[index].text == "-":
            index += 1
        return index in self.backing

    def leads_on(self, mention: Mention, index: int, stop: int) -> bool:
        """Whether the name only tells whose the people or things named right behind it are ("U.S. officials", "Mr Nam's lawyers"), in a
        language that puts such names first."""
        if not self.names_before:
            return False
        while index < stop and self.layout.mention[index] is mention:
            index += 1
        for near in range(index, min(index + 3, stop)):
            if self.tokens[near].text in STOPS:
                return False
            people = self.layout.mention[near]
            if near in self.heads.kinds and (people is None or (people is not mention and people.form is Form.GROUP)):
                return True
        return False

    def verb_follows(self, mention: Mention, index: int, stop: int) -> bool:
        """Whether the verb follows the name with a few words between that name nobody, and the name owns nothing ("Biden's")."""
        if index > 0 and index - 1 in self.possessive and self.tokens[index - 1].folded not in self.words.agents:
            return False  # but "là do | Peru | yêu cầu"
        while index < stop and self.layout.mention[index] is mention:
            index += 1
        owners = [near for near in range(index, stop) if self.layout.mention[near] not in (None, self.layout.mention[near - 1])]
        free = all(self.possessive & {near - 1, near - 2} for near in owners)
        most = MOST_BETWEEN if not owners else 2 * MOST_BETWEEN
        return free and stop - index <= most and (index == stop or self.tokens[index].text not in ("'", "’"))

    def is_part(self, mention: Mention, index: int) -> bool:
        """Whether other words make more of a reference word: "philanthropic | leaders" are not the leaders spoken of."""
        before = self.tokens[index - 1]
        return mention.form is Form.PRONOUN and before.folded not in self.words.articles and before.text not in STOPS
