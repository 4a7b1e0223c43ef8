"""States or bodies that a sentence begins with, joined, as whom "they" of the next one mean; and words for two that only count.

In come a text and its mentions so far; out come those who are meant: "Peru and Norway reaffirmed the treaty. | They | intend ...". "The two
| ports |" are nobody's two.
"""

import re
from collections.abc import Container, Sequence

from comity.knowledge.folded import Folded, fold
from comity.reading.mentions import Form, Mention
from comity.reading.name_words import ReferenceWords
from comity.reading.page import Page
from comity.records import ActorId, ActorType

NEAREST_BEGINNING = 20
"""Characters of a sentence before whoever it begins with."""
GOVERNMENT = "GOV-"
NOUN_BEHIND = re.compile(r" ([a-z-]+s)(?!\w)")


class Counting:
    """The words for two of one language that may only count what stands behind them."""

    def __init__(self, words: ReferenceWords) -> None:
        self._words, self._verbs = frozenset(map(fold, words.counting)), frozenset(words.verbs_in_s)

    def counts(self, text: Folded, start: int, end: int) -> bool:
        """Whether the words from `start` to `end` only count what stands behind them: "| the two | ports discussed"."""
        behind = NOUN_BEHIND.match(text.folded, end) if text.folded[start:end] in self._words else None
        return behind is not None and behind.group(1) not in self._verbs


def joint_subject(
    text: Folded, page: Page, recent: Sequence[Mention], here: int, joins: Container[str]
) -> tuple[tuple[ActorId, ...], ActorType] | None:
    """The states or bodies that the sentence before sentence `here` begins with, joined, or the word that stands for them there."""
    named = [mention for mention in recent if page.sentence_at(mention.start) == here - 1]
    if not named or named[0].type is ActorType.PERSON or named[0].outer_start - page.sentences[here - 1].start > NEAREST_BEGINNING:
        return None
    if named[0].form is Form.PRONOUN:
        return (named[0].actors, named[0].type) if len(named[0].actors) > 1 else None
    joined = [named[0]]
    for mention in named[1:]:
        if text.folded[joined[-1].outer_end : mention.outer_start] not in joins:
            break
        joined.append(mention)
    return distinct(joined, len(joined)) if all(one.form is Form.NAME for one in joined) else None


def distinct(mentions: Sequence[Mention], most: int) -> tuple[tuple[ActorId, ...], ActorType] | None:
    """The first of them, each once, where they are two or more; a government is its state."""
    actors = list(dict.fromkeys(actor.removeprefix(GOVERNMENT) for m in mentions for actor in m.actors))
    return (tuple(actors[:most]), mentions[0].type) if len(actors) >= 2 else None
