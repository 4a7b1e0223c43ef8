"""Occurrences of a whole register put together from nothing, on all processors.

In come a register no document's events of which are kept yet, and what is known; they go into the register. In three steps: a stretch of
documents at a time, what one document or one story says (occurrence_work.py), of which most is written at once, as nothing else can tie it;
then what is dated on the same day or of one meeting, however far apart it was published; then the neighbourhoods that these bonds make. The
result is the same as that of taking documents in one after another (occurrence_update.py); what was broken off while it was written begins
again.
"""

import pickle
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import chain, islice
from pathlib import Path
from typing import IO, TypeVar

import msgspec

from comity.knowledge import Knowledge
from comity.register import Register
from comity.register.occurrence_records import NewOccurrence
from comity.register.occurrence_store import Changed, OccurrenceStore
from comity.register.uncollected import uncollected
from comity.tracking.dated_alike import Packed, Sighting, of_meetings, of_parties
from comity.tracking.neighbourhoods import Days, Neighbourhoods
from comity.tracking.occurrence_work import ALONE, SIGHTINGS, Work, grouped, likely, put_together, said
from comity.tracking.occurrence_work import Alone as Rows
from comity.tracking.workers import Alone, Workers, processors

TOGETHER = 1600
"""Documents in one stretch. Those of some days before it are looked at again: of a quarter as many it was every seventh."""

PAIRS = 4000
"""Pairs of reports, and reports of neighbourhoods, in one piece of work."""

AT_ONCE = 120_000
"""Occurrences written in one transaction: each changes pages of the file all over it, and the more at once the fewer of them twice."""

AHEAD = 20
"""So many pieces of work lie ready for each process while occurrences are written."""

A = TypeVar("A")

ROWS = msgspec.msgpack.Decoder(list[NewOccurrence])


def build_occurrences(register: Register, knowledge: Knowledge, waiting: Sequence[int], step: Callable[[int], None]) -> bool:
    """Puts the events of some readings together, in the order of their documents' days; false where somebody else wrote meanwhile and the
    rest is left to be taken in one after another. `step` is told how many more documents are done."""
    store = register.occurrence_store()
    store.let_go()
    whole = _put_together(store, knowledge, waiting, step)
    if not whole:
        store.make_indexes()
    return whole


def _put_together(store: OccurrenceStore, knowledge: Knowledge, waiting: Sequence[int], step: Callable[[int], None]) -> bool:
    """Writes all occurrences, makes their indexes, and writes what the documents say; false where somebody else wrote meanwhile."""
    parts = [tuple(waiting[start : start + TOGETHER]) for start in range(0, len(waiting), TOGETHER)]
    with (
        tempfile.TemporaryDirectory() as folder,
        tempfile.TemporaryFile() as file,
        closing(_workers(store.address(), knowledge, folder)) as workers,
        uncollected(),
    ):
        within, bonds, days, spool = Packed(), Packed(), Days(), _Spool(file)
        dated: list[Sighting] = []
        writing = _Writing(store)
        for part in workers.do(put_together, parts, AHEAD):
            within.take(part.within)
            bonds.take(part.bonds)
            days.take(part.days)
            dated += SIGHTINGS.decode(part.dated)
            spool.add(part.alone)
            if not writing.add(ROWS.decode(part.sure)):
                return False
        # what documents say is found in thirds, while this process is busy with all bonds, with neighbourhoods, and with indexes
        third = -(-len(parts) // 3)
        sayings = [workers.begin(said, parts[:third])]
        of_meetings(dated, bonds)
        of_parties(dated, lambda pairs: chain.from_iterable(workers.do(likely, _in_pieces(pairs, PAIRS))), bonds)
        del dated
        sayings.append(workers.begin(said, parts[third : 2 * third]))
        several = Neighbourhoods(bonds, within, days)
        del within, bonds, days
        if not store.write(Changed(old=(), new=(), readings=(), guesses=tuple(several.guesses)), store.marks()["turn"], {}):
            return False
        alone = (_left_alone(part, several) for part in spool.parts())
        for some in _in_turn(alone, map(ROWS.decode, workers.do(grouped, several.in_bulk(PAIRS), AHEAD))):
            if not writing.add(some):
                return False
        sayings.append(workers.begin(said, parts[2 * third :]))
        if not writing.end():
            return False
        store.make_indexes()
        every = list(chain(*sayings))  # from the first that is written on, what is broken off is taken in one after another
        for readings, rows in zip(parts, every, strict=True):
            if not store.write(Changed(old=(), new=(), readings=readings, sayings=tuple(rows)), store.marks()["turn"], {}):
                return False
            step(len(readings))
    return True


class _Writing:
    """Writes occurrences, AT_ONCE or more in one transaction: those of one neighbourhood together, as the contacts of each tell both. Says
    whether nobody else wrote meanwhile."""

    def __init__(self, store: OccurrenceStore) -> None:
        self._store = store
        self._waiting: list[NewOccurrence] = []

    def add(self, whole: Sequence[NewOccurrence]) -> bool:
        self._waiting += whole
        return len(self._waiting) < AT_ONCE or self.end()

    def end(self) -> bool:
        some, self._waiting = self._waiting, []
        return not some or self._store.write_many(some, self._store.marks()["turn"])


def _left_alone(part: Rows, several: Neighbourhoods) -> list[NewOccurrence]:
    """The rows of a stretch that are in no neighbourhood."""
    held = several.hold([place for place, _ in part.rows]).tolist()
    return [row for (_, rows), is_held in zip(part.rows, held, strict=True) if not is_held for row in rows]


def _in_turn(some: Iterator[A], others: Iterable[A]) -> Iterator[A]:
    """One of some with each of the others, and what is left of them."""
    for other in others:
        yield other
        yield from islice(some, 1)
    yield from some


def _workers(address: str, knowledge: Knowledge, folder: str) -> Workers[Work] | Alone[Work]:
    """What is known goes to them in a file: it takes a second to be loaded from its sources."""
    known = Path(folder) / "knowledge"
    known.write_bytes(pickle.dumps(knowledge))
    return (Workers if processors() > 1 else Alone)(Work, address, str(known))


class _Spool:
    """What the stretches gave, on disk until it is known which reports stand alone."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._sizes: list[int] = []

    def add(self, alone: bytes) -> None:
        self._sizes.append(self._file.write(alone))

    def parts(self) -> Iterator[Rows]:
        self._file.seek(0)
        for size in self._sizes:
            yield ALONE.decode(self._file.read(size))


def _in_pieces(things: Iterable[A], size: int) -> Iterator[list[A]]:
    piece: list[A] = []
    for thing in things:
        piece.append(thing)
        if len(piece) == size:
            yield piece
            piece = []
    if piece:
        yield piece
