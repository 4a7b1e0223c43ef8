"""A portal over the small partnership, asked without a network, and one that listens on a real port."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import uvicorn
from argon2 import PasswordHasher

from comity.cli.serve import listen
from comity.cli.workers import LONGEST_HEAD
from comity.portal.accounts.passwords import Hasher
from comity.portal.app import create_portal
from comity.portal.desk import Desk
from comity.register import Register
from made import small_pack
from small_register import small_knowledge

TODAY = date(2020, 12, 1)
QUICK = Hasher(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
"""A portal makes hashes slow on purpose (0.2 seconds of a processor), one when it is opened and one for each password."""


def portal_over(register: Register) -> object:
    """The portal as of a fixed day."""
    pack, knowledge = small_pack(), small_knowledge()
    return create_portal(register, pack, knowledge, desk=Desk(register, pack, knowledge, today=lambda: TODAY), hasher=QUICK)


@contextmanager
def serving(portal: object) -> Iterator[str]:
    """The address of a portal that runs in a thread."""
    listening = listen(0)
    config = uvicorn.Config(portal, lifespan="off", log_level="error", ws="none", http="h11", h11_max_incomplete_event_size=LONGEST_HEAD)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    for _ in range(100):
        if server.started:
            break
        time.sleep(0.05)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)
        listening.close()
