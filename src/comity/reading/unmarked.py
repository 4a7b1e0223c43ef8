"""Gives lines without diacritics their marks back in the folded copy: "Viet Nam va Lien hop quoc" is read like "Việt Nam và Liên hợp quốc".

What comes in is a folded text and its sentences; what goes out has the same length, so that what is found keeps its place. Only groups
of two syllables and more that can be but one word of the language get their marks, and only in sentences that have none.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from msgspec import Struct

from comity.knowledge.folded import Folded, fold
from comity.knowledge.matcher import Matcher
from comity.languages import load_phrases, load_words
from comity.records import LanguageCode, Span

WORDS = re.compile(r"[^\W\d_]+")
SHORTEST = 4
"""Words that a sentence must have at least, and which share of them must be syllables of the language."""
SHARE = 0.6


class SpellingWords(Struct, frozen=True, forbid_unknown_fields=True):
    """`topics`: the language's files whose words get their marks back; `before_figures`: words of one syllable that do so before a figure
    ("thang 1"); `syllable`: what a syllable without its marks looks like. Empty where the language has no marks. `suspended`: words before
    which a hyphen at a line's end parts no word ("low-", "and middle-income countries")."""

    topics: tuple[str, ...]
    before_figures: tuple[str, ...]
    syllable: str
    suspended: tuple[str, ...]


class Marks:
    """The marks of one language's words."""

    def __init__(self, language: LanguageCode, names: Iterable[str]) -> None:
        words = load_words(language, "spelling", SpellingWords)
        self._syllable = re.compile(words.syllable) if words.syllable else None
        self._names, self._language, self._topics = tuple(names), language, words.topics
        before = "|".join(re.escape(unmarked(fold(word))) for word in words.before_figures)
        self._before = re.compile(rf"(?<!\w)(?:{before})(?= \d)") if before else None
        self._figures = {unmarked(fold(word)): fold(word) for word in words.before_figures}

    @cached_property
    def _matcher(self) -> Matcher[str]:
        """Built at the first sentence without marks: most documents have none."""
        marked: dict[str, set[str]] = {}
        for phrase in (*self._names, *load_phrases(self._language, self._topics)):
            folded = fold(phrase)
            if not folded.isascii() and " " in folded:
                marked.setdefault(unmarked(folded), set()).add(folded)
        return Matcher((bare, next(iter(forms))) for bare, forms in marked.items() if len(forms) == 1)

    def restored(self, text: Folded, sentences: Sequence[Span]) -> Folded:
        """The text, with the marks of known words in the sentences that have none."""
        if self._syllable is None:
            return text
        places = [place for sentence in sentences if self._has_lost_marks(text, sentence) for place in self._places(text, sentence)]
        if not places:
            return text
        pieces: list[str] = []
        position = 0
        for start, form in places:
            pieces += [text.folded[position:start], form]
            position = start + len(form)
        return Folded(text.text, "".join([*pieces, text.folded[position:]]))

    def _has_lost_marks(self, text: Folded, sentence: Span) -> bool:
        words = text.folded[sentence.start : sentence.end]
        if not words.isascii() or self._syllable is None:
            return False
        found = WORDS.findall(words)
        return len(found) >= SHORTEST and sum(self._syllable.fullmatch(word) is not None for word in found) >= SHARE * len(found)

    def _places(self, text: Folded, sentence: Span) -> Iterator[tuple[int, str]]:
        phrases = [(match.start, match.values[0]) for match in self._matcher.find(text, sentence.start, sentence.end)]
        figures = self._before.finditer(text.folded, sentence.start, sentence.end) if self._before else ()
        last = 0
        for start, form in sorted([*phrases, *((match.start(), self._figures[match.group()]) for match in figures)]):
            if start >= last:
                yield start, form
                last = start + len(form)


def unmarked(word: str) -> str:
    """A word without its marks, letter by letter: "quốc" is "quoc"."""
    return "".join("d" if letter == "đ" else unicodedata.normalize("NFD", letter)[0] for letter in word)
