"""The folds of a cross-validation side by side, one process a core: a function of the fold's number in, results in their order out."""

import os
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, TypeVar

T = TypeVar("T")


def side_by_side(work: Callable[[int], T], count: int) -> list[T]:
    """`work(0)` to `work(count - 1)`. Processes are forked, so that `work` may be a closure over lessons of any size; results are pickled.
    Raises EOFError where a process ends without a result (what went wrong stands on its stderr)."""
    processes = get_context("fork")
    results: list[T] = []
    at_once = os.cpu_count() or 1
    for first in range(0, count, at_once):
        running = []
        for number in range(first, min(first + at_once, count)):
            here, there = processes.Pipe(duplex=False)
            process = processes.Process(target=_send, args=(work, number, there))
            process.start()
            there.close()
            running.append((process, here))
        for process, here in running:
            results.append(here.recv())
            process.join()
    return results


def _send(work: Callable[[int], Any], number: int, there: Connection) -> None:
    there.send(work(number))
    there.close()
