"""Whom a verb's subject refers to in the sentences before: people without a name, or a name that nobody knows.

In come a page's subjects; out comes whether "he", "this official" or a verb without a subject stands for somebody who was not named
("One official said ... He added"), so that no person named before speaks.
"""

from bisect import bisect_left

from comity.reading.cues import Cue, Found
from comity.reading.mentions import Form, Mention
from comity.reading.subject_words import NO_SUBJECT, Kind, Subject
from comity.reading.subjects import HEAD_REACH, Subjects
from comity.records import ActorId, ActorType

MOST_BACK = 8
"""Sentences before "nhà ngoại giao này" within which "một nhà ngoại giao" stands, and words of each that are looked at."""
LONGEST, MOST_NAMING = 60, 4
MOST_VERBS = 24
"""Verbs of a sentence that are looked at."""


class EarlierSubjects:
    """Looks over the sentences of one page."""

    def __init__(self, subjects: Subjects) -> None:
        self.subjects, self.layout, self.tokens, self.words = subjects, subjects.layout, subjects.tokens, subjects.words
        self.cue_starts = [cue.first for cue in self.layout.cues]

    def outside_quotation(self, sentence: int, cue: Found[Cue]) -> int:
        """The sentence that a verb outside quotation marks goes on from, before those that stand in them as a whole."""
        while sentence > 0 and not self.layout.quoted[cue.first] and self._is_quoted(self.layout.sentence_words[sentence]):
            sentence -= 1
        return sentence

    def _is_quoted(self, words: range) -> bool:
        return bool(words) and self.layout.quoted[words[len(words) // 2]] > 0 and self.layout.quoted[words[-1]] > 0

    def before_many(self, sentence: int) -> int:
        """The sentence itself, or the nearest before it that is not about many, whom no "he" stands for: "Many agreed. | He added"."""
        for number in range(sentence, max(0, sentence - MOST_BACK), -1):
            if self.subjects.opening(number).head not in self.words.many:
                return number
        return sentence

    def is_new(self, sentence: int) -> bool:
        """Whether a sentence is about people without a name who were not spoken of before: "One senior official said"."""
        words = self.layout.sentence_words[sentence]
        source = self.subjects.order.get(words.start)
        if source is not None and self.subjects.sources.stands_behind(self.layout.cues[source]):
            return self.subjects.sources.behind(self.layout.cues[source].after).kind is Kind.PEOPLE
        subject = self.subjects.opening(sentence)
        first = any(token.folded in self.words.indefinite for token in self.tokens[words.start : min(words.stop, words.start + HEAD_REACH)])
        mention = subject.mention
        is_group = mention is not None and mention.form is Form.GROUP
        by_office = mention is not None and mention.form is Form.TITLE and mention.type is not ActorType.PERSON
        told = is_group and (first or self._was_one(mention, sentence))
        if mention is not None and self._is_whose(mention, words):
            return not self._begins_with_person(words)
        return (subject.kind is Kind.PEOPLE and not self._begins_with_person(words)) or told or by_office

    def _is_whose(self, mention: Mention, words: range) -> bool:
        """Whether a sentence begins with a state or body only to tell whose man is spoken of: "The Peruvian | envoy said"."""
        if mention.type is ActorType.PERSON or mention.form is not Form.NAME:
            return False
        index = next((at for at in words if self.layout.mention[at] is mention), words.stop)
        near = range(index, min(index + MOST_NAMING + 2, words.stop))
        head = next((self.subjects.head_words[at] for at in near if at in self.subjects.head), "")
        return head not in self.words.many and self.subjects.named.leads_on(mention, index, words.stop)

    def _was_one(self, group: Mention | None, sentence: int) -> bool:
        """Whether "quan chức" that a sentence begins with was "một quan chức" shortly before."""
        begin = self.layout.sentence_words[sentence].start
        words = [token.folded for token in self.tokens[begin : begin + MOST_NAMING] if group is not None and token.end <= group.outer_end]
        first = self.layout.sentence_words[max(0, sentence - MOST_BACK)].start
        return bool(words) and any(
            self.tokens[index].folded in self.words.indefinite
            and [token.folded for token in self.tokens[index + 1 : index + 1 + len(words)]] == words
            for index in range(first, begin)
        )

    def _begins_with_person(self, words: range) -> bool:
        """Whether the first verb that has a subject has a person's name: "Trong chiến dịch của mình, | ông Nam khẳng định"."""
        mention = next((one.mention for one in self._subjects(words)), None)
        return mention is not None and mention.type is ActorType.PERSON and mention.form is not Form.PRONOUN

    def speaks_unknown(self, sentence: int) -> bool:
        """Whether the last verb of a sentence that has a subject has a name that nobody knows: '"...", Ibrahim nói'."""
        last = next(iter(self._subjects(self.layout.sentence_words[sentence])[::-1]), NO_SUBJECT)
        return last.kind is Kind.UNKNOWN

    def _subjects(self, words: range) -> list[Subject]:
        """Those that the verbs of a sentence have, outside quotation marks."""
        spoken = self.layout.cues[bisect_left(self.cue_starts, words.start) : bisect_left(self.cue_starts, words.stop)][:MOST_VERBS]
        found = (self.subjects.before(cue) for cue in spoken if not self.layout.quoted[cue.first])
        return [one for one in found if one.kind not in (Kind.NONE, Kind.DESCRIBED)]

    def was_nameless(self, cue: Found[Cue]) -> bool:
        """Whether "nhà ngoại giao này" was last "một nhà ngoại giao", and not "nhà ngoại giao Lý Minh"."""
        words = self._anaphor_before(cue)
        sentence = self.tokens[cue.first].sentence
        for number in range(sentence - 1, max(-1, sentence - 1 - MOST_BACK), -1):
            for index in self.layout.sentence_words[number][:LONGEST]:
                if words and tuple(token.folded for token in self.tokens[index : index + len(words)]) == words:
                    mention = self.layout.mention[index]
                    return (mention is None or mention.type is not ActorType.PERSON) and self.is_new(number)
        return False

    def was_described(self, cue: Found[Cue], since: int) -> bool:
        """Whether behind the character `since` "một quan chức giấu tên" was spoken of last, of whom "vị quan chức này" says the same, and
        not somebody of that office with a name, as "Giáo sư Lý Minh" or "Lý Minh, một chuyên gia"."""
        words = self._anaphor_before(cue)
        kind = () if " ".join(self._whole_anaphor(cue)) in self.words.anybody else words
        sentence = self.tokens[cue.first].sentence
        first = self.layout.sentence_words[max(0, sentence - MOST_BACK)].start
        for index in range(self.layout.sentence_words[sentence].start - 1, first, -1):
            if not words or self.tokens[index].start <= since or self.subjects.head.get(index) is not Kind.PEOPLE:
                continue
            told = tuple(token.folded for token in self.tokens[index : index + len(kind)]) == kind
            if told and self.tokens[index - 1].folded in self.words.one_of:
                return not self._is_of_somebody(index)
        return False

    def was_another(self, cue: Found[Cue], actor: ActorId) -> bool:
        """Whether "nhân vật này", which says of nobody what he is, stands right behind a sentence that names another person last."""
        if " ".join(self._whole_anaphor(cue)) not in self.words.anybody:
            return False
        words = self.layout.sentence_words[self.tokens[cue.first].sentence - 1]
        last = next((self.layout.mention[at] for at in reversed(words) if self._is_person(at)), None)
        return last is not None and actor not in last.actors

    def _is_of_somebody(self, index: int) -> bool:
        """Whether a word for people is part of somebody's title, or stands in apposition to a name: "Lý Minh, một | chuyên gia"."""
        mention = self.layout.mention[index]
        if mention is not None and mention.type is ActorType.PERSON:
            return True
        near = range(index, min(len(self.tokens), index + MOST_NAMING + 2))
        behind = next((self.layout.mention[at] for at in near if self._is_person(at)), None)
        if behind is not None and self.subjects.named.person_within(index, near.stop, Kind.PEOPLE) is behind:
            return True
        comma = self.tokens[index - 2].text == "," if index > 2 else False
        return comma and self._is_person(index - 3)

    def _is_person(self, index: int) -> bool:
        mention = self.layout.mention[index]
        return mention is not None and mention.type is ActorType.PERSON

    def _whole_anaphor(self, cue: Found[Cue]) -> tuple[str, ...]:
        behind = range(cue.after, min(len(self.tokens), cue.after + MOST_NAMING))
        where = behind if self.subjects.sources.stands_behind(cue) else range(self.subjects.clause_start(cue.first), cue.first)
        first = next((index for index in where if index in self.subjects.anaphors), None)
        return () if first is None else tuple(token.folded for token in self.tokens[first : self.subjects.anaphors[first]])

    def _anaphor_before(self, cue: Found[Cue]) -> tuple[str, ...]:
        """The words of whoever was spoken of before and is the verb's subject, without the one that points back."""
        behind = range(cue.after, min(len(self.tokens), cue.after + MOST_NAMING))
        for first in behind if self.subjects.sources.stands_behind(cue) else range(self.subjects.clause_start(cue.first), cue.first):
            after = self.subjects.anaphors.get(first)
            if after is not None:
                words = [token.folded for token in self.tokens[first:after]]
                return tuple(words[1:] if words[0] in self.words.articles else words[:-1])
        return ()

    def has_other_subject(self, cue: Found[Cue]) -> bool:
        """Whether the verb, behind a word such as "after", shares the subject of a sentence that begins with nobody known, so that
        nobody of the sentence before speaks: "Liên quân tấn công sau khi | cáo buộc"."""
        words = self.layout.sentence_words[self.tokens[cue.first].sentence]
        first = next((index for index in range(words.start, cue.first) if self.tokens[index].text[0].isalnum()), cue.first)
        if cue.first not in self.subjects.edges.opens or any(self.layout.mention[words.start : cue.first]) or first == cue.first:
            return False
        return (
            self.tokens[first].folded not in self.words.openers
            and first + 1 not in self.subjects.edges.opens
            and not self.layout.cue[first]
        )
