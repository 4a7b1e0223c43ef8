"""Python's search for objects that hold each other in a ring, put off for a while.

It looks at everything that is in use again and again. The rows of a thousand documents are half a million objects without a ring among
them: looking at those took a quarter of the time that writing them takes, and at what comes from other processes two fifths of taking it.
"""

import gc
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
