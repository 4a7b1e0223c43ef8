"""Finds persons: names after a title or honorific, names whose shape only persons have, and short forms of names found elsewhere.

"Đại sứ Đặng Đình Quý - Trưởng Phái đoàn ..." gives one person with two titles; a later "ông Quý" is found by the name's last word.
No person out of streets, ships, newspapers or typhoons: the word before such a name tells.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from msgspec import Struct

from comity.knowledge.folded import Folded, fold
from comity.knowledge.matcher import Match, Matcher
from comity.reading.found import FoundNames, lies_in, skip_blanks, skip_blanks_back
from comity.reading.name_shapes import CAPITALS, NameShapes, pieces
from comity.reading.name_words import NameWords, TitleWords
from comity.reading.titles import Title, TitleGrammar
from comity.records import ActorId, Span

APPOSITION = re.compile(r"(?:,| -| –| —| \()[ \n]")
CAPITAL_BEFORE = re.compile(rf"(?<!\w)[{CAPITALS}]\w* $")
ACRONYM_BEFORE = re.compile(rf"[{CAPITALS}]{{2,}} (?=[{CAPITALS}][^{CAPITALS}])")
HALF_WORD = re.compile(rf"[{CAPITALS}][^\W\d_fjwz]{{0,5}} [^\W\d_]")
SMALL_WORD = re.compile(r"(?<!\w)[a-zà-ỹđ]\w*")
MAX_SURNAME_FIRST = 5


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


class PersonGrammar:
    """The persons of one language."""

    def __init__(
        self, words: NameWords, titles: TitleWords, body_heads: Iterable[str], grammar: TitleGrammar, known_persons: Iterable[str]
    ) -> None:
        self._titles = grammar
        self._shapes = NameShapes(words)
        self._surnames, self._given = frozenset(words.surnames), frozenset(words.given_names)
        self._first_surnames = self._surnames | frozenset(words.romanised_surnames)
        self._generic = frozenset(titles.generic)
        honorifics = titles.honorifics
        self._honorifics: Matcher[str] = Matcher(
            (word, gender)
            for gender, group in (("male", honorifics.male), ("female", honorifics.female), ("any", honorifics.any))
            for word in group
        )
        self._not_names = Matcher((name, True) for name in (*words.not_names, *words.beginnings, *body_heads))
        self._beginnings = frozenset(words.beginnings)
        self._no_person_after = tuple(f"{fold(word)} " for word in words.not_persons_after)
        self._credits = tuple(fold(word) for word in words.credits)
        self._known = frozenset(known_persons)
        self._articles = tuple(f"{fold(word)} " for word in titles.articles)
        self._joins = tuple(fold(word) for word in titles.joins)
        self._of = tuple(f" {fold(word)} " for word in titles.links[:1])

    def find(
        self, text: Folded, sentences: Sequence[Span], names: FoundNames, titles: Sequence[Title]
    ) -> tuple[list[Person], list[Person]]:
        """All persons in order, and the capitalised runs that may name a person or something else."""
        title_ends = {title.end for title in titles}
        honorifics = [
            m
            for m in self._honorifics.find(text)
            if not lies_in(names.spans, m.start, m.end) and not _is_in_name(text.text, m.start, title_ends)
        ]
        blocked = sorted(
            [Span(n.start, n.end) for n in names.all] + [Span(t.start, t.end) for t in titles] + [Span(m.start, m.end) for m in honorifics],
        )
        candidates = self._candidates(text, sentences, blocked)
        candidates = self._without_headline_words(text, sentences, candidates)
        context = _Context(text, names, titles, honorifics, {start for start, _ in candidates}, self._titles)
        found = [self._with_titles(context, start, end) for start, end in candidates]
        sure = [person for person in found if self._is_person(text, person)]
        persons = self._and_short_forms(text, found, sure)
        accepted = {person.start for person in persons}
        unknown = [
            person
            for person in found
            if person.start not in accepted and not self._is_credit(text.folded, person.start) and not self._is_alone(text.text, person)
        ]
        return self._with_appositions(context, persons), unknown

    def _candidates(self, text: Folded, sentences: Sequence[Span], blocked: list[Span]) -> list[tuple[int, int]]:
        starts = [span.start for span in blocked]
        place_names = {match.start: match.end for match in sorted(self._not_names.find_all(text), key=lambda m: m.end)}
        result: list[tuple[int, int]] = []
        for sentence in sentences:
            for start, end in self._shapes.runs(text.text, sentence.start, sentence.end):
                if text.folded[start] == " ":
                    continue
                low = max(0, bisect_left(starts, start) - 1)
                inner = [span for span in blocked[low : bisect_right(starts, end)] if span.end > start and span.start < end]
                for piece in pieces(start, end, inner, text.text) if inner else ((start, end),):
                    result += self._without_common_words(text, piece, place_names, sentence.start)
        return result

    def _without_common_words(
        self, text: Folded, piece: tuple[int, int], places: dict[int, int], sentence_start: int
    ) -> list[tuple[int, int]]:
        """The piece without a place's name, or a common word that begins the sentence, before it; nothing where it is an acronym."""
        start, end = piece
        if places.get(start, end) > end:  # "Cơ" of "Cơ quan"
            return []
        while (
            (after := places.get(start))
            and after <= end
            and (text.text[start:after] not in self._beginnings or after == end or not text.text[sentence_start:start].strip("\"'“‘(-– "))
        ):
            start = skip_blanks(text.folded, after)
            if start >= end:
                return []
        if first := ACRONYM_BEFORE.match(text.text, start, end):
            start = first.end()
        return [(start, end)] if start < end else []

    def _without_headline_words(self, text: Folded, sentences: Sequence[Span], candidates: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """In a headline that writes every word with a capital, only as much of a name as the text repeats: "Biden" of "Biden Announces"."""
        if not sentences or not _has_title_case(text.text[sentences[0].start : sentences[0].end]):
            return candidates
        below = {text.text[start:end] for start, end in candidates if start >= sentences[0].end}
        below |= {part for words in map(str.split, below) for part in (words[-1], " ".join(words[-2:]))}
        return [(start, _repeated_end(text.text, start, end, below) if start < sentences[0].end else end) for start, end in candidates]

    def _with_titles(self, context: "_Context", start: int, end: int) -> Person:
        text = context.text.folded
        words = tuple(context.text.text[start:end].replace("\n", " ").replace("\xa0", " ").split())
        gender, outer, position = None, start, start
        honorific = context.honorific_ending.get(skip_blanks_back(text, position))
        if honorific:
            gender, outer = honorific.values[0], honorific.start
            position = outer
        titles: list[Title] = []
        before = skip_blanks_back(text, position)
        if honorific and text[before - 1 : before] == ",":
            before -= 1
        while (title := context.title_ending.get(before)) and len(titles) < 4:
            titles.insert(0, title)
            outer = title.start
            before = skip_blanks_back(text, title.start)
            join = next((join for join in (",", " -", *self._joins) if text.endswith(join, 0, before)), None)
            if join is None or context.text.text[before - 1] == "—":
                break
            before = skip_blanks_back(text, before - len(join))
        return Person(start, end, words, tuple(titles), gender, outer, end)

    def _is_person(self, text: Folded, person: Person) -> bool:
        """By title or honorific, by being known, or by shape."""
        if self._is_credit(text.folded, person.start):
            return False
        if len(person.words) == 1 and len(person.words[0]) > 1 and person.words[0].isupper():
            return False
        if text.text[person.end : person.end + 1] in "-‑" and len(person.words) == 1:  # "Major Non-NATO Ally"
            return False
        if person.titles or person.gender:
            if (
                len(person.words) == 1
                and not person.gender
                and all(title.office in self._generic and text.text[title.head_start].islower() for title in person.titles)
            ):
                return False
            return (
                any(word[0].isupper() and not (len(word) > 1 and word.isupper() and "." not in word) for word in person.words)
                or len(person.words) > 1
            )
        before = text.folded[max(0, person.start - 24) : person.start].replace("\n", " ")
        if before.endswith(self._no_person_after) and any(
            before == w or before.endswith((f" {w}", f"({w}", f'"{w}')) for w in self._no_person_after
        ):
            return False
        if self._is_alone(text.text, person):
            return False
        if " ".join(person.words) in self._known:
            return True
        first, count = person.words[0], len(person.words)
        if count > 1 and first in self._given:
            return all(word[0].isupper() or not word[0].isalpha() for word in person.words[1:]) or count < MAX_SURNAME_FIRST
        return first in self._surnames and 3 <= count <= MAX_SURNAME_FIRST - 1

    def _is_credit(self, folded: str, start: int) -> bool:
        before = folded[max(0, start - 14) : start].rstrip(" ")
        return before.endswith(self._credits)

    def _is_alone(self, text: str, person: Person) -> bool:
        """A name that is a line of its own signs the text."""
        line_start, line_end = text.rfind("\n", 0, person.start) + 1, text.find("\n", person.end)
        rest = text[line_start : person.start] + text[person.end : line_end if line_end >= 0 else len(text)]
        return not re.sub(r"\(.*?\)|[\W\d_]", "", rest)

    def _and_short_forms(self, text: Folded, found: list[Person], sure: list[Person]) -> list[Person]:
        """The sure ones, and those whose words are part of a sure one's name and no word that the text also writes small."""
        accepted = {(person.start, person.end) for person in sure}
        small_words = set(SMALL_WORD.findall(text.text))
        long_forms = [person.words for person in sure]
        tails = {words[-1] for words in long_forms} | {
            words[0] for words in long_forms if words[0] in self._first_surnames or len(words) == 1
        }
        syllables = {words[-1] for words in long_forms if words[0] in self._surnames}
        runs = {words[i:] for words in long_forms for i in range(1, len(words))} | set(long_forms)
        for person in found:
            if (person.start, person.end) in accepted or self._is_credit(text.folded, person.start) or self._is_alone(text.text, person):
                continue
            is_short = person.words in runs or (len(person.words) == 1 and person.words[0] in tails)
            is_half = (
                person.words[0] in syllables
                and text.text[person.start - 2 : person.start - 1] in ".\n"
                and HALF_WORD.match(text.text, person.start)
            )
            if is_short and not (len(person.words) == 1 and (is_half or person.words[0].lower() in small_words)):
                accepted.add((person.start, person.end))
        return [person for person in found if (person.start, person.end) in accepted]

    def _with_appositions(self, context: "_Context", persons: list[Person]) -> list[Person]:
        """Titles that follow a name: "ông X, người phát ngôn Bộ Ngoại giao", "X, the ambassador to Israel", "President X of France"."""
        used = {title.start for person in persons for title in person.titles}
        result = []
        for person in persons:
            titles, end = list(person.titles), person.end
            state = None
            for word in self._of:
                if context.text.folded.startswith(word, end) and (
                    name := context.names.starting.get(skip_blanks(context.text.folded, end + len(word)))
                ):
                    state, end = name.actor, name.end
            while (
                (mark := APPOSITION.match(context.text.text, end))
                and (title := self._title_at(context, mark.end()))
                and title.start not in used
            ):
                used.add(title.start)
                titles.append(title)
                end = title.end
            result.append(Person(person.start, person.end, person.words, tuple(titles), person.gender, person.outer_start, end, state))
        return result

    def _title_at(self, context: "_Context", position: int) -> Title | None:
        """The title that begins there, an article before it or not; a bare one only where a mark follows ("X, the Vice President noted" has none)."""
        text = context.text.folded
        position = skip_blanks(text, position)
        for article in ("", *self._articles):
            if text.startswith(article, position) and (title := context.title_starting.get(position + len(article))):
                closed = (
                    not article
                    or title.of
                    or title.end > title.head_end
                    or not text[skip_blanks(text, title.end) : skip_blanks(text, title.end) + 1].isalnum()
                )
                return title if closed else None
        return None


class _Context:
    """What stands where in one text."""

    def __init__(
        self,
        text: Folded,
        names: FoundNames,
        titles: Sequence[Title],
        honorifics: Sequence[Match[str]],
        starts: set[int],
        grammar: TitleGrammar,
    ) -> None:
        self.text, self.names = text, names
        self.honorific_ending = {m.end: m for m in honorifics}
        self.title_starting = {title.start: title for title in titles}
        self.title_ending = {title.end: title for title in titles}
        for title in titles:
            if (end := grammar.topic_end(text, title, starts)) is not None:
                self.title_ending.setdefault(end, title)


def _is_in_name(text: str, start: int, title_ends: set[int]) -> bool:
    """Whether an honorific's word is part of a name: "Lê Hồng Anh", "Chan-o-cha"; not after a title ("Advisor Dr. Holt")."""
    if text[start - 1 : start] == "-":
        return True
    return text[start].isupper() and start - 1 not in title_ends and CAPITAL_BEFORE.search(text, max(0, start - 12), start) is not None


def _has_title_case(headline: str) -> bool:
    words = [word for word in headline.split() if word[0].isalpha() and len(word) > 3]
    return len(words) > 2 and sum(word[0].isupper() for word in words) > 0.8 * len(words)


def _repeated_end(text: str, start: int, end: int, below: set[str]) -> int:
    """The end of the longest beginning of a name that stands in `below`; `end` where none does."""
    cut = end
    while text[start:cut] not in below:
        cut = text.rfind(" ", start, cut)
        if cut < 0:
            return end
    return cut
