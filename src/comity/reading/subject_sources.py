"""Who is cited: named behind "theo" or a verb at a quotation's end, or between "quoted" and "as saying".

In come a page's layout, its heads and a cue; out comes the cue's `Subject`. The words are data (`languages/*/subjects.yaml`).
"""

from comity.reading.clause_edges import STOPS
from comity.reading.cues import Cue, Found
from comity.reading.layout import Layout
from comity.reading.mentions import Form
from comity.reading.subject_heads import Heads
from comity.reading.subject_names import SubjectNames
from comity.reading.subject_words import NO_SUBJECT, Kind, Subject, SubjectPhrases
from comity.records import ActorType

FARTHEST_CITED = 12
"""Words from "quoted" to "as saying"."""
BEHIND = 14
"""Words behind "theo" or a verb at a quotation's end within which its source is named."""


class SubjectSources:
    """Looks over one page."""

    def __init__(self, layout: Layout, words: SubjectPhrases, heads: Heads, named: SubjectNames) -> None:
        self.layout, self.tokens, self.words, self.heads, self.named = layout, layout.tokens, words, heads, named

    def behind(self, after: int) -> Subject:
        """The source named behind a cue, before the next mark."""
        stop = min(len(self.tokens), after + BEHIND)
        for index in range(after, stop):
            if self.tokens[index].text in STOPS or self.tokens[index].sentence != self.tokens[after].sentence:
                break
            mention = self.layout.mention[index]
            kind = self.heads.kinds.get(index)
            if kind is Kind.ANAPHOR:
                return Subject(kind, mention)
            if mention is not None and (kind is None or mention.form is not Form.GROUP):
                if self.named.leads_on(mention, index, stop):
                    continue
                return Subject(Kind.NAMED, mention)
            if kind is Kind.THING and self.heads.words[index] in self.words.treaties:
                return Subject(kind, head=self.heads.words[index])
            if kind is not None:
                person = self.named.person_within(index, self._mark_from(index, stop), kind)
                return Subject(Kind.NAMED, person) if person is not None else Subject(kind, head=self.heads.words[index])
        return NO_SUBJECT

    def _mark_from(self, index: int, stop: int) -> int:
        """Where what belongs to a source's head ends: a mark, or a verb's "được" ("các nguồn tin | được tiếp xúc với ông Nam")."""
        while index < stop and self.tokens[index].text not in STOPS and self.tokens[index].folded not in self.words.passives:
            index += 1
        return index

    def cited(self, cue: Found[Cue]) -> Subject | None:
        """Whoever somebody else cites: "reports that quoted | a Peruvian official | as saying"; None where the verb is no such."""
        words = self.layout.sentence_words[self.tokens[cue.first].sentence]
        link = cue.first - 1
        if link <= words.start or f"{self.tokens[link].folded} {self.tokens[cue.first].folded}" not in self.words.citing:
            return None
        citing = range(link - 1, max(words.start, link - FARTHEST_CITED) - 1, -1)
        first = next((index for index in citing if self.tokens[index].folded in self.words.cited_as), None)
        if first is None:
            return None
        for index in range(first + 1, link):
            mention = self.layout.mention[index]
            if index in self.heads.kinds:
                return self.named.people(index, cue.first, self.heads.kinds[index])
            if mention is not None and not self.named.leads_on(mention, index, link):
                return Subject(Kind.NAMED, mention, sure=True)
        return Subject(Kind.UNKNOWN)

    def inverted(self, cue: Found[Cue]) -> Subject:
        """The person named right behind a verb that follows the words reported: '"...," noted Ana Tavares'."""
        mention = self.layout.mention[cue.after] if cue.after < len(self.tokens) else None
        if mention is None or mention.type is not ActorType.PERSON or self.tokens[cue.first - 1].text not in STOPS:
            return NO_SUBJECT
        same = self.tokens[cue.after].sentence == self.tokens[cue.first].sentence
        return Subject(Kind.NAMED, mention, sure=True) if same else NO_SUBJECT

    def begins_indefinite(self, after: int) -> bool:
        return after < len(self.tokens) and self.tokens[after].folded in self.words.articles

    def stands_behind(self, cue: Found[Cue]) -> bool:
        """Whether the cue has its source behind it, as "theo" has."""
        return self.words.source_behind.starts(self.tokens, cue.first)
