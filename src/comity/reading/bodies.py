"""Finds bodies by how they are named: those every state has ("Bộ Ngoại giao Việt Nam", "Russia's foreign ministry"), and others by their
first or last words ("Trung tâm Nghiên cứu ...", "Gender Policy Council") or the word before them ("tờ Bangkok Post").
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from enum import Enum

from comity.knowledge.folded import Folded, fold
from comity.knowledge.matcher import Match, Matcher
from comity.reading.body_tails import CAPITAL_WORD, BodyTails
from comity.reading.found import Found, FoundNames, lies_in, skip_blanks, skip_blanks_back
from comity.reading.ids import kebab
from comity.reading.name_words import BodyWords, NameWords, StateBody
from comity.records import ActorId, ActorType

RUN_WORD = re.compile(r"([ \n]| ?[-–] ?)?([^\W\d_]\w*(?:\.\w+)*(?:[-'’](?!s\b)\w+)*|[A-ZĐ]\.)")
CAPITAL_RUN = re.compile(rf"{CAPITAL_WORD}(?:[ \n]+{CAPITAL_WORD})*")
SURNAME_BEFORE = re.compile(r"(?<!\w)([^\W\d_]+) $")
DASH = re.compile(r" ?[-–] ?\w")
MAX_WORDS = 14


class Part(Enum):
    """What the last word of a body's name is."""

    NONE = 0
    CAPITAL = 1
    SMALL = 2
    STATE = 3


class BodyGrammar:
    """The bodies of one language."""

    def __init__(self, words: BodyWords, names: NameWords) -> None:
        self._words = words
        self._home = names.home_state
        self._join = f"{fold(names.list_join)} " if names.list_join else ""
        self._of_persons = tuple(f"{fold(words)} " for words in sorted(words.governments_of_persons, key=len, reverse=True))
        self._government = words.government_id
        self._persons, self._surnames = frozenset(names.given_names), frozenset(names.surnames)
        self._common = Matcher((word, True) for word in names.not_names)
        self._state_bodies: Matcher[StateBody] = Matcher((name, body) for body in words.state_bodies for name in body.names)
        self._heads = Matcher([*((head, False) for head in words.heads), *((head, True) for head in words.small_heads)])
        self._before = Matcher([*((word, True) for word in words.before_bodies), *((word, False) for word in words.not_before_bodies)])
        self._inside = {syllable for phrase in words.inside for syllable in fold(phrase).split()}
        self._endings = tuple(f" {fold(phrase)}" for phrase in sorted(words.endings, key=len, reverse=True))
        self._english = [(f"{fold(words)} ", pattern) for words, pattern in sorted(words.english_ids.items(), key=lambda one: -len(one[0]))]
        self._syllable = re.compile(words.syllable)
        self._not_completing = frozenset(words.not_completing)
        self._compounds = {fold(phrase) for phrase in words.inside}
        self._links = tuple(f"{fold(link)} " for link in sorted(words.links, key=len, reverse=True))
        self._qualities = tuple(f"{fold(word)} " for word in words.qualities)
        self._at = tuple(f"{fold(word)} " for word in words.at)
        self._possessive = tuple(sorted(words.possessive, key=len, reverse=True))
        self._by_tail = BodyTails(words, names.given_names, names.beginnings)

    def find(self, text: Folded, known: FoundNames, title_heads: dict[int, int], served: Set[ActorId] = frozenset()) -> list[Found]:
        """Bodies with all their words, the state's name with them. No body runs over the words of an office, which `title_heads` tells;
        `served` are the states that persons serve who are known by their names."""
        states = {name.start: name for name in (*known.nested, *known.all) if name.type is ActorType.STATE}
        ending = {name.end: name for name in states.values()}
        bodies = list(self._of_states(text, known, states, ending, sorted(title_heads.items()), served))
        taken = FoundNames([*known.all, *bodies])
        return [*bodies, *self._by_head(text, taken, title_heads), *self._by_tail.find(text, title_heads), *self._after_words(text, taken)]

    def of_persons(self, text: Folded, persons: Iterable[tuple[int, int, ActorId | None]]) -> Iterator[Found]:
        """ "chính quyền Trump": the government of the state a person serves, before the person's name or title."""
        for start, end, state in persons:
            phrase = next((words for words in self._of_persons if text.folded.endswith(words, 0, start)), None)
            if state and phrase and not text.folded[start - len(phrase) - 1 : start - len(phrase)].isalnum():
                yield Found(start - len(phrase), end, self._government.replace("{state}", state), ActorType.ORGANISATION)

    def _states_in_play(self, known: FoundNames, served: Set[ActorId]) -> list[ActorId]:
        """The home state first where the text names it or one who serves it, or names no state; else the states by how often they are
        named."""
        counted = Counter(name.actor for name in known.all if name.type is ActorType.STATE)
        inside = {name.actor for name in known.nested} | served
        by_count = [state for state, _ in counted.most_common()] if self._home else []
        if self._home and (not counted or self._home in inside):
            return [self._home, *(state for state in by_count if state != self._home)]
        return sorted(by_count, key=lambda state: state != self._home)

    def _of_states(
        self,
        text: Folded,
        known: FoundNames,
        states: dict[int, Found],
        ending: dict[int, Found],
        titled: Sequence[tuple[int, int]],
        served: Set[ActorId],
    ) -> Iterator[Found]:
        in_play = self._states_in_play(known, served)
        matches = self._state_bodies.find(text)
        ends = {match.start: match.end for match in matches}
        for match in matches:
            start, end, body = match.start, match.end, match.values[0]
            if (after := self._state_after(text.folded, end, states)) is not None:
                state, end = after.actor, after.end
                if place := self._place_after(text.folded, end, known):
                    suffix = f"-in-{place.actor}" if place.type is ActorType.STATE else ""
                    yield Found(start, place.end, body.id.replace("{state}", state) + suffix, ActorType.ORGANISATION)
                elif body.only_at:
                    continue
            elif self._words.state_first and (before := self._state_before(text.folded, start, ending)) is not None:
                state, start = before.actor, before.start
            elif (
                body.alone
                and text.text[start].isupper()
                and not self._of_others(text.folded, end)
                and not (self._of_stranger(text, end) and not _is_titled(text.folded, start, titled))
                and (of := self._shared(text.folded, end, known, states, ending, ends) or self._first(in_play, body))
            ):
                state = of
            else:
                continue
            actor = body.id.replace("{state}", state)
            yield Found(start, end, actor, ActorType.STATE if actor == state else ActorType.ORGANISATION)

    def _first(self, in_play: Sequence[ActorId], body: StateBody) -> ActorId | None:
        return next((state for state in in_play if state not in body.not_of), None)

    def _shared(
        self, folded: str, end: int, known: FoundNames, states: dict[int, Found], ending: dict[int, Found], ends: dict[int, int]
    ) -> ActorId | None:
        """The state of the body that a list goes on with: "Thượng viện và Hạ viện Hà Lan"."""
        position = skip_blanks(folded, end)
        if not self._join or not folded.startswith(self._join, position):
            return None
        position += len(self._join)
        if position in ends:
            after = self._state_after(folded, ends[position], states)
        else:
            after = ending.get(other.end) if (other := known.at(position)) and other.type is ActorType.ORGANISATION else None
        return after.actor if after else None

    def _state_after(self, folded: str, end: int, states: dict[int, Found]) -> Found | None:
        if not folded.startswith(" ", end):
            return None
        position = self._past_quality(folded, skip_blanks(folded, end))
        for link in ("", *self._links):
            if folded.startswith(link, position) and (state := states.get(position + len(link))):
                return state
        return None

    def _past_quality(self, folded: str, position: int) -> int:
        """Behind a word that tells which of a state's governments is meant: "Chính phủ | mới | của Peru"."""
        return next((position + len(word) for word in self._qualities if folded.startswith(word, position)), position)

    def _state_before(self, folded: str, start: int, ending: dict[int, Found]) -> Found | None:
        position = skip_blanks_back(folded, start)
        if position == start:
            return None
        for mark in ("", *self._possessive):
            if folded.endswith(mark, 0, position) and (state := ending.get(position - len(mark))):
                return state
        return None

    def _place_after(self, folded: str, end: int, known: FoundNames) -> Found | None:
        """The second name of an embassy or mission: the state or body where it works."""
        position = skip_blanks(folded, end)
        if position == end:
            return None
        return next((place for word in self._at if folded.startswith(word, position) and (place := known.at(position + len(word)))), None)

    def _of_others(self, folded: str, end: int) -> bool:
        following = folded[self._past_quality(folded, skip_blanks(folded, end)) :][:24]
        return any(
            following.startswith(word) and not following[len(word) : len(word) + 1].isalnum() for word in self._words.not_alone_before
        )

    def _of_stranger(self, text: Folded, end: int) -> bool:
        """Whether a capitalised word of other letters follows, as a state's name that nobody knows would: "Bộ Ngoại giao | Ruritania"."""
        following = CAPITAL_RUN.match(text.text, end + 1) if text.folded.startswith(" ", end) else None
        own = self._syllable.pattern and following is not None and self._syllable.fullmatch(fold(following.group().split()[0]))
        return bool(self._syllable.pattern) and following is not None and not own

    def _by_head(self, text: Folded, taken: FoundNames, title_heads: dict[int, int]) -> Iterator[Found]:
        heads = self._heads.find(text)
        common = {match.start for match in self._common.find(text)}
        titled = sorted(title_heads.items())
        others = title_heads.keys() | {head.start for head in heads if " " in text.folded[head.start : head.end]}
        for match in heads:
            if match.start in taken.starting or match.start in common or self._is_in_name(text, match):
                continue
            if (end := self._run_end(text, match, taken, others, is_titled=_is_titled(text.folded, match.start, titled))) is None:
                continue
            if lies_in(taken.spans, match.start, end):  # "Hội đồng ..." of "Đại Hội đồng Liên Hợp Quốc"
                continue
            if all(match.values) and (only := taken.ending.get(end)) and self._only_links(text.folded[match.end : only.start]):
                continue
            yield Found(match.start, end, self._id(text.text[match.start : end]), ActorType.ORGANISATION, known=False)

    def _is_in_name(self, text: Folded, head: Match[bool]) -> bool:
        """Whether a head of one syllable is the middle of a person's name: "Lê Bộ Lĩnh", "Nguyễn Khoa Điềm"."""
        before = SURNAME_BEFORE.search(text.text, max(0, head.start - 12), head.start)
        return " " not in text.folded[head.start : head.end] and before is not None and before.group(1) in self._surnames

    def _id(self, name: str) -> ActorId:
        """The name in kebab-case; in English order where a proper name follows words whose English is known."""
        for words, pattern in self._english:
            rest = name[len(words) :].split()
            if fold(name).startswith(words) and rest and all(word[0].isupper() for word in rest):
                return pattern.replace("{name}", kebab(" ".join(rest)))
        return kebab(name)

    def _run_end(self, text: Folded, head: Match[bool], taken: FoundNames, others: Set[int], *, is_titled: bool) -> int | None:
        """Where the run of capitalised and inner words after a head ends; None where no capitalised word follows."""
        if " " not in text.folded[head.start : head.end] and not text.text[head.end + 1 : head.end + 2].isupper():
            return None  # "khoa học" is no "khoa"
        end, position, last = None, head.end, Part.NONE
        for _ in range(MAX_WORDS):
            if (name := taken.starting.get(skip_blanks(text.folded, position))) and position < name.start:
                if name.type is ActorType.STATE and end and text.folded.endswith(self._links, 0, name.start):
                    break  # what belongs to another body is named apart
                closes = name.type is ActorType.STATE and last is Part.CAPITAL and position == end and not DASH.match(text.text, name.end)
                end = position = name.end
                last = Part.STATE
                if closes:
                    break
                continue
            word = RUN_WORD.match(text.text, position)
            if not word or word.group(1) is None or (end and word.group(2) in self._persons):
                break
            if end and is_titled and self._begins_person(text, word.start(2), last):
                break
            if text.folded[word.start(2)] == " " or (word.start(2) in others and (end or last is not Part.NONE)):
                break  # outside the article, or another office or body
            if word.group(2)[0].isupper():
                end = position = word.end() if last is Part.CAPITAL else self._past_compound(text, word.start(2), word.end())
                last = Part.CAPITAL if end == word.end() else Part.SMALL
            elif text.folded[word.start(2) : word.end(2)] in self._inside:
                position, last = word.end(), Part.SMALL
            else:
                break
        return end and self._past_ending(text.folded, end)

    def _begins_person(self, text: Folded, start: int, last: Part) -> bool:
        """Whether a person's name follows the body that a title serves: "Chủ nhiệm Văn phòng Quốc hội Nguyễn Hạnh Phúc"."""
        name = CAPITAL_RUN.match(text.text, start)
        if not name or " " not in name.group():
            return False
        first, *rest = name.group().split()
        foreign = bool(self._not_completing) and not self._syllable.fullmatch(fold(first))
        return (first in self._surnames and len(rest) > 1) or (foreign and last is Part.STATE and not first.isupper())

    def _only_links(self, words: str) -> bool:
        """Whether only blanks and a linking word stand between a head and a name: "lực lượng của NATO" is NATO's."""
        return not words.strip() or f"{words.strip()} " in self._links

    def _past_ending(self, folded: str, end: int) -> int:
        """Past small words that end a body's name: "Tòa Trọng tài quốc tế"."""
        for phrase in self._endings:
            if folded.startswith(phrase, end) and not folded[end + len(phrase) : end + len(phrase) + 1].isalnum():
                return end + len(phrase)
        return end

    def _past_compound(self, text: Folded, start: int, end: int) -> int:
        """Past the small syllable that completes a capitalised one: "Trọng tài", "Chiến tranh"."""
        following = RUN_WORD.match(text.text, end)
        if not following or following.group(1) != " " or following.group(2)[0].isupper():
            return end
        completes = f"{text.folded[start:end]} {following.group(2)}" in self._compounds
        half = (
            bool(self._not_completing)
            and self._syllable.fullmatch(text.folded, start, end)
            and not text.text[start:end].isupper()
            and following.group(2) not in self._not_completing
        )
        return following.end() if completes or half else end

    def _after_words(self, text: Folded, taken: FoundNames) -> Iterator[Found]:
        """ "tờ Bangkok Post", "hãng tin Efe": the capitalised run after such a word."""
        common = {match.start for match in self._common.find(text)}
        for match in self._before.find(text):
            run = CAPITAL_RUN.match(text.text, match.end + 1)
            if (
                not all(match.values)
                or not run
                or text.folded[match.end] != " "
                or lies_in(taken.spans, match.start, match.end)
                or run.start() in common
            ):
                continue
            if self._past_compound(text, run.start(), run.end()) > run.end() or any(
                position in taken.starting for position in range(*run.span())
            ):
                continue
            yield Found(run.start(), run.end(), kebab(run.group()), ActorType.ORGANISATION, known=False)


def _is_titled(folded: str, start: int, titled: Sequence[tuple[int, int]]) -> bool:
    """Whether the words of an office stand right before, or begin before and run into it ("Chánh Văn phòng")."""
    index = bisect_right(titled, (start, 0)) - 1
    return index >= 0 and titled[index][1] >= skip_blanks_back(folded, start)


def without(found: Iterable[Found], spans: Iterable[tuple[int, int]]) -> list[Found]:
    """Those that overlap none of `spans`."""
    blocked = list(spans)
    return [name for name in found if not any(name.start < end and start < name.end for start, end in blocked)]
