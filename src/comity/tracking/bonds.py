"""What ties two reports, and how likely their words make it that they tell the same.

In come the traits of two reports and the stories of their documents; out come log odds, worked out once for all that is told in the same
words.
"""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from math import inf
from typing import Any

import numpy as np
from numpy.typing import NDArray

from comity.tracking.happening import UNLIKELY, Traits, is_apart
from comity.tracking.occurrence_odds import log_odds, met_others, most_odds
from comity.tracking.stories import Stories, Told

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class Bonds:
    """How strongly reports, by their places among some traits, belong together: a million of them are no more than three arrays."""

    def __init__(self, a: Ints, b: Ints, strength: Floats) -> None:
        self.a, self.b, self.strength = a, b, strength

    def __len__(self) -> int:
        return len(self.a)

    def __iter__(self) -> Iterator[tuple[int, int, float]]:
        return zip(self.a.tolist(), self.b.tolist(), self.strength.tolist(), strict=True)

    def only(self, which: NDArray[Any] | slice) -> "Bonds":
        """Those of some places, those of a stretch, or those that a mask leaves."""
        return Bonds(self.a[which], self.b[which], self.strength[which])


def pairs_of(some: Ints, others: Ints, *, the_same: bool) -> tuple[Ints, Ints]:
    """Every one of some with every one of the others; where they are the same, each pair once."""
    if the_same:
        first, second = np.triu_indices(len(some), 1)
        return some[first], some[second]
    return np.repeat(some, len(others)), np.tile(others, len(some))


def bonds_of(several: Iterable[tuple[int, int, float]]) -> Bonds:
    every = list(several)
    a, b = (np.array([one[side] for one in every], dtype=np.int64) for side in (0, 1))
    return Bonds(a, b, np.array([one[2] for one in every], dtype=np.float64))


def all_of(several: Sequence[Bonds]) -> Bonds:
    """The bonds of several together."""
    return Bonds(
        np.concatenate([one.a for one in several]),
        np.concatenate([one.b for one in several]),
        np.concatenate([one.strength for one in several]),
    )


Key = tuple[bytes, bytes, bool]


def are_likely(a: Traits, b: Traits, stories: Stories) -> bool:
    """Whether two of the same day and parties are told in words that let them be of one occurrence."""
    return odds_from(UNLIKELY, a, b, stories) >= UNLIKELY


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
    """How likely two reports are of one occurrence, in log odds."""
    return _odds(_key(a, b, stories), a, b, stories)


def odds_from(least: float, a: Traits, b: Traits, stories: Stories) -> float:
    """The same where it is `least` or more, else any number below: most pairs are told apart by much less than all their words."""
    key = _key(a, b, stories)
    if key not in stories.odds:
        if key not in stories.most:
            stories.most[key] = most_odds(a, b, *_told(a, b, stories))
        if stories.most[key] < least:
            return stories.most[key]
    return _odds(key, a, b, stories)


def _key(a: Traits, b: Traits, stories: Stories) -> Key:
    return telling(a, stories), telling(b, stories), is_apart(a, b)


def _odds(key: Key, a: Traits, b: Traits, stories: Stories) -> float:
    if key not in stories.odds:
        told_a, told_b = _told(a, b, stories)
        stories.odds[key] = -inf if met_others(a, b, told_a, told_b) else log_odds(a, b, told_a, told_b)
    return stories.odds[key]


def _told(a: Traits, b: Traits, stories: Stories) -> tuple[Told, Told]:
    return stories.told(*_words_at(a)), stories.told(*_words_at(b))


def _words_at(one: Traits) -> tuple[str, int, int]:
    document, start = one.report.key
    return document, start, start + len(one.report.words)
