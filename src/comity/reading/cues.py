"""Reporting verbs and frames of a language, and where they stand among a page's words.

Phrases are matched word by word, not letter by letter, so that one wrapped over a line's end is found like any other.
"""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import cache
from typing import Generic, TypeVar

from msgspec import Struct

from comity.knowledge.folded import fold
from comity.languages import load_words
from comity.reading.page import WORD, Token
from comity.records import Act, LanguageCode

T = TypeVar("T")


class Frame(StrEnum):
    """How the reported words stand to the cue."""

    CLAUSE = "clause"
    """A that-clause or what the verb is about: "khẳng định (rằng) ...", "stressed (that) ..."."""
    OBJECT = "object"
    """A topic only: "thảo luận về ...", "discussed ..."."""
    SOURCE = "source"
    """The source before or after what it says: "Theo Reuters, ...", "... according to the ministry"."""


class Cue(Struct, frozen=True):
    """One verb or frame with all its forms, what a speaker does by it, and its frame; `hopes` where it only hopes: that pledges nothing."""

    forms: tuple[str, ...]
    act: Act
    frame: Frame
    hopes: bool = False


class CueWords(Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of `languages/*/cues.yaml`; the file says what each list is for."""

    cues: tuple[Cue, ...]
    no_cues: tuple[str, ...]
    title_words: tuple[str, ...]
    complementizers: tuple[str, ...]
    no_speakers: tuple[str, ...]
    unnamed: tuple[str, ...]
    settings: tuple[str, ...]
    carry_on: tuple[str, ...]
    joiners: tuple[str, ...]
    contrasts: tuple[str, ...]
    enders: tuple[str, ...]
    no_enders: tuple[str, ...]
    links: tuple[str, ...]
    capacities: tuple[str, ...]
    own_capacities: tuple[str, ...]
    futures: tuple[str, ...]
    demands: tuple[str, ...]
    pairs: tuple[str, ...]
    both: tuple[str, ...]
    denials: tuple[str, ...]
    rejections: tuple[str, ...]
    negations: tuple[str, ...]
    not_negations: tuple[str, ...]
    determiners: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    relativizers: tuple[str, ...] = ()
    askings: tuple[str, ...] = ()
    enabling: tuple[str, ...] = ()
    subordinates: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    pointing: tuple[str, ...] = ()
    these: tuple[str, ...] = ()
    noun_owners: tuple[str, ...] = ()
    nominals: tuple[str, ...] = ()
    finite: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()
    asking: tuple[str, ...] = ()
    should: tuple[str, ...] = ()
    done_by: tuple[str, ...] = ()
    being: tuple[str, ...] = ()
    hindering: tuple[str, ...] = ()
    hindered_from: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    any: tuple[str, ...] = ()


class Found(Struct, Generic[T], frozen=True):
    """A phrase at words `first` to `after` (exclusive, indexes into the page's tokens)."""

    first: int
    after: int
    value: T


class Phrases(Generic[T]):
    """Phrases of one or more words, each with a value; the longest at each place wins."""

    def __init__(self, phrases: Iterable[tuple[str, T]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        for phrase, value in phrases:
            words = tuple(WORD.findall(fold(phrase)))
            self._by_first.setdefault(words[0], []).append((words, value))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def find(self, tokens: Sequence[Token]) -> Iterator[Found[T]]:
        """The phrases from left to right, none overlapping another."""
        free = 0
        by_first = self._by_first
        for index in [index for index, token in enumerate(tokens) if token.folded in by_first]:
            if index < free:
                continue
            for words, value in by_first[tokens[index].folded]:
                size = len(words)
                if size == 1 or tuple([following.folded for following in tokens[index : index + size]]) == words:
                    free = index + size
                    yield Found(index, free, value)
                    break


@cache
def cue_words(language: LanguageCode) -> CueWords:
    """The language's cues and the words around them."""
    return load_words(language, "cues", CueWords)


def cue_phrases(language: LanguageCode) -> Phrases[Cue | None]:
    """Every form of every cue, and the longer phrases that hold one and report nothing (None)."""
    words = cue_words(language)
    cues: list[tuple[str, Cue | None]] = [(form, cue) for cue in words.cues for form in cue.forms]
    return Phrases([*cues, *((phrase, None) for phrase in words.no_cues)])


def find_cues(tokens: Sequence[Token], phrases: Phrases[Cue | None]) -> list[Found[Cue]]:
    """The cues among the words, in order."""
    return [Found(found.first, found.after, found.value) for found in phrases.find(tokens) if found.value is not None]
