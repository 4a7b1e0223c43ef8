"""Resolves what stands for somebody named elsewhere in the document: pronouns, "hai bên", groups.

In come a page and its mentions so far, titles without a name among them; out come the mentions that stand for one of those: "ông" for who
acts in the sentence before, "hai bên" for the two last in play.
"""

from collections import deque
from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from comity.knowledge.folded import Folded, fold
from comity.knowledge.matcher import Match, Matcher
from comity.reading.antecedents import Antecedents, may_be, outside_quotations, unnamed_since
from comity.reading.joint_subjects import NEAREST_BEGINNING, Counting, distinct, joint_subject
from comity.reading.mentions import Form, Mention
from comity.reading.name_words import ReferenceWords
from comity.reading.page import Page
from comity.reading.states import state_of
from comity.records import ActorId, ActorType

SENTENCES_BACK = 6
MENTIONS_BACK = 80
NEAR_BEGINNING = 60
LONGEST_BEFORE_SUBJECT = 80
"""Characters of a sentence before the group that it is about."""
PLURAL = "plural"
"""Of a pair's words: they may mean a group too ("they")."""


class Told(Struct, frozen=True):
    """What the text tells of its persons: "ông" from "bà", who leads a state or government, and which state or body each serves."""

    genders: dict[ActorId, str] = {}
    leaders: frozenset[ActorId] = frozenset()
    serves: dict[ActorId, ActorId] = {}
    unnamed: tuple[int, ...] = ()
    """Where a title stands whose holder can't be told: "the Vice President" of a text that names another country's."""
    nobodys: frozenset[int] = frozenset()
    """Where a title stands that is nobody's and before no name, so that it may be a group's: "quan chức Mỹ"."""


class Cue(Struct, frozen=True):
    """What a reference word asks for."""

    kind: str
    of: str
    actor: ActorId = ""


class References:
    """The reference words of one language."""

    def __init__(self, words: ReferenceWords) -> None:
        self._matcher: Matcher[Cue] = Matcher(_cues(words))
        self._with_members = words.members
        self._member_groups = frozenset(words.members.values())
        self._antecedents = Antecedents(words)
        self._owning = words.owning
        self._when = tuple(f"{fold(word)} " for word in words.when)
        self._joined = frozenset(
            f" {fold(word)} {article}" for word in words.one_with for article in ("", *(f"{fold(one)} " for one in words.one_after))
        )
        self._between = tuple(f" {fold(word)} " for word in words.between)
        self._before_names = frozenset(map(fold, words.before_names))
        self._mourned = tuple(f"{fold(word)} " for word in words.mourned)
        self._counting = Counting(words)
        self._narrowing = tuple(f" {fold(word)}{mark}" for word in words.narrowing for mark in (" ", ",", ".", "\n"))

    def find(self, text: Folded, page: Page, mentions: Sequence[Mention], taken: set[int], told: Told) -> list[Mention]:
        """Pronouns, pairs and groups, resolved in the order of the text; "she" said of the only person so far tells that one's gender.
        Where "he" is nobody named, so is the next "he", until another is: "As he told Mr Lund ... | He"."""
        told = replace(told, genders=dict(told.genders))
        found: list[Mention] = []
        nobody: dict[str, list[int]] = {}
        ahead = deque(sorted((mention for mention in mentions if not mention.nested), key=lambda m: m.start))
        earlier: deque[Mention] = deque(maxlen=MENTIONS_BACK)
        for match in self._matcher.find(text):
            kind = match.values[0].kind
            may_stand = kind == "pair" or (kind == "group" and match.start in told.nobodys)  # "lãnh đạo hai nước", "quan chức Mỹ"
            if match.start in taken and not may_stand:
                continue
            while ahead and ahead[0].start < match.start:
                earlier.append(ahead.popleft())
            cue = match.values[0]
            lost = nobody.setdefault(cue.of, [])
            if cue.kind == "pronoun" and self._is_before_name(text, match, ahead):
                lost.append(match.start)
                continue
            mention = self._resolved(text, match, page, list(earlier), replace(told, unnamed=(*told.unnamed, *lost)))
            if mention is None and cue.kind == "pronoun":
                lost.append(match.start)
            if mention is not None:
                found.append(mention)
                if cue.kind == "pronoun" and {m.actors for m in earlier if may_be(m, cue.of, told.genders)} == {mention.actors}:
                    told.genders.setdefault(mention.actors[0], cue.of)
                earlier.append(mention)
        return found

    def _is_before_name(self, text: Folded, match: Match[Cue], ahead: Sequence[Mention]) -> bool:
        """Whether an honorific goes with a name that nobody knows: "| ông | Cảnh"; it does not stand for whoever was named before."""
        after = match.end + 1
        if text.folded[match.start : match.end] not in self._before_names or text.text[match.end : after] != " ":
            return False
        return text.text[after : after + 1].isupper() and not any(one.outer_start == after for one in ahead)

    def _resolved(self, text: Folded, match: Match[Cue], page: Page, earlier: list[Mention], told: Told) -> Mention | None:
        cue = match.values[0]
        sentence = page.sentence_at(match.start)
        recent = [m for m in earlier if page.sentence_at(m.start) >= sentence - SENTENCES_BACK]
        if cue.kind == "pronoun":
            fitting = [m for m in outside_quotations(recent, page, match.start) if may_be(m, cue.of, told.genders)]
            who = self._antecedents.actor(text, page, fitting, match.start)
            if who is None or unnamed_since(who, page, match.start, told.unnamed):
                return None
            return _mention(match, who.actors, who.type, Form.PRONOUN)
        if cue.kind == "pair" and cue.of == PLURAL:
            group = self._last_group(text, recent, page, sentence)
            joint = joint_subject(text, page, recent, sentence, self._joined)
            if joint and (group or self._they(text, earlier, page) is None):
                return _mention(match, joint[0], joint[1], Form.PRONOUN)
            if group:
                return _mention(match, group.actors, group.type, Form.GROUP)
            cue = Cue("pair", "they")
        if cue.kind == "pair" and (
            text.folded.startswith(self._narrowing, match.end) or self._counting.counts(text, match.start, match.end)
        ):
            return None
        if cue.kind == "pair":
            pair = self._they(text, earlier, page) if cue.of == "they" else None
            if cue.of != "they":
                pair = self._named_between(text, page, earlier, sentence, cue.of) or self._last_two(text, earlier, cue.of, page, told)
            if pair is None and cue.actor:  # "lãnh đạo hai nước" in a report on their ministers
                return _mention(match, (cue.actor,), ActorType.ORGANISATION, Form.GROUP)
            return _mention(match, pair[0], pair[1], Form.PRONOUN) if pair else None
        if cue.kind == "backward":
            since = earlier if cue.actor else recent
            alike = (m for m in reversed(since) if m.form is Form.NAME and len(m.actors) == 1 and _is_of(m, cue.of))
            last = next((m for m in alike if m.actors[0].startswith(cue.actor)), None)
            if last is None or last.type == cue.of:
                return _mention(match, last.actors, last.type, Form.PRONOUN) if last else None
            return _mention(match, (state_of(last.actors[0]),), ActorType.STATE, Form.PRONOUN)
        actor = self._members(earlier, recent) or cue.actor if cue.kind == "follower" else cue.actor
        return _mention(match, (actor,), ActorType.ORGANISATION, Form.GROUP)

    def _members(self, earlier: list[Mention], recent: list[Mention]) -> ActorId | None:
        """The group spoken of a few sentences before ("các nước thành viên HĐBA ... Các nước cũng ..."), else the members of the body named
        last: the words of a group name other bodies on their way."""
        for mention in reversed(recent):
            if mention.form is Form.GROUP and mention.actors[0] in self._member_groups:
                return mention.actors[0]
        return next(
            (self._with_members[mention.actors[0]] for mention in reversed(earlier) if mention.actors[0] in self._with_members), None
        )

    def _last_group(self, text: Folded, recent: list[Mention], page: Page, here: int) -> Mention | None:
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

    def _they(self, text: Folded, earlier: list[Mention], page: Page) -> tuple[tuple[ActorId, ...], ActorType] | None:
        """All who act in the nearest sentence that is about more than one: none whose things are spoken of ("Mr Lund's visit"), nor those
        of a sentence about something else ("Their talks followed a meeting between Mr Lund and ..."). A group may be joined to one."""
        by_sentence: dict[int, list[Mention]] = {}
        for mention in earlier:
            if _is_person(mention) or mention.form is Form.GROUP:
                by_sentence.setdefault(page.sentence_at(mention.start), []).append(mention)
        for sentence in sorted(by_sentence, reverse=True):
            named = [m for m in by_sentence[sentence] if _is_person(m) and not self._is_passed_over(text, m)]
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

    def _named_between(
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

    def _is_passed_over(self, text: Folded, mention: Mention) -> bool:
        """Whether somebody is named for what is theirs, or mourned."""
        return text.folded.startswith(self._owning, mention.outer_end) or text.folded.endswith(self._mourned, 0, mention.outer_start)

    def _last_two(
        self, text: Folded, earlier: list[Mention], of: str, page: Page, told: Told
    ) -> tuple[tuple[ActorId, ...], ActorType] | None:
        """The two of a type last named in one sentence; else the two named last. Of any type: persons first; "the two leaders" are leaders
        where the text names two, "lãnh đạo hai nước" never others. Two persons of one state are no two sides. A government stands for its
        state beside another: "hai bên" of "chính phủ Việt Nam" and "Philippines"."""
        if of in ("leaders", "heads"):
            led = [m for m in earlier if _is_person(m) and told.leaders.issuperset(m.actors)]
            pair = self._last_two(text, led, "sides", page, told)
            return pair if pair or of == "heads" else self._last_two(text, earlier, "sides", page, told)
        if of == "any":  # "Hai nhà lãnh đạo ... Hai bên ...": the states, where the text tells the leaders apart from them
            earlier = [m for m in earlier if m.form is not Form.PRONOUN or len(m.actors) < 2 or not _is_person(m)]
        kinds = KINDS[of]
        earlier = [m for m in earlier if not text.folded.endswith(self._mourned, 0, m.outer_start)]
        most = MENTIONS_BACK if of == "persons" else 2
        by_sentence: dict[int, list[Mention]] = {}
        for mention in earlier:
            by_sentence.setdefault(page.sentence_at(mention.start), []).append(mention)
        for sentence in sorted(by_sentence, reverse=True):
            if of == "persons" and any(m.form is Form.GROUP and m.actors[0].endswith(LEADERS) for m in by_sentence[sentence]):
                return None  # "President Stone and Pacific leaders met. | The leaders"
            for fits in kinds:
                named = [m for m in by_sentence[sentence] if fits(m)]
                pair = distinct(self._antecedents.acting(text, page, named), most) or distinct(named, most)
                if pair and not (of in SIDES and _of_one_state(pair[0], told.serves)):
                    return pair
        if of == "persons":
            return None
        for fits in kinds:
            pair = distinct([m for m in earlier if fits(m)][::-1], 2)
            if pair and not (of in SIDES and _of_one_state(pair[0], told.serves)):
                return pair
        return None


def _cues(words: ReferenceWords) -> Iterable[tuple[str, Cue]]:
    for gender, group in (("male", words.pronouns.male), ("female", words.pronouns.female), ("any", words.pronouns.any)):
        yield from ((word, Cue("pronoun", gender)) for word in group)
    for pair in words.pairs:
        yield from ((word, Cue("pair", pair.of, pair.id)) for word in pair.words)
    for backward in words.backward:
        yield from ((word, Cue("backward", backward.of, backward.begins)) for word in backward.words)
    for one in words.groups:
        yield from ((word, Cue("group", "", one.id)) for word in one.words)
    for one in words.followers:
        yield from ((word, Cue("follower", "", one.id)) for word in one.words)


def _mention(match: Match[Cue], actors: tuple[ActorId, ...], type: ActorType, form: Form) -> Mention:
    return Mention(start=match.start, end=match.end, outer_start=match.start, outer_end=match.end, actors=actors, type=type, form=form)


def _begins(text: Folded, start: int, first: Mention) -> bool:
    """Whether a sentence is about whoever it names first: near its beginning, or behind a comma."""
    return first.outer_start - start <= NEAR_BEGINNING or text.folded.endswith(", ", start, first.outer_start)


def _of_one_state(pair: tuple[ActorId, ...], serves: dict[ActorId, ActorId]) -> bool:
    """Whether both serve the same state: "MOFA-RUS" is Russia's."""
    states = {serves.get(who, "").rsplit("-", 1)[-1] for who in pair}
    return len(states) == 1 and "" not in states


def _is_person(mention: Mention) -> bool:
    return mention.type is ActorType.PERSON


def _is_state(mention: Mention) -> bool:
    return mention.type is ActorType.STATE


def _is_of(mention: Mention, type: str) -> bool:
    """Whether a mention is of a type; of a state also a body of one: "Bộ Ngoại giao Lào cho biết | nước này"."""
    if mention.type == type:
        return True
    return type == ActorType.STATE and mention.type is ActorType.ORGANISATION and state_of(mention.actors[0]) != mention.actors[0]


def _is_party(mention: Mention) -> bool:
    return mention.type is not ActorType.PERSON and mention.form is not Form.GROUP


KINDS = {
    "person": (_is_person,),
    "persons": (_is_person,),
    "sides": (_is_person,),
    "state": (_is_state,),
    "any": (_is_person, _is_party),
}
"""Whom words for a pair may stand for, in the order in which they are asked."""
LEADERS = "leaders"
SIDES = ("any", "sides")
"""Pairs that are two sides: never two persons of one state."""
