"""Which body a short word means by the head of its name: "the Lima River Commission ... | the Commission", "Ủy hội sông Lima ... | Ủy hội".

In come a text, the words found and the bodies named; out comes the one body named before whose name holds that head, or stands right before
it ("the LRC Council"); nobody where two do, or where the words behind make the head another's ("the council | of ministers").
"""

from collections.abc import Sequence

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

    def meant(self, text: Folded, start: int, end: int, bodies: Sequence[Mention]) -> tuple[ActorId, ...] | None:
        """The body that the words from `start` to `end` mean; `bodies` are all that the text names, in order."""
        if text.folded.startswith(self._not_before, end) or (self._before and not text.folded.startswith(self._before, end)):
            return None
        if text.text[end : end + 1] == " " and text.text[end + 1 : end + 2].isupper():  # "the Council | President"
            return None
        if any(one.start < end and start < one.end for one in bodies):  # a name of its own
            return None
        head = self.phrases[text.folded[start:end]]
        before = [one for one in bodies if one.end < start]
        named = {one.actors for one in before if _holds(text, one, head)} or {one.actors for one in before if _has(text, one, head)}
        return named.pop() if len(named) == 1 else None


def _holds(text: Folded, body: Mention, head: str) -> bool:
    """Whether a body's name holds a head as a word among others."""
    name = text.folded[body.start : body.end]
    return f" {head} " in f" {name} " and name != head


def _has(text: Folded, body: Mention, head: str) -> bool:
    """Whether a head follows a body's name right behind, written large as a name's: "the LRC | Council"; not "the US-EU Task Force"."""
    joined = text.text[body.start - 1 : body.start] in DASHES
    follows = (body.end + len(mark) for mark in AFTER_NAME if text.folded.startswith(f"{mark}{head}", body.end))
    return not joined and any(text.text[at].isupper() for at in follows)
