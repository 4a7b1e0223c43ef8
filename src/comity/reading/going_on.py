"""From whose words a verb goes on: those of the statement before, of the one whose words it stands in, or of whoever was just asked.

In come a page's layout and mentions, a cue and the statement before; out comes who speaks, where that settles it ('"He will stay," | he |
said' behind another quotation of the same man).
"""

from bisect import bisect_left

from comity.reading.cues import Cue, Found
from comity.reading.layout import Layout
from comity.reading.mentions import Form, Mention, Mentions
from comity.reading.speaker_features import Spoken
from comity.reading.speaker_rules import SpeakerRules
from comity.reading.subject_words import Subject
from comity.records import ActorId, ActorType

MOST_NESTED = 5
"""Statements back among which one stands in the words of another."""


class GoingOn:
    """Looks over one page; `from_statement` is asked in the order of the cues, `starts` are the words' beginnings."""

    def __init__(self, layout: Layout, mentions: Mentions, starts: list[int], rules: SpeakerRules) -> None:
        self.layout, self.tokens, self.mentions, self.starts = layout, layout.tokens, mentions, starts
        self.rules, self.persons, self.words = rules, rules.persons, rules.subjects.words
        self._said: list[Spoken] = []
        """The statements so far."""

    def from_statement(self, cue: Found[Cue], spoken: Spoken | None) -> Spoken | None:
        """The statement that the cue may go on from: behind words that a person reported that one's, not of whoever speaks inside them
        ("ông Nam hoan nghênh việc bà Lan chấp nhận đối thoại, đồng thời | nhấn mạnh"). A newspaper's report goes on with whom it cites."""
        if spoken is not None and (not self._said or self._said[-1] is not spoken):
            self._said.append(spoken)
        start = self.tokens[cue.first].start
        for outer in reversed(self._said[-MOST_NESTED:-1]):
            if spoken is None or not self.persons & set(outer.actors):
                continue
            inside = outer.content[0] <= self.tokens[spoken.cue.first].start <= outer.content[1] + 1
            end = max(outer.content[1], spoken.content[1])
            if inside and end <= start:
                spoken = Spoken(outer.actors, outer.cue, (outer.content[0], end))
        return spoken

    def asked(self, cue: Found[Cue], subject: Subject, spoken: Spoken | None) -> Mention | None:
        """Who was just spoken to, where this is the answer: "Ms Lan asked | Mr Nam | to leave. He replied"."""
        if spoken is None or subject.mention is None or subject.mention.form is not Form.PRONOUN or len(subject.mention.actors) != 1:
            return None
        if self.tokens[cue.first].folded not in self.words.replies:
            return None
        mention = self.layout.mention[spoken.cue.after] if spoken.cue.after < len(self.tokens) else None
        apart = self.tokens[cue.first].sentence - self.tokens[spoken.cue.first].sentence
        is_other = mention is not None and mention.type is ActorType.PERSON and mention.actors != spoken.actors
        return mention if is_other and apart == 1 else None

    def tagged_again(
        self, cue: Found[Cue], content: tuple[int, int], subject: Subject, spoken: Spoken | None
    ) -> tuple[ActorId, ...] | None:
        """The person whose words the sentence before is, where "he" has said the quotation behind it: 'The king will come, Mr Lund told
        reporters. "He will stay," | he | said'."""
        pronoun = subject.mention
        if spoken is None or pronoun is None or pronoun.form is not Form.PRONOUN or len(spoken.actors) != 1 or len(pronoun.actors) != 1:
            return None
        start = bisect_left(self.starts, content[0])
        quoted = self.layout.quoted[start] and not self.layout.quoted[cue.first] and content[1] <= self.tokens[cue.first].start
        behind = spoken.content[1] <= self.tokens[spoken.cue.first].start
        if not quoted or not behind or self.tokens[start].sentence - self.tokens[spoken.cue.first].sentence != 1:
            return None
        after = self.tokens[spoken.cue.after - 1].end
        telling = [one for one in self.mentions.within(spoken.content[1], content[0]) if one.type is ActorType.PERSON]
        named = any(one.actors == spoken.actors for one in telling)
        if not named or any(one.start >= after and one.actors != spoken.actors for one in telling):
            return None
        fits = spoken.actors[0] in self.persons and self.rules.may_be_he(spoken.actors[0], pronoun)
        return spoken.actors if fits else None
