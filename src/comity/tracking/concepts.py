"""The concepts that a phrase shows: "sale of endangered species" and "buôn bán động vật hoang dã" both show `wildlife-crime`.

In comes a folded text and its language; out come the concepts, each with the words that show it. The words are data of the languages
(`languages/*/concepts.yaml`); the ids are the same in all of them, so that a clause in one language meets a line in another.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import ahocorasick
from msgspec import Struct

from comity.knowledge.folded import Folded, fold
from comity.knowledge.matcher import has_case_of
from comity.knowledge.yaml_file import read_yaml
from comity.languages import load_words
from comity.records import LanguageCode

WITHIN = Path(__file__).parent / "models" / "concepts_within.yaml"
ConceptId = str


class ConceptWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Terms by concept: those of lines, and those of other matters, which hide a shorter one of a line. A star stands for any letters; a
    name with capitals is found with these only."""

    concepts: dict[ConceptId, tuple[str, ...]]
    elsewhere: dict[ConceptId, tuple[str, ...]]


class Shown(NamedTuple):
    """Words at `start` to `end` that show concepts."""

    start: int
    end: int
    concepts: tuple[ConceptId, ...]


class _Term(Struct, frozen=True):
    words: str
    open_end: bool
    any_case: bool
    concepts: tuple[ConceptId, ...]


class Concepts:
    """The terms of one language in one automaton."""

    def __init__(self, terms: Mapping[ConceptId, Sequence[str]]) -> None:
        self._concepts: dict[str, list[ConceptId]] = {}
        for concept, words in terms.items():
            for word in words:
                self._concepts.setdefault(word, []).append(concept)
        self._entries: dict[str, list[_Term]] = {}
        self._automaton = ahocorasick.Automaton()
        self._add(self._concepts)

    def hide_in(self, others: Iterable[str]) -> None:
        """Words of other matters hide a term inside them: no environment in "môi trường kinh doanh" (business climate)."""
        longer = [word for word in others if word not in self._concepts and self.find_all(Folded(word.rstrip("*")))]
        self._add(dict.fromkeys(longer, ()))

    def _add(self, by_word: Mapping[str, Sequence[ConceptId]]) -> None:
        """Takes in more words, before those of the same letters that are there."""
        more: dict[str, list[_Term]] = {}
        for word, concepts in by_word.items():
            for part in _variants(word):
                key = _plain(fold(part).rstrip("*").strip())
                more.setdefault(key, []).append(_Term(part.rstrip("*"), part.endswith("*"), part.islower(), tuple(concepts)))
        for key, terms in more.items():
            self._entries[key] = [*terms, *self._entries.get(key, ())]
            self._automaton.add_word(key, (len(key), self._entries[key]))
        self._automaton.make_automaton()

    def find(self, text: Folded) -> dict[ConceptId, str]:
        """The concepts with the longest words that show each, as they stand in the text."""
        return by_concept(text, self.find_all(text))

    def find_all(self, text: Folded) -> list[Shown]:
        """Where concepts are shown, in order."""
        return _longest(self._hits(text))

    def by_place(self, text: Folded) -> "ShownByPlace":
        """The same for any stretch of a text, which is gone through once."""
        return ShownByPlace(text.folded, self._hits(text))

    def _hits(self, text: Folded) -> list[Shown]:
        """Every term, in the order of their places, the longer first."""
        folded, size = _plain(text.folded), len(text.folded)
        found: list[Shown] = []
        for last, (length, terms) in self._automaton.iter(folded):
            start, end = last - length + 1, last + 1
            if start and folded[start - 1].isalnum():
                continue
            closed = end >= size or not folded[end].isalnum()
            for term in terms:
                if (closed or term.open_end) and (term.any_case or has_case_of(text.text[start:end], term.words)):
                    found.append(Shown(start, end if closed else _word_end(folded, end), term.concepts))
        found.sort(key=_place)
        return found


class ShownByPlace:
    """Where a text shows concepts, to be asked of stretches of it."""

    def __init__(self, folded: str, hits: list[Shown]) -> None:
        self._folded = folded
        self._hits = hits
        self._starts = [hit.start for hit in hits]

    def may_be_within(self, start: int, end: int) -> bool:
        """Whether a stretch may show anything, by itself or in a part of it."""
        if _is_in_word(self._folded, start) or _is_in_word(self._folded, end):
            return True
        for place in range(bisect_left(self._starts, start), len(self._hits)):
            hit = self._hits[place]
            if hit.end <= end or hit.start >= end:
                return hit.end <= end
        return False

    def within(self, start: int, end: int) -> list[Shown] | None:
        """What `find_all` finds in a stretch, by its places there; None where it begins or ends inside a word, and may show other terms
        than the whole text does."""
        if _is_in_word(self._folded, start) or _is_in_word(self._folded, end):
            return None
        hits = self._hits[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        return _longest([Shown(hit.start - start, hit.end - start, hit.concepts) for hit in hits if hit.end <= end])


def _longest(hits: Iterable[Shown]) -> list[Shown]:
    """Words inside longer ones show nothing: no hospital in "field hospital"; but maritime security in "maritime domain awareness", which
    is a part of it."""
    kept: list[Shown] = []
    for shown in hits:
        if not kept or shown.end > kept[-1].end or (shown.start, shown.end) == (kept[-1].start, kept[-1].end):
            kept.append(shown)
        elif whole := tuple(concept for concept in shown.concepts if concept in _wholes(kept[-1].concepts)):
            kept[-1] = kept[-1]._replace(concepts=tuple(dict.fromkeys((*kept[-1].concepts, *whole))))
    return [shown for shown in kept if shown.concepts]


def _place(shown: Shown) -> tuple[int, int]:
    return shown.start, -shown.end


def _is_in_word(folded: str, place: int) -> bool:
    return 0 < place < len(folded) and folded[place - 1].isalnum() and folded[place].isalnum()


def by_concept(text: Folded, shown: Iterable[Shown]) -> dict[ConceptId, str]:
    """The longest words that show each concept, as they stand in the text."""
    found: dict[ConceptId, str] = {}
    for one in shown:
        words = " ".join(text.text[one.start : one.end].split())
        for concept in one.concepts:
            if len(words) > len(found.get(concept, "")):
                found[concept] = words
    return found


@cache
def load_concepts(language: LanguageCode) -> tuple[Concepts, Concepts]:
    """The concepts of a language that has a folder: those that lines are about, and the others."""
    words = load_words(language, "concepts", ConceptWords)
    ours = Concepts(words.concepts)
    ours.hide_in(chain.from_iterable(words.elsewhere.values()))
    return ours, Concepts(words.elsewhere)


def _wholes(concepts: Iterable[ConceptId]) -> set[ConceptId]:
    """What some concepts are parts of."""
    within = load_within()
    return {whole for concept in concepts for whole in within.get(concept, ())}


@cache
def load_within() -> dict[ConceptId, tuple[ConceptId, ...]]:
    """Concepts by those that are a part of them."""
    return read_yaml(WITHIN, dict[ConceptId, tuple[ConceptId, ...]])


def _plain(folded: str) -> str:
    """Hyphens and line ends as blanks: "early-warning" is "early warning". The length stays."""
    return folded.replace("-", " ").replace("\n", " ")


def _variants(term: str) -> tuple[str, ...]:
    """A star inside a term stands for the common endings of a word ("traffick* in persons")."""
    if "* " not in term:
        return (term,)
    head, rest = term.split("* ", 1)
    return tuple(variant for ending in ENDINGS for variant in _variants(f"{head}{ending} {rest}"))


ENDINGS = ("", "s", "es", "e", "ed", "d", "ing", "ment", "ation", "ion", "ity", "al")


def _word_end(folded: str, end: int) -> int:
    while end < len(folded) and folded[end].isalnum():
        end += 1
    return end
