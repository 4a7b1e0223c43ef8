"""What an undertaking is to bring about, by its words: a meeting held, an instrument adopted, or something else at a meeting."""

import re
from functools import cache

from msgspec import Struct

from comity.knowledge.folded import fold
from comity.languages import load_words
from comity.reading.progress_words import pattern_of
from comity.records import Evidence, LanguageCode
from comity.tracking.sayings import ContradictionWords

AT = 40
"""Letters before a meeting in which the words may begin that tell that something is to be done at it."""


class UndertakenWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Verbs of holding a meeting, and of bringing an instrument about; words before a meeting at which something else is to be done."""

    hold: tuple[str, ...]
    bring: tuple[str, ...]
    occasions: tuple[str, ...]


class Patterns(Struct, frozen=True):
    """The same, and words for what is only expected, ready to be searched for in folded text."""

    hold: re.Pattern[str]
    bring: re.Pattern[str]
    occasions: re.Pattern[str]
    expected: re.Pattern[str]


@cache
def undertaken_words(language: LanguageCode) -> Patterns:
    verbs = load_words(language, "undertaken", UndertakenWords)
    expected = load_words(language, "contradictions", ContradictionWords).expected
    return Patterns(pattern_of(verbs.hold), pattern_of(verbs.bring), pattern_of(verbs.occasions), pattern_of(expected))


def is_occasion(undertaken: Evidence, place: int, words: Patterns) -> bool:
    """Whether the meeting at a place of the text is where or by when something is to be done: "publish a report at the next | summit"."""
    before = fold(undertaken.quote)[max(0, place - undertaken.start - AT) : max(0, place - undertaken.start)]
    ends = [one.end() for one in words.occasions.finditer(before)]
    return bool(ends) and "," not in before[ends[-1] :] and not words.hold.search(before, ends[-1])
