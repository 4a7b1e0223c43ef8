"""Cuts out of a text what may name a person: capitalised runs without known names, titles, honorifics and common words."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from comity.knowledge.folded import Folded
from comity.knowledge.matcher import Matcher
from comity.reading.found import skip_blanks
from comity.reading.name_shapes import CAPITALS, NameShapes, pieces
from comity.reading.name_words import NameWords
from comity.records import Span

ACRONYM_BEFORE = re.compile(rf"[{CAPITALS}]{{2,}} (?=[{CAPITALS}][^{CAPITALS}])")
MARKS_BEFORE = 8
GLUED = re.compile(rf"[^\W\d_{CAPITALS}]([{CAPITALS}][^\W\d_]+)$")


class PersonCandidates:
    """What may name a person in one language."""

    def __init__(self, words: NameWords, bodies_and_places: Iterable[str]) -> None:
        self._shapes = NameShapes(words)
        self._not_names = Matcher(
            (name, True) for name in (*words.not_names, *words.phrases_without_names, *words.beginnings, *bodies_and_places)
        )
        self._beginnings = frozenset(words.beginnings)
        self._common = frozenset(words.common_words)
        self._surnames = frozenset(words.surnames)
        self._given = frozenset(words.given_names)
        self._called = (self._surnames & self._beginnings) | words.paired_states.keys()

    def find(self, text: Folded, sentences: Sequence[Span], blocked: list[Span]) -> list[tuple[int, int]]:
        """The candidates in order; none overlaps a blocked span."""
        found = self._without_headline_words(text, sentences, self._all(text, sentences, blocked))
        named = (self._behind_common_words(text.text, start, end) for start, end in found)
        return [(start, _unglued(text.text, start, end)) for start, end in named if start < end]

    def _behind_common_words(self, text: str, start: int, end: int) -> tuple[int, int]:
        """A name behind words of no name, where it begins with a given one: "Coordinator for Port Implementation | John Holm"; without such
        a name nothing is left of the words."""
        words = [(start + word.start(), word.group()) for word in re.finditer(r"\S+", text[start:end])]
        last = max((number for number, (_, word) in enumerate(words) if word in self._common), default=-1)
        if last < 0:
            return start, end
        behind = words[last + 1 :]
        return (behind[0][0], end) if len(behind) > 1 and behind[0][1] in self._given else (end, end)

    def _all(self, text: Folded, sentences: Sequence[Span], blocked: list[Span]) -> list[tuple[int, int]]:
        starts = [span.start for span in blocked]
        matches = sorted(self._not_names.find_all(text), key=lambda m: m.end)
        place_names = {match.start: match.end for match in matches}
        crossing = {
            place: match.end
            for match in matches
            if text.text[match.start].islower()
            for place in range(match.start + 1, match.end)
            if text.text[place].isupper()
        }
        behind = {skip_blanks(text.folded, span.end) for span in blocked}
        result: list[tuple[int, int]] = []
        for sentence in sentences:
            for start, end in self._shapes.runs(text.text, sentence.start, sentence.end):
                if text.folded[start] == " ":
                    continue
                low = max(0, bisect_left(starts, start) - 1)
                inner = [span for span in blocked[low : bisect_right(starts, end)] if span.end > start and span.start < end]
                for piece in pieces(start, end, inner, text.text) if inner else ((start, end),):
                    rest = (skip_blanks(text.folded, crossing.get(piece[0], piece[0])), piece[1])  # "Á" of "châu Á Daniel Russel"
                    word = text.text[rest[0] : rest[1]]
                    if rest[0] in behind and word in self._called:  # "ông | Cảnh", "ông | Việt"
                        result.append(rest)
                    elif rest[0] < rest[1]:
                        result += self._without_common_words(text, rest, place_names, sentence.start)
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
            and (text.text[start:after] not in self._beginnings or after == end or _begins(text.text, sentence_start, start))
        ):
            start = skip_blanks(text.folded, after)
            if start >= end:
                return []
        if first := ACRONYM_BEFORE.match(text.text, start, end):
            start = first.end()
        return [(start, end)] if start < end else []

    def _without_headline_words(self, text: Folded, sentences: Sequence[Span], candidates: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """In a headline that writes every word with a capital, only as much of a name as the text repeats: "Biden" of "Biden Announces"."""
        headline_end = sentences[0].end if len(sentences) > 1 else 0
        if not headline_end or text.text[headline_end - 1] in ".!?" or not _has_title_case(text.text[:headline_end]):
            return candidates
        below = {text.text[start:end] for start, end in candidates if start >= headline_end}
        below |= {part for words in map(str.split, below) for part in (words[-1], " ".join(words[-2:]))}
        headline = [(start, _repeated_end(text.text, start, end, below)) for start, end in candidates if start < headline_end]
        repeated = {word for words in below for word in words.split()}
        kept = [(start, end) for start, end in headline if not repeated.isdisjoint(text.text[start:end].split())]
        return [*kept, *((start, end) for start, end in candidates if start >= headline_end)]


def _unglued(text: str, start: int, end: int) -> int:
    """The end of a name without the next sentence's word that the source wrote onto it: "TrumpMặc dù", not "McMaster"."""
    glued = GLUED.search(text, start, end)
    return glued.start(1) if glued and not glued.group(1).isascii() else end


def _begins(text: str, sentence_start: int, start: int) -> bool:
    """Whether only quotation marks and the like stand before a word in its sentence."""
    return start - sentence_start <= MARKS_BEFORE and not text[sentence_start:start].strip("\"'“‘(-– ")


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
