"""Reads many documents on all cores: documents in, what each adds to a register out, in the order of the documents whatever core is faster.

A few documents are read in this very process: starting others takes longer than reading them. At most `AHEAD` parts a core are on their
way, so that memory stays the same however many documents there are.
"""

import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache, partial
from itertools import islice

from comity.cli.reading import LateReader
from comity.errors import ComityError
from comity.knowledge import load_pack
from comity.records import Document
from comity.register.prepared import Prepared, prepare
from comity.register.tags import ThemeWords

FEW = 100
TOGETHER = 8
AHEAD = 3


class Work:
    """What a process reads with."""

    def __init__(self, reader: LateReader) -> None:
        self._reader = reader
        self._themes = ThemeWords(reader.themes())

    def do(self, documents: list[Document]) -> list[Prepared]:
        return [prepare(self._reader.read(document), self._themes, self._reader.famous) for document in documents]


def read_together(documents: Iterable[Document], reader: LateReader, processes: int | None = None) -> Generator[Prepared, None, None]:
    """What each document adds, in their order. Raises ComityError where the system ends a reading process."""
    documents = iter(documents)
    few = list(islice(documents, FEW + 1))
    if len(few) <= FEW or processes == 1:
        work = Work(reader)
        for document in (*few, *documents):
            yield from work.do([document])
        return
    cores = processes or os.cpu_count() or 1
    pool = ProcessPoolExecutor(cores, initializer=_leave_interrupt)
    do = partial(_do, tuple(pack.folder for pack in reader.packs))
    try:
        yield from _in_order(pool, do, _parts(few, documents), AHEAD * cores)
    except BrokenProcessPool as error:
        raise ComityError("A reading process was ended by the system, perhaps for want of memory; start again to go on.") from error
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _in_order(
    pool: ProcessPoolExecutor, do: Callable[[list[Document]], list[Prepared]], parts: Iterator[list[Document]], ahead: int
) -> Iterator[Prepared]:
    waiting: deque[Future[list[Prepared]]] = deque()
    for part in parts:
        waiting.append(pool.submit(do, part))
        if len(waiting) > ahead:
            yield from waiting.popleft().result()
    while waiting:
        yield from waiting.popleft().result()


def _parts(few: list[Document], others: Iterator[Document]) -> Iterator[list[Document]]:
    for start in range(0, len(few), TOGETHER):
        yield few[start : start + TOGETHER]
    while part := list(islice(others, TOGETHER)):
        yield part


def _leave_interrupt() -> None:
    """Ctrl-C is for the process that writes; it ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _do(folders: tuple[str, ...], documents: list[Document]) -> list[Prepared]:
    return _work(folders).do(documents)


@cache
def _work(folders: tuple[str, ...]) -> Work:
    """A process reads everything with the same packs, and makes its grammars once."""
    return Work(LateReader(tuple(load_pack(folder) for folder in folders)))
