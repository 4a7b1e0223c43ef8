"""Finds titles: an office's words with what belongs to them, the body or state served included, in the orders the press uses.

"Phó Thủ tướng, Bộ trưởng Ngoại giao", "Trợ lý Tổng Thư ký Liên hợp quốc về các vấn đề chính trị", "Assistant Secretary-General for
Political Affairs", "Thái Lan's foreign minister". Whether a person follows is for the grammar of persons to say.
"""

import re
from collections.abc import Iterable

from msgspec import Struct

from comity.knowledge.folded import Folded, fold
from comity.knowledge.matcher import Match, Matcher
from comity.reading.found import Found, FoundNames, lies_in, skip_blanks, skip_blanks_back
from comity.reading.name_shapes import CAPITALS
from comity.reading.name_words import TitleWords
from comity.reading.title_units import TitleUnits
from comity.records import ActorId, ActorType

WORD = re.compile(r"[^\W_][\w.]*(?:[-'’](?!s\b)\w+)*")
BRACKET = re.compile(r" ?\([^()\n]{1,20}\)")
AREA_NAME = re.compile(rf"[{CAPITALS}]\w+(?: [{CAPITALS}][\w-]+)*")
CAPITAL_BEFORE = re.compile(rf"(?<![\w.])([{CAPITALS}][\w-]*)[ \n]$")
YEAR_BEFORE = re.compile(r"(?<!\w)(?:19|20)\d\d[ \n]$")
APART = (",", "-", "–", "—", "(")
MAX_TOPIC_WORDS = 12
MAX_PARTS = 8

POST = "post"
"""What stands for the office of a word that is no office's own: "the Peruvian | diplomat"."""
Served = tuple[ActorId, ActorType]


class Title(Struct, frozen=True):
    """A title at `start` to `end`; `office` is its key, `of` the body or state served. `topic_end` is where it ends if the words of a topic
    after it belong to it too ("về các vấn đề chính trị"), which only a name right after them shows; `inner` is where the office served
    begins ("trợ lý của | Tổng thống Nga"): a name behind it may be its holder's; `sitting` where the words for a session or year behind it
    begin ("Chủ tịch ASEAN | 2020")."""

    start: int
    end: int
    office: str
    of: ActorId | None
    of_type: ActorType | None
    head_start: int
    head_end: int
    topic_start: int | None = None
    inner: int | None = None
    sitting: int | None = None

    @property
    def office_end(self) -> int:
        """Where the words for the office end, those for its session or year left out."""
        return self.end if self.sitting is None else self.sitting

    @property
    def has_topic(self) -> bool:
        """Whether the words of a topic are part of it."""
        return self.topic_start is not None and self.end > self.topic_start


class TitleGrammar:
    """The titles of one language."""

    def __init__(self, words: TitleWords, beginnings: Iterable[str], surnames: Iterable[str]) -> None:
        self._words = words
        self._surnames = frozenset(surnames)
        self._common = frozenset(beginnings)
        offices = {name for names in words.offices.values() for name in names}
        self._heads: Matcher[str] = Matcher(
            [
                *((name, office) for office, names in words.offices.items() for name in names),
                *((name, POST) for post in words.posts for name in post.words if name not in offices),
            ]
        )
        self._offices = {fold(name): office for office, names in words.offices.items() for name in names}
        self._apart = frozenset(words.apart)
        self._not_before = tuple(map(fold, words.not_before))
        self._not_after = tuple(f" {fold(word)}" for word in words.not_after)
        self._before = _backwards(words.before)
        self._functions = _by_first_word(words.functions)
        self._joins = frozenset(f"{fold(word)} " for word in words.joins)
        self._links = tuple(f"{fold(link)} " for link in sorted(words.links, key=len, reverse=True))
        self._articles = tuple(f" {fold(word)} " for word in words.articles)
        self._areas = tuple(f"{fold(word)} " for word in sorted(words.areas, key=len, reverse=True))
        self._topics = tuple(f"{fold(word)} " for word in words.topics)
        self._stops = frozenset(map(fold, words.stops))
        self._bodies = TitleUnits(words)
        self._sitting, self._sitting_behind = re.compile(words.sitting), re.compile(words.sitting_behind)

    def heads(self, text: Folded) -> dict[int, int]:
        """Where the words of an office begin and end, whatever stands around them."""
        return {match.start: match.end for match in self._heads.find(text)}

    def find(self, text: Folded, names: FoundNames) -> list[Title]:
        """All titles in order, none overlapping another."""
        titles: list[Title] = []
        matches = self._heads.find(text)
        heads = {match.start: match.end for match in matches}
        beside = {match.start: match.end for match in matches if match.values[0] not in self._apart}
        for match in matches:
            if (titles and match.start < titles[-1].end) or lies_in(names.spans, match.start, match.start + 1):
                continue  # "Quốc Vương" of "Trung Quốc Vương Nghị"
            if text.folded.startswith(self._not_after, match.end):
                continue
            if text.folded[match.start : match.end] in self._before and skip_blanks(text.folded, match.end) in heads:
                continue  # "Chief" of "Chief National Security Advisor"
            others = beside if match.values[0] in self._apart else heads
            titles.append(self._around(text, match, names, others, titles[-1].end if titles else 0))
        return titles

    def _around(self, text: Folded, head: Match[str], names: FoundNames, heads: dict[int, int], floor: int) -> Title:
        start, before_of = self._start(text, head.start, names, floor)
        end, of = head.end, None
        topic: int | None = None
        inner: int | None = None
        for _ in range(MAX_PARTS):
            position = skip_blanks(text.folded, end)
            if position == end and not text.folded.startswith("(", end):
                break
            after = self._name_end(text, position, names, heads)
            if after is not None:
                end, served, inner_start = after
                of, inner = of or served, inner or inner_start
            elif function_end := self._function_end(text.folded, position):
                end = function_end
            elif area := self._area_end(text, position):
                end = area
            elif (bracket := BRACKET.match(text.text, end)) and _is_acronym(bracket.group()):
                end = bracket.end()
            else:
                topic = position if text.folded.startswith(self._topics, position) else None
                break
        of = of or before_of
        if (of is None or of[1] is not ActorType.STATE) and (
            parent := self._bodies.parent(text, head.values[0], end, names, has_body=of is not None and end > head.end)
        ):
            end, of = parent[0], of or (parent[1].actor, parent[1].type)
        sitting = (
            self._sitting_behind.match(text.folded, end) if of is not None and of[1] is not ActorType.STATE and topic is None else None
        )
        office_end, end = (end, sitting.end()) if sitting else (None, end)
        written = " ".join(text.folded[start : head.end].split())  # "Vice\n     President"
        if of is not None and self._words.names_before and (year := YEAR_BEFORE.search(text.folded, max(floor, start - 5), start)):
            start = year.start()  # "2018 Chair of ASEAN"
        office = self._offices.get(written, head.values[0])
        return Title(start, end, office, of[0] if of else None, of[1] if of else None, head.start, head.end, topic, inner, office_end)

    def _name_end(
        self, text: Folded, position: int, names: FoundNames, heads: dict[int, int]
    ) -> tuple[int, Served | None, int | None] | None:
        """Past a state's, body's or office's name with the word that links it: "của", "tại", "to" in "adviser to the President"; and where
        an office begins that stands right behind such a word."""
        if name := self._after_sitting(text, position, names):
            return name.end, (name.actor, name.type), None
        for link in self._links:
            if text.folded.startswith(link, position):
                after = skip_blanks(text.folded, position + len(link))
                if link not in self._joins and (name := self._after_sitting(text, after, names)):
                    head = skip_blanks(text.folded, name.end)
                    if self._words.names_before and head in heads:  # "spokesman for | UN Secretary-General"
                        return heads[head], (name.actor, name.type), after
                    return name.end, None if link.startswith(self._topics) else (name.actor, name.type), None
                if after in heads:
                    own = link in self._joins or text.folded.endswith(self._articles, 0, after)
                    return heads[after], None, None if own else after
                if function_end := self._function_end(text.folded, after):
                    further = skip_blanks(text.folded, function_end)
                    if name := names.at(further):
                        return name.end, (name.actor, name.type), None
        return None

    def _after_sitting(self, text: Folded, position: int, names: FoundNames) -> Found | None:
        """The name at a place, or behind the words for one of its sessions: "the | 73rd session of the | General Assembly"."""
        sitting = self._sitting.match(text.folded, position)
        return names.at(position) or (names.at(skip_blanks(text.folded, sitting.end())) if sitting else None)

    def explains(self, between: str) -> bool:
        """Whether what stands between a name and a title sets them in apposition: a mark, or one with an article ("Harry Roque, a")."""
        mark, _, rest = between.strip(" \n").partition(" ")
        return mark in APART and (not rest or f" {rest} " in self._articles)

    def office_in(self, text: Folded, start: int, end: int) -> str:
        """The kind of the office whose words stand between two places."""
        return self._heads.find(text, start, end)[0].values[0]

    def _area_end(self, text: Folded, position: int) -> int | None:
        """Past an area and its name: "thành phố Davao"; a family name begins a person's, else the last two of three do."""
        for area in self._areas:
            if text.folded.startswith(area, position) and (name := AREA_NAME.match(text.text, position + len(area))):
                words = name.group().split(" ")
                if len(words) < 3:
                    return name.end()
                person = next((i for i in range(1, len(words) - 1) if words[i] in self._surnames and len(words) - i <= 4), len(words) - 2)
                return name.start() + len(" ".join(words[:person]))
        return None

    def _function_end(self, folded: str, position: int) -> int | None:
        word = WORD.match(folded, position)
        if not word:
            return None
        for phrase in self._functions.get(word.group(), ()):
            end = position + len(phrase)
            if folded.startswith(phrase, position) and not folded[end : end + 1].isalnum():
                return end
        for link in self._links:
            if folded.startswith(link, position) and (word := WORD.match(folded, position + len(link))):
                for phrase in self._functions.get(word.group(), ()):
                    end = position + len(link) + len(phrase)
                    if folded.startswith(phrase, position + len(link)) and not folded[end : end + 1].isalnum():
                        return end
        return None

    def _start(self, text: Folded, start: int, names: FoundNames, floor: int) -> tuple[int, Served | None]:
        """Where the title begins: over "tân", "acting", and, where the language puts it there, the state or body served."""
        of = None
        while True:
            end = skip_blanks_back(text.folded, start)
            if end == start and end and text.folded[end - 1] != "-":
                return start, of
            if text.folded.endswith(self._not_before, floor, end):
                return start, of
            modifier = next(
                (
                    phrase
                    for phrase in self._before
                    if text.folded.endswith(phrase, floor, end) and _is_bounded(text.folded, end - len(phrase))
                ),
                None,
            )
            if modifier:
                start = end - len(modifier)
            elif self._words.names_before and (name := names.ending.get(end)) and name.start >= floor:
                start, of = name.start, of or (name.actor, name.type)
            elif (
                self._words.names_before
                and of is None
                and (name := names.ending.get(end - 2))
                and text.folded[end - 2 : end] == "'s"
                and name.start >= floor
            ):
                return name.start, (name.actor, name.type)
            elif (
                self._words.names_before
                and (word := CAPITAL_BEFORE.search(text.text, max(floor, start - 24), start))
                and self._may_precede(text, word, names)
            ):
                start = word.start(1)
            else:
                return start, of

    def _may_precede(self, text: Folded, word: re.Match[str], names: FoundNames) -> bool:
        """A capitalised word before an office's words belongs to them where it is no name or common word: "Growth Coordinator", not "THE
        PRESIDENT"."""
        written = word.group(1).capitalize() if text.text[word.end() : word.end() + 2].isupper() else word.group(1)
        return written not in self._common and not lies_in(names.spans, word.start(1), word.end(1)) and text.folded[word.start(1)] != " "

    def topic_end(self, text: Folded, title: Title, name_starts: "frozenset[int] | set[int]") -> int | None:
        """The end of the words of a topic after a title, where a name in `name_starts` follows them; None where none does."""
        if title.topic_start is None:
            return None
        position = title.topic_start
        if first := WORD.match(text.folded, position):
            position = skip_blanks(text.folded, first.end())
        for _ in range(MAX_TOPIC_WORDS):
            word = WORD.match(text.folded, position)
            if not word or word.group() in self._stops:
                return None
            position = skip_blanks(text.folded, word.end())
            if text.folded.startswith(("- ", "& "), position):
                position += 2
            if position in name_starts:
                return word.end()
        return None


def _backwards(phrases: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(map(fold, phrases), key=len, reverse=True))


def _by_first_word(phrases: tuple[str, ...]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for phrase in sorted(map(fold, phrases), key=len, reverse=True):
        word = WORD.match(phrase)
        if word:
            grouped.setdefault(word.group(), []).append(phrase)
    return grouped


def _is_bounded(folded: str, position: int) -> bool:
    return position == 0 or not folded[position - 1].isalnum()


def _is_acronym(bracket: str) -> bool:
    letters = bracket.strip(" ()")
    return letters.isupper() and letters.replace("-", "").isalnum()
