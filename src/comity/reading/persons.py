"""Finds persons: names after a title or honorific, names whose shape only persons have, and short forms of names found elsewhere.

"Đại sứ Đặng Đình Quý - Trưởng Phái đoàn ..." gives one person with two titles; a later "ông Quý" is found by the name's last word.
No person out of streets, ships, newspapers or typhoons: the word before such a name tells.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from comity.knowledge.folded import Folded, fold
from comity.reading.found import FoundNames
from comity.reading.ids import kebab
from comity.reading.name_shapes import CAPITALS
from comity.reading.name_words import BodyWords, NameWords, TitleWords
from comity.reading.person_candidates import PersonCandidates
from comity.reading.person_titles import Honorifics, Person, PersonTitles
from comity.reading.person_witness import PersonWitness
from comity.reading.titles import Title, TitleGrammar
from comity.records import Span

HALF_WORD = re.compile(rf"[{CAPITALS}][^\W\d_fjwz]{{0,5}} [^\W\d_]")
SMALL_WORD = re.compile(r"(?<!\w)[a-zà-ỹđ]\w*")
MAX_SURNAME_FIRST = 5
SECOND_HALF = re.compile(rf" - ([{CAPITALS}][^\W\d_]+)(?= [^\W\d_]|[,.;:\"”]| -)(?! [{CAPITALS}])")
TRANSCRIBED = re.compile(rf" - [^\W\d_A-Z]{{1,4}} (?:- |[{CAPITALS}])")
"""What follows the first syllable of a foreign word written in syllables: "Pa - pua Niu Ghi - nê"."""
RANKS = ("officer", "leader")
"""Titles that are adjectives too ("major", "general", "leader")."""
LONGEST_SIGNATURE = 60
LONGEST_LIST = 400


class PersonGrammar:
    """The persons of one language."""

    def __init__(
        self,
        words: NameWords,
        titles: TitleWords,
        bodies: BodyWords,
        grammar: TitleGrammar,
        known_persons: Iterable[str],
        places: Iterable[str],
    ) -> None:
        self._titles, self._title_words = grammar, titles
        self._candidates = PersonCandidates(words, (*bodies.heads, *places))
        self._honorifics = Honorifics(titles)
        self._witness = PersonWitness(words)
        self._surnames, self._given = frozenset(words.surnames), frozenset(words.given_names)
        self._romanised = frozenset(words.romanised_surnames)
        self._second_half = re.compile(rf" - ({words.second_half})\b" if words.second_half else r"(?!)")
        self._first_surnames = self._surnames | frozenset(words.romanised_surnames)
        self._generic = frozenset(titles.generic)
        self._place_before = tuple(f"{fold(word)} " for word in words.place_before)
        streets = "|".join(re.escape(fold(word)) for word in words.streets)
        self._streets = re.compile(rf"(?<!\w)(?:{streets})(?!\w)") if streets else None
        institutions = "|".join(re.escape(word) for word in words.institutions)
        self._named_after = re.compile(rf"(?<!\w)(?i:{institutions})((?: \w+){{1,8}}) $") if institutions else None
        self._stops = frozenset(map(fold, titles.stops))
        self._things = _list_of(words.things, words.list_join)
        things = "|".join(re.escape(fold(thing)) for thing in words.things)
        self._thing_before = re.compile(rf"(?<!\w)(?:{things})((?: [^\W\d_]+){{0,4}}) $") if things else None
        self._meetings = tuple(f"{fold(word)} " for word in words.not_titles_after)
        self._paired = frozenset(words.paired_states)
        self._syllable = re.compile(bodies.syllable) if bodies.syllable else None
        self._no_person_after = tuple(f"{fold(word)} " for word in words.not_persons_after)
        self._credits = tuple(fold(word) for word in words.credits)
        self._known = frozenset(known_persons)
        self._longest_known = max((len(name.split()) for name in self._known), default=0)
        self._last_names = frozenset(name.split(" ")[-1] for name in self._known)
        self._small_honorifics = not titles.names_before
        self._functions = tuple(f"{fold(words)} " for words in titles.functions if " " in words)

    def find(self, text: Folded, sentences: Sequence[Span], names: FoundNames, titles: Sequence[Title]) -> list[Person]:
        """All persons in order."""
        honorifics = self._honorifics.find(text, names, titles)
        known = [(name.start, name.end) for name in names.all] + [(title.start, title.end) for title in titles]
        blocked = sorted(Span(start, end) for start, end in (*known, *((match.start, match.end) for match in honorifics)))
        candidates = [one for start, end in self._candidates.find(text, sentences, blocked) for one in self._apart(text.text, start, end)]
        beside = PersonTitles(self._title_words, self._titles, text, names, titles, honorifics, {start for start, _ in candidates})
        found = [beside.before(start, end) for start, end in candidates]
        sure = [p for p in found if self._is_person(text, p) or (_is_as_in_records(p) and beside.state_in_brackets(p.end))]
        sure = [person for person in sure if not self._is_state(person, sure)]
        used = {title.start for person in sure for title in person.titles}
        sure += [person for person in found if self._is_introduced(text, person, beside, used)]
        return beside.after(self._with_second_halves(text, names, self._and_short_forms(text, found, sure)))

    def _apart(self, text: str, start: int, end: int) -> list[tuple[int, int]]:
        """Two names side by side, where the first is known: "người phát ngôn của Tổng thống Barack Obama John Kirby"; or a state's short
        name before a foreign one: "cảnh sát Thái Krisana Pattanacharoen"."""
        words = [(start + word.start(), start + word.end()) for word in re.finditer(r"\S+", text[start:end])]
        if len(words) > 2 and self._is_strange_state(*(text[slice(*word)] for word in words[:2])):
            return [(words[1][0], end)]
        for size in range(2, min(len(words) - 1, self._longest_known + 1)):
            if text[slice(*words[size])] in self._given and " ".join(text[start : words[size - 1][1]].split()) in self._known:
                return [(start, words[size - 1][1]), (words[size][0], end)]
        return [(start, end)]

    def _is_strange_state(self, first: str, second: str) -> bool:
        """Whether a family name of the own language that is a state's short name too stands before a word of other letters."""
        return (
            first in self._paired and first in self._surnames and self._syllable is not None and not self._syllable.fullmatch(fold(second))
        )

    def _is_person(self, text: Folded, person: Person) -> bool:
        """By title or honorific, by being known, or by shape."""
        if self._is_credit(text.folded, person.start):
            return False
        if len(person.words) == 1 and len(person.words[0]) > 1 and person.words[0].isupper():
            return _is_label(text.text, person)
        if _is_parted_acronym(person):
            return False
        if text.text[person.end : person.end + 1] in "-‑" and len(person.words) == 1:  # "Major Non-NATO Ally"
            return False
        if len(person.words) == 1 and self._small_honorifics and TRANSCRIBED.match(text.text, person.end):  # "Va - nu - a - tu"
            return False
        if self._is_ship(text, person):
            return False
        if person.titles or person.gender:
            if not person.titles and self._is_alone(text.text, person):
                return False
            return self._may_be_name(person) if len(person.words) > 1 else self._is_called(text, person)
        if self._follows_thing(text, person) or self._is_alone(text.text, person) or self._is_in_street_list(text, person.start):
            return False
        looks = self._looks_like_one(person) or self._witness.attests(text, person)
        return looks and not self._is_in_list_of_things(text.text, person)

    def _is_ship(self, text: Folded, person: Person) -> bool:
        """Whether a ship is called after an officer: "tàu sân bay duy nhất Đô đốc Kuznetsov"."""
        if not self._thing_before or not any(title.office == "officer" for title in person.titles):
            return False
        thing = self._thing_before.search(text.folded, max(0, person.outer_start - LONGEST_SIGNATURE), person.outer_start)
        return thing is not None and self._stops.isdisjoint(thing.group(1).split())

    def _is_state(self, person: Person, persons: Sequence[Person]) -> bool:
        """Whether a title's single word is a state's short name, which no fuller name of the text holds: "Vua Thái"."""
        if len(person.words) > 1 or person.gender is not None or person.words[0] not in self._paired:
            return False
        return not any(person.words[0] in (one.words[0], one.words[-1]) for one in persons if len(one.words) > 1)

    def _is_introduced(self, text: Folded, person: Person, beside: PersonTitles, used: set[int]) -> bool:
        """By a title of several words right after a name of several: "Kyung-Wha Kang, Assistant Secretary-General for ..."."""
        if len(person.words) < 2 or person.titles or person.gender or self._follows_thing(text, person):
            return False
        title = beside.title_after(person.end)
        before = text.folded[max(0, person.start - 14) : person.start]
        has_more = title is not None and (title.end > title.head_end or title.start < title.head_start)  # no bare "leader"
        free = title is not None and (title.start not in used or title.inner is not None)  # "Ana Tavares, adviser to President Holm"
        return free and has_more and not before.endswith(self._place_before)

    def _is_called(self, text: Folded, person: Person) -> bool:
        """A single word after a title: not after a small one that many hold ("chuyên gia Việt Nam"), not half a word ("Kỹ sư Hóa học")."""
        if person.gender is None and (len(person.words[0]) == 1 or any(title.has_topic for title in person.titles)):
            return False  # "về việc mở sứ quán ở Jerusalem", "Chủ tịch UBND H. Đức Huệ"
        if person.gender is None and text.folded.endswith(self._meetings, 0, person.outer_start):
            return False  # "Hội nghị Ngoại trưởng Vancouver"
        if person.gender is not None and not person.titles and self._small_honorifics:
            capital = text.text[person.outer_start].isupper()
            if capital and (_names_a_thing(text.text, person) or self._is_in_street_list(text, person.outer_start)):
                return False
        if not self._small_honorifics and any(title.office in RANKS for title in person.titles):
            word = person.words[0].lower()  # "Major Hurricane" where the text also writes "hurricane"
            if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text.text):
                return False
        shouted = len(person.words[0]) > 1 and person.words[0].isupper()
        many_hold = all(title.office in self._generic and text.text[title.head_start].islower() for title in person.titles)
        half = not person.words[0].isascii() and HALF_WORD.match(text.text, person.start) and person.words[0] not in self._surnames
        half = half or text.folded.startswith(self._functions, person.start)
        return not shouted and (person.gender is not None or not (many_hold or half))

    def _may_be_name(self, person: Person) -> bool:
        """Words in the language's own letters begin with a family name after a title: not so "Ủy viên Không Thường trực"."""
        own = all(self._syllable and self._syllable.fullmatch(fold(word)) for word in person.words)
        return not own or person.gender is not None or all(word.isascii() for word in person.words) or person.words[0] in self._surnames

    def _follows_thing(self, text: Folded, person: Person) -> bool:
        """Whether the word before makes the name that of a street, ship, newspaper ..."""
        before = text.folded[max(0, person.start - 24) : person.start].replace("\n", " ").removesuffix('"')
        ends = before.endswith(self._no_person_after)
        if (
            self._named_after
            and (institution := self._named_after.search(text.text, max(0, person.start - LONGEST_SIGNATURE), person.start))
            and self._stops.isdisjoint(fold(institution.group(1)).split())
        ):  # "trung tâm nghiên cứu Trung Quốc John L. Thornton"
            return person.words[0] not in self._surnames
        return ends and any(before == w or before.endswith((f" {w}", f"({w}", f'"{w}')) for w in self._no_person_after)

    def _is_in_street_list(self, text: Folded, start: int) -> bool:
        """Whether a name goes on a list of streets: "các tuyến phố: Ngô Quyền, Lý Thái Tổ, ..."."""
        if not self._streets or text.folded[start - 2 : start] not in (", ", "- ", "– "):
            return False
        before = text.folded[max(0, start - LONGEST_LIST) : start]
        return self._streets.search(before, max(before.rfind(mark) for mark in (". ", "; ", "\n")) + 1) is not None

    def _is_in_list_of_things(self, text: str, person: Person) -> bool:
        """Whether a name goes on a list of ships, storms ...: "hai tàu khảo sát Dong Fang 3 và Zhang Jian"."""
        if not self._things or " ".join(person.words) in self._known:
            return False
        return self._things.search(text[max(0, person.start - LONGEST_LIST) : person.start]) is not None

    def _looks_like_one(self, person: Person) -> bool:
        """By being known, by a given name and another, or by a family name and two more."""
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
        """A name that is a line of its own, but for what brackets hold, signs the text."""
        before = text[max(0, person.outer_start - LONGEST_SIGNATURE) : person.outer_start].rpartition("\n")[2]
        after = text[person.end : person.end + LONGEST_SIGNATURE].partition("\n")[0]
        return max(len(before), len(after)) < LONGEST_SIGNATURE and not re.sub(r"\(.*?\)|[\W\d_]", "", before + after)

    def _and_short_forms(self, text: Folded, found: list[Person], sure: list[Person]) -> list[Person]:
        """The sure ones, and those whose words are part of a sure one's name and no word that the text also writes small."""
        accepted = {(person.start, person.end) for person in sure}
        small_words = set(SMALL_WORD.findall(text.text))
        long_forms = [person.words for person in sure]
        tails = {words[-1] for words in long_forms} | {
            words[0] for words in long_forms if words[0] in self._first_surnames or len(words) == 1
        }
        plain = {kebab(word) for word in tails if not word.isascii()}
        syllables = {words[-1] for words in long_forms if words[0] in self._surnames}
        parts = _own_parts(long_forms)
        runs = {words[i:] for words in long_forms for i in range(1, len(words))} | set(long_forms)
        for person in found:
            if (person.start, person.end) in accepted or self._is_credit(text.folded, person.start) or self._is_alone(text.text, person):
                continue
            if len(person.words) == 1 and "&" in (
                text.text[person.start - 2 : person.start - 1],
                text.text[person.end + 1 : person.end + 2],
            ):
                continue  # the shop "In & Out"
            is_short = person.words in runs or (len(person.words) == 1 and person.words[0] in tails)
            is_short = is_short or (len(person.words) == 1 and person.words[0].lower() in plain)  # "Huong" of "Tôn Thị Ngọc Hương"
            is_short = is_short or (person.words[0] in parts and self._witness.attests_short(text, person))
            is_half = (
                self._small_honorifics
                and person.words[0] in syllables
                and text.text[person.start - 2 : person.start - 1] in ".\n"
                and HALF_WORD.match(text.text, person.start)
            )
            if is_short and not (len(person.words) == 1 and (is_half or person.words[0].lower() in small_words)):
                accepted.add((person.start, person.end))
        return [person for person in found if (person.start, person.end) in accepted]

    def _with_second_halves(self, text: Folded, names: FoundNames, persons: list[Person]) -> list[Person]:
        """Halves after a spaced dash belong to the name: "Ameenah Gurib - Fakim", "Jeong Kyeong - doo"; not "Trump - Putin"."""
        if not self._syllable:
            return persons
        others = {word for person in persons for word in (person.words[0], person.words[-1])} | self._last_names | self._given
        result = []
        for person in persons:
            half = SECOND_HALF.match(text.text, person.end)
            if len(person.words) == 2 and person.words[0] in self._romanised and (korean := self._second_half.match(text.text, person.end)):
                words: tuple[str, ...] = (person.words[0], f"{person.words[1]}-{korean.group(1)}")
                person = replace(person, end=korean.end(), outer_end=korean.end(), words=words)
            elif half and half.group(1) not in others and not self._syllable.fullmatch(fold(half.group(1))) and not names.at(half.start(1)):
                words = (*person.words[:-1], f"{person.words[-1]}-{half.group(1)}")
                person = replace(person, end=half.end(), outer_end=half.end(), words=words)
            result.append(person)
        return result


def _list_of(things: Sequence[str], conjunction: str) -> re.Pattern[str] | None:
    """A list of names of several words, begun by a sort of thing, up to where the next name stands."""
    name = rf" [{CAPITALS}][\w-]*(?: (?:[{CAPITALS}]|\d)[\w-]*)+"
    sorts = "|".join(re.escape(thing) for thing in things)
    return re.compile(rf"(?<!\w)(?:{sorts})(?: [^\W\d]\w*){{0,6}}?{name}(?:,{name})*(?:,| {conjunction}) $") if things else None


def _own_parts(names: Sequence[tuple[str, ...]]) -> frozenset[str]:
    """The words before the last that one name only of a text has: "Siti" of "Siti Nurbaya Bakar", "Faki" of "Moussa Faki Mahamat"."""
    holders = Counter(word for words in set(names) for word in set(words[:-1]) if len(words) > 1)
    return frozenset(word for word, count in holders.items() if count == 1 and len(word) > 2)


def _is_as_in_records(person: Person) -> bool:
    """Whether a name is written as the United Nations' records write speakers': "VASSILY NEBENZIA", "Ms. OUEDRAOGO"."""
    return (len(person.words) > 1 or person.gender is not None) and all(word.isupper() and len(word) > 1 for word in person.words)


def _is_label(text: str, person: Person) -> bool:
    """Whether it is a turn's label in a transcript: "PRESIDENT SILVA: Thank you"."""
    begins = not text[max(0, person.outer_start - LONGEST_SIGNATURE) : person.outer_start].rpartition("\n")[2].strip()
    has_title = person.gender is not None or bool(person.titles)
    return begins and has_title and text.startswith(":", person.end) and text[person.outer_start : person.end].isupper()


def _is_parted_acronym(person: Person) -> bool:
    """An acronym with a blank in it: "Phó Tổng Thư ký LH Q"."""
    return len(person.words) == 2 and len("".join(person.words)) < 5 and "".join(person.words).isupper() and len(person.words[1]) == 1


def _names_a_thing(text: str, person: Person) -> bool:
    """Whether an honorific with a capital stands right after a small word, as in the name of a shop or dish: "bánh khúc Cô Lan"."""
    before = text[max(0, person.outer_start - 2) : person.outer_start]
    return before[1:] == " " and before[0].isalpha()
