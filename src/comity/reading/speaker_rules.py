"""Who can't be the speaker of a cue: what grammar settles is not left to the model of `speakers.py`.

In come a page's layout, its subjects and persons, a cue's place and somebody who may speak; out comes whether the cue's subject leaves room
for that one. Whoever was named before does not speak for "một quan chức", a name that nobody knows, or another who stands before the verb.
"""

from bisect import bisect_left
from collections.abc import Mapping

from comity.reading.cues import Cue, Found, Frame
from comity.reading.earlier_subjects import EarlierSubjects
from comity.reading.layout import LONGEST_QUOTE
from comity.reading.mentions import Form, Mention
from comity.reading.speaker_features import Candidate, Place
from comity.reading.subject_words import Kind
from comity.reading.subjects import Subjects
from comity.records import GROUP, ActorId, ActorType

WITHOUT_NAME = frozenset({Kind.PEOPLE, Kind.THING, Kind.UNKNOWN, Kind.DESCRIBED, Kind.PASSIVE, Kind.HEARER})
"""Subjects through which nobody speaks who was named before."""
TOLD = 80
"""Words behind a verb inside a quotation within which the verb that reports this stands."""


class SpeakerRules:
    """Looks over one page; `starts` are its words' beginnings, `joiners` what joins two verbs, `persons` the persons and `states` the
    states named, `genders` what the text tells of the persons."""

    def __init__(
        self,
        subjects: Subjects,
        starts: list[int],
        joiners: frozenset[str],
        persons: frozenset[ActorId],
        states: frozenset[ActorId],
        genders: Mapping[ActorId, str],
    ) -> None:
        self.layout, self.tokens, self.subjects = subjects.layout, subjects.tokens, subjects
        self.starts, self.joiners, self.persons, self.states, self.genders = starts, joiners, persons, states, genders
        self.earlier = EarlierSubjects(subjects)

    def may_speak(self, candidate: Candidate, place: Place) -> bool:
        """Whether the cue's subject leaves room for somebody: no one named before speaks for "one official" or a source behind "theo"."""
        if not candidate.actors:
            return True
        subject, mention = place.subject, place.subject.mention
        if subject.kind is Kind.PASSIVE and not candidate.is_behind:
            return False  # "phía | Nga | đã được | thông báo" has been told
        if self._is_spoken_of(candidate, place) or self._is_unnamed(candidate, place) or self._is_told_to(candidate, place):
            return False
        if (candidate.is_from_before or (candidate.is_behind and self.persons & set(candidate.actors))) and self._has_own(place.cue):
            return False
        if self.persons & set(candidate.actors) and self._is_put_between(candidate, place):
            return False
        if subject.kind is Kind.NONE and place.opening.kind is Kind.UNKNOWN and candidate.is_from_before:
            return candidate.actors[0].startswith(GROUP)  # "HR Denholm - aide to Mr Nam, | stressed" is not who spoke before
        if candidate.is_from_before and self.persons & set(candidate.actors) and self.earlier.has_other_subject(place.cue):
            return False
        if self._is_named_by_himself(candidate, place):
            return False
        if subject.kind is Kind.UNKNOWN and self._is_pronoun(place.cue):
            return False  # "Ông | kêu gọi" where nobody is named who could be "ông" is no body
        if subject.kind is Kind.ANAPHOR and not self.persons & set(candidate.actors) and not candidate.actors[0].startswith(GROUP):
            return False  # "theo | người phát ngôn này" is no agency
        inside = candidate.is_inside and not self.subjects.sources.stands_behind(place.cue)
        if subject.kind is Kind.THING and subject.head in self.subjects.words.papers and inside:
            return False  # "báo | Philippines | tiết lộ tòa có thể"
        if subject.kind in (Kind.UNKNOWN, Kind.DESCRIBED, Kind.PEOPLE) and candidate.is_inside:
            return False  # "Ely Capital committed to open six ports in | Peru"
        if self._is_whose(candidate, place) or self._has_made(candidate, place):
            return False
        if (
            subject.kind in (Kind.PEOPLE, Kind.UNKNOWN, Kind.DESCRIBED)
            and candidate.is_from_before
            and (subject.kind is Kind.UNKNOWN or not candidate.actors[0].startswith(GROUP))
        ):
            return False
        if self.subjects.sources.stands_behind(place.cue) and subject.kind in (Kind.NONE, Kind.NAMED):
            return mention is not None and set(mention.actors) <= set(candidate.actors)
        if subject.sure and mention is not None:
            return self._fits(candidate, place, mention)
        if mention is not None and mention.form is Form.TITLE and mention.type is not ActorType.PERSON and candidate.is_from_before:
            return not self.persons & set(candidate.actors)  # "Người phát ngôn của Thủ tướng Anh" is none of those named before
        by_office = mention is not None and mention.form is Form.TITLE and mention.type is ActorType.PERSON
        if mention is not None and (by_office or mention.form is Form.NAME) and self.layout.mention[place.cue.first - 1] is mention:
            return mention.type is not ActorType.PERSON or set(mention.actors) <= set(candidate.actors)
        if subject.kind is Kind.SELF and candidate.is_from_before and self._is_told(place.cue):
            return False
        if subject.kind is Kind.SELF and (self._is_citing(candidate, place) or self._is_in_own_words(candidate, place)):
            return False
        if subject.kind is Kind.SELF and not self.layout.quoted[place.cue.first]:  # "We" are no group that is spoken of
            return not self.persons & set(candidate.actors) and not candidate.actors[0].startswith(GROUP)
        if subject.kind is Kind.NONE and not self._holds_shared(candidate, place):
            return False
        if place.shared.kind is Kind.PEOPLE and self._is_in_words_before(candidate, place):
            return False
        if subject.kind in WITHOUT_NAME or place.shared.kind in (Kind.PEOPLE, Kind.UNKNOWN):
            return not self.persons & set(candidate.actors)
        return True

    def _is_named_by_himself(self, candidate: Candidate, place: Place) -> bool:
        """Whether the candidate is a person named in the words in quotation marks that "he" says: '"Lund is wrong," | he said'."""
        pronoun = place.subject.mention
        if pronoun is None or pronoun.form is not Form.PRONOUN or not self.persons & set(candidate.actors):
            return False
        start, end = place.content
        forms = (Form.NAME,) if candidate.actors == place.last else (Form.NAME, Form.TITLE)
        named = (one for one in place.here if start <= one.start < end and one.form in forms and set(one.actors) & set(candidate.actors))
        return any(self.layout.quoted[bisect_left(self.starts, one.start)] for one in named) and not self.layout.quoted[place.cue.first]

    def _is_pronoun(self, cue: Found[Cue]) -> bool:
        return self.subjects.unknown.is_pronoun(self.subjects.clause_start(cue.first), cue.first)

    def _is_citing(self, candidate: Candidate, place: Place) -> bool:
        """Whether somebody only cites the quotation in which "we" stands: '"Chúng tôi kêu gọi kiềm chế", | AFP | dẫn lời ông Nam'."""
        for mention in place.here:
            if mention.actors == candidate.actors:
                after = bisect_left(self.starts, mention.outer_end)
                cue = self.layout.cue[after] if after < len(self.tokens) else None
                if cue is not None and cue.frame is Frame.SOURCE:
                    return True
        return False

    def _is_in_own_words(self, candidate: Candidate, place: Place) -> bool:
        """Whether somebody is named only in the quotation in which "I" stands: '"Friends in | Peru | know that I | look forward to it"'."""
        if candidate.is_from_before or not self.layout.quoted[place.cue.first]:
            return False
        named = [one for one in place.here if set(one.actors) & set(candidate.actors)]
        return all(self.layout.quoted[bisect_left(self.starts, one.start)] for one in named)

    def _fits(self, candidate: Candidate, place: Place, mention: Mention) -> bool:
        """Whether somebody is the subject, of whom grammar is sure; "he" may be another person than he was taken for."""
        if mention.form is Form.PRONOUN and mention.type is ActorType.PERSON and len(mention.actors) == 1:
            index = bisect_left(self.starts, mention.start)
            if index and self.tokens[index - 1].folded in self.subjects.words.whereat:
                return candidate.actors == mention.actors  # "Mr Lund's visit to Peru, where he"
            other = len(candidate.actors) == 1 and candidate.actors[0] in self.persons and self.may_be_he(candidate.actors[0], mention)
            return candidate.actors == mention.actors or other
        if set(mention.actors) == set(candidate.actors):
            return True
        elsewhere = candidate.is_from_before or (candidate.is_behind and mention in place.before)
        return set(mention.actors) <= set(candidate.actors) and not elsewhere

    def may_be_he(self, person: ActorId, pronoun: Mention) -> bool:
        """Whether nothing tells that a pronoun taken for one person is not another: "he" is no woman."""
        taken, own = self.genders.get(pronoun.actors[0]), self.genders.get(person)
        return taken is None or own is None or taken == own

    def _is_whose(self, candidate: Candidate, place: Place) -> bool:
        """Whether the candidate only tells whose people or paper speak: "chuyên gia | Mỹ | cho rằng", "báo | Nhật | đưa tin"; not
        "phía | Nga". A resolution speaks for nobody named before it."""
        if self.persons & set(candidate.actors) or any(actor.startswith(GROUP) for actor in candidate.actors):
            return False
        words, subject = self.subjects.words, place.subject
        if subject.of is not None and subject.kind is Kind.DESCRIBED:
            return not set(subject.of.actors).isdisjoint(candidate.actors)  # "a health post in | Peru | said"
        if subject.kind is Kind.PEOPLE and subject.head in words.private:
            return self.states.issuperset(candidate.actors)
        if subject.kind is Kind.PEOPLE:
            return bool(words.speaks_for) and subject.head not in words.speaks_for
        if subject.kind is not Kind.THING:
            return False
        if subject.head in words.papers:
            return self.states.issuperset(candidate.actors)
        named = {actor for mention in place.before for actor in mention.actors}
        return candidate.is_from_before and subject.head in words.own_words and named.isdisjoint(candidate.actors)

    def _has_made(self, candidate: Candidate, place: Place) -> bool:
        """Whether the candidate is named before what has no name, or one of those who made a treaty: "hiệp ước do | ông Nam | ký"."""
        subject = place.subject
        if subject.of is not None:
            return candidate.is_from_before
        if subject.kind is not Kind.THING or subject.head not in self.subjects.words.treaties:
            return False
        nobody = any(actor in self.persons or actor.startswith(GROUP) for actor in candidate.actors)
        elsewhere = candidate.is_from_before or (candidate.is_behind and not self.subjects.sources.stands_behind(place.cue))
        return nobody or elsewhere or len(candidate.actors) > 1

    def _is_in_words_before(self, candidate: Candidate, place: Place) -> bool:
        """Whether a state or body is named only in the words of the verb before, whose subject has no name: "một đảng ủng hộ | Nga |, đồng
        thời | kêu gọi"."""
        number = self.subjects.order[place.cue.first]
        if not number or candidate.actors == place.last or candidate.is_behind or candidate.actors[0].startswith(GROUP):
            return False
        last = self.layout.cues[number - 1]
        if self.tokens[last.first].sentence != self.tokens[place.cue.first].sentence:
            return False
        start = self.tokens[last.after - 1].end
        named = {actor for one in place.before if one.start < start for actor in one.actors}
        within = {actor for one in place.before if one.start >= start for actor in one.actors}
        return within.issuperset(candidate.actors) and named.isdisjoint(candidate.actors)

    def _is_spoken_of(self, candidate: Candidate, place: Place) -> bool:
        """Whether the candidate is a person only named in the words behind the verb: "cáo buộc X, | cho rằng Ngoại trưởng Mỹ ..."."""
        start, end = place.content
        if (
            start < self.tokens[place.cue.after - 1].end
            or place.cue.value.frame is Frame.SOURCE
            or not self.persons & set(candidate.actors)
        ):
            return False
        mention = place.subject.mention
        if mention is not None and set(mention.actors) & set(candidate.actors):
            return False
        named = {actor for one in place.after if one.start < end and (candidate.is_behind or one.form is Form.NAME) for actor in one.actors}
        return (candidate.is_behind or (candidate.is_from_before and mention is None)) and bool(named & set(candidate.actors))

    def _is_told_to(self, candidate: Candidate, place: Place) -> bool:
        """Whether a group, or two who were named before, are spoken to or of: they stand behind a verb, before its words ("told |
        lawmakers | that ...", "gọi | hai nhà lãnh đạo | là ...")."""
        two = len(candidate.actors) > 1 and bool(place.after) and place.after[0].form is Form.PRONOUN
        if not (two or any(actor.startswith(GROUP) for actor in candidate.actors)) or place.cue.value.frame is Frame.SOURCE:
            return False
        if (
            two
            and candidate.is_behind
            and place.after[0].actors == candidate.actors
            and place.content[0] >= self.tokens[place.cue.after - 1].end
        ):
            return True
        return candidate.is_behind and not candidate.is_inside and place.content[0] >= self.tokens[place.cue.after - 1].end

    def _has_own(self, cue: Found[Cue]) -> bool:
        """Whether a name that nobody knows stands right before a verb: "In a statement, the RSF | accused" is not who spoke before."""
        before = cue.first - 1
        if before < 1 or self.layout.mention[before] is not None or self.tokens[before - 1].sentence != self.tokens[cue.first].sentence:
            return False
        return self.tokens[before].text[:1].isupper()

    def _is_put_between(self, candidate: Candidate, place: Place) -> bool:
        """Whether the candidate is who the sentence is about, and "he said" only put between: "The president, | she said, | must go"."""
        mention, first, after = place.subject.mention, place.cue.first, place.cue.after
        if mention is None or mention.form is not Form.PRONOUN or after >= len(self.tokens) or self.tokens[after].text != ",":
            return False
        comma = bisect_left(self.starts, mention.outer_start) - 1
        about = self.layout.mention[comma - 1] if comma > 0 and self.tokens[comma].text == "," and comma == first - 2 else None
        return about is not None and about.type is ActorType.PERSON and bool(set(about.actors) & set(candidate.actors))

    def _is_unnamed(self, candidate: Candidate, place: Place) -> bool:
        """Whether "this official" or "he" stands for whoever the sentence before has as subject, and names not: "One official said ..."."""
        subject = place.subject
        sentence = self.tokens[place.cue.first].sentence
        if not sentence or len(candidate.actors) != 1 or candidate.actors[0] not in self.persons:
            return False
        before = self.earlier.outside_quotation(sentence - 1, place.cue)
        if subject.kind is Kind.ANAPHOR:
            if self.earlier.is_new(before) or self.earlier.was_nameless(place.cue):
                return True
            if self.earlier.was_another(place.cue, candidate.actors[0]):
                return True
            since = place.last_at if place.last == candidate.actors else -1
            return self.earlier.was_described(place.cue, since)
        refers = next((one.mention for one in (subject, place.shared) if one.kind is not Kind.NONE), None)
        if refers is None or refers.form is not Form.PRONOUN or len(refers.actors) > 1 or self._is_named_before(candidate, place, refers):
            return False
        if self._goes_on(place):
            return True
        before = self.earlier.before_many(before)
        return self.earlier.is_new(before) or (subject.mention is refers and self.earlier.speaks_unknown(before))

    def _goes_on(self, place: Place) -> bool:
        """Whether the verb goes on with the words of somebody without a name: '"...," one official said. "...," he | added'."""
        nameless = place.last_at >= 0 and all(actor.startswith(GROUP) for actor in place.last)
        own = place.content[0] <= place.last_at < place.content[1]  # said in the words that he adds
        return nameless and not own and self.tokens[place.cue.after - 1].folded in self.subjects.words.continuing

    def _is_named_before(self, candidate: Candidate, place: Place, pronoun: Mention) -> bool:
        """Whether the candidate is named before the pronoun in its sentence: "Mr Nam met them in Lima, where he"."""
        here = (one for one in place.here if one.form is Form.NAME and one.start < pronoun.start)
        quoted = self.layout.quoted[place.cue.first]
        named = (one for one in here if quoted or not self.layout.quoted[bisect_left(self.starts, one.start)])
        return any(set(one.actors) & set(candidate.actors) for one in named)

    def _holds_shared(self, candidate: Candidate, place: Place) -> bool:
        """Whether a person named before the verb may take it from the subject that it shares with the verb before: none whom that one
        only speaks of ("ông Nam cáo buộc ông Bình ..., | cho rằng")."""
        shared, before = place.shared.mention, self.tokens[place.cue.first - 1].folded
        if (
            shared is None
            or shared.type is not ActorType.PERSON
            or not place.shared.sure
            or candidate.features[:1] != ["bo"]
            or not self.persons & set(candidate.actors)
        ):
            return True
        if before != "," and before not in self.joiners and place.cue.first not in self.subjects.edges.opens:
            return True
        return bool(set(shared.actors) & set(candidate.actors))

    def _is_told(self, cue: Found[Cue]) -> bool:
        """Whether a verb inside a quotation has the verb that reports this behind it: '"We agreed to meet," | Faki told reporters'."""
        if not self.layout.quoted[cue.first]:
            return False
        end = cue.after
        while end < min(len(self.tokens), cue.after + LONGEST_QUOTE) and self.layout.quoted[end]:
            end += 1
        words = self.layout.sentence_words[self.tokens[end - 1].sentence]
        behind = (index for index in range(end, min(words.stop, end + TOLD)) if not self.layout.quoted[index])
        return any(self.layout.cue[index] is not None for index in behind)
