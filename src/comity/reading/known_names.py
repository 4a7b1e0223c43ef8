"""Finds the names that the world knowledge and the language's own lists know: states, organisations, bodies. Persons are found elsewhere.

Names that are also common words, personal names or places are kept only where the words around them show what is meant: "tại Hà Nội"
is a place, "Hà Nội phản đối" a government, "Nguyễn Đức Chung" no Germany.
"""

import re
from collections import Counter
from collections.abc import Iterator, Set

from comity.knowledge import Knowledge
from comity.knowledge.folded import Folded, fold
from comity.knowledge.matcher import Matcher
from comity.knowledge.schema import OUTLETS
from comity.reading.addresses import Addresses
from comity.reading.found import Found, FoundNames, lies_in
from comity.reading.name_pieces import NamePieces
from comity.reading.name_shapes import CAPITALS
from comity.reading.name_words import BodyWords, NameWords, TitleWords
from comity.reading.states import state_of
from comity.records import ActorId, ActorType, LanguageCode, Span

NAME_BEFORE = re.compile(rf"(?<!\w)(?<![{CAPITALS}][^\W\d_] )((?:[{CAPITALS}][^\W\d_]*[ \n]){{2,3}})$")
WORD_BEFORE = re.compile(r"([^\W\d_]+)[ \n]$")
PARTICLE_BEFORE = re.compile(r"(?<!\w)[^\W\d_a-zà-ỹ]\w+ ([a-z]{2,3}) $")
DASH_AFTER = re.compile(r" ?[-–—/] ?([^\W\d_]+)")
DASH_BEFORE = re.compile(r"([^\W\d_]+) ?[-–—/] ?$")


class KnownNames:
    """All names of one language."""

    def __init__(self, knowledge: Knowledge, language: LanguageCode, words: NameWords, bodies: BodyWords, titles: TitleWords) -> None:
        self._addresses = Addresses(language, words, titles)
        self._matcher = Matcher(
            [*_own(words, bodies.named, knowledge), *_names(knowledge, language, words, tuple(f"{word} " for word in bodies.before_bodies))]
        )
        self._blocked = Matcher((phrase, True) for phrase in words.phrases_without_names)
        self._place_before = tuple(f"{fold(word)} " for word in words.place_before)
        self._government_after = tuple(map(fold, words.government_after))
        self._mostly_places = frozenset(map(fold, words.mostly_places))
        self._beginnings = frozenset(words.beginnings)
        self._surnames = frozenset(words.surnames)
        self._family = {fold(name) for name in (*words.surnames, *words.middle_names)}
        self._paired = words.paired_states
        self._pair_names = re.compile(
            r"(?<!\w)(?:" + "|".join(map(re.escape, sorted(words.paired_states, key=len, reverse=True))) + r")(?!\w)"
        )
        self._syllable = re.compile(bodies.syllable) if bodies.syllable else None
        self._possessive = tuple(f"{mark} " for mark in bodies.possessive)
        self._particles = frozenset(words.particles)
        self._short = Matcher(words.short_if_named.items())
        self._need_witness = frozenset(words.need_witness)
        self._article = f"{fold(bodies.article)} " if bodies.article else "\n"
        self._others_too = frozenset(map(fold, (*words.if_state_foremost, *(() if bodies.syllable else words.short_if_named))))
        home = knowledge.actors.get(words.home_state or "")
        self._pieces = NamePieces(words, bodies, titles, home.names.get(language, ()) if home else ())
        self._states = {actor.id: actor.state for actor in knowledge.actors.values() if actor.state and actor.kind not in OUTLETS}
        self._all_states = frozenset(actor.id for actor in knowledge.actors.values() if actor.type is ActorType.STATE)
        self._if_foremost = frozenset(map(fold, words.if_state_foremost))
        self._shared = self._if_foremost | frozenset(map(fold, words.if_state_named))

    def find(self, text: Folded, sentence_starts: frozenset[int], home: ActorId | None) -> list[Found]:
        """The names, longest first from the left, in order; nested short ones (a state inside a body's name) too."""
        blocked = [Span(match.start, match.end) for match in self._blocked.find(text)]
        found: list[Found] = []
        doubtful: list[Found] = []
        last_end = place_end = 0
        ends: set[int] = set()
        matches = sorted(self._matcher.find_all(text), key=lambda m: (m.start, -m.end))
        starts = {match.start for match in matches}
        for match in matches:
            name, kind = match.values[0]
            if match.end <= place_end or _is_in_address(text.text, match.start):
                continue
            fits = not lies_in(blocked, match.start, match.end) and self._fits(text, match.start, match.end, kind, ends, sentence_starts)
            if kind != "capital":
                ends.add(match.end)
            if not fits:
                place_end = match.end  # nor does a piece of it: "Bentiu (Nam | Sudan)"
                continue
            if self._is_piece(text, match.start, match.end, kind, starts, sentence_starts):
                continue
            one = Found(match.start, match.end, *name)
            if text.text[match.start : match.end] in self._need_witness and match.start in sentence_starts and match.start >= last_end:
                doubtful.append(one)
            else:
                found.append(one)
            last_end = max(last_end, match.end)
        witnesses = {one.actor for one in found}
        found += [one for one in doubtful if one.actor in witnesses]
        found = self._without_others_bodies(text, found, home)
        return [*found, *self._pairs(text, found, blocked)]

    def _is_piece(self, text: Folded, start: int, end: int, kind: str, starts: Set[int], sentence_starts: frozenset[int]) -> bool:
        if kind == "state":
            return self._pieces.of_state(text, start, end, starts)
        if text.folded[start:end] in self._others_too and self._pieces.is_others(text, start, sentence_starts):
            return True
        return kind == "body" and self._pieces.of_body(text.folded, start, end)

    def _without_others_bodies(self, text: Folded, found: list[Found], home: ActorId | None) -> list[Found]:
        """Without names that bodies of many states have, where neither the text nor its publisher's state, `home`, tells whose it is."""
        shared = {one for one in found if text.folded[one.start : one.end] in self._shared}
        if not shared:
            return found
        counted = Counter((home, *(self._state(one.actor) for one in found if one not in shared)))
        del counted[None]
        most = max(counted.values(), default=0)
        least = {one: max(most, 1) if text.folded[one.start : one.end] in self._if_foremost else min(most, 1) for one in shared}
        return [one for one in found if one not in least or counted[self._state(one.actor)] >= least[one]]

    def _state(self, actor: ActorId) -> ActorId | None:
        """The state that a state or a body of one is of."""
        state = self._states.get(actor) or state_of(actor)
        return state if state in self._all_states else None

    def short_words(self, text: Folded, known: FoundNames, sentence_starts: frozenset[int]) -> Iterator[Found]:
        """Short words for bodies that the text names with more: "Hội đồng" where it names the Security Council."""
        named = {name.actor for name in known.all}
        others = self._others(text, known)
        for match in self._short.find(text):
            actor = match.values[0]
            if others.get(match.start):
                continue
            following = text.text[match.end : match.end + 2]
            if self._syllable is None and self._pieces.is_others(text, match.start, sentence_starts):
                continue
            if actor in named and not lies_in(known.spans, match.start, match.end) and not following[1:].isupper():
                yield Found(match.start, match.end, actor, ActorType.ORGANISATION)

    def _others(self, text: Folded, known: FoundNames) -> dict[int, bool]:
        """Of each place of a short word whether the last longer name before it that ends with the word is another body's, in a language
        whose names end so: "the Ministerial Council ... | Council"."""
        last: dict[str, bool] = {}
        found: dict[int, bool] = {}
        for match in self._short.find(text) if self._syllable is None else ():
            word = text.text[match.start : match.end]
            before = WORD_BEFORE.search(text.text, max(0, match.start - 24), match.start)
            if " " in word or lies_in(known.spans, match.start, match.end):  # "the Security Council ... | Council"
                last[word.split()[-1]] = False
            elif before is not None and before.group(1)[0].isupper() and before.group(1) not in self._beginnings:
                last[word] = True
            found[match.start] = last.get(word, False)
        return found

    def _fits(self, text: Folded, start: int, end: int, kind: str, ends: set[int], sentence_starts: frozenset[int]) -> bool:
        if kind != "body" and (name := PARTICLE_BEFORE.search(text.text, max(0, start - 24), start)) and name.group(1) in self._particles:
            return False  # "Leila de Lima"
        if kind == "body" and text.folded.startswith(self._article, start) and text.text[start + len(self._article) : end].islower():
            return False  # "The diplomat" that a sentence begins with is no newspaper
        if kind == "capital":
            return not self._is_given_name(text, start, end) and self._is_government(text.folded, start, end)
        if kind == "state" and " " not in text.folded[start:end]:
            before = WORD_BEFORE.search(text.text, max(0, start - 12), start)
            doubtful = text.text[start:end] in self._need_witness and before is not None and before.group(1) not in self._beginnings
            may_be_given = self._syllable is None or self._syllable.fullmatch(text.folded, start, end) is not None
            if (
                before and before.group(1)[0].isupper() and (doubtful or (may_be_given and fold(before.group(1)) in self._family))
            ):  # "Văn Đức", not "Phòng Canada"
                return False
            if may_be_given and self._ends_name(text, start):
                return False
        owns = text.folded.startswith(self._possessive, end)  # "In the Council, Gabon's representative"
        return kind != "state" or owns or not self._addresses.holds(text, Span(start, end), ends)

    def _is_given_name(self, text: Folded, start: int, end: int) -> bool:
        """Whether a capital in the language's own letters stands behind a family name: "Lưu | Bình Nhưỡng" is a person."""
        before = WORD_BEFORE.search(text.text, max(0, start - 12), start)
        if self._syllable is None or before is None or before.group(1) not in self._surnames or before.group(1) in self._beginnings:
            return False
        return all(self._syllable.fullmatch(fold(word)) for word in text.text[start:end].split())

    def _ends_name(self, text: Folded, start: int) -> bool:
        """Whether a short state is the last word of a name in the language's own letters: "Nguyễn Nguyệt Nga"."""
        before = NAME_BEFORE.search(text.text, max(0, start - 24), start)
        if self._syllable is None or before is None:
            return False
        first, *others = before.group(1).split()
        return first in self._surnames and all(self._syllable.fullmatch(fold(word)) for word in others)

    def _is_government(self, folded: str, start: int, end: int) -> bool:
        """A capital is a place after "tại", "in" ...; some languages use it for the government only before certain words."""
        before = folded[max(0, start - 14) : start]
        if before.endswith(self._place_before) and any(
            before.endswith((" " + w, "\n" + w, "(" + w)) or before == w for w in self._place_before
        ):
            return False
        if self._mostly_places and folded[start:end] not in self._mostly_places:
            return True
        after = folded[end : end + 16].lstrip(" ")
        return any(after.startswith(w) and not after[len(w) : len(w) + 1].isalnum() for w in self._government_after)

    def _pairs(self, text: Folded, found: list[Found], blocked: list[Span]) -> Iterator[Found]:
        """Short names beside a dash: both of "Việt - Mỹ"."""
        taken_starts, taken_ends = {one.start for one in found}, {one.end for one in found}
        for match in self._pair_names.finditer(text.text):
            start, end = match.span()
            if text.folded[start] == " " or start in taken_starts or end in taken_ends or lies_in(blocked, start, end):
                continue
            after, before = DASH_AFTER.match(text.text, end), DASH_BEFORE.search(text.text, max(0, start - 20), start)
            beside_after = after and (after.group(1) in self._paired or after.start(1) in taken_starts)
            beside_before = before and (before.group(1) in self._paired or before.end(1) in taken_ends)
            if (beside_after or beside_before) and not self._pieces.of_state(text, start, end, taken_starts):
                yield Found(start, end, self._paired[match.group()], ActorType.STATE)


def _is_in_address(text: str, start: int) -> bool:
    """Whether a name stands inside a page's address ("https://...")."""
    return text[start - 1 : start] == "/" and "://" in text[text.rfind(" ", 0, start) + 1 : start]


def _names(
    knowledge: Knowledge, language: LanguageCode, words: NameWords, before: tuple[str, ...]
) -> Iterator[tuple[str, tuple[tuple[ActorId, ActorType], str]]]:
    """The language's own names of everything; of organisations also names of several words in other languages, and acronyms."""
    for actor in knowledge.actors.values():
        value = (actor.id, actor.type)
        if actor.type is ActorType.PERSON or actor.kind == "meeting":  # texts name a meeting as a mechanism
            continue
        kind = "state" if actor.type is ActorType.STATE else "body"
        own = actor.names.get(language, ())
        for name in own:
            if name.lower().startswith(before) and any(name.endswith(f" {other}") for other in own):
                continue
            if "-" in name and kind == "state":
                yield name.replace("-", " - "), (value, kind)
            if not (name in words.paired_states and name in words.surnames):
                yield name, (value, "capital" if name in words.city_states else kind)
        for name in actor.adjectives.get(language, ()):
            if name not in words.paired_states:
                yield name, (value, kind)
        for name in actor.capitals.get(language, ()):
            yield name, (value, "capital")
        for acronym in actor.acronyms:
            yield acronym, (value, "acronym")
        if kind == "body":
            for name in (name for code, names in actor.names.items() if code != language for name in names):
                if " " in name:
                    yield name, (value, kind)


def _own(words: NameWords, named: dict[str, ActorId], knowledge: Knowledge) -> Iterator[tuple[str, tuple[tuple[ActorId, ActorType], str]]]:
    for name, actor in named.items():
        kind = "capital" if name in words.city_states else "body"
        yield name, ((actor, knowledge.actors[actor].type if actor in knowledge.actors else ActorType.ORGANISATION), kind)
    for name, actor in words.short_states.items():
        yield name, ((actor, ActorType.STATE), "state")
