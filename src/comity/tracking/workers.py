"""Processes that do pieces of work, as many as the machine has processors.

In come what makes a worker's tools (a class and what it is made with), then a function and pieces; out come what the function gives for
each piece, in the order of the pieces.
"""

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cache
from typing import Any, Generic, Protocol, TypeVar

from threadpoolctl import threadpool_limits

from comity.register.uncollected import uncollected


class Closing(Protocol):
    def close(self) -> None: ...


W = TypeVar("W", bound=Closing)
A = TypeVar("A")
B = TypeVar("B")


class Workers(Generic[W]):
    """Each process makes its tools once, with its own connection to the register."""

    def __init__(self, make: Callable[..., W], *made_with: str) -> None:
        self._make = make
        self._made_with = made_with
        self._processors = processors()
        self._pool = ProcessPoolExecutor(self._processors, multiprocessing.get_context("spawn"))

    def do(self, function: Callable[[W, A], B], pieces: Iterable[A], ahead: int = 2) -> Iterator[B]:
        """What a function gives for each piece, in order. So many pieces `ahead` lie ready for each process, or are done and wait to be
        taken: more where whoever takes them is away for longer."""
        waiting: list[Future[B]] = []
        for piece in pieces:
            waiting.append(self._pool.submit(_do, self._make, self._made_with, function, piece))
            if len(waiting) > self._processors * ahead:
                yield waiting.pop(0).result()
        for future in waiting:
            yield future.result()

    def begin(self, function: Callable[[W, A], B], pieces: Iterable[A]) -> Iterator[B]:
        """The same for pieces that are worked at while this process does something else: all of them lie ready from now on."""
        futures = [self._pool.submit(_do, self._make, self._made_with, function, piece) for piece in pieces]
        return (future.result() for future in futures)

    def close(self) -> None:
        self._pool.shutdown(cancel_futures=True)


class Alone(Generic[W]):
    """The same in this process, where the machine has one processor."""

    def __init__(self, make: Callable[..., W], *made_with: str) -> None:
        self._tools = make(*made_with)

    def do(self, function: Callable[[W, A], B], pieces: Iterable[A], ahead: int = 2) -> Iterator[B]:
        return (function(self._tools, piece) for piece in pieces)

    def begin(self, function: Callable[[W, A], B], pieces: Iterable[A]) -> Iterator[B]:
        return self.do(function, pieces)

    def close(self) -> None:
        self._tools.close()


def processors() -> int:
    """Those that this process may use, where the system tells."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _do(make: Callable[..., W], made_with: tuple[str, ...], function: Callable[[W, A], B], piece: A) -> B:
    tools = _tools(make, made_with)
    with uncollected():
        return function(tools, piece)


@cache
def _tools(make: Callable[..., Any], made_with: tuple[str, ...]) -> Any:
    """Made once in each process. What is made stays, and so do the answers that it remembers: looking through them all again and again for
    what could be let go took a third of the time, and looking through what a piece of work makes another thirtieth. Products of matrices
    stay on the process's own thread: where each process had a thread for each processor, they waited for each other for nearly half of
    their time."""
    threadpool_limits(limits=1)
    tools = make(*made_with)
    gc.collect()
    gc.freeze()
    return tools
