"""Which known names are only a piece of a longer name that nobody knows: "Lào | Cai", "Trung ương Đảng | Cộng sản Cuba", "Jordan | Smith",
"Deputy | Senate".

In come a text and where a name stands in it; out comes whether it names nobody there.
"""

import re
from collections.abc import Container, Iterable

from comity.knowledge.folded import Folded, fold
from comity.reading.name_shapes import CAPITALS
from comity.reading.name_words import BodyWords, NameWords, TitleWords

NEXT_NAME = re.compile(rf" ([{CAPITALS}][^\W\d_]*)(?: ([{CAPITALS}][^\W\d_]*))?(?: ([{CAPITALS}][^\W\d_]*))?(?![\w-])")
DASHED = re.compile(r" ?[-–] ?[^\W\d_]")
BEFORE = re.compile(r"([^\W\d_]+) $")


class NamePieces:
    """The pieces of one language; `home` are the names of the state whose language it is."""

    def __init__(self, words: NameWords, bodies: BodyWords, titles: TitleWords, home: Iterable[str]) -> None:
        self._syllable = re.compile(bodies.syllable) if bodies.syllable else None
        self._doubtful = frozenset(words.need_witness)
        self._surnames, self._first_names = frozenset(words.surnames), frozenset(words.given_names)
        self._foreign = frozenset((*words.romanised_surnames, *words.given_names)) - self._surnames
        offices = (name for names in titles.offices.values() for name in names)
        self._others = {fold(name).split()[0] for name in (*offices, *titles.before, *titles.functions)}
        self._others |= set(map(fold, (*words.beginnings, *words.paired_states)))
        self._going_on = {f" {fold(end)}": tuple(f" {fold(word)}" for word in behind) for end, behind in words.going_on.items()}
        self._home = tuple(f" {fold(name)}" for name in home)
        self._beginnings = frozenset(words.beginnings)

    def of_state(self, text: Folded, start: int, end: int, known: Container[int]) -> bool:
        """Whether a state's name of one word is a piece of another's name; `known` are where known names begin."""
        if " " in text.folded[start:end]:
            return False
        return self._begins_name(text, start, end, known) or self._is_surname(text, start)

    def of_body(self, folded: str, start: int, end: int) -> bool:
        """Whether the words behind a body's name make it another's, and no home state's."""
        name = f" {folded[start:end]}"
        for ending, behind in self._going_on.items():
            if name.endswith(ending) and (word := next((word for word in behind if folded.startswith(word, end)), None)):
                return not folded.startswith(self._home, end + len(word))
        return False

    def is_others(self, text: Folded, start: int, sentence_starts: frozenset[int]) -> bool:
        """Whether a capitalised word inside the sentence right before a body's name tells that it is another's: "Oregon | Senate"."""
        before = BEFORE.search(text.text, max(0, start - 24), start)
        if before is None or not before.group(1)[0].isupper() or before.start(1) in sentence_starts:
            return False
        return before.group(1) not in self._beginnings

    def _begins_name(self, text: Folded, start: int, end: int, known: Container[int]) -> bool:
        """Whether another word of a name follows: one syllable behind one syllable ("Lào Cai", but "Lào Nguyễn Bá Hùng" and "Anh Boris"),
        any word behind what may be a given name ("Jordan Smith")."""
        after = NEXT_NAME.match(text.text, end)
        if after is None or after.start(1) in known or fold(after.group(1)) in self._others or text.folded[after.start(1)] == " ":
            return False
        if self._syllable is None:
            return text.text[start:end] in self._doubtful
        words = [word for word in after.groups() if word]
        if not all(self._syllable.fullmatch(fold(word)) for word in (text.folded[start:end], *words)):
            return False  # "Anh Boris", "Pháp Le Drian"
        is_persons = words[0] in self._surnames and len(words) > 2  # "Lào Nguyễn Bá Hùng"
        is_foreign = words[0] in self._foreign or (len(words) > 1 and " ".join(words).isascii())  # "Hàn Moon", "Úc Koy Kuong"
        dashed = DASHED.match(text.text, after.end())
        return not is_persons and not is_foreign and not (dashed and dashed.group()[-1].islower())  # "Lào Thoong - lun"

    def _is_surname(self, text: Folded, start: int) -> bool:
        """Whether a given name stands right before, in languages whose names end with the family's: "Steve | Holland"."""
        before = BEFORE.search(text.text, max(0, start - 24), start) if self._syllable is None else None
        return before is not None and before.group(1) in self._first_names
