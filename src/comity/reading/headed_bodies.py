"""Which body a short word means by the head of its name: "the Lima River Commission ... | the Commission", "Ủy hội sông Lima ... | Ủy hội".

In come a text, the bodies it names and the words found; out comes the one body named before whose name holds that head, or stands
right before it ("the LRC Council"); nobody where two do, or where the words behind make the head another's ("the council | of
ministers").
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import accumulate

from comity.knowledge.folded import Folded, fold
from comity.reading.mentions import Mention
from comity.reading.name_words import ReferenceWords
from comity.records import ActorId

AFTER_NAME = (" ", ") ")
DASHES = ("-", "–")


class HeadedBodies:
    """The heads of one language."""

    def __init__(self, words: ReferenceWords) -> None:
        self._articles = tuple(f"{fold(word)} " for word in words.body_articles)
        self.phrases = {f"{article}{head}": fold(head) for head in map(fold, words.body_heads) for article in self._articles or ("",)}
        self._not_before = tuple(f" {fold(word)} " for word in words.not_body_before)
        self._before = tuple(f" {fold(word)} " for word in words.body_before)

    def on(self, text: Folded, bodies: Sequence[Mention]) -> "BodiesOfText":
        """Ready to look over one text; `bodies` are all that it names, none inside another, in order."""
        return BodiesOfText(self, text, bodies)

    def may_stand(self, text: Folded, end: int) -> bool:
        """Whether no word behind makes the head another's."""
        if text.folded.startswith(self._not_before, end) or (self._before and not text.folded.startswith(self._before, end)):
            return False
        return not (text.text[end : end + 1] == " " and text.text[end + 1 : end + 2].isupper())  # "the Council | President"


class BodiesOfText:
    """The bodies of one text by the heads of their names, each head's looked for once."""

    def __init__(self, heads: HeadedBodies, text: Folded, bodies: Sequence[Mention]) -> None:
        self._heads, self._text = heads, text
        self._bodies = sorted(bodies, key=lambda one: one.start)
        self._starts = [one.start for one in self._bodies]
        self._reach = list(accumulate((one.end for one in self._bodies), max, initial=0))
        self._named: dict[str, tuple[list[Mention], list[Mention]]] = {}

    def meant(self, start: int, end: int) -> tuple[ActorId, ...] | None:
        """The body that the words from `start` to `end` mean."""
        if not self._heads.may_stand(self._text, end) or self._reach[bisect_left(self._starts, end)] > start:  # a name of its own
            return None
        head = self._heads.phrases[self._text.folded[start:end]]
        if head not in self._named:
            self._named[head] = self._first_named(head, _holds), self._first_named(head, _has)
        for firsts in self._named[head]:
            before = [one.actors for one in firsts if one.end < start]
            if before:
                return before[0] if len(before) == 1 else None
        return None

    def _first_named(self, head: str, fits: Callable[[Folded, Mention, str], bool]) -> list[Mention]:
        """Where each of the first two different bodies that fit is named first."""
        firsts: dict[tuple[ActorId, ...], Mention] = {}
        for one in self._bodies:
            if one.actors not in firsts and fits(self._text, one, head):
                firsts[one.actors] = one
                if len(firsts) > 1:
                    break
        return list(firsts.values())


def _holds(text: Folded, body: Mention, head: str) -> bool:
    """Whether a body's name holds a head as a word among others."""
    name = text.folded[body.start : body.end]
    return f" {head} " in f" {name} " and name != head


def _has(text: Folded, body: Mention, head: str) -> bool:
    """Whether a head follows a body's name right behind, written large as a name's: "the LRC | Council"; not "the US-EU Task Force"."""
    joined = text.text[body.start - 1 : body.start] in DASHES
    follows = (body.end + len(mark) for mark in AFTER_NAME if text.folded.startswith(f"{mark}{head}", body.end))
    return not joined and any(text.text[at].isupper() for at in follows)
