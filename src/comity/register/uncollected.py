"""Python's search for objects that hold each other in a ring, put off for a while.

It looks at everything that is in use again and again. The rows of a thousand documents are half a million objects without a ring among
them: looking at those took a quarter of the time that writing them takes, and at what comes from other processes two fifths of taking it.
"""

import gc
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Nothing is searched inside; afterwards as before."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()


def collect() -> None:
    """Searches now. Ctrl-C waits until that is done: what is raised while an object says goodbye is swallowed by Python, and a build that
    was told to stop would go on."""
    if threading.current_thread() is not threading.main_thread():  # signals are told to the main thread only
        gc.collect()
        return
    pressed: list[int] = []
    former = signal.signal(signal.SIGINT, lambda number, _frame: pressed.append(number))
    try:
        gc.collect()
    finally:
        signal.signal(signal.SIGINT, former)
    if pressed:
        signal.raise_signal(signal.SIGINT)
