"""Whom words for two or more stand for: "hai bên", "they", "the two leaders", "the leaders".

In come a text, its page and the mentions so far; out come the two (or more) who act in the nearest sentence that is about such, those
whom a sentence names with "between", or the group that a sentence begins with. `coreference.py` asks, and knows which words ask for what.
"""

import re
from collections.abc import Iterable, Mapping

from msgspec import Struct

from comity.knowledge.folded import Folded, fold
from comity.reading.antecedents import Antecedents
from comity.reading.joint_subjects import NEAREST_BEGINNING, distinct
from comity.reading.mentions import Form, Mention
from comity.reading.name_words import ReferenceWords
from comity.reading.page import Page
from comity.reading.states import state_of
from comity.records import ActorId, ActorType

MENTIONS_BACK = 80
NEAR_BEGINNING = 60
LONGEST_BEFORE_SUBJECT = 80
"""Characters of a sentence before the group that it is about."""
MOST_FOLLOWED = 6
"""Words between "follows" and "between"."""
LEADERS = "leaders"
TOGETHER = "together"
"""Of a pair's words: they mean two whom one sentence names, the last that names any: "the two men"."""
SIDES = ("any", "sides")
"""Pairs that are two sides: never two persons of one state."""


class Told(Struct, frozen=True):
    """What the text tells of its persons: "ông" from "bà", who leads a state or government, and which state or body each serves."""

    genders: dict[ActorId, str] = {}
    leaders: frozenset[ActorId] = frozenset()
    serves: dict[ActorId, ActorId] = {}
    unnamed: tuple[int, ...] = ()
    """Where a title stands whose holder can't be told: "the Vice President" of a text that names another country's."""
    nobodys: frozenset[int] = frozenset()
    """Where a title stands that is nobody's and before no name, so that it may be a group's: "quan chức Mỹ"."""
    offices: dict[ActorId, frozenset[str]] = {}
    """Which offices each holds, as far as text or world knowledge tell."""
    posts: frozenset[tuple[str, ActorId]] = frozenset()
    """The offices that the text tells with a state or body and no name beside them."""


class Pairs:
    """Finds those whom the words for several of one language stand for."""

    def __init__(self, words: ReferenceWords, antecedents: Antecedents, joined: frozenset[str]) -> None:
        self._antecedents, self._joined = antecedents, joined
        self._owning = words.owning
        self._when = tuple(f"{fold(word)} " for word in words.when)
        self._between = tuple(f" {fold(word)} " for word in words.between)
        self._mourned = tuple(f"{fold(word)} " for word in words.mourned)
        self._frames = tuple(f"{fold(word)} " for word in words.frames)
        between, later = ("|".join(re.escape(fold(word)) for word in group) for group in (words.between, words.following))
        self._of_earlier = re.compile(rf"(?<!\w)(?:{later}) (?:[\w’'-]+ ){{0,{MOST_FOLLOWED}}}(?:{between}) ") if later else None

    def last_group(self, text: Folded, recent: list[Mention], page: Page, here: int) -> Mention | None:
        """The group that the nearest sentence with a group or a person begins with, where it is one ("Participants noted ... They")."""
        fitting = [m for m in recent if m.form is Form.GROUP or m.type is ActorType.PERSON]
        if not fitting:
            return None
        nearest = page.sentence_at(fitting[-1].start)
        named = [m for m in fitting if page.sentence_at(m.start) == nearest]
        begin = page.sentences[here].start
        if nearest == here and text.folded.startswith(self._when, begin) and named[0].start - begin <= NEAREST_BEGINNING:
            return named[0] if named[0].form is Form.GROUP else None  # "When labor leaders spoke, | they"
        first = next(iter(self._antecedents.acting(text, page, named)), None)
        begins = first is not None and first.start - page.sentences[nearest].start <= LONGEST_BEFORE_SUBJECT
        return first if begins and first is not None and first.form is Form.GROUP else None

    def they(self, text: Folded, earlier: list[Mention], page: Page) -> tuple[tuple[ActorId, ...], ActorType] | None:
        """All who act in the nearest sentence that is about more than one: none whose things are spoken of ("Mr Lund's visit"), nor those
        of a sentence about something else ("Their talks followed a meeting between Mr Lund and ..."). A group may be joined to one."""
        by_sentence: dict[int, list[Mention]] = {}
        for mention in earlier:
            if _is_person(mention) or mention.form is Form.GROUP:
                by_sentence.setdefault(page.sentence_at(mention.start), []).append(mention)
        for sentence in sorted(by_sentence, reverse=True):
            owners = {actor for m in by_sentence[sentence] if _is_person(m) and self._is_passed_over(text, m) for actor in m.actors}
            named = [m for m in by_sentence[sentence] if _is_person(m) and owners.isdisjoint(m.actors)]
            acting = self._antecedents.acting(text, page, named)
            if not acting or not _begins(text, page.sentences[sentence].start, acting[0]):
                continue
            if len(acting[0].actors) > 1:  # "The two leaders spoke of a call with Mr Lund. | They"
                return acting[0].actors, acting[0].type
            groups = [m for m in by_sentence[sentence] if m.form is Form.GROUP]
            joined = [group for group in groups if text.folded[acting[-1].outer_end : group.start] in self._joined]
            pair = distinct([*acting, *joined], MENTIONS_BACK)
            if pair:
                return pair
        return None

    def named_between(
        self, text: Folded, page: Page, earlier: list[Mention], here: int, of: str
    ) -> tuple[tuple[ActorId, ...], ActorType] | None:
        """The two whom the sentence itself names with "between": "cuộc gặp giữa ông Nam và ông Bình bị hủy vì | hai bên"."""
        named = [m for m in earlier if page.sentence_at(m.start) == here and m.form is not Form.GROUP and len(m.actors) == 1]
        for one, other in zip(named[-2::-1], named[:0:-1], strict=True):
            begins = text.folded.endswith(self._between, 0, one.outer_start)
            if begins and text.folded[one.outer_end : other.outer_start] in self._joined and one.type == other.type:
                fits = any(kind(one) for kind in KINDS[of if of in KINDS else "any"])
                return ((*one.actors, *other.actors), one.type) if fits and one.actors != other.actors else None
        return None

    def holding(self, earlier: list[Mention], offices: frozenset[str], told: Told) -> list[Mention]:
        """Those who may be meant by words for two with an office: none of whom another office is told ("hai Thủ tướng")."""
        if not offices:
            return earlier
        return [m for m in earlier if all(offices & told.offices.get(who, offices) for who in m.actors)]

    def apposed(self, text: Folded, end: int, ahead: Iterable[Mention]) -> tuple[ActorId, ...] | None:
        """The persons named between commas right behind a word for several: "two ministers, | Ana Lund and Tor Berg |, said"."""
        join, start, persons = ", ", end, list[ActorId]()
        for mention in ahead:
            if not join or not text.folded.startswith(join, start) or mention.outer_start != start + len(join) or not _is_person(mention):
                break
            persons.extend(mention.actors)
            start = mention.outer_end
            join = next((one for one in (", ", *self._joined) if text.folded.startswith(one, start)), "")
        return tuple(persons) if len(persons) > 1 and join == ", " else None

    def _is_earlier(self, text: Folded, page: Page, mention: Mention) -> bool:
        """Whether somebody only met at another time than is told: "The talks follow a call between | Mr Lund | and Mr Berg"."""
        if self._of_earlier is None or not _is_person(mention):
            return False
        return self._of_earlier.search(text.folded, page.sentences[page.sentence_at(mention.start)].start, mention.outer_start) is not None

    def _is_passed_over(self, text: Folded, mention: Mention) -> bool:
        """Whether somebody is named for what is theirs, or mourned."""
        return text.folded.startswith(self._owning, mention.outer_end) or text.folded.endswith(self._mourned, 0, mention.outer_start)

    def last_two(
        self, text: Folded, earlier: list[Mention], of: str, page: Page, told: Told
    ) -> tuple[tuple[ActorId, ...], ActorType] | None:
        """The two of a type last named in one sentence; else the two named last. Of any type: persons first; "the two leaders" are leaders
        where the text names two, "lãnh đạo hai nước" never others. Two persons of one state are no two sides. A government stands for its
        state beside another: "hai bên" of "chính phủ Việt Nam" and "Philippines"."""
        if of in ("leaders", "heads"):
            led = [m for m in earlier if _is_person(m) and told.leaders.issuperset(m.actors)]
            pair = self.last_two(text, led, "sides", page, told)
            return pair if pair or of == "heads" else self.last_two(text, earlier, "sides", page, told)
        if of == "any":  # "Hai nhà lãnh đạo ... Hai bên ...": the states, where the text tells the leaders apart from them
            earlier = [m for m in earlier if m.form is not Form.PRONOUN or len(m.actors) < 2 or not _is_person(m)]
        kinds = KINDS[of]
        beside = (*self._mourned, *self._frames)
        earlier = [m for m in earlier if not text.folded.endswith(beside, 0, m.outer_start) and not self._is_earlier(text, page, m)]
        most = MENTIONS_BACK if of == "persons" else 2
        by_sentence: dict[int, list[Mention]] = {}
        for mention in earlier:
            by_sentence.setdefault(page.sentence_at(mention.start), []).append(mention)
        for sentence in sorted(by_sentence, reverse=True)[: 1 if of == TOGETHER else None]:
            if of == "persons" and any(m.form is Form.GROUP and m.actors[0].endswith(LEADERS) for m in by_sentence[sentence]):
                return None  # "President Stone and Pacific leaders met. | The leaders"
            for fits in kinds:
                named = [m for m in by_sentence[sentence] if fits(m)]
                pair = distinct(self._antecedents.acting(text, page, named), most) or distinct(named, most)
                if pair and not (of in SIDES and _of_one_state(pair[0], told.serves)):
                    return pair
        if of in ("persons", TOGETHER):
            return None
        for fits in kinds:
            pair = distinct([m for m in earlier if fits(m)][::-1], 2)
            if pair and not (of in SIDES and _of_one_state(pair[0], told.serves)):
                return pair
        return None


def _begins(text: Folded, start: int, first: Mention) -> bool:
    """Whether a sentence is about whoever it names first: near its beginning, or behind a comma."""
    return first.outer_start - start <= NEAR_BEGINNING or text.folded.endswith(", ", start, first.outer_start)


def _of_one_state(pair: tuple[ActorId, ...], serves: Mapping[ActorId, ActorId]) -> bool:
    """Whether both serve the same state: "MOFA-RUS" is Russia's."""
    states = {state_of(serves.get(who, who if who.isupper() else "")) for who in pair}
    return len(states) == 1 and "" not in states


def _is_person(mention: Mention) -> bool:
    return mention.type is ActorType.PERSON


def _is_state(mention: Mention) -> bool:
    return mention.type is ActorType.STATE


def _is_side(mention: Mention) -> bool:
    """Whether it is a state, or a body that is known: a centre or ship of a state is no side beside another state."""
    return mention.type is not ActorType.PERSON and mention.form is not Form.GROUP and not any(who.islower() for who in mention.actors)


def _is_unknown_body(mention: Mention) -> bool:
    return mention.type is not ActorType.PERSON and mention.form is not Form.GROUP and all(who.islower() for who in mention.actors)


KINDS = {
    "person": (_is_person,),
    TOGETHER: (_is_person,),
    "persons": (_is_person,),
    "sides": (_is_person,),
    "state": (_is_state,),
    "any": (_is_person, _is_side, _is_unknown_body),
}
"""Whom words for a pair may stand for, in the order in which they are asked."""
