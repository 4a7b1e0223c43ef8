"""Where a name that nobody knows stands as whoever speaks: "Molly Coyle, cho hay ...", "Tak cũng nói".

In come a text, its language's reporting verbs and where its mentions begin; out come such places. Behind them "ông" or "bà" is not whoever
was named before.
"""

import re
from collections import Counter
from collections.abc import Container, Iterator

from comity.knowledge.folded import Folded, fold
from comity.reading.cues import Frame, cue_words
from comity.reading.name_shapes import CAPITALS
from comity.records import LanguageCode

NAME = re.compile(rf"(?<![\w'’-])[{CAPITALS}][^\W\d_]+(?:[ -]+[{CAPITALS}][^\W\d_]+){{0,3}}(?=,? )")
WORD = re.compile(r"[^\W\d_]+")
SHORTEST_ALONE = 3
"""Letters of a name of one word."""


class Strangers:
    """Finds them in one language; `between` may stand between the name and the verb."""

    def __init__(self, language: LanguageCode, between: tuple[str, ...]) -> None:
        forms = (fold(form) for cue in cue_words(language).cues if cue.frame is Frame.CLAUSE for form in cue.forms)
        self._verbs = tuple(f"{form} " for form in forms)
        self._between = tuple(f"{fold(word)} " for word in between)

    def find(self, text: Folded, known: Container[int], small: Container[str]) -> Iterator[int]:
        """The places of the names; `known` are the characters that mentions and titles cover, `small` the words that the text writes
        with a small letter too."""
        written: Counter[str] = Counter()
        for name in NAME.finditer(text.text):
            start, end = name.span()
            if any(place in known for place in range(start, end)):
                continue
            behind = text.folded.startswith(", ", end)
            if behind and not text.folded.endswith(", ", 0, start):
                continue  # what stands behind a comma has no subject there, but "the attaché, Molly Coyle, said"
            verb = end + (2 if behind else 1)
            verb += next((len(word) for word in self._between if text.folded.startswith(word, verb)), 0)
            if not text.folded.startswith(self._verbs, verb):
                continue
            written = written or Counter(WORD.findall(text.text))
            if " " in name.group() or self._may_be_alone(name.group(), written, small):
                yield start

    def _may_be_alone(self, word: str, written: Counter[str], small: Container[str]) -> bool:
        """Whether a single word is a name: none that the text writes small too, and written more than once."""
        is_name = len(word) >= SHORTEST_ALONE and word.isascii() and not word.isupper() and word.lower() not in small
        return is_name and written[word] > 1
