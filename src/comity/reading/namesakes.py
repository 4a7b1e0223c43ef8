"""Whom a family name alone means that several persons of a text bear, where the office or whoever was named last tells it.

"Thứ trưởng Ngoại giao Kim Kye-gwan nói. | Thứ trưởng Kim | cho rằng ..." and "ông John Kim, một doanh nhân, nói. | Ông Kim | cho biết ..."
in a text on Kim Jong-un. In come the persons of a text with the parts of their names and their offices, out comes for each an id, the
family name itself where two are in view and nothing tells them apart, or None where this tells nothing.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Sequence

from comity.reading.person_titles import Person
from comity.records import ActorId

Parts = tuple[str, ...]
NEAR = 300
"""Characters behind a full name within which "ông Kim" is that one, not another of the text who bears the name."""
MOST_NEAR = 8
"""Full names before that are looked at."""
BESIDE = 40
"""Characters between two full names that stand beside each other, so that the last is not the one spoken of."""
RANKS = frozenset(("prime", "deputy", "vice", "general", "assistant", "under", "state"))
"""What makes another rank of an office's key."""


class Namesakes:
    """Finds the namesakes of one text. Made once a text."""

    def __init__(self, persons: Sequence[Person], parts: Sequence[Parts], offices: Sequence[frozenset[str]]) -> None:
        self._persons, self._parts, self._offices = persons, parts, offices
        self._counts = Counter(parts)
        self._places: dict[str, list[int]] = {}
        self._bearers: dict[str, dict[Parts, set[str]]] = {}
        for index, own in enumerate(parts):
            for word in sorted({own[0], own[-1]}) if len(own) > 1 else ():
                self._places.setdefault(word, []).append(index)
                self._bearers.setdefault(word, {}).setdefault(own, set()).update(offices[index])

    def ids(self) -> list[ActorId | None]:
        """Whom each of the persons' names means, in the same order."""
        return [self._meant(index) for index in range(len(self._persons))]

    def _meant(self, index: int) -> ActorId | None:
        own = self._parts[index]
        bearers = self._bearers.get(own[0], {}) if len(own) == 1 else {}
        if len(bearers) < 2:
            return None
        if offices := self._offices[index]:
            fitting = {form for form, held in bearers.items() if any(_is_short_for(one, other) for one in offices for other in held)}
        else:
            fitting = self._named_last(index)
        if len(fitting) != 1:
            return None if self._offices[index] or not self._is_unsettled(index, bearers) else own[0]
        return "-".join(fitting.pop())

    def _is_unsettled(self, index: int, bearers: Collection[Parts]) -> bool:
        """Whether another bearer than the one whom the text names most was named in full shortly before, so that the name alone is
        nobody's: "Kim Jong-un và Kim Yo-jong đến nơi. | Kim | nói"."""
        person = self._persons[index]
        places = self._places[self._parts[index][0]]
        here = bisect_left(places, index)
        seen = {self._parts[one] for one in places[max(0, here - MOST_NEAR) : here] if person.start - self._persons[one].end <= NEAR}
        return bool(seen - {max(bearers, key=lambda form: self._counts[form])})

    def _named_last(self, index: int) -> set[Parts]:
        """The one named in full shortly before a name with an honorific; of two named side by side the one who bears it too: "ông Choe
        In-guk, con trai cựu ngoại trưởng Choe Tok-sin, đến Seoul. | Ông Choe"."""
        person = self._persons[index]
        places = self._places[self._parts[index][0]]
        here = bisect_left(places, index)
        near = [one for one in places[max(0, here - MOST_NEAR) : here] if person.start - self._persons[one].end <= NEAR]
        near = [one for one in near if self._persons[one].gender in (None, person.gender)]
        if not near or person.gender is None:
            return set()
        beside = {self._parts[one] for one in near if self._persons[near[-1]].start - self._persons[one].end <= BESIDE}
        if len(beside) == 1:
            return beside
        return {self._parts[one] for one in near if self._persons[one].gender is not None}


def _is_short_for(short: str, long: str) -> bool:
    """Whether an office may be told by the shorter other: "deputy-minister" for "deputy-foreign-minister", not "minister" for a premier."""
    more = set(long.split("-")) - set(short.split("-"))
    return set(short.split("-")) <= set(long.split("-")) and RANKS.isdisjoint(more)
