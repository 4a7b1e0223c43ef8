"""Resolves what stands for somebody named elsewhere in the document: pronouns, "hai bên", groups.

In come a page and its mentions so far, titles without a name among them; out come the mentions that stand for one of those: "ông" for who
acts in the sentence before, "hai bên" for the two last in play.
"""

from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from comity.knowledge.folded import Folded, fold
from comity.knowledge.matcher import Match, Matcher
from comity.reading.antecedents import Antecedents, may_be, outside_quotations, unnamed_since
from comity.reading.headed_bodies import HeadedBodies
from comity.reading.joint_subjects import Counting, joint_subject
from comity.reading.joint_titles import are_others, joint_leaders, joint_parties
from comity.reading.mentions import Form, Mention
from comity.reading.met_with import with_met
from comity.reading.name_words import ReferenceWords
from comity.reading.page import Page
from comity.reading.pairs import MENTIONS_BACK, Pairs, Told
from comity.reading.states import state_of
from comity.records import GROUP, ActorId, ActorType

SENTENCES_BACK = 6
OF_PARTIES, OF_LEADERS = ("any", "state"), ("leaders", "heads")
"""Of whom words for two are said: of both sides or states, of those who lead them."""
LIKE = 9
"""Letters at the end of a group's name that other groups of such people have too: "group:foreign-ministers"."""
PLURAL = "plural"
"""Of a pair's words: they may mean a group too ("they")."""


class Cue(Struct, frozen=True):
    """What a reference word asks for."""

    kind: str
    of: str
    actor: ActorId = ""
    offices: frozenset[str] = frozenset()
    only: bool = False


class References:
    """The reference words of one language."""

    def __init__(self, words: ReferenceWords) -> None:
        self._bodies = HeadedBodies(words)
        self._matcher: Matcher[Cue] = Matcher([*_cues(words), *((phrase, Cue("body", "")) for phrase in self._bodies.phrases)])
        self._with_members = words.members
        self._member_groups = frozenset(words.members.values())
        self._antecedents = Antecedents(words)
        self._joined = frozenset(
            f" {fold(word)} {article}" for word in words.one_with for article in ("", *(f"{fold(one)} " for one in words.one_after))
        )
        self._before_names = frozenset(map(fold, words.before_names))
        self._met_with = tuple(f"{fold(word)} " for word in words.met_with)
        self._pairs = Pairs(words, self._antecedents, self._joined)
        self._counting = Counting(words)
        self._others = tuple(f" {fold(word)}{mark}" for word in words.not_followed_by for mark in (" ", ",", ".", ";", "\n"))
        self._whose = tuple(f" {fold(word)} " for word in (*words.narrowing, *words.whose))
        self._narrowing = tuple(f" {fold(word)}{mark}" for word in words.narrowing for mark in (" ", ",", ".", "\n"))

    def find(self, text: Folded, page: Page, mentions: Sequence[Mention], taken: set[int], told: Told) -> list[Mention]:
        """Pronouns, pairs and groups, resolved in the order of the text; "she" said of the only person so far tells that one's gender.
        Where "he" is nobody named, so is the next "he", until another is: "As he told Mr Lund ... | He"."""
        told = replace(told, genders=dict(told.genders))
        found: list[Mention] = []
        nobody: dict[str, list[int]] = {}
        ahead = deque(sorted((mention for mention in mentions if not mention.nested), key=lambda m: m.start))
        earlier: deque[Mention] = deque(maxlen=MENTIONS_BACK)
        states = {m.outer_start: m for m in mentions if m.type is ActorType.STATE and m.form is Form.NAME}
        named = {m.start: m for m in mentions if m.type is not ActorType.PERSON and m.form is Form.NAME}
        ending = {m.end: m for m in mentions if m.type is ActorType.ORGANISATION and m.form is Form.NAME}  # "the EU | Member States"
        parties = joint_parties(page, mentions)
        leaders = joint_leaders(parties, mentions, told) if parties else ()
        organisations = [m for m in mentions if m.type is ActorType.ORGANISATION and m.form is Form.NAME and not m.nested]
        bodies = sorted((m.start, m.end) for m in mentions if m.type is ActorType.ORGANISATION and m.form is Form.NAME)
        headed = self._bodies.on(text, organisations)
        for match in self._matcher.find(text):
            kind = match.values[0].kind
            if kind == "nobody" or _is_inside(bodies, match):
                continue
            may_stand = kind == "pair" or (kind == "group" and match.start in told.nobodys)  # "lãnh đạo hai nước", "quan chức Mỹ"
            if match.start in taken and not may_stand:
                continue
            while ahead and ahead[0].start < match.start:
                earlier.append(ahead.popleft())
            cue = match.values[0]
            if cue.kind == "body":
                body = headed.meant(match.start, match.end)
                if body is not None:
                    found.append(_mention(match, body, ActorType.ORGANISATION, Form.PRONOUN))
                    earlier.append(found[-1])
                continue
            lost = nobody.setdefault(cue.of, [])
            apposed = self._pairs.apposed(text, match.end, ahead) if kind in ("pair", "group") else None
            if apposed is not None:
                found.append(_mention(match, apposed, ActorType.PERSON, Form.PRONOUN))
                continue
            owner = ending.get(match.start - 1) if cue.kind == "follower" else None
            if owner is not None:
                of = self._with_members.get(owner.actors[0], f"{GROUP}{owner.actors[0]}-members")
                found.append(_mention(Match(owner.start, match.end, match.values), (of,), ActorType.ORGANISATION, Form.GROUP))
                earlier.append(found[-1])
                continue
            if cue.kind == "follower" and (named.get(match.end + 1) or text.folded.startswith(self._others, match.end)):
                name = named.get(match.end + 1)
                group = self._of_those_named(match, name) if name else _mention(match, (cue.actor,), ActorType.ORGANISATION, Form.GROUP)
                if group is not None:
                    found.append(group)
                    earlier.append(group)
                continue
            if cue.kind == "pronoun" and self._is_before_name(text, match, ahead):
                lost.append(match.start)
                continue
            state = states.get(match.end + 1) if cue.kind == "pair" and cue.of == "person" else None
            meant = list(earlier) if state is None else self._serving(text, state, states, list(earlier), told)
            mention = _of_joint(match, page, earlier, parties, leaders) if parties and cue.kind == "pair" else None
            mention = mention or self._resolved(text, match, page, meant, replace(told, unnamed=(*told.unnamed, *lost)))
            if mention is None and cue.kind == "pronoun":
                lost.append(match.start)
            if mention is not None:
                found.append(mention)
                if cue.kind == "pronoun" and {m.actors for m in earlier if may_be(m, cue.of, told.genders)} == {mention.actors}:
                    told.genders.setdefault(mention.actors[0], cue.of)
                earlier.append(mention)
        return found

    def _of_those_named(self, match: Match[Cue], name: Mention) -> Mention | None:
        """The members of the body named right behind "các nước": "các nước | EU"; none where states name themselves ("các nước | Lào")."""
        group = self._with_members.get(name.actors[0])
        if group is None:
            return None
        whole = Match(match.start, name.end, match.values)
        return _mention(whole, (group,), ActorType.ORGANISATION, Form.GROUP)

    def _serving(self, text: Folded, first: Mention, states: Mapping[int, Mention], earlier: list[Mention], told: Told) -> list[Mention]:
        """Those who serve the state right behind words for two persons ("hai quan chức | Mỹ"), or one of the two joined there."""
        joins = (*self._joined, "-", " - ", ", ")
        ends = (first.outer_end + len(join) for join in joins if text.folded.startswith(join, first.outer_end))
        of = {actor for state in (first, *(states[end] for end in ends if end in states)) for actor in state.actors}
        return [m for m in earlier if all(told.serves.get(actor, "").rsplit("-", 1)[-1] in of for actor in m.actors)]

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
            group = self._pairs.last_group(text, recent, page, sentence)
            joint = joint_subject(text, page, recent, sentence, self._joined)
            if joint and (group or self._pairs.they(text, earlier, page) is None):
                return _mention(match, joint[0], joint[1], Form.PRONOUN)
            if group:
                return _mention(match, group.actors, group.type, Form.GROUP)
            cue = Cue("pair", "they")
        if cue.only and (two := self._only_two(text, match, earlier, told)) is not None:
            return two
        if cue.kind == "pair" and (
            text.folded.startswith(self._narrowing, match.end) or self._counting.counts(text, match.start, match.end)
        ):
            return None
        if cue.kind == "pair":
            pair = self._pairs.they(text, earlier, page) if cue.of == "they" else None
            if cue.of != "they":
                pair = self._pairs.named_between(text, page, earlier, sentence, cue.of)
                pair = pair or self._pairs.last_two(text, self._pairs.holding(earlier, cue.offices, told), cue.of, page, told)
                pair = with_met(text, page, match.start, earlier, pair, told, withs=self._met_with) if cue.of in OF_PARTIES else pair
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
        body = None if _is_qualified(text, match) or text.folded.startswith(self._whose, match.end) else _of_body(text, match, recent)
        actor = (self._members(earlier, recent) if cue.kind == "follower" else body) or cue.actor
        return _mention(match, (actor,), ActorType.ORGANISATION, Form.GROUP)

    def _only_two(self, text: Folded, match: Match[Cue], earlier: list[Mention], told: Told) -> Mention | None:
        """The two who alone in the text hold such an office, for two states, and were named before: "Minister Lund met the Minister of
        Peru, Ana Tavares. | The Ministers"; nobody where the words beside tell of others ("Pacific | ministers")."""
        cue, before = match.values[0], text.folded[max(0, match.start - 2) : match.start].rstrip(" ")
        alone = not before or not before[-1].isalnum() or before.endswith("\n")
        if not alone or _is_qualified(text, match) or text.folded.startswith((*self._whose, *self._narrowing), match.end):
            return None
        holders = [who for who, offices in told.offices.items() if offices & cue.offices]
        named = [m for m in earlier if m.type is ActorType.PERSON and len(m.actors) == 1 and m.actors[0] in holders]
        many = any(m.form is Form.GROUP and m.actors[0] != cue.actor and m.actors[0].endswith(cue.actor[-LIKE:]) for m in earlier)
        pair = tuple(dict.fromkeys(m.actors[0] for m in named))
        serving = {told.serves.get(who) for who in pair}
        many = many or any(office in cue.offices and of not in serving for office, of in told.posts)
        if many or len(holders) != 2 or len(pair) != 2 or len(serving) != 2:
            return None
        return _mention(match, pair, ActorType.PERSON, Form.PRONOUN)

    def _members(self, earlier: list[Mention], recent: list[Mention]) -> ActorId | None:
        """The group spoken of a few sentences before ("các nước thành viên HĐBA ... Các nước cũng ..."), else the members of the body named
        last: the words of a group name other bodies on their way."""
        for mention in reversed(recent):
            if mention.form is Form.GROUP and mention.actors[0] in self._member_groups:
                return mention.actors[0]
        return next(
            (self._with_members[mention.actors[0]] for mention in reversed(earlier) if mention.actors[0] in self._with_members), None
        )


def _cues(words: ReferenceWords) -> Iterable[tuple[str, Cue]]:
    for gender, group in (("male", words.pronouns.male), ("female", words.pronouns.female), ("any", words.pronouns.any)):
        yield from ((word, Cue("pronoun", gender)) for word in group)
    yield from ((word, Cue("nobody", "")) for word in words.for_nobody)
    for pair in words.pairs:
        yield from (
            (word, Cue("group" if pair.only else "pair", pair.of, pair.id, frozenset(pair.offices), pair.only)) for word in pair.words
        )
    for backward in words.backward:
        yield from ((word, Cue("backward", backward.of, backward.begins)) for word in backward.words)
    for one in words.groups:
        yield from ((word, Cue("group", "", one.id)) for word in one.words)
    for one in words.followers:
        yield from ((word, Cue("follower", "", one.id)) for word in one.words)


def _of_joint(
    match: Match[Cue], page: Page, earlier: Sequence[Mention], parties: tuple[ActorId, ...], leaders: tuple[ActorId, ...]
) -> Mention | None:
    """The two of a joint text, where its words for two are not about others named beside them."""
    sentence = page.sentence_at(match.start)
    if are_others(parties, [m for m in earlier if page.sentence_at(m.start) == sentence]):
        return None
    if match.values[0].of in OF_PARTIES:
        return _mention(match, parties, ActorType.STATE, Form.PRONOUN)
    return _mention(match, leaders, ActorType.PERSON, Form.PRONOUN) if leaders and match.values[0].of in OF_LEADERS else None


def _is_qualified(text: Folded, match: Match[Cue]) -> bool:
    """Whether a name stands right beside the words: "the EU | foreign ministers", "các bộ trưởng | EU"."""
    before, after = text.text[max(0, match.start - 40) : match.start].split()[-1:], text.text[match.end : match.end + 40].split()[:1]
    begins = not before or before[0][-1] in '.!?:;"”'
    return bool((not begins and before[0][0].isupper()) or (after and after[0][0].isupper()))


def _of_body(text: Folded, match: Match[Cue], recent: Sequence[Mention]) -> ActorId | None:
    """The one group of a body that a short word for such people may mean: "the ASEAN Foreign Ministers ... | The Ministers"; none where
    others of the word ("the ministers of both sides") or a person, who may be of them, stand between."""
    kind = match.values[0].actor.removeprefix(GROUP)
    alike = [m for m in recent if m.form is Form.GROUP and m.actors[0].endswith(f"-{kind}") and not m.actors[0].islower()]
    if not alike or not kind.islower() or len({m.actors for m in alike}) > 1:
        return None
    last = alike[-1]
    head = text.folded[match.start : match.end].split()[-1]
    between = text.folded[last.end : match.start]
    return None if head in between or any(m.start > last.start and m.type is ActorType.PERSON for m in recent) else last.actors[0]


def _is_inside(bodies: Sequence[tuple[int, int]], match: Match[Cue]) -> bool:
    """Whether words stand behind the first one of a body's name: "Hiệp hội | các quốc gia | Đông Nam Á"."""
    index = bisect_left(bodies, (match.start, 0)) - 1
    return index >= 0 and bodies[index][0] < match.start and match.end <= bodies[index][1]


def _mention(match: Match[Cue], actors: tuple[ActorId, ...], type: ActorType, form: Form) -> Mention:
    return Mention(start=match.start, end=match.end, outer_start=match.start, outer_end=match.end, actors=actors, type=type, form=form)


def _is_of(mention: Mention, type: str) -> bool:
    """Whether a mention is of a type; of a state also a body of one: "Bộ Ngoại giao Lào cho biết | nước này"."""
    if mention.type == type:
        return True
    return type == ActorType.STATE and mention.type is ActorType.ORGANISATION and state_of(mention.actors[0]) != mention.actors[0]
