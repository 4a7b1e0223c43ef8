"""A process that does nothing but answer is told once how to share its time between those who wait."""

import gc
import sys

SWITCH = 0.0005
"""Seconds after which a page that computes lets others go on. SQLite lets go of the interpreter at every row it fetches: with Python's own
5 ms, a page of a hundred rows waited half a second beside one that computes."""
YOUNG = (20_000, 20, 20)
"""So many new objects before it is looked for circles of them that nobody needs: a page makes thousands, nearly none in circles."""


def settle() -> None:
    """After everything is loaded, before anybody asks: what is there now (the knowledge, the pack) stays, and is never looked through."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*YOUNG)
    sys.setswitchinterval(SWITCH)
