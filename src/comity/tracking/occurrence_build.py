"""Occurrences of a whole register put together from nothing, on all processors.

In come a register none of whose occurrences are kept yet, and what is known; they go into the register. In three steps: a stretch of
documents at a time, what one document or one story says (occurrence_work.py); then what is dated on the same day or of one meeting, however
far apart it was published; then the neighbourhoods that these bonds make. The result is the same as that of taking documents in one after
another (occurrence_update.py), which goes on where this was broken off.
"""

import pickle
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import IO, TypeVar

import msgspec

from comity.knowledge import Knowledge
from comity.register import Register
from comity.register.occurrence_store import Changed, NewOccurrence
from comity.tracking.grouping import meeting_bonds, parties_bonds
from comity.tracking.happening import Traits
from comity.tracking.occurrence_work import Part, Place, Tied, Work, grouped, likely, place_of, put_together
from comity.tracking.workers import Alone, Workers, processors

TOGETHER = 400
"""Documents in one stretch."""

PAIRS = 4000
"""Pairs of reports, and reports of neighbourhoods, in one piece of work."""

A = TypeVar("A")


def build_occurrences(register: Register, knowledge: Knowledge, waiting: Sequence[int], step: Callable[[int], None]) -> bool:
    """Puts the events of some readings together, in the order of their documents' days; false where somebody else wrote meanwhile and the
    rest is left to be taken in one after another. `step` is told how many more documents are done."""
    store = register.occurrence_store()
    parts = [tuple(waiting[start : start + TOGETHER]) for start in range(0, len(waiting), TOGETHER)]
    with (
        tempfile.TemporaryDirectory() as folder,
        tempfile.TemporaryFile() as file,
        closing(_workers(store.address(), knowledge, folder)) as workers,
    ):
        within: list[Tied] = []
        bonds: list[Tied] = []
        dated: list[Traits] = []
        spool = _Spool(file)
        for part in workers.do(put_together, parts):
            within += part.within
            bonds += part.bonds
            dated += part.dated
            spool.add(part)
        bonds += ((place_of(dated[a]), place_of(dated[b]), strength) for a, b, strength in meeting_bonds(dated, _any))
        pairs = ((dated[a], dated[b], strength) for a, b, strength in parties_bonds(dated, _any))
        for found in workers.do(likely, _in_pieces(pairs, PAIRS)):
            bonds += found
        several = _neighbourhoods(bonds, within)
        grouped_already = {place for one in several for bond in one for place in (bond[0], bond[1])}
        for rows in workers.do(grouped, _in_bulk(several)):
            if not store.write(Changed(old=(), new=tuple(rows), readings=()), store.marks()["turn"], {}):
                return False
        for readings, part in zip(parts, spool.parts(), strict=True):
            alone = tuple(row for places, rows in part.alone if places[0] not in grouped_already for row in rows)
            changed = Changed(old=(), new=alone, readings=readings, sayings=tuple(part.sayings))
            if not store.write(changed, store.marks()["turn"], {}):
                return False
            step(len(readings))
    return True


def _workers(address: str, knowledge: Knowledge, folder: str) -> Workers[Work] | Alone[Work]:
    """What is known goes to them in a file: it takes a second to be loaded from its sources."""
    known = Path(folder) / "knowledge"
    known.write_bytes(pickle.dumps(knowledge))
    return (Workers if processors() > 1 else Alone)(Work, address, str(known))


def _any(a: int, b: int) -> bool:
    return True


class _Spool:
    """What the stretches gave, on disk until it is known which reports stand alone."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._sizes: list[int] = []

    def add(self, part: Part) -> None:
        data = msgspec.msgpack.encode((part.alone, part.sayings))
        self._sizes.append(self._file.write(data))

    def parts(self) -> Iterator[Part]:
        decoder = msgspec.msgpack.Decoder(tuple[list[tuple[list[Place], list[NewOccurrence]]], list[tuple[int, int, str, str, str]]])
        self._file.seek(0)
        for size in self._sizes:
            alone, sayings = decoder.decode(self._file.read(size))
            yield Part(within=[], bonds=[], dated=[], alone=alone, sayings=sayings)


def _neighbourhoods(bonds: Sequence[Tied], within: Sequence[Tied]) -> list[list[Tied]]:
    """All bonds by the neighbourhood they make, but for those that no bond beyond a document makes."""
    above: dict[Place, Place] = {}

    def top(place: Place) -> Place:
        way = []
        while (higher := above.setdefault(place, place)) != place:
            way.append(place)
            place = higher
        above.update(dict.fromkeys(way, place))
        return place

    for a, b, _ in (*bonds, *within):
        above[top(a)] = top(b)
    found: defaultdict[Place, list[Tied]] = defaultdict(list)
    for bond in bonds:
        found[top(bond[0])].append(bond)
    for bond in within:
        if (place := top(bond[0])) in found:
            found[place].append(bond)
    return list(found.values())


def _in_bulk(several: Sequence[list[Tied]]) -> Iterator[list[list[Tied]]]:
    """Neighbourhoods in the order of their reports, so many at a time that a piece of work is worth its while."""
    piece: list[list[Tied]] = []
    count = 0
    for one in sorted(several, key=min):
        piece.append(one)
        count += len(one)
        if count >= PAIRS:
            yield piece
            piece, count = [], 0
    if piece:
        yield piece


def _in_pieces(things: Iterable[A], size: int) -> Iterator[list[A]]:
    piece: list[A] = []
    for thing in things:
        piece.append(thing)
        if len(piece) == size:
            yield piece
            piece = []
    if piece:
        yield piece
