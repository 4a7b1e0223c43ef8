"""Several processes that answer at one address: each opens the register for itself, all listen on the same socket.

What must hold across them is in the register (sessions, tries, one-time links), in the cookie itself (the proof of forms), sealed with the
key file (second factors), or on the shelf (how much somebody asked, charts, uploads). One that breaks off is started anew. They end with
the one that started them.
"""

import multiprocessing
import os
import signal
import socket
import threading
import time
from contextlib import suppress
from multiprocessing.connection import wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from msgspec import Struct

from comity.errors import ComityError
from comity.records import LanguageCode

if TYPE_CHECKING:
    import uvicorn

MOST = 4
"""So many at most where nobody says how many: they share the disk and one writer."""
SOON = 20.0
"""One that ends so soon after its start is not started anew: it would end again."""
PATIENCE = 8.0
"""Seconds in which a process ends what it is answering."""
LONGEST_HEAD = 16_000_000
"""Bytes of a request's head that are read at all, so that a far too long address gets a page that says so."""


class Order(Struct, frozen=True, kw_only=True):
    """What a process needs to know to answer."""

    register: str
    pack: str
    language: LanguageCode
    accounts: bool
    home: Path | None
    shelf: Path


def usual_number(*, accounts: bool) -> int:
    """One for the demo; with accounts as many as there are processors, up to `MOST`."""
    return min(MOST, os.cpu_count() or 1) if accounts else 1


def answer(portal: object, listening: socket.socket) -> None:
    """Answers in this process until it is told to end."""
    import uvicorn

    from comity.portal.process import settle

    settle()
    with suppress(KeyboardInterrupt):  # Ctrl-C is how it is stopped
        uvicorn.Server(_config(portal)).run(sockets=[listening])


def answer_together(number: int, order: Order, listening: socket.socket) -> bool:
    """Answers in several processes until Ctrl-C or SIGTERM; False where they could not be kept running."""
    ending = threading.Event()
    former = signal.signal(signal.SIGTERM, lambda _signal, _frame: ending.set())
    running = {_started(order, listening): time.monotonic() for _ in range(number)}
    try:
        while not ending.is_set():
            wait([process.sentinel for process in running], timeout=0.5)
            ended = [one for one in running if not one.is_alive()]
            if ended and ending.wait(0.3):  # Ctrl-C reaches all: then it is heard here by now
                break
            for process in ended:
                if time.monotonic() - running.pop(process) < SOON:
                    return False
                running[_started(order, listening)] = time.monotonic()
    except KeyboardInterrupt:
        pass
    finally:
        _end(running)
        signal.signal(signal.SIGTERM, former)
    return True


def _started(order: Order, listening: socket.socket) -> SpawnProcess:
    """A new process. It does not hear Ctrl-C before it can answer: then it would die in the middle of its imports."""
    process = multiprocessing.get_context("spawn").Process(target=work, args=(order, listening))
    former = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        process.start()
    finally:
        signal.signal(signal.SIGINT, former)
    return process


def _end(running: dict[SpawnProcess, float]) -> None:
    """Lets every process finish what it is answering."""
    with suppress(KeyboardInterrupt):  # a second Ctrl-C does not wait
        for process in running:
            process.terminate()
        until = time.monotonic() + PATIENCE
        for process in running:
            process.join(max(0.0, until - time.monotonic()))
    for process in running:
        process.kill()
        process.join()


def work(order: Order, listening: socket.socket) -> None:
    """One of the processes."""
    signal.signal(signal.SIGTERM, _leave)
    from comity.knowledge import load_knowledge, load_pack
    from comity.portal import create_portal
    from comity.portal.settings import from_environment
    from comity.portal.shelf import Shelf
    from comity.register import open_register

    settings = from_environment(accounts=order.accounts, home=order.home)
    loaded = load_pack(order.pack)
    try:
        with open_register(order.register, create=False) as register:
            shelf = Shelf(order.shelf)
            portal = create_portal(register, loaded, load_knowledge((loaded,)), language=order.language, settings=settings, shelf=shelf)
            _answer_until_orphaned(portal, listening)
            shelf.close()
    except ComityError as fault:
        raise SystemExit(f"Error: {fault}") from None


def _answer_until_orphaned(portal: object, listening: socket.socket) -> None:
    import uvicorn

    from comity.portal.process import settle

    server = uvicorn.Server(_config(portal))

    def end_soon(_signal: int, _frame: FrameType | None) -> None:
        server.should_exit = True

    # uvicorn gives the signal on when it has ended: to raise then may fall into the middle of anything, and be told as an error
    signal.signal(signal.SIGTERM, end_soon)
    settle()

    def end_with_parent() -> None:
        parent = multiprocessing.parent_process()
        if parent is not None:
            parent.join()
            server.should_exit = True

    threading.Thread(target=end_with_parent, daemon=True).start()
    with suppress(KeyboardInterrupt, SystemExit):
        server.run(sockets=[listening])


def _leave(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


def _config(portal: object) -> "uvicorn.Config":
    import uvicorn

    return uvicorn.Config(
        portal,  # type: ignore[arg-type]
        http="h11",
        ws="none",
        lifespan="on",
        log_level="warning",
        access_log=False,
        server_header=False,
        h11_max_incomplete_event_size=LONGEST_HEAD,
        timeout_graceful_shutdown=3,
    )
