"""What ties two reports, and how likely their words make it that they tell the same.

In come the traits of reports and the stories of their documents; out come log odds, worked out once for all that is told in the same
words.
"""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from math import inf
from typing import Any

import numpy as np
from numpy.typing import NDArray

from comity.tracking.happening import UNLIKELY, Traits, is_apart
from comity.tracking.occurrence_odds import Weighed
from comity.tracking.stories import Stories

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
Pair = tuple[Traits, Traits]


def are_likely(pairs: Sequence[Pair], stories: Stories) -> list[bool]:
    """Whether reports of the same day and parties are told in words that let each two be of one occurrence."""
    return [odds >= UNLIKELY for odds in odds_of(pairs, stories, [UNLIKELY] * len(pairs))]


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


def odds_of(pairs: Sequence[Pair], stories: Stories, least: Sequence[float] | None = None) -> list[float]:
    """How likely the two reports of each pair are of one occurrence, in log odds; where that is under the `least` of a pair, any number
    below it: most pairs are told apart by much less than all their words."""
    keys = [(telling(a, stories), telling(b, stories), is_apart(a, b)) for a, b in pairs]
    found = {key: stories.odds[key] for key in keys if key in stories.odds}
    wanted: dict[Key, tuple[Pair, float]] = {}
    for key, pair, from_here in zip(keys, pairs, [-inf] * len(pairs) if least is None else least, strict=True):
        if key not in found:
            wanted[key] = (pair, min(from_here, wanted[key][1]) if key in wanted else from_here)
    if wanted:
        most, odds = _weighed([pair for pair, _ in wanted.values()], [from_here for _, from_here in wanted.values()], stories)
        found |= zip(wanted, most, strict=True)
        for key, value in zip(wanted, odds, strict=True):
            if value is not None:
                stories.odds[key] = found[key] = value
    return [found[key] for key in keys]


def odds_told_once(pairs: Sequence[Pair], stories: Stories, least: Sequence[float]) -> list[float]:
    """The same for pairs of which nothing is asked again: to know them by how they are told takes longer than to weigh the few of them that
    are told alike."""
    most, odds = _weighed(pairs, least, stories) if pairs else ([], [])
    return [value if value is not None else above for above, value in zip(most, odds, strict=True)]


def _weighed(pairs: Sequence[Pair], least: Sequence[float], stories: Stories) -> tuple[list[float], list[float | None]]:
    """What the odds of pairs are at most, and what they are where that is `least` or more."""
    reports = list({(one.report.reading, one.report.number): one for pair in pairs for one in pair}.values())
    number = {(one.report.reading, one.report.number): place for place, one in enumerate(reports)}
    one, other = (np.array([number[pair[side].report.reading, pair[side].report.number] for pair in pairs]) for side in (0, 1))
    told = [stories.told(*_words_at(report)) for report in reports]
    weighed = Weighed(reports, told, one, other)
    most = weighed.most_odds()
    some = np.flatnonzero(most >= np.array(least))
    stories.weigh([told[place] for place in np.unique(np.concatenate([one[some], other[some]])).tolist()])
    odds: list[float | None] = [None] * len(pairs)
    for place, value in zip(some.tolist(), weighed.log_odds(some).tolist(), strict=True):
        odds[place] = value
    return most.tolist(), odds


def _words_at(one: Traits) -> tuple[str, int, int]:
    document, start = one.report.key
    return document, start, start + len(one.report.words)
