"""What the event coder looks at: a sentence's words as stems, source and target as two marks, alone and in pairs, and where they stand.

In: a sentence, the spans of source and target, and `event_codes.yaml`. Out: features, each with the words it rests on.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from comity.knowledge.folded import fold
from comity.languages import load_words
from comity.records import EventType, LanguageCode, Span

WORD = re.compile(r"[^\W_]+|[.,;:\"?!]")
SOURCE, TARGET = "<s>", "<t>"
BETWEEN, AFTER_SOURCE, NEXT, BEFORE_TARGET = 20, 8, 3, 4
"""How many words count between the two, after the source, next to it with their very place, and right before the target."""

SHORT = 4
"""Words of so many letters keep theirs but for the short ending."""


class CodeWords(Struct, frozen=True, forbid_unknown_fields=True):
    """`phrases` teach the model; `irregular`, `endings`, `short_ending` (of words of four letters) and `undoubled`
    (letters that stand twice before an ending only: "planned") make stems; `joined`: how many words one feature joins at most.

    A target stands first where a form of `passive` comes before `agent` and the source ("was freed by S"), or one of `acted_on` comes right
    before the source ("bị S bắt").
    """

    phrases: dict[EventType, tuple[str, ...]]
    irregular: dict[str, tuple[str, ...]] = {}
    endings: tuple[str, ...] = ()
    short_ending: str = ""
    undoubled: str = ""
    passive: tuple[str, ...] = ()
    agent: tuple[str, ...] = ()
    acted_on: tuple[str, ...] = ()
    joined: int = 2


class Word(Struct, frozen=True):
    """A word of the sentence, or all of source or target; `stem` is what the model knows it by."""

    start: int
    end: int
    stem: str


class Feature(Struct, frozen=True):
    """`first` and `after` are the words it rests on."""

    name: str
    first: int
    after: int


class CodeFeatures:
    """Makes the features of sentences in one language."""

    def __init__(self, language: LanguageCode) -> None:
        self.words = load_words(language, "event_codes", CodeWords)
        self._stems: dict[str, str] = {}
        self._base = {form: verb for verb, forms in self.words.irregular.items() for form in forms}
        self._passives = frozenset(map(self.stem, self.words.passive))
        self._agents = frozenset(map(self.stem, self.words.agent))

    def split(self, sentence: str, source: Span | None, target: Span | None) -> list[Word]:
        """The words in order, the passive voice turned. Where source and target overlap, the source goes first."""
        marks = [(span, mark) for span, mark in ((source, SOURCE), (target, TARGET)) if span]
        words = [Word(span.start, span.end, mark) for span, mark in marks]
        for match in WORD.finditer(fold(sentence)):
            if not any(span.start < match.end() and match.start() < span.end for span, _ in marks):
                words.append(Word(match.start(), match.end(), self.stem(match.group())))
        return self._in_active_voice(sorted(words, key=lambda word: word.start))

    def find(self, words: list[Word]) -> list[Feature]:
        """Every feature once, the first time it holds."""
        found: dict[str, Feature] = {}
        for name, first, after in self._all([word.stem for word in words]):
            if name not in found:
                found[name] = Feature(name, first, after)
        return list(found.values())

    def stem(self, word: str) -> str:
        """The word without its ending: "accused", "accuses" to "accus"."""
        known = self._stems.get(word)
        if known is None:
            known = self._stems[word] = self._cut(self._base.get(word, word))
        return known

    def _in_active_voice(self, words: list[Word]) -> list[Word]:
        """ "T was freed by S" as "S freed T", so that what is learnt of one way of saying it holds for the other."""
        places = {word.stem: place for place, word in enumerate(words) if word.stem in (SOURCE, TARGET)}
        target, source = places.get(TARGET), places.get(SOURCE)
        if target is None or source is None or not target < source - 2 or words[source - 1].stem not in self._agents:
            return words
        between = words[target + 1 : source - 1]
        if not any(word.stem in self._passives for word in between):
            return words
        verb = [word for word in between if word.stem not in self._passives]
        return [*words[:target], words[source], *verb, words[target], *words[source + 1 :]]

    def _all(self, stems: list[str]) -> Iterator[tuple[str, int, int]]:
        for size in range(1, self.words.joined + 1):
            for i in range(len(stems) - size + 1):
                yield " ".join(stems[i : i + size]), i, i + size
        source = stems.index(SOURCE) if SOURCE in stems else 0
        target = stems.index(TARGET) if TARGET in stems else len(stems)
        low, high = min(source, target), max(source, target)
        way = ">" if source < target else "<"
        yield f"order{way}", low, low + 1
        yield from _placed(f"m{way}", stems, low + 1, min(high, low + 1 + BETWEEN), joined=2)
        yield from _placed("a:", stems, source + 1, min(len(stems), source + 1 + AFTER_SOURCE), joined=2)
        if SOURCE in stems:
            for i in range(source + 1, min(len(stems), source + 1 + NEXT)):
                yield f"{i - source}:{stems[i]}", i, i + 1
        yield from _placed("b:", stems, max(0, target - BEFORE_TARGET), target, joined=1)

    def _cut(self, word: str) -> str:
        short = self.words.short_ending
        if len(word) <= SHORT:
            return word[:-1] if short and len(word) == SHORT and word[-1] == short != word[-2] else word
        for ending in self.words.endings:
            if word.endswith(ending) and len(word) - len(ending) >= SHORT - 1:
                base = word[: -len(ending)]
                doubled = len(base) >= SHORT and base[-1] == base[-2] and base[-1] in self.words.undoubled
                return base[:-1] if doubled else base
        return word


def _placed(mark: str, stems: list[str], start: int, end: int, *, joined: int) -> Iterator[tuple[str, int, int]]:
    for size in range(1, joined + 1):
        for i in range(start, end - size + 1):
            yield mark + " ".join(stems[i : i + size]), i, i + size
