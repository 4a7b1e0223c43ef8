"""The folds of a cross-validation side by side, one process a core: a function of the fold's number in, results in their order out."""

import gc
import os
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

T = TypeVar("T")


def side_by_side(work: Callable[[int], T], count: int) -> list[T]:
    """`work(0)` to `work(count - 1)`. Processes are forked, so that `work` may be a closure over lessons of any size; results are pickled.
    Raises EOFError where a process ends without a result (what went wrong stands on its stderr)."""
    processes = get_context("fork")
    results: dict[int, T] = {}
    running: dict[Connection, int] = {}
    gc.freeze()  # what is there before is never looked through again, here or there
    for number in range(count):
        here, there = processes.Pipe(duplex=False)
        processes.Process(target=_send, args=(work, number, there)).start()
        there.close()
        running[here] = number
        while len(running) == (os.cpu_count() or 1) or (running and number == count - 1):
            ready = wait(list(running))
            for here in [one for one in running if one in ready]:
                results[running.pop(here)] = here.recv()
    gc.unfreeze()
    return [results[number] for number in range(count)]


def _send(work: Callable[[int], Any], number: int, there: Connection) -> None:
    there.send(work(number))
    there.close()
