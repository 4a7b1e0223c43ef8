"""Long work done by a process of its own, which stands back behind the pages: a thread would have the interpreter half of the time.

In comes a function with what it is given; out comes what it gives, or its fault is raised. It opens the register for itself, so it may
know more than the page that asked, never less. One piece of work at a time; it ends with the portal.
"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, Concatenate, ParamSpec, TypeVar

from comity.errors import BadInputError, ComityError, RegisterError
from comity.knowledge import Knowledge
from comity.register import Register, open_register

P = ParamSpec("P")
T = TypeVar("T")
Work = Callable[Concatenate[Register, Knowledge, P], T]
BACK = 10
"""How far it stands back (as `nice` counts): it has what the pages leave."""


class Backroom:
    """Of one portal's process. What is given and what comes back goes from process to process, so functions are those of a module."""

    def __init__(self, register: Register, knowledge: Knowledge) -> None:
        self._register = register
        self._knowledge = knowledge
        self._lock = threading.Lock()

    def run(self, work: Work[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What the work gives; it is waited for, so a page asks for it in a thread. Raises its fault."""
        spawn = multiprocessing.get_context("spawn")
        with self._lock:
            here, there = spawn.Pipe(duplex=False)
            given = (there, self._register.address, self._knowledge, work, args, kwargs)
            process = spawn.Process(target=_work, args=given, daemon=True)
            process.start()
            there.close()
            try:
                found, fault = here.recv()
            except EOFError:
                raise RegisterError("What was being worked out behind the pages broke off; ask for it again.") from None
            finally:
                process.join()
                here.close()
        if fault is not None:
            raise (BadInputError if fault[0] else RegisterError)(fault[1])
        return found  # type: ignore[no-any-return]


def _work(there: Connection, address: str, knowledge: Knowledge, work: Callable[..., Any], args: Any, kwargs: Any) -> None:
    """The process. Ctrl-C is for the portal, with which it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_portal, daemon=True).start()
    os.nice(BACK)
    try:
        with open_register(address, create=False) as register:
            there.send((work(register, knowledge, *args, **kwargs), None))
    except ComityError as fault:
        there.send((None, (isinstance(fault, BadInputError), str(fault))))


def _end_with_portal() -> None:
    portal = multiprocessing.parent_process()
    if portal is not None:
        portal.join()
        os._exit(1)
