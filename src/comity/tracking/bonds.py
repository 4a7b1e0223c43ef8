"""What ties two reports, and how likely their words make it that they tell the same.

In come the traits of two reports and the stories of their documents; out come log odds, worked out once for all that is told in the same
words.
"""

from hashlib import blake2b
from math import inf

from msgspec import Struct

from comity.tracking.happening import UNLIKELY, Traits, is_apart
from comity.tracking.occurrence_odds import log_odds, met_others
from comity.tracking.stories import Stories


class Bond(Struct, frozen=True):
    """How strongly two reports, by their place among the traits, belong together."""

    strength: float
    a: int
    b: int


def are_likely(a: Traits, b: Traits, stories: Stories) -> bool:
    """Whether two of the same day and parties are told in words that let them be of one occurrence."""
    return odds_of(a, b, stories) >= UNLIKELY


def telling(one: Traits, stories: Stories) -> bytes:
    """What tells how likely a report is of one occurrence with another, but for whether their days are apart: the same words on the same
    day with the same parties are as likely as each other, in whatever documents they stand."""
    key = (one.report.reading, one.report.number)
    if key not in stories.tellings:
        said = (one.report.type, one.words, one.deed, one.report.when, one.dated, one.sharp, one.report.status, one.mechanism, one.meeting)
        who = (one.report.source, one.report.target, sorted(one.represented), sorted(one.persons), one.report.language)
        whole = repr((*stories.place(*_words_at(one)), said, who))
        stories.tellings[key] = blake2b(whole.encode("utf-8", "surrogatepass"), digest_size=12).digest()
    return stories.tellings[key]


def odds_of(a: Traits, b: Traits, stories: Stories) -> float:
    key = (telling(a, stories), telling(b, stories), is_apart(a, b))
    if key not in stories.odds:
        told_a, told_b = stories.told(*_words_at(a)), stories.told(*_words_at(b))
        stories.odds[key] = -inf if met_others(a, b, told_a, told_b) else log_odds(a, b, told_a, told_b)
    return stories.odds[key]


def _words_at(one: Traits) -> tuple[str, int, int]:
    document, start = one.report.key
    return document, start, start + len(one.report.words)
