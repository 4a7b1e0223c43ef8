"""Whose turn it is in a transcript: "PRESIDENT SILVA: Thank you ...", "Q  When will you ...".

In come a page, its layout and its mentions; out comes, for each sentence inside a turn, who has it, where the label names somebody known.
A text with fewer than two labels is no transcript.
"""

from collections.abc import Iterator
from typing import NamedTuple

from comity.reading.layout import Layout
from comity.reading.mentions import Mentions
from comity.reading.page import Page
from comity.records import ActorId, ActorType

LONGEST_LABEL = 8
"""Words of a label before its colon."""
FEWEST = 2


class Turn(NamedTuple):
    """A turn from word `first` on; `speaker` is empty where the label names nobody known ("MODERATOR:", "Q")."""

    first: int
    speaker: tuple[ActorId, ...]


class Turns:
    """The turns of one page."""

    def __init__(self, page: Page, layout: Layout, mentions: Mentions, askers: frozenset[str]) -> None:
        self._layout, self._mentions = layout, mentions
        found = list(self._labels(page, askers))
        self._of_sentence: dict[int, Turn] = {}
        if len(found) >= FEWEST:
            ends = [turn.first for turn in found[1:]] + [len(layout.tokens)]
            for turn, end in zip(found, ends, strict=True):
                for sentence in range(layout.tokens[turn.first].sentence, layout.tokens[end - 1].sentence + 1):
                    self._of_sentence[sentence] = turn

    def of(self, sentence: int) -> Turn | None:
        """The turn that a sentence belongs to."""
        return self._of_sentence.get(sentence)

    def _labels(self, page: Page, askers: frozenset[str]) -> Iterator[Turn]:
        tokens = self._layout.tokens
        for words in self._layout.sentence_words:
            if not words or not _begins_line(page.text, tokens[words.start].start):
                continue
            if tokens[words.start].folded in askers:
                yield Turn(words.start, ())
                continue
            colon = next((at for at in words[: LONGEST_LABEL + 1] if tokens[at].text == ":"), None)
            label = tokens[words.start : colon] if colon is not None else ()
            if label and all(token.text.isupper() or not token.text[0].isalpha() for token in label) and len(label[-1].text) > 1:
                yield Turn(words.start, self._speaker(label[0].start, label[-1].end, label[-1].folded))

    def _speaker(self, start: int, end: int, last: str) -> tuple[ActorId, ...]:
        """The person whom a label names, else the only one on the page whose name ends (or begins) with the label's last word."""
        persons = [mention for mention in self._mentions.all if mention.type is ActorType.PERSON and len(mention.actors) == 1]
        named = next((mention.actors for mention in persons if start <= mention.start < end), None)
        if named is not None:
            return named
        fitting = {mention.actors for mention in persons if last in (mention.actors[0].split("-")[-1], mention.actors[0].split("-")[0])}
        return fitting.pop() if len(fitting) == 1 else ()


def _begins_line(text: str, start: int) -> bool:
    return not text[max(0, start - 40) : start].rpartition("\n")[2].strip(" *_>\t")
