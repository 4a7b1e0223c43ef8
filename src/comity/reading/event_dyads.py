"""Who may be source and target of a sentence in which nobody has marked them: the first two names that stand for different actors.

In: the names of one sentence in order. Out: source and target; the order is turned where the sentence says that the first is acted on.
"""

from collections.abc import Sequence

from comity.knowledge.folded import fold
from comity.reading.event_code_features import WORD, CodeWords
from comity.reading.mentions import Mention
from comity.records import Span

Dyad = tuple[Mention | None, Mention | None]


def find_dyad(text: str, named: Sequence[Mention], words: CodeWords) -> Dyad:
    """Source and target among the names of a sentence of the text."""
    if not named:
        return None, None
    first = named[0]
    second = next((mention for mention in named[1:] if not set(mention.actors) & set(first.actors)), None)
    if second is None:
        return first, None
    between = [match.group() for match in WORD.finditer(fold(text[first.end : second.outer_start]))]
    return (second, first) if is_turned(between, words) else (first, second)


def is_turned(between: Sequence[str], words: CodeWords) -> bool:
    """Whether the words between two names say that the first is acted on: "was freed by", "bị"."""
    if not between:
        return False
    return between[-1] in words.acted_on or (between[-1] in words.agent and any(word in words.passive for word in between))


def span_in(sentence: Span, mention: Mention | None) -> Span | None:
    """Where a mention stands, counted from the sentence's start."""
    return Span(mention.start - sentence.start, mention.end - sentence.start) if mention else None
