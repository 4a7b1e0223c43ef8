"""Resolves what stands for somebody named elsewhere in the document: titles without a name, pronouns, "hai bên", groups.

A title goes to the person named with that office, else by the document's date to its known holder, else to the body served. "Hai bên" are
the two last in play.
"""

from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Sequence

from msgspec import Struct

from comity.intervals import IsoDate, overlap
from comity.knowledge import Actor
from comity.knowledge.folded import Folded, fold
from comity.knowledge.matcher import Match, Matcher
from comity.reading.mentions import Form, Mention
from comity.reading.name_words import ReferenceWords
from comity.reading.page import Page
from comity.reading.titles import Title
from comity.records import ActorId, ActorType

OPEN_PAST, OPEN_FUTURE = "1900", "2100"
SENTENCES_BACK = 6
MENTIONS_BACK = 80
HELD_BACK = 200
GOVERNMENT = "GOV-"
PLURAL = "plural"
"""Of a pair's words: they may mean a group too ("they")."""


class Held(Struct, frozen=True):
    """A person named with an office at `position`; `words` are the title as written, folded."""

    position: int
    person: ActorId
    office: str
    of: ActorId | None
    words: str


class Told(Struct, frozen=True):
    """What the text tells of its persons: "ông" from "bà", and who leads a state or government."""

    genders: dict[ActorId, str] = {}
    leaders: frozenset[ActorId] = frozenset()


class Cue(Struct, frozen=True):
    """What a reference word asks for."""

    kind: str
    of: str
    actor: ActorId = ""


class References:
    """The reference words of one language."""

    def __init__(self, words: ReferenceWords, generic_offices: Iterable[str], speaks_for: Iterable[str], actors: Iterable[Actor]) -> None:
        self._matcher: Matcher[Cue] = Matcher(_cues(words))
        self._not_one = tuple(f"{fold(word)} " for word in words.not_one_after)
        self._one = tuple(f"{fold(word)} " for word in words.one_after)
        self._generic = frozenset(generic_offices)
        self._speaks_for = frozenset(map(fold, speaks_for))
        self._with_members = words.members
        self._member_groups = frozenset(words.members.values())
        self._holders: dict[tuple[str, ActorId], list[tuple[ActorId, IsoDate, IsoDate]]] = {}
        for actor in actors:
            for office in (held for held in actor.offices if held.since or held.until):  # one without dates may be anybody's of any time
                self._holders.setdefault((office.title, office.of), []).append(
                    (actor.id, office.since or OPEN_PAST, office.until or OPEN_FUTURE)
                )

    def bare_titles(
        self, text: Folded, titles: Sequence[Title], held: Sequence[Held], published: IsoDate | None
    ) -> list[tuple[Title, ActorId, bool]]:
        """Titles that stand without a name and mean one person: the actor, and whether it is a person named in the document."""
        held = sorted(held, key=lambda one: one.position)
        resolved = []
        for title in titles:
            words = text.folded[title.start : title.end]
            if not self._means_one(text, title):
                continue
            if person := self._named_with(title, words, held):
                resolved.append((title, person, True))
            elif title.of and title.of_type is ActorType.STATE and text.folded[title.head_start : title.head_end] in self._speaks_for:
                resolved.append((title, title.of, False))  # "the representative of France said"
            elif title.of and title.office not in self._generic:
                resolved.append((title, self._holder(title, published) or title.of, False))
        return resolved

    def find(self, text: Folded, page: Page, mentions: Sequence[Mention], taken: set[int], told: Told) -> list[Mention]:
        """Pronouns, pairs and groups, resolved in the order of the text."""
        found: list[Mention] = []
        ahead = deque(sorted((mention for mention in mentions if not mention.nested), key=lambda m: m.start))
        earlier: deque[Mention] = deque(maxlen=MENTIONS_BACK)
        for match in self._matcher.find(text):
            if match.start in taken and match.values[0].kind != "pair":  # "lãnh đạo hai nước"
                continue
            while ahead and ahead[0].start < match.start:
                earlier.append(ahead.popleft())
            if mention := self._resolved(match, page, list(earlier), told):
                found.append(mention)
                earlier.append(mention)
        return found

    def _resolved(self, match: Match[Cue], page: Page, earlier: list[Mention], told: Told) -> Mention | None:
        cue = match.values[0]
        sentence = page.sentence_at(match.start)
        recent = [m for m in earlier if page.sentence_at(m.start) >= sentence - SENTENCES_BACK]
        if cue.kind == "pronoun":
            actor = _subject(recent, page, sentence, cue.of, told.genders)
            return _mention(match, (actor,), ActorType.PERSON, Form.PRONOUN) if actor else None
        if cue.kind == "pair" and cue.of == PLURAL:
            if group := _last_group(recent, page):
                return _mention(match, group.actors, group.type, Form.GROUP)
            cue = Cue("pair", ActorType.PERSON)
        if cue.kind == "pair":
            pair = _last_two(earlier, cue.of, page, told.leaders)
            return _mention(match, pair[0], pair[1], Form.PRONOUN) if pair else None
        if cue.kind == "backward":
            last = next((m for m in reversed(recent) if m.type == cue.of and m.form is Form.NAME and len(m.actors) == 1), None)
            return _mention(match, last.actors, last.type, Form.PRONOUN) if last else None
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

    def _means_one(self, text: Folded, title: Title) -> bool:
        before = text.folded[max(0, title.start - 12) : title.start]
        if any(before == word or before.endswith((" " + word, "\n" + word)) for word in self._not_one):
            return False
        if not self._one:
            return True
        return (
            any(before == word or before.endswith((" " + word, "\n" + word, "." + word)) for word in self._one)
            or title.start > title.head_start
        )

    def _named_with(self, title: Title, words: str, held: Sequence[Held]) -> ActorId | None:
        """The person named with this office: by the same words, else by the same office, or words of it, for the same body or state."""
        here = bisect_right(held, title.start, key=lambda one: one.position)
        before, after = held[max(0, here - HELD_BACK) : here][::-1], held[here : here + HELD_BACK]
        near = sorted([*before, *after], key=lambda one: one.of is None)
        same = next((one for one in near if one.words == words and _serve_same(one.of, title.of)), None)
        if same is None and title.office not in self._generic:
            same = next((one for one in near if (one.office == title.office or words in one.words) and _serve_same(one.of, title.of)), None)
        return same.person if same else None

    def _holder(self, title: Title, published: IsoDate | None) -> ActorId | None:
        if published is None or title.of is None:
            return None
        at = [person for person, since, until in self._holders.get((title.office, title.of), ()) if overlap(f"{since}/{until}", published)]
        return at[0] if len(at) == 1 else None


def _serve_same(one: ActorId | None, other: ActorId | None) -> bool:
    """Whether two offices may serve the same state or body: "Bộ Ngoại giao Mỹ" and "Mỹ" are one here."""
    return one is None or other is None or one == other or other in one or one in other


def _cues(words: ReferenceWords) -> Iterable[tuple[str, Cue]]:
    for gender, group in (("male", words.pronouns.male), ("female", words.pronouns.female), ("any", words.pronouns.any)):
        yield from ((word, Cue("pronoun", gender)) for word in group)
    for pair in words.pairs:
        yield from ((word, Cue("pair", pair.of)) for word in pair.words)
    for backward in words.backward:
        yield from ((word, Cue("backward", backward.of)) for word in backward.words)
    for one in words.groups:
        yield from ((word, Cue("group", "", one.id)) for word in one.words)
    for one in words.followers:
        yield from ((word, Cue("follower", "", one.id)) for word in one.words)


def _mention(match: Match[Cue], actors: tuple[ActorId, ...], type: ActorType, form: Form) -> Mention:
    return Mention(start=match.start, end=match.end, outer_start=match.start, outer_end=match.end, actors=actors, type=type, form=form)


def _subject(recent: list[Mention], page: Page, sentence: int, gender: str, genders: dict[ActorId, str]) -> ActorId | None:
    """The first person of the nearest sentence that names one of the fitting gender: its subject, most often."""
    fitting = [
        m
        for m in recent
        if m.type is ActorType.PERSON
        and len(m.actors) == 1
        and ("any" in (gender, genders.get(m.actors[0], "any")) or genders[m.actors[0]] == gender)
    ]
    if not fitting:
        return None
    nearest = page.sentence_at(fitting[-1].start)
    return next(m for m in fitting if page.sentence_at(m.start) == nearest).actors[0]


def _last_two(earlier: list[Mention], of: str, page: Page, leaders: frozenset[ActorId]) -> tuple[tuple[ActorId, ...], ActorType] | None:
    """The two of a type last named in one sentence; else the two named last. Of any type: persons first; "the two leaders" are leaders
    where the text names two. A government stands for its state beside another: "hai bên" of "chính phủ Việt Nam" and "Philippines"."""
    if of == "leaders":
        led = [m for m in earlier if _is_person(m) and leaders.issuperset(m.actors)]
        return _last_two(led, "person", page, leaders) or _last_two(earlier, "person", page, leaders)
    if of == "any":  # "Hai nhà lãnh đạo ... Hai bên ...": the states, where the text tells the leaders apart from them
        earlier = [m for m in earlier if m.form is not Form.PRONOUN or len(m.actors) < 2 or not _is_person(m)]
    kinds = {"person": (_is_person,), "persons": (_is_person,), "state": (_is_state,), "any": (_is_person, _is_party)}[of]
    most = MENTIONS_BACK if of == "persons" else 2
    by_sentence: dict[int, list[Mention]] = {}
    for mention in earlier:
        by_sentence.setdefault(page.sentence_at(mention.start), []).append(mention)
    for sentence in sorted(by_sentence, reverse=True):
        for fits in kinds:
            if pair := _distinct([m for m in by_sentence[sentence] if fits(m)], most):
                return pair
    for fits in kinds:
        if pair := _distinct([m for m in earlier if fits(m)][::-1], 2):
            return pair
    return None


def _last_group(recent: list[Mention], page: Page) -> Mention | None:
    """The group that the nearest sentence with a group or a person names first, where it is one ("Participants noted ... They")."""
    fitting = [m for m in recent if m.form is Form.GROUP or m.type is ActorType.PERSON]
    if not fitting:
        return None
    nearest = page.sentence_at(fitting[-1].start)
    first = next(m for m in fitting if page.sentence_at(m.start) == nearest)
    return first if first.form is Form.GROUP else None


def _distinct(mentions: list[Mention], most: int) -> tuple[tuple[ActorId, ...], ActorType] | None:
    actors = list(dict.fromkeys(actor.removeprefix(GOVERNMENT) for m in mentions for actor in m.actors))
    return (tuple(actors[:most]), mentions[0].type) if len(actors) >= 2 else None


def _is_person(mention: Mention) -> bool:
    return mention.type is ActorType.PERSON


def _is_state(mention: Mention) -> bool:
    return mention.type is ActorType.STATE


def _is_party(mention: Mention) -> bool:
    return mention.type is not ActorType.PERSON and mention.form is not Form.GROUP
