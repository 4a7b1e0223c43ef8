"""Runs a handler that waits for the register in a thread.

Litestar's own `sync_to_thread` wraps a handler once more for each method its path has, and then never awaits it: a page that is both read
and sent to (GET and POST at one address) needs this one.
"""

from collections.abc import Callable, Coroutine
from functools import partial, wraps
from typing import Any, ParamSpec, TypeVar

from anyio import to_thread

P = ParamSpec("P")
T = TypeVar("T")


def threaded(handler: Callable[P, T]) -> Callable[P, Coroutine[Any, Any, T]]:
    """The handler, awaited while a thread runs it."""

    @wraps(handler)
    async def run(*args: P.args, **kwargs: P.kwargs) -> T:
        return await to_thread.run_sync(partial(handler, *args, **kwargs))

    return run
