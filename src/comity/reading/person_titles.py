"""Joins names of persons to the titles and honorifics beside them, before the name and after it."""

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from comity.knowledge.folded import Folded, fold
from comity.knowledge.matcher import Match, Matcher
from comity.reading.found import Found, FoundNames, lies_in, skip_blanks, skip_blanks_back
from comity.reading.name_shapes import CAPITALS
from comity.reading.name_words import TitleWords
from comity.reading.titles import Title, TitleGrammar
from comity.records import ActorId, ActorType

APPOSITION = re.compile(r"(?:,| -| –| —| \()[ \n]")
ENDS_SENTENCE = "\n.?!–—"
DASH_BEFORE = re.compile(r"\w - [oO] - $")
CAPITAL_BEFORE = re.compile(rf"(?<!\w)[{CAPITALS}]\w* $")
MAX_STACKED = 4
LONGEST_FRONT = 24
LONGEST_CLAUSE = 250
"""Characters of the clause that a sentence begins with."""


class Person(Struct, frozen=True):
    """A person's name at `start` to `end`, with the titles beside it and whether an honorific tells "ông" from "bà"."""

    start: int
    end: int
    words: tuple[str, ...]
    titles: tuple[Title, ...] = ()
    gender: str | None = None
    outer_start: int = 0
    outer_end: int = 0
    state: ActorId | None = None


class Honorifics:
    """The honorifics of one language."""

    def __init__(self, words: TitleWords) -> None:
        groups = (("male", words.honorifics.male), ("female", words.honorifics.female), ("any", words.honorifics.any))
        self._matcher: Matcher[str] = Matcher((word, gender) for gender, group in groups for word in group)

    def find(self, text: Folded, names: FoundNames, titles: Sequence[Title]) -> list[Match[str]]:
        """The honorifics that are no part of a name."""
        found = self._matcher.find(text)
        ends = {title.end for title in titles} | {m.end for m in found}  # "H.E | Dr. Lund"
        return [m for m in found if not lies_in(names.spans, m.start, m.end) and not _is_in_name(text.text, m.start, ends)]


class PersonTitles:
    """What stands where in one text, and the titles beside a name there."""

    def __init__(
        self,
        words: TitleWords,
        grammar: TitleGrammar,
        text: Folded,
        names: FoundNames,
        titles: Sequence[Title],
        honorifics: Sequence[Match[str]],
        starts: set[int],
    ) -> None:
        self.text, self.names = text, names
        self._joins = (",", " -", *map(fold, words.joins))
        self._articles = tuple(f"{fold(word)} " for word in words.articles)
        self._apart = frozenset(words.apart)
        self._several = tuple(map(fold, words.several))
        self._retired = tuple(f" {fold(mark)}" for mark in words.retired)
        self._fronts = tuple(f"{fold(word)} " for word in words.fronts)
        self._receivers = tuple(f" {fold(word)} " for word in words.receivers)
        self._sources = tuple(f"{fold(word)} " for word in words.sources)
        self._of = tuple(f" {fold(word)} " for word in words.links if word.split()[0] == words.links[0])  # "of", "of the Philippines"
        self._possessives = tuple(f"{mark} " for mark in words.possessives)
        listing = "|".join(map(re.escape, words.listing))
        articles = "|".join(map(re.escape, words.articles))
        self._apart_after = re.compile(rf",(?! (?:{listing}) )|\.(?:\n|$| )" if listing else r",|\.(?:\n|$| )")
        # where an office tells of whom: "the Minister of Peru, Ana Tavares; senior officials", "..., and was held"
        self._listed_after = re.compile(rf";|, (?:{listing}) (?!(?:{articles}) )[a-z]" if listing else ";")
        self._honorific_ending = {m.end: m for m in honorifics}
        self._starting = {title.start: title for title in titles}
        self._ending = {title.end: title for title in titles}
        for title in titles:
            if (end := grammar.topic_end(text, title, starts)) is not None:
                self._ending.setdefault(end, replace(title, end=end))

    def before(self, start: int, end: int) -> Person:
        """The person named there, with honorific and titles before the name."""
        text = self.text.folded
        words = tuple(self.text.text[start:end].replace("\n", " ").replace("\xa0", " ").split())
        gender, outer, position = None, start, start
        honorific = self._honorific_ending.get(skip_blanks_back(text, position))
        if honorific:
            gender, outer = honorific.values[0], honorific.start
            position = outer
        while honorific and (stacked := self._honorific_ending.get(skip_blanks_back(text, position))):  # "H.E. | Dr. Lund"
            position = outer = stacked.start
        titles: list[Title] = []
        before = skip_blanks_back(text, position)
        mark = next((mark for mark in (",", " -") if text.endswith(mark, 0, before)), "") if honorific else ""
        before -= len(mark)
        while (title := self._ending.get(before)) and len(titles) < MAX_STACKED:
            if honorific and mark and self._is_of_several(title):
                break
            if titles and (self._apart.issuperset((title.office, titles[0].office)) or _of_two_states(title, titles[0])):
                break
            if titles and (self._is_anothers(title) or self._is_source(title, titles[0], end) or self._gets_letter(title, titles[0], end)):
                break
            if titles and self._is_met(title, titles[0], end):
                break
            titles.insert(0, title)
            outer = title.start
            before = skip_blanks_back(text, title.start)
            join = next((join for join in self._joins if text.endswith(join, 0, before)), None)
            if join is None or self.text.text[before - 1] == "—":
                break
            before = skip_blanks_back(text, before - len(join))
        if not titles and honorific is None and (apart := self._titles_apart(start, end)):
            titles, outer = apart, apart[0].start
        return Person(start, end, words, tuple(titles), gender, outer, end)

    def _is_of_several(self, title: Title) -> bool:
        """Whether it is an office of more than one: "the Foreign Ministers of Peru, | Mr Lund"."""
        return self.text.folded.startswith(self._several, title.head_start) if self._several else False

    def _is_anothers(self, title: Title) -> bool:
        """Whether a bare office of one holder stands with its article before another's title: "The President, | Secretary Tan and"."""
        bare = title.of is None and (title.start, title.end) == (title.head_start, title.head_end)
        return bare and title.office in self._apart and self.text.folded.endswith(self._articles, 0, title.start)

    def _is_source(self, title: Title, other: Title, end: int) -> bool:
        """Whether a title before a comma is of whoever tells what the one behind it does: "Theo Thứ trưởng, | nhà lãnh đạo Kim sẽ đi";
        not "Theo Thứ trưởng, Chủ tịch Ủy ban Lê Nam, ..."."""
        text = self.text.folded
        told = text.endswith(self._sources, 0, title.start) and text.startswith(",", title.end) and other.start > title.end
        return bool(self._sources) and told and text[skip_blanks(text, end) : skip_blanks(text, end) + 1].isalnum()

    def _gets_letter(self, title: Title, other: Title, end: int) -> bool:
        """Whether a title before a comma is of whoever gets a letter of the one behind it: "Trong thư gửi Chủ tịch, | Đại sứ Nam nói"."""
        text = self.text.folded
        written = text.endswith(self._receivers, 0, title.start) and text.startswith(",", title.end) and other.start > title.end
        return bool(self._receivers) and written and text[skip_blanks(text, end) : skip_blanks(text, end) + 1].isalnum()

    def _is_met(self, title: Title, other: Title, end: int) -> bool:
        """Whether a sentence begins with who is met, before its subject: "Tiếp | Chủ tịch Hạ viện Lào, | Bộ trưởng Nam đề nghị"."""
        text = self.text.folded
        before = text[max(0, title.start - LONGEST_FRONT) : title.start]
        begin = max(before.rfind(mark) for mark in (". ", "\n"))
        met = f"{before[begin + 1 :].strip()} " in self._fronts and (begin >= 0 or title.start < LONGEST_FRONT)
        told = text.startswith(",", title.end) and text[skip_blanks(text, end) : skip_blanks(text, end) + 1].isalnum()
        return met and told and title.of is not None and title.of != other.of

    def _titles_apart(self, start: int, end: int) -> list[Title]:
        """The title that a name between two commas explains, and the one that "and" joins to it: "its president, Ana Tavares, ...", "the
        Minister for Ports of Peru and Chair of the Forum, Ana Tavares"; not "after meeting the president, Biden said"."""
        text = self.text.folded
        title = self._ending.get(start - 2) if text.startswith(", ", start - 2) else None
        if title is None or self._is_of_several(title):
            return []
        before = skip_blanks_back(text, title.start)
        begins = not before or text[before - 1] in ENDS_SENTENCE
        told = self._apart_after.match(text, end) and (title.of or begins or text.endswith(self._articles, 0, title.start))
        if not (told or (title.of and self._listed_after.match(self.text.text, end))):
            return []
        join = next((join for join in self._joins[2:] if text.endswith(join, 0, before)), None)
        first = self._ending.get(skip_blanks_back(text, before - len(join))) if join else None
        joined = first is not None and not (self._is_of_several(first) or _of_two_states(first, title) or self._is_anothers(first))
        return [first, title] if first is not None and joined else [title]

    def after(self, persons: Sequence[Person]) -> list[Person]:
        """The persons with the titles that follow their names too: "ông X, người phát ngôn Bộ Ngoại giao", "President X of France"."""
        used = {title.start for person in persons for title in person.titles}
        result = []
        for person in persons:
            titles, end = list(person.titles), person.end
            end += next((len(mark) for mark in self._retired if self.text.folded.startswith(mark, end)), 0)
            state = None
            for word in self._of:
                if self.text.folded.startswith(word, end) and (
                    name := self.names.starting.get(skip_blanks(self.text.folded, end + len(word)))
                ):
                    state, end = name.actor, name.end
            if state is None and (name := self.state_in_brackets(end)):
                state, end = name.actor, name.end + 1
            while (title := self.title_after(end)) and title.start not in used:
                if titles and (_of_two_states(title, titles[0]) or self._is_twin(title, titles)):
                    break  # "với lãnh đạo Triều Tiên Kim Jong-un, | Tổng thống Mỹ nói"
                used.add(title.start)
                titles.append(title)
                end = title.end
            result.append(Person(person.start, person.end, person.words, tuple(titles), person.gender, person.outer_start, end, state))
        return result

    def _is_twin(self, title: Title, titles: Sequence[Title]) -> bool:
        """Whether it is an office that nobody holds for two bodies: "Tổng Thư ký Liên hợp quốc Nam, | Tổng Thư ký ASEAN và các nước"."""
        same = [one for one in titles if one.office == title.office and one.office in self._apart]
        return title.of is not None and any(one.of not in (None, title.of) for one in same)

    def state_in_brackets(self, end: int) -> Found | None:
        """The state or body in brackets right after a name: "VASSILY NEBENZIA (Russian Federation) said"."""
        name = self.names.starting.get(end + 2) if self.text.folded.startswith(" (", end) else None
        return name if name and self.text.folded.startswith(")", name.end) else None

    def title_after(self, end: int) -> Title | None:
        """The title that stands in apposition to a name that ends there."""
        mark = APPOSITION.match(self.text.text, end)
        title = self._title_at(mark.end()) if mark else None
        return None if title is None or self._is_subject(end, title) or self._is_of_several(title) else title

    def _is_subject(self, end: int, title: Title) -> bool:
        """Whether a title behind the clause that a sentence begins with is whose verb follows, not of the one whom that clause ends with:
        "Khi Nga phủ nhận vụ ông Nam, | ngoại trưởng Mỹ | nói"."""
        text = self.text.folded
        if not text[skip_blanks(text, title.end) : skip_blanks(text, title.end) + 1].isalnum():
            return False
        begin = max(text.rfind(mark, max(0, end - LONGEST_CLAUSE), end) for mark in (". ", "\n", "? ", "! "))
        clause = text[begin + 1 : end].lstrip() if begin >= 0 or end < LONGEST_CLAUSE else ""
        return clause.startswith(self._fronts) and "," not in clause

    def _title_at(self, position: int) -> Title | None:
        """The title that begins there, an article before it or not.

        A bare one only where a mark follows: "Biden, the Vice President noted" has none.
        """
        text = self.text.folded
        position = skip_blanks(text, position)
        for article in ("", *self._articles):
            if text.startswith(article, position) and (title := self._own(self._starting.get(position + len(article)))):
                closed = (
                    (not article and title.office not in self._apart)
                    or title.of
                    or title.end > title.head_end
                    or not text[skip_blanks(text, title.end) : skip_blanks(text, title.end) + 1].isalnum()
                )
                return title if closed else None
        return None

    def _own(self, title: Title | None) -> Title | None:
        """The title itself, or the one that belongs to its holder: "Ana Silva, the President's | envoy"."""
        if title is not None and title.end == title.head_end and self.text.folded.startswith(self._possessives, title.end):
            return self._starting.get(skip_blanks(self.text.folded, title.end + 2))
        return title


def _of_two_states(one: Title, other: Title) -> bool:
    """Whether nobody holds both: "Theo Đại sứ Nga, | Ngoại trưởng Anh Hunt"."""
    return one.of != other.of and one.of_type is ActorType.STATE and other.of_type is ActorType.STATE


def _is_in_name(text: str, start: int, title_ends: set[int]) -> bool:
    """Whether an honorific's word is part of a name: "Lê Hồng Anh", "Chan - o - cha"; not after a title ("Advisor Dr. Holt")."""
    if text[start - 1 : start] == "-" or (DASH_BEFORE.search(text, max(0, start - 8), start)):
        return True
    return text[start].isupper() and start - 1 not in title_ends and CAPITAL_BEFORE.search(text, max(0, start - 12), start) is not None
