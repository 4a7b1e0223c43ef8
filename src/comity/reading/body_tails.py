"""Finds bodies by the last words of a capitalised run, in languages that name them so: "Gender Policy Council", "Center for State Courts".

Offices, verbs of a headline and persons that stand in the same run before the body are left out ("Director of the ...", "Host the ...").
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from comity.knowledge.folded import Folded, fold
from comity.reading.found import Found
from comity.reading.ids import kebab
from comity.reading.name_shapes import CAPITALS
from comity.reading.name_words import BodyWords
from comity.records import ActorType

CAPITAL_WORD = rf"[{CAPITALS}]\w*(?:\.?[.&-]\w+)*(?:['’](?!s\b)\w+)*"
WORD = re.compile(r"\S+")
WORD_AFTER = re.compile(r" (\w+)")
FIRST_PARTY = re.compile(rf"(?<=[a-z] ){CAPITAL_WORD} [-–] $")
"""A party before a dash with blanks, in a sentence: "the ASEAN – Canada [Committee]"; a report's dateline has no word before its place."""
LONGEST_PARTY = 40

Word = re.Match[str]


class BodyTails:
    """The bodies that a language names by their last words."""

    def __init__(self, words: BodyWords, first_names: Iterable[str], beginnings: Iterable[str]) -> None:
        inside = "|".join(re.escape(word).replace(r"\ ", r"[ \n]+") for word in sorted(words.links_inside, key=len, reverse=True))
        self._run = re.compile(rf"{CAPITAL_WORD}(?:[ \n]+(?:(?:{inside})[ \n]+)?{CAPITAL_WORD})*") if words.tails else None
        self._tails = frozenset(words.tails)
        self._inside = frozenset(map(fold, words.inside))
        self._heads = tuple(words.heads)
        self._first_names, self._beginnings = frozenset(first_names), frozenset(beginnings)
        self._article, self._and = words.article, words.conjunction
        self._continuing = frozenset(words.continuing)

    def find(self, text: Folded, title_heads: dict[int, int]) -> Iterator[Found]:
        """Bodies in order; `title_heads` are where an office's words begin and end."""
        if self._run is None:
            return
        heads = sorted(title_heads)
        for run in self._run.finditer(text.text):
            if text.folded[run.start()] == " ":
                continue
            start = self._after_office(text, run, heads, title_heads)
            for words in self._parts(list(WORD.finditer(text.text, start, run.end()))):
                if body := self._body(words):
                    start, end = body[0].start(), body[-1].end()
                    if first := FIRST_PARTY.search(text.text, max(0, start - LONGEST_PARTY), start):
                        start = first.start()
                    yield Found(start, end, kebab(text.text[start:end]), ActorType.ORGANISATION, known=False)

    def _after_office(self, text: Folded, run: re.Match[str], heads: list[int], ends: dict[int, int]) -> int:
        """Where the last office's words that lead on to a body end in the run, or the run's start."""
        inside = heads[bisect_left(heads, run.start()) : bisect_left(heads, run.end())]
        return max((ends[head] for head in inside if self._leads_on(text.folded, ends[head])), default=run.start())

    def _leads_on(self, folded: str, end: int) -> bool:
        """Whether an office's words are followed by a word such as "of"."""
        following = WORD_AFTER.match(folded, end)
        return following is not None and following.group(1) in self._inside

    def _parts(self, words: list[Word]) -> Iterator[list[Word]]:
        """The run, or its parts where "and" joins two bodies ("the Domestic Policy Council and the Gender Policy Council")."""
        start = 0
        for index, word in enumerate(words):
            if not index or word.group() != self._and:
                continue
            before, first = words[index - 1].group(), words[start].group()
            again = first in self._tails and first in (later.group() for later in words[index:])  # "University of X and Y University"
            if before in self._tails or before.isupper() or again:
                yield words[start:index]
                start = index + 1
        yield words[start:]

    def _body(self, words: list[Word]) -> list[Word]:
        """The words from after an article or a person's name to a body's last word and what "of" or "for" adds; maybe none."""
        last = max((index for index in range(len(words)) if self._is_tail(words, index)), default=None)
        if last is None:
            return []
        words, last = self._from_article(words, last)
        while words and last and fold(words[0].group()) in self._inside:
            words, last = words[1:], last - 1
        if last < 1 and not (len(words) > last + 2 and words[last + 1].group() in self._continuing):
            return []
        return words[: self._continued(words, last)]

    def _is_tail(self, words: list[Word], index: int) -> bool:
        """Whether a word, or it and the word before it ("Liberation Army"), ends a body's name."""
        last = words[index].group()
        return last in self._tails or (index > 0 and f"{words[index - 1].group()} {last}" in self._tails)

    def _from_article(self, words: list[Word], last: int) -> tuple[list[Word], int]:
        """Without what stands before "the", unless that is a body's head ("Department of the"), or before a person's name and "of"."""
        for index in range(last - 1, -1, -1):
            prefix = " ".join(word.group() for word in words[: index + 1])
            if words[index].group() == self._article and not prefix.endswith(self._heads):
                return words[index + 1 :], last - index - 1
            if words[index].group() in self._first_names and any(word.group() in self._inside for word in words[index:last]):
                cut = next(place for place in range(index, last) if words[place].group() in self._inside)
                return words[cut + 1 :], last - cut - 1
        return words, last

    def _continued(self, words: list[Word], last: int) -> int:
        """How many of the words belong to the body: up to its last word, and on over "of", "for" or "on" up to a person's name; not "the
        African Union on Tuesday"."""
        if len(words) <= last + 2 or words[last + 1].group() not in self._continuing or words[last + 2].group() in self._beginnings:
            return last + 1
        return next((index for index in range(last + 2, len(words)) if words[index].group() in self._first_names), len(words))
