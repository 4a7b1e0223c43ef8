"""The search for rings of objects, when somebody presses Ctrl-C in the middle of it."""

import signal
import weakref

import pytest

from comity.register.uncollected import collect, uncollected


class Ring:
    def __init__(self) -> None:
        self.itself = self


def test_ctrl_c_in_the_middle_of_a_search_stops_the_program_after_it():
    with uncollected():
        ring = Ring()
        goodbye = weakref.ref(ring, lambda _: signal.raise_signal(signal.SIGINT))
        del ring
        with pytest.raises(KeyboardInterrupt):
            collect()
    assert goodbye() is None
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_search_that_nobody_disturbs_leaves_ctrl_c_as_it_was():
    before = signal.getsignal(signal.SIGINT)
    collect()
    assert signal.getsignal(signal.SIGINT) is before
