"""Finds many names in a text at once: one Aho-Corasick automaton over folded names, then word boundaries, case, and the longest match."""

from collections.abc import Iterable
from typing import Generic, NamedTuple, TypeVar

import ahocorasick

from comity.knowledge.folded import Folded, fold

T = TypeVar("T")


class Match(NamedTuple, Generic[T]):
    """`values` are all entries whose name stands at `start` to `end`."""

    start: int
    end: int
    values: tuple[T, ...]


class Matcher(Generic[T]):
    """Names, each with a value. A name that begins with a capital is found with a capital only; an acronym with its very letters; a
    name in small letters in any case."""

    def __init__(self, names: Iterable[tuple[str, T]]) -> None:
        entries: dict[str, list[tuple[str, T]]] = {}
        for name, value in names:
            folded = fold(name).strip()
            if folded and (name, value) not in entries.setdefault(folded, []):
                entries[folded].append((name, value))
        self._automaton = ahocorasick.Automaton()
        for folded in sorted(entries):  # names that begin alike lie side by side: a fifth faster to go through
            values = entries[folded]
            any_case = tuple(value for _, value in values) if all(name.islower() for name, _ in values) else None
            self._automaton.add_word(folded, (len(folded), folded[0].isalnum(), folded[-1].isalnum(), any_case, values))
        self._empty = not entries
        if not self._empty:
            self._automaton.make_automaton()

    def find(self, text: Folded, start: int = 0, end: int | None = None) -> list[Match[T]]:
        """The longest matches from left to right, none overlapping another, inside `start` to `end`."""
        chosen: list[Match[T]] = []
        for match in sorted(self.find_all(text, start, end), key=lambda m: (m.start, -m.end)):
            if not chosen or match.start >= chosen[-1].end:
                chosen.append(match)
        return chosen

    def find_all(self, text: Folded, start: int = 0, end: int | None = None) -> list[Match[T]]:
        """Every match, overlapping ones too, in the order of their ends."""
        if self._empty:
            return []
        folded, size = text.folded, len(text.folded)
        last_place = size if end is None else min(end, size)  # the automaton reads on behind the text if told to
        found = []
        for last, (length, begins_in_word, ends_in_word, any_case, values) in self._automaton.iter(folded, start, last_place):
            first, after = last - length + 1, last + 1
            if begins_in_word and first and folded[first - 1].isalnum():
                continue
            if ends_in_word and after < size and folded[after].isalnum():
                continue
            if any_case is not None:
                found.append(Match(first, after, any_case))
                continue
            words = text.text[first:after]
            if fitting := tuple([value for name, value in values if has_case_of(words, name)]):
                found.append(Match(first, after, fitting))
        return found


def has_case_of(words: str, name: str) -> bool:
    """Whether `words`, which fold to the same as `name`, may be that name by their capitals."""
    if name.islower():
        return True
    if name.isupper() and " " not in name:
        return words.isupper()
    return not name[0].isupper() or words[0].isupper()
