"""The rest of a long answer, put aside in a temporary file, so that nothing in the database is held while somebody works through it.

In: the rows of an answer that are left. Out: the same rows, after the connection they came from may be closed.
"""

from collections.abc import Iterable, Iterator
from typing import IO, Any

import msgspec
from sqlalchemy import Result, Row
from sqlalchemy.engine.result import IteratorResult, SimpleResultMetaData

IN_MEMORY = 16 * 2**20
"""Bytes that are kept in memory; more goes to the disk."""

SIZE = 8
"""Bytes that say how long a part is."""


def put_aside(left: Result[Any], file: IO[bytes], together: int) -> None:
    """Reads all that is left of an answer into a file."""
    for part in left.partitions(together):
        packed = msgspec.msgpack.encode([tuple(row) for row in part])
        file.write(len(packed).to_bytes(SIZE, "big") + packed)
    file.seek(0)


def from_aside(file: IO[bytes], names: Iterable[str]) -> Iterator[Row[Any]]:
    """What was put aside, in its order."""
    return iter(IteratorResult(SimpleResultMetaData(list(names)), _parts(file)))


def _parts(file: IO[bytes]) -> Iterator[tuple[Any, ...]]:
    while size := file.read(SIZE):
        yield from map(tuple, msgspec.msgpack.decode(file.read(int.from_bytes(size, "big"))))
