"""A portal over the small partnership, asked without a network, and one that listens on a real port."""

import asyncio
import socket
import threading
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


class PromptServer(uvicorn.Server):
    """Begins and ends when it is told to, as hundreds do in a run: uvicorn looks ten times a second whether it is its time, and gives its
    connections a tenth of a second to close."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.answers = threading.Event()
        self._end = asyncio.Event()

    def end(self) -> None:
        self._loop.call_soon_threadsafe(self._end.set)

    async def main_loop(self) -> None:
        await self.on_tick(0)
        self._loop = asyncio.get_running_loop()
        self.answers.set()
        await self._end.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """What is being answered is answered."""
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        while self.server_state.tasks:
            await asyncio.sleep(0.005)


@contextmanager
def serving(portal: object) -> Iterator[str]:
    """The address of a portal that runs in a thread."""
    listening = listen(0)
    config = uvicorn.Config(portal, lifespan="off", log_level="error", ws="none", http="h11", h11_max_incomplete_event_size=LONGEST_HEAD)
    server = PromptServer(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    assert server.answers.wait(timeout=60)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.end()
        thread.join(timeout=10)
        listening.close()
