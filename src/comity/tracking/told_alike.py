"""What was told later of a party in nearly the same words.

In: things told (occurrences, undertakings), each with its day, its parties and the words that tell it. Out: those that are most like some
words, among the first that come after a day: a busy party has thousands, and to hold all of them against all it undertook would take four
times as long for twice as many.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Generic, TypeVar

import numpy as np

from comity.records import ActorId
from comity.tracking.products import Floats, product

LOOKED_AT = 2_000
"""So many things told of a party are held against some words: the first ones after these were said."""

T = TypeVar("T")
Told = tuple[T, date, Iterable[ActorId]]
"""A thing, its day and its parties."""


class ToldAlike(Generic[T]):
    """Things in the order of time, by party. Their words are weighed once, when they are first looked at: `vectors_of` gives a vector for
    each of some things, None for those that say nothing known, which are like nothing."""

    def __init__(self, told: Iterable[Told[T]], size: int, vectors_of: Callable[[Sequence[T]], Iterable[Floats | None]]) -> None:
        ordered = sorted(told, key=lambda one: one[1])
        self._things = [thing for thing, _, _ in ordered]
        self._days = [day for _, day, _ in ordered]
        self._places: defaultdict[ActorId, list[int]] = defaultdict(list)
        for place, (_, _, parties) in enumerate(ordered):
            for party in set(parties):
                self._places[party].append(place)
        self._vectors_of = vectors_of
        self._weighed = np.zeros(len(ordered), dtype=bool)
        self._vectors = np.zeros((len(ordered), size), dtype=np.float32)

    def later(self, party: ActorId, said: date, words: Floats, least: float) -> list[tuple[float, T]]:
        """Those with a party after a day whose words are at least so like some words, the most like first."""
        places = self._places.get(party, [])
        first = bisect_right(places, said, key=lambda place: self._days[place])
        some = np.array(places[first : first + LOOKED_AT], dtype=np.intp)
        self._weigh(some[~self._weighed[some]].tolist())
        likeness = product(self._vectors[some], words)
        ordered = np.argsort(-likeness, kind="stable")
        return [(float(likeness[one]), self._things[some[one]]) for one in ordered if likeness[one] >= least]

    def _weigh(self, places: list[int]) -> None:
        if not places:
            return
        for place, vector in zip(places, self._vectors_of([self._things[place] for place in places]), strict=True):
            if vector is not None:
                self._vectors[place] = vector
        self._weighed[places] = True
