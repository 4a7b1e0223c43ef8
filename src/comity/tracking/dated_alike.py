"""Bonds between all reports of a register that are dated alike, or of one meeting, however far apart they were published.

In come the reports in a few words each (`Sighting`); out come bonds, packed. Reports that say the same of their day, their meeting and
their parties are looked at as one: a release that a hundred documents repeat costs no more than one, but for the bonds themselves.
"""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations

import numpy as np
from msgspec import Struct

from comity.records import ActorId, MechanismId, Status
from comity.register.places import as_place
from comity.tracking.grouping import MANY_PARTIES
from comity.tracking.happening import SHARP, Traits, may_be_one, meeting_bond, parties_bond


class Sighting(Struct, frozen=True, array_like=True):
    """What decides whether a report is tied to others by its day, meeting and parties. `place` is where it stands; `telling` says
    what it has in common with reports that tell the same in the same words (grouping.py), empty where its day is not sharp."""

    place: int
    telling: bytes
    type: str
    status: Status
    mechanism: MechanismId | None
    represented: frozenset[ActorId]
    persons: frozenset[ActorId]
    first: int
    last: int
    dated: bool
    once: bool

    @property
    def sharp(self) -> bool:
        return self.dated and self.last - self.first <= SHARP


class Packed:
    """Bonds in little room: two places and how strongly they are tied."""

    def __init__(self) -> None:
        self.a, self.b, self.strength = array("q"), array("q"), array("d")

    def __len__(self) -> int:
        return len(self.a)

    def add(self, a: int, b: int, strength: float) -> None:
        self.a.append(a)
        self.b.append(b)
        self.strength.append(strength)

    def take(self, other: "Packed") -> None:
        self.a.extend(other.a)
        self.b.extend(other.b)
        self.strength.extend(other.strength)

    def add_all(self, some: Sequence[int], others: Sequence[int], strength: float) -> None:
        """Of every one of some with every one of the others; of all pairs where they are the same."""
        if some is others:
            first, second = np.triu_indices(len(some), 1)
            a, b = np.array(some, dtype=np.int64)[first], np.array(some, dtype=np.int64)[second]
        else:
            a, b = np.repeat(np.array(some, dtype=np.int64), len(others)), np.tile(np.array(others, dtype=np.int64), len(some))
        self.a.frombytes(a.tobytes())
        self.b.frombytes(b.tobytes())
        self.strength.frombytes(np.full(len(a), strength).tobytes())

    def __iter__(self) -> Iterator[tuple[int, int, float]]:
        return zip(self.a, self.b, self.strength, strict=True)


def sighting_of(one: Traits, telling: Callable[[Traits], bytes]) -> Sighting | None:
    """None where neither its meeting nor its day and parties can tie it to others."""
    with_others = one.sharp and len(one.represented) > 1
    if not with_others and not (one.mechanism and one.last):
        return None
    return Sighting(
        place=place_of(one),
        telling=telling(one) if with_others else b"",
        type=one.report.type.value,
        status=one.status,
        mechanism=one.mechanism,
        represented=one.represented,
        persons=one.persons,
        first=one.first,
        last=one.last,
        dated=one.dated,
        once=one.once,
    )


def place_of(one: Traits) -> int:
    return as_place(one.report.reading, one.report.number)


def of_meetings(sightings: Iterable[Sighting], bonds: Packed) -> None:
    """Adds the bonds of one kind and meeting."""
    alike: defaultdict[tuple[object, ...], list[Sighting]] = defaultdict(list)
    for one in sightings:
        if one.mechanism and one.last:
            alike[one.type, one.mechanism, one.status, one.first, one.last, one.dated, one.once].append(one)
    blocks: defaultdict[tuple[str, MechanismId | None], list[list[Sighting]]] = defaultdict(list)
    for several in alike.values():
        blocks[several[0].type, several[0].mechanism].append(several)
    for a, b in _overlapping(blocks.values()):
        if may_be_one(a[0], b[0]) and (strength := meeting_bond(a[0], b[0])):
            _add(bonds, a, b, strength)


def of_parties(sightings: Iterable[Sighting], likely: Callable[[Sequence[tuple[int, int]]], Iterable[bool]], bonds: Packed) -> None:
    """Adds the bonds of one kind, day and parties. `likely` says of pairs of reports whether their words let them be of one occurrence: it
    is asked once for all that tell the same."""
    alike: defaultdict[tuple[object, ...], list[Sighting]] = defaultdict(list)
    for one in sightings:
        if one.telling:
            alike[one.telling, one.type, one.mechanism, one.status, one.first, one.last].append(one)
    blocks: defaultdict[tuple[str, ...], list[list[Sighting]]] = defaultdict(list)
    for several in alike.values():
        for pair in combinations(sorted(several[0].represented)[:MANY_PARTIES], 2):
            blocks[several[0].type, *pair].append(several)
    found: dict[tuple[int, int], tuple[list[Sighting], list[Sighting], float]] = {}
    for a, b in _overlapping(blocks.values()):
        if may_be_one(a[0], b[0]) and (strength := parties_bond(a[0], b[0])):
            found[min(id(a), id(b)), max(id(a), id(b))] = (a, b, strength)
    asked = list(found.values())
    for (a, b, strength), is_likely in zip(asked, likely([_an_example(a, b) for a, b, _ in asked]), strict=True):
        if is_likely:
            _add(bonds, a, b, strength)


def _an_example(a: list[Sighting], b: list[Sighting]) -> tuple[int, int]:
    return a[0].place, b[1 if a is b else 0].place


def _overlapping(blocks: Iterable[list[list[Sighting]]]) -> Iterator[tuple[list[Sighting], list[Sighting]]]:
    """The pairs in each block whose days overlap, each with itself too where there are several alike."""
    for block in blocks:
        ordered = sorted(block, key=lambda several: several[0].first)
        for place, a in enumerate(ordered):
            if len(a) > 1:
                yield a, a
            for b in ordered[place + 1 :]:
                if b[0].first > a[0].last:
                    break
                yield a, b


def _add(bonds: Packed, a: list[Sighting], b: list[Sighting], strength: float) -> None:
    some = [one.place for one in a]
    bonds.add_all(some, some if a is b else [one.place for one in b], strength)
