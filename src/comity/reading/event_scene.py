"""What the event grammar looks at: a page with the mentions, dates, mechanisms and statements on it, and the words that may be triggers.

In: a page and what the grammars before found. Out: `Trigger`s in the order of the text, and quick answers to "what stands about here".
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from comity.knowledge.folded import Folded
from comity.reading.event_issuers import with_issuers
from comity.reading.event_lexicon import EventLexicon
from comity.reading.mentions import Form, Mention, Mentions
from comity.reading.page import Page, Token
from comity.reading.states import states_served
from comity.records import ActorId, ActorType, DateMention, EventType, MechanismMention, Span, Statement

NEAR = 1
"""So many words may stand between what cancels and what is cancelled ("cancelled his visit")."""
PAST_END = Token(0, 0, "", "", -1)


AUXILIARY = ("happened", "scheduled", "passive")
AUXILIARIES = 3
"""How many words of time or the passive may stand between a meeting's name and what is told of it ("has been", "sẽ được")."""


class Trigger(Struct, frozen=True):
    """Words that may tell of an event: `types` with whether each is mutual; `first` and `after`: its tokens; `kin`: its word's kind."""

    start: int
    end: int
    word: str
    types: tuple[tuple[EventType, bool], ...]
    sentence: int
    first: int
    after: int
    kin: str = ""


class DateSigns(Struct, frozen=True):
    """What the words before a date tell of it: whether something is `compared` to it; whether it is a `deadline`; where the words of a
    `goal` end; whether a body's `chair` stands there ("Chủ tịch ASEAN 2020")."""

    compared: bool
    deadline: bool
    goal: int | None
    chair: bool


class YearOfName(DateMention, frozen=True, kw_only=True):
    """A year in an instrument's name, which begins at `name`."""

    name: int


HALF_BEFORE, HALF_BEHIND = re.compile(r"\w-\Z"), re.compile(r"-[^\W\d_]")
YEAR = re.compile("[0-9]{4}")
MONEY, GIVEN = 16, 40
"""So many characters before a count its currency stands, and behind it what is counted. In the training documents none of four counts of
other things that were told was aid."""
CAPACITY = 80
"""So many characters before a trigger "in the capacity as" may begin."""


class Scene:
    """A page as the event grammar sees it."""

    def __init__(
        self,
        lexicon: EventLexicon,
        page: Page,
        mentions: Mentions,
        dates: tuple[DateMention, ...],
        mechanisms: tuple[MechanismMention, ...],
        statements: tuple[Statement, ...],
    ) -> None:
        self.page = page
        self.lexicon = lexicon
        self.mentions = mentions
        self.dates = dates
        self.mechanisms = mechanisms
        self.statements = statements
        self.tokens = page.tokens
        self.words = [token.folded for token in self.tokens]
        self._starts = [token.start for token in self.tokens]
        # a wrapped line's end is a blank to every word of several syllables
        self.text = Folded(page.text, page.folded.folded.replace("\n", " "))
        self._with_groups = with_issuers(page, mentions, lexicon.groups.with_groups(self.text, mentions))
        self._modality = lexicon.modality(self.text)
        self._modality_starts = [start for start, _, _ in self._modality]
        self._date_starts = [date.evidence.start for date in dates]
        self._names = [one for one in mentions.all if one.form is Form.NAME and not one.nested]
        self._name_starts = [name.start for name in self._names]
        self._mechanism_starts = [mechanism.evidence.start for mechanism in mechanisms]
        self._contents = sorted((s.evidence.start, s.evidence.end, i) for i, s in enumerate(statements))
        self.headline = page.headline
        self.grouped: dict[int, tuple[Sequence[Mention], Sequence[tuple[int, str]]]] = {}  # by sentence, once worked out (event_parties.py)
        self.date_signs: dict[int, DateSigns] = {}  # by where the date begins, once worked out (event_dates.py)
        self._named_in: dict[int, Sequence[Mention]] = {}
        self._count: Counter[str] = Counter(actor for mention in mentions.all if not mention.nested for actor in mention.actors[:2])
        self._most = max(self._count.values(), default=1)
        self._salience: dict[tuple[ActorId, ...], int] = {}
        self.salient = self._find_salient()
        self._states = states_served(mentions.offices, {actor for mention in mentions.all for actor in mention.actors})
        self.triggers = self._find_triggers()
        self._trigger_starts = [trigger.start for trigger in self.triggers]

    def token(self, index: int) -> Token:
        return self.tokens[index] if 0 <= index < len(self.tokens) else PAST_END

    def word(self, index: int, sentence: int) -> str:
        """The folded word at a token index, `^` or `$` outside the sentence."""
        token = self.token(index)
        return token.folded if token.sentence == sentence else ("^" if token.sentence < sentence and index < len(self.tokens) else "$")

    def token_at(self, position: int) -> int:
        """The index of the first token that begins at or after a position."""
        return bisect_left(self._starts, position)

    def sentence(self, trigger: Trigger) -> Span:
        return self.page.sentences[trigger.sentence]

    def triggers_within(self, start: int, end: int) -> int:
        """How many triggers begin in `start` to `end`."""
        return max(0, bisect_left(self._trigger_starts, end) - bisect_left(self._trigger_starts, start))

    def triggers_between(self, start: int, end: int) -> Sequence[Trigger]:
        """The triggers that begin in `start` to `end`."""
        return self.triggers[bisect_left(self._trigger_starts, start) : bisect_left(self._trigger_starts, end)]

    def triggers_over(self, position: int) -> Sequence[Trigger]:
        """The last trigger that begins at or before a position, if there is one."""
        index = bisect_right(self._trigger_starts, position)
        return self.triggers[max(0, index - 1) : index]

    def modality_before(self, start: int, end: int) -> list[str]:
        """The modality words from `start` to `end`, in order."""
        return [kind for _, _, kind in self.modality_within(start, end)]

    def modality_within(self, start: int, end: int) -> list[tuple[int, int, str]]:
        """The modality words that begin from `start` to `end` with their places, in order."""
        return self._modality[bisect_left(self._modality_starts, start) : bisect_left(self._modality_starts, end)]

    def dates_within(self, start: int, end: int) -> tuple[DateMention, ...]:
        return self.dates[bisect_left(self._date_starts, start) : bisect_left(self._date_starts, end)]

    def dates_about(self, trigger: Trigger, most: int) -> tuple[DateMention, ...]:
        """The dates of the trigger's sentence, at most so many before it and after it."""
        sentence = self.sentence(trigger)
        first, place, after = (bisect_left(self._date_starts, position) for position in (sentence.start, trigger.start, sentence.end))
        return self.dates[max(first, place - most) : min(after, place + most)]

    def mechanisms_within(self, start: int, end: int) -> tuple[MechanismMention, ...]:
        return self.mechanisms[bisect_left(self._mechanism_starts, start) : bisect_left(self._mechanism_starts, end)]

    def mechanism_over(self, start: int, end: int) -> MechanismMention | None:
        """The mechanism whose name holds or touches the stretch."""
        for index in range(bisect_right(self._mechanism_starts, end) - 1, -1, -1):
            mechanism = self.mechanisms[index]
            if mechanism.evidence.end >= start:
                return mechanism
            if mechanism.evidence.end < start - 200:
                break
        return None

    def mechanism_told(self, trigger: Trigger) -> MechanismMention | None:
        """The mechanism whose name holds or touches a trigger; for words of meeting, also the one that is its subject, with only words of
        time or the passive between ("the 7th East Asia Summit | was | convened")."""
        over = self.mechanism_over(trigger.start - 2, trigger.end + 2)
        if over or all(kind is not EventType.CONSULT for kind, _ in trigger.types):
            return over
        index = trigger.first
        while index and trigger.first - index < AUXILIARIES and self.lexicon.classes.get(self.words[index - 1]) in AUXILIARY:
            index -= 1
        end = self.tokens[index - 1].end if 0 < index < trigger.first else -1
        place = bisect_left(self._mechanism_starts, end) - 1
        return self.mechanisms[place] if place >= 0 and self.mechanisms[place].evidence.end == end else None

    def content_over(self, position: int) -> Statement | None:
        """The innermost statement whose content holds a position."""
        index = bisect_right(self._contents, (position, len(self.page.text) + 1, 0))
        for start, end, number in reversed(self._contents[max(0, index - 6) : index]):
            if start <= position < end:
                return self.statements[number]
        return None

    def named_in(self, sentence: int) -> Sequence[Mention]:
        """The mentions of a sentence, nested ones and groups too."""
        known = self._named_in.get(sentence)
        if known is None:
            span = self.page.sentences[sentence]
            known = self._named_in[sentence] = self._with_groups.within_with_nested(span.start, span.end)
        return known

    def state_of(self, actor: ActorId) -> ActorId:
        """The state or body for which somebody meets or acts: the foreign minister for the state, "MOFA-VNM" for "VNM"; else the actor."""
        return self._states.get(actor, actor)

    def salience(self, mention: Mention) -> int:
        """How much the text is about whom the mention stands for: 0 for a single naming, one more for each doubling."""
        known = self._salience.get(mention.actors)
        if known is None:
            most = max((self._count[actor] for actor in mention.actors[:2]), default=1)
            known = self._salience[mention.actors] = most.bit_length() - 1
        return known

    def prominence(self, actor: ActorId) -> float:
        """How often the text names an actor, as a share of how often it names the one it names most."""
        return self._count[actor] / self._most

    def _find_salient(self) -> list[Mention]:
        """The first mention of each actor named most, the most named first."""
        first: dict[str, Mention] = {}
        for mention in self.mentions.all:
            if not mention.nested and len(mention.actors) == 1:
                first.setdefault(mention.actors[0], mention)
        return [first[actor] for actor, count in self._count.most_common(6) if count > 1 and actor in first]

    def _find_triggers(self) -> list[Trigger]:
        found: list[Trigger] = []
        for start, end, types in self.lexicon.triggers(self.text):
            first = self.token_at(start)
            token = self.token(first)
            word = self._plain(" ".join(self.text.folded[start:end].split()))
            if token.sentence >= 0 and not (
                self._in_date(start, end)
                or self._in_name(start, end)
                or self._is_of_a_date(word, end)
                or self._is_a_count(word, start, end)
                or self._is_by_way(word, end)
                or self._is_capacity(start, end)
                or self._is_of_title(word, start, first, found[-1].end if found else 0)
            ):
                kin = self.lexicon.kinds.get(word, "")
                found.append(Trigger(start, end, word, types, token.sentence, first, self.token_at(end), kin))
        return [trigger for trigger, after in zip(found, [*found[1:], None], strict=False) if not self._only_cancels(trigger, after)]

    def _plain(self, word: str) -> str:
        """The words of a trigger; those of a launch of missiles are one word, whatever stands between."""
        return self.lexicon.launch if self.lexicon.is_launch(word) else word

    def _is_of_a_date(self, word: str, end: int) -> bool:
        """ "the designation of | 2031 as" is no sanction."""
        if word not in self.lexicon.of_years:
            return False
        last = bisect_left(self._date_starts, end)
        if last == len(self.dates):
            return False
        between = self.text.folded[end : self.dates[last].evidence.start].split()
        return all(self.lexicon.classes.get(one) == "of_" for one in between)

    def _is_a_count(self, word: str, start: int, end: int) -> bool:
        """ "1.8 million people" are no aid."""
        if word not in self.lexicon.amounts:
            return False
        text = self.text.folded
        paid = self.lexicon.money.search(text, max(0, start - MONEY), start)
        return paid is None and self.lexicon.given.search(text, end, end + GIVEN) is None

    def _in_date(self, start: int, end: int) -> bool:
        """ "4 March 2019" tells of no march."""
        last = bisect_right(self._date_starts, start) - 1
        return last >= 0 and end <= self.dates[last].evidence.end

    def _in_name(self, start: int, end: int) -> bool:
        """ "Ban Ki-moon" bans nothing, the "Relief Agency" gives no relief; but what a meeting is called tells of it. Half a word tells of
        nothing either ("the drought-|hit coast")."""
        text, last = self.page.text, bisect_right(self._name_starts, start) - 1
        if last >= 0 and end <= self._names[last].end:
            return self._names[last].type is ActorType.PERSON or self.mechanism_over(start, end) is None
        return HALF_BEFORE.search(text, max(0, start - 2), start) is not None or HALF_BEHIND.match(text, end) is not None

    def _is_by_way(self, word: str, end: int) -> bool:
        """ "thông qua | Syria" adopts nothing."""
        return word in self.lexicon.by_way and any(one.form is Form.NAME for one in self.mentions.within(end, end + 2))

    def _is_capacity(self, start: int, end: int) -> bool:
        """ "in his capacity as | Chair of ASEAN" tells what he is, and of nothing that happened."""
        said = self.lexicon.capacity.search(self.text.folded, max(0, start - CAPACITY), end)
        if said is None or said.start() >= start:
            return False
        return said.end() >= start or self.lexicon.joined_to.fullmatch(self.text.folded, said.end(), start) is not None

    def _is_of_title(self, word: str, start: int, first: int, since: int) -> bool:
        """ "the 2018 | Chair of ASEAN", "President of the 73rd | session": who somebody is, where no event or name stands between."""
        if word in self.lexicon.posts:
            return first > 0 and YEAR.fullmatch(self.words[first - 1]) is not None
        if word not in self.lexicon.sittings:
            return False
        head = self.lexicon.heads.search(self.text.folded, max(since, start - CAPACITY), start)
        return head is not None and not self.mentions.within(head.start(), start)

    def _only_cancels(self, trigger: Trigger, after: Trigger | None) -> bool:
        """ "hủy" in "hủy chuyến thăm": the visit is the event, denied."""
        return trigger.word in self.lexicon.cancels and after is not None and 0 <= after.first - trigger.after <= NEAR
