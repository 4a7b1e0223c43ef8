"""Who speaks through a cue.

In come a page's layout, its mentions, a cue and the words it reports; out come those who may be the speaker, each with features, so that
a trained model picks one: mentions before and after the cue in its sentence, two joined by "and", the subjects of the sentence before,
who spoke last, and nobody who is named. What grammar settles is not left to the model (`speaker_rules.py`): a meeting speaks for none of
those named before; in a transcript "I" is whose turn it is.
"""

from bisect import bisect_left
from functools import cache, cached_property

from comity.reading.commitment_words import commitment_words
from comity.reading.cues import Cue, Found, cue_words
from comity.reading.fronted import fronted_subject
from comity.reading.going_on import GoingOn
from comity.reading.layout import Layout, unnamed_subject
from comity.reading.mentions import Form, Mention, Mentions
from comity.reading.noun_owners import NounOwners
from comity.reading.page import Page
from comity.reading.paper_makers import PaperMakers
from comity.reading.purposes import Purposes
from comity.reading.signatories import signatories_of
from comity.reading.sitting_speakers import SittingSpeakers
from comity.reading.sittings import sitting_words
from comity.reading.speaker_features import Candidate, Place, SpeakerFeatures, Spoken, group_actors
from comity.reading.speaker_rules import SpeakerRules
from comity.reading.subject_words import NO_SUBJECT, Kind, Subject
from comity.reading.subjects import subjects_of
from comity.reading.turns import Turn, turns_of
from comity.records import GROUP, ActorId, ActorType, LanguageCode

__all__ = ["GROUP", "Candidate", "SpeakerCandidates", "Spoken"]

MOST_BEFORE, MOST_AFTER, MOST_EARLIER = 6, 4, 4
MOST_IN_A_WORD = 6
"""Persons that a word may stand for ("the two leaders"); "the leaders" of a summit of twenty are too unsure to be named."""
FARTHEST = 2000
"""Characters on each side of a cue in which its speaker is named: text without full stops must not cost the square of its length."""


class SpeakerCandidates:
    """Finds those who may speak, on one page. Made once a page."""

    def __init__(self, page: Page, layout: Layout, mentions: Mentions) -> None:
        self._page, self.layout, self.tokens, self.mentions = page, layout, layout.tokens, mentions
        self.sentences = page.sentences
        self.joins = _joins(page.language)
        self.starts = [token.start for token in layout.tokens]
        self.subjects = subjects_of(page, layout)
        self.owners = NounOwners(page.language, layout)
        self.purposes = Purposes(self.subjects, self.starts)
        self.sittings = SittingSpeakers(page, layout, self.starts)
        self.papers = PaperMakers(page.language, layout, frozenset(sitting_words(page.language).articles), self.joins)
        self.turns = turns_of(page, layout, mentions)
        self.persons = frozenset(
            actor for mention in mentions.all if mention.type is ActorType.PERSON for actor in mention.actors if not actor.startswith(GROUP)
        )
        joiners = frozenset(cue_words(page.language).joiners)
        states = frozenset(actor for mention in mentions.all if mention.type is ActorType.STATE for actor in mention.actors)
        self.rules = SpeakerRules(self.subjects, self.starts, joiners, self.persons, states, mentions.genders)
        words = commitment_words(page.language)
        self._parties, self._selves, self._we = frozenset(words.parties), frozenset(words.me), frozenset(words.we)
        self.going_on = GoingOn(layout, mentions, self.starts, self.rules)
        self.features = SpeakerFeatures(layout, self.starts, self.joins, frozenset(cue_words(page.language).enders), self.persons)

    @cached_property
    def issuers(self) -> tuple[ActorId, ...]:
        """Who says "we" in the text outside quotation marks, where it tells."""
        return signatories_of(self._page, self.layout).speaking

    @cached_property
    def _is_speech(self) -> bool:
        """Whether the text is a speech of somebody whom it does not tell."""
        return signatories_of(self._page, self.layout).speaks_alone

    def find(self, cue: Found[Cue], content: tuple[int, int], spoken: Spoken | None) -> list[Candidate]:
        """The candidates for a cue whose content are the characters `content`; `spoken` is the statement before."""
        sentence = self.tokens[cue.first].sentence
        spoken = self.going_on.from_statement(cue, spoken)
        subject = self.subjects.of(cue, content)
        if subject.kind is Kind.NONE and not self.layout.quoted[cue.first]:
            subject = fronted_subject(self.subjects, cue) or subject
            subject = Subject(Kind.SELF) if self.purposes.is_own_wish(cue) else subject
        turn = self.turns.of(sentence) if not self.layout.quoted[cue.first] else None
        if turn is not None:
            if subject.kind is Kind.SELF or (subject.kind is Kind.NONE and not self.subjects.sources.stands_behind(cue)):
                return [Candidate(() if subject.kind is Kind.NONE and self.purposes.is_anothers(cue) else turn.speaker, [])]
            if spoken is not None and self.turns.of(self.tokens[spoken.cue.first].sentence) is not turn:
                spoken = None
            if self._is_from_elsewhere(cue, subject, turn):
                return [Candidate((), [])]
        is_own = subject.kind is Kind.SELF or self._are_issuers(subject.mention)
        if turn is None and is_own and not self.layout.quoted[cue.first] and self.issuers:
            alone = self.tokens[cue.first - 1].folded in self._selves and self.tokens[cue.first - 2].folded not in self._we
            alone = alone and not self.persons & set(self.issuers)
            return [Candidate(() if alone else self.issuers, [])]  # no state says "I"
        if turn is None and subject.kind is Kind.NONE and signatories_of(self._page, self.layout).opens(cue.first):
            return [Candidate(self.issuers, [])]
        if turn is None and subject.kind is Kind.SELF and not self.layout.quoted[cue.first] and not self.issuers and self._page.author:
            return [Candidate(self._page.author, [])]
        if turn is None and subject.kind is Kind.SELF and not self.layout.quoted[cue.first] and self._is_speech:
            return [Candidate((), [])]  # a speech whose speaker is not told: none of those it speaks of
        asked = self.going_on.asked(cue, subject, spoken)
        if asked is not None:
            return [Candidate(asked.actors, [])]
        again = self.going_on.tagged_again(cue, content, subject, spoken)
        if again is not None:
            return [Candidate(again, [])]
        sitting = self.sittings.of(cue) or self.papers.of(cue)
        if sitting is not None:
            return [Candidate(sitting, [])]
        meeting = self.purposes.of(cue) if subject.kind is Kind.NONE else None
        if meeting is not None:
            return [Candidate(meeting, [])]
        place = self._place(cue, content, spoken, subject)
        named = [one for one in self._named(place) if not self._is_beside(one[0], one[1], place)]
        owner = self.owners.of(cue)
        if owner is not None:
            joined = max((group for group, side, _ in named if side == "a" and group[0] is owner), key=len, default=(owner,))
            return [Candidate(tuple(dict.fromkeys(actor for one in joined for actor in one.actors)), [])]
        acting = place.shared if subject.kind is Kind.NONE and self._goes_on_with(cue) else subject
        whole = self._joined_subject([group for group, side, _ in named if side == "b"], acting)
        result = [
            self.features.named(place, group, side, rank) for group, side, rank in named if self._may_be_named(place, group[0], group, side)
        ]
        in_paper = self.subjects.settings.named_before(cue.first) is not None or self.subjects.papers.verb_before(cue.first) is not None
        unnamed = "" if in_paper else unnamed_subject(self.layout, cue.first)
        if unnamed:
            result.append(self.features.meeting(place, unnamed))
        result.append(self.features.nobody(place))
        inner = spoken is not None and content[0] <= self.tokens[spoken.cue.first].start < content[1]
        if spoken is not None and (spoken.actors or not inner):  # that nobody is told to say "I hope" in these words is no sign of nobody
            result.append(self.features.carried(place, spoken))
        if sentence and (turn is None or self.turns.of(sentence - 1) is turn):
            result += [self.features.earlier(place, index, group) for index, group in self._earlier(sentence)]
        self._mark_shared(place, result)
        if unnamed and not self.layout.quoted[cue.first]:  # a meeting speaks for parties, never for one person named before it
            result = [one for one in result if len(one.actors) != 1 or one.actors[0].startswith(GROUP)]
        if self.owners.is_anothers(cue):
            if self.owners.is_of_nobody_named(cue):
                return [Candidate((), [])]
            result = [one for one in result if not one.actors or (one.is_behind and not one.actors[0].startswith(GROUP))]
        about = self.owners.about(cue, content)
        if about is not None:
            result = [one for one in result if set(about.actors).isdisjoint(one.actors)]
        result = [one for one in result if self.rules.may_speak(one, place) and (not one.actors or whole <= set(one.actors))]
        if subject.sure and subject.mention is not None and subject.mention.form is not Form.PRONOUN:
            return [one for one in result if one.actors] or result
        return result

    def _are_issuers(self, mention: Mention | None) -> bool:
        """Whether a group is those who issue the text: "the leaders" of a joint statement of states."""
        if mention is None or mention.form is not Form.GROUP or not self.issuers or self.persons & set(self.issuers):
            return False
        first, after = bisect_left(self.starts, mention.start), bisect_left(self.starts, mention.end)
        first -= first > 0 and self.tokens[first - 1].folded in self.subjects.words.articles
        return " ".join(token.folded for token in self.tokens[first:after]) in self._parties

    def _is_from_elsewhere(self, cue: Found[Cue], subject: Subject, turn: Turn) -> bool:
        """Whether "he" or "they" in somebody's turn would be that one himself, or persons named before it only."""
        mention = subject.mention
        if mention is None or mention.form is not Form.PRONOUN:
            return False
        began, here = self.tokens[turn.first].start, self.tokens[cue.first].start
        named = {actor for one in self.mentions.within(began, here) if one.form is not Form.PRONOUN for actor in one.actors}
        return not set(turn.speaker).isdisjoint(mention.actors) or not set(mention.actors) <= named

    def _joined_subject(self, groups: list[tuple[Mention, ...]], subject: Subject) -> set[ActorId]:
        """Who are the subject together, from its clause's beginning on: "The President and the governors | agreed"."""
        if not subject.sure or subject.mention is None:
            return set()
        joined = [group for group in groups if len(group) > 1 and group[-1] == subject.mention and self._begins_clause(group[0])]
        return {actor for mention in max(joined, key=len) for actor in mention.actors} if joined else set()

    def _goes_on_with(self, cue: Found[Cue]) -> bool:
        """Whether a verb is joined to the one before, whose subject it has: "Mr Nam and Ms Lan praised the plan, and | pledged"."""
        before = self.tokens[cue.first - 1].folded
        return before == "," or before in self.subjects.joiners

    def _is_beside(self, group: tuple[Mention, ...], side: str, place: Place) -> bool:
        """Whether those named before a verb whose subject stands right at it are not that subject: they name it at another place ("the
        President and Mr Lund met, and | the President | said"), or hold what another verb is about ("discussed Peru and | the President |
        said")."""
        subject = place.subject.mention
        if side != "b" or subject is None or not place.subject.sure or subject.form is Form.PRONOUN or subject not in place.before:
            return False
        if subject not in group:
            return set(subject.actors) <= set(group_actors(group))
        first = bisect_left(self.starts, group[0].outer_start)
        words = self.layout.sentence_words[self.tokens[first].sentence]
        return len(group) > 1 and any(self.layout.cue[words.start : first]) and not self._begins_clause(group[0])

    def _begins_clause(self, mention: Mention) -> bool:
        index = bisect_left(self.starts, mention.outer_start)
        while index and self.tokens[index - 1].folded in self.subjects.words.articles:
            index -= 1
        before = self.tokens[index - 1]
        if index == 0 or self.layout.cue[index - 1] is not None or (index in self.subjects.edges.opens and before.folded not in self.joins):
            return True
        return not before.text[0].isalnum() or before.sentence != self.tokens[index].sentence

    def _place(self, cue: Found[Cue], content: tuple[int, int], spoken: Spoken | None, subject: Subject) -> Place:
        start, end = self.tokens[cue.first].start, self.tokens[cue.after - 1].end
        sentence = self.tokens[cue.first].sentence
        span = self.sentences[sentence]
        here = self.mentions.within(max(span.start, start - FARTHEST), min(span.end, end + FARTHEST))
        if subject.kind is Kind.PEOPLE and subject.mention is not None and subject.mention not in here:
            here = sorted([*here, subject.mention], key=lambda mention: mention.start)
        return Place(
            cue=cue,
            content=content,
            last=spoken.actors if spoken is not None else (),
            last_at=self.tokens[spoken.cue.first].start if spoken is not None else -1,
            here=here,
            before=[mention for mention in here if mention.outer_end <= start][-MOST_BEFORE:],
            after=[mention for mention in here if mention.outer_start >= end][:MOST_AFTER],
            subject=subject,
            opening=self.subjects.opening(sentence),
            shared=self.subjects.shared(cue, spoken.content if spoken is not None else None) if subject.kind is Kind.NONE else NO_SUBJECT,
        )

    def _named(self, place: Place) -> list[tuple[tuple[Mention, ...], str, int]]:
        """Those named in the cue's sentence, alone and joined, with the side of the cue and their rank from it."""
        before = [(group, "b", min(len(place.before) - index, 4)) for index, group in self._groups(place.before)]
        return before + [(group, "a", min(index, 4)) for index, group in self._groups(place.after)]

    def _earlier(self, sentence: int) -> list[tuple[int, tuple[Mention, ...]]]:
        """The subjects of the sentence before, as far as its first two mentions tell."""
        span = self.sentences[sentence - 1]
        earlier = self.mentions.within(span.start, min(span.end, span.start + FARTHEST))
        return [(index, group) for index, group in self._groups(earlier[:MOST_EARLIER]) if index <= 1]

    def _mark_shared(self, place: Place, candidates: list[Candidate]) -> None:
        """Tells the candidates who hold the subject of the verb before."""
        shared = place.shared
        if shared.mention is None:
            return
        for one in candidates:
            if one.actors and set(shared.mention.actors) <= set(one.actors):
                one.features.append(f"I {one.features[0]} {shared.sure} {shared.mention.type}")
                one.features.append(f"Ia {shared.sure} {len(one.actors)}")

    def _may_be_named(self, place: Place, head: Mention, group: tuple[Mention, ...], side: str) -> bool:
        """Whether those named there may be the speaker: not who is only met or served ("trợ lý của ông Nam"), nor many in one word."""
        if head.type is not ActorType.PERSON:
            return head.form is Form.GROUP or side == "a" or not (self._is_anothers(place, head) or self._is_owners(place, head, group))
        if head.form is Form.PRONOUN and len(head.actors) > MOST_IN_A_WORD:
            return False
        if self._is_anothers_word(place, head):
            return False
        owned = side == "b" and self.subjects.named.is_owned(bisect_left(self.starts, head.outer_start))
        return not owned or any(one.mention is not None and one.mention in group for one in (place.subject, place.shared))

    def _is_anothers_word(self, place: Place, head: Mention) -> bool:
        """Whether somebody is named in words that "he" behind their quotation marks has said: '"We met Mr Nam," | he | added'."""
        pronoun = place.subject.mention
        if pronoun is None or pronoun.form is not Form.PRONOUN or self.layout.quoted[place.cue.first]:
            return False
        return self.layout.quoted[bisect_left(self.starts, head.start)] > 0

    def _is_owners(self, place: Place, head: Mention, group: tuple[Mention, ...]) -> bool:
        """Whether a state only owns something behind the verb's subject: "Ông Nam gửi thư cho Thủ tướng của | Lào | yêu cầu"."""
        named = place.subject.mention
        if named is None or place.subject.kind is not Kind.NAMED or named in group or named.start > head.start:
            return False
        joined = head
        for one in reversed([one for one in place.before if one.start < head.start]):
            if self._words_between(one.outer_end, joined.outer_start) not in self.joins:
                break
            joined = one
        return joined is not named and self.subjects.named.is_owned(bisect_left(self.starts, joined.outer_start))

    def _is_anothers(self, place: Place, head: Mention) -> bool:
        """Whether a state stands in an earlier clause than the people without a name who speak: "France warned, while | partners said"."""
        if place.subject.kind not in (Kind.PEOPLE, Kind.UNKNOWN):
            return False
        return bisect_left(self.starts, head.outer_start) < self.subjects.clause_start(place.cue.first)

    def _groups(self, mentions: list[Mention]) -> list[tuple[int, tuple[Mention, ...]]]:
        """Each mention alone, and with those joined to it ("Việt Nam và Lào", "Japan, Korea and China"), with the place of the first."""
        result: list[tuple[int, tuple[Mention, ...]]] = []
        for index, mention in enumerate(mentions):
            result.append((index, (mention,)))
            if mention.form is Form.GROUP and self._is_capacity(mention):
                continue
            group = [mention]
            whole = 1  # "A, B" alone is an apposition or a list cut short; "A, B and C" is a group
            for following in mentions[index + 1 :]:
                join = self._words_between(group[-1].outer_end, following.outer_start)
                if join not in self.joins:
                    break
                group.append(following)
                if join != ",":
                    whole = len(group)
            if whole > 1:
                result.append((index, tuple(group[:whole])))
        return result

    def _is_capacity(self, group: Mention) -> bool:
        """Whether a sentence begins with what those named behind its comma act as: "As NATO | allies |, Mr Lund and Ms Berg discussed"."""
        index = bisect_left(self.starts, group.outer_start)
        if index == len(self.tokens):  # marks alone stand behind the last word
            return False
        words = self.layout.sentence_words[self.tokens[index].sentence]
        first = next((token.folded for token in self.tokens[words.start : words.stop] if token.text[0].isalpha()), "")
        return first in self.subjects.words.acting_as

    def _words_between(self, start: int, end: int) -> str:
        """The folded words between two places, one blank apart; "..." where they are far apart."""
        if end - start > 24:
            return "..."
        index = bisect_left(self.starts, start)
        words = []
        while index < len(self.tokens) and self.tokens[index].start < end:
            words.append(self.tokens[index].folded)
            index += 1
        return " ".join(words)


@cache
def _joins(language: LanguageCode) -> frozenset[str]:
    return frozenset(cue_words(language).pairs)
