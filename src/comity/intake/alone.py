"""Opens a file, address or text in a process of its own, so that a hostile or damaged one costs no other work its time, memory or life.

In: an `Order`. Out: the documents and faults that are in it, at once. The process is ended after a time; its memory is bounded where the
system can.
"""

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import Struct

from comity.errors import BadInputError
from comity.intake.documents import Unreadable, document_from_text, documents_from_bytes
from comity.intake.known import Given, Known
from comity.records import Document

MEMORY = 4_000_000_000
"""Bytes of address space; a PDF of a thousand pages takes a quarter of it."""


class Order(Struct, frozen=True, kw_only=True):
    """What to open: a file's content under its name, or an address, or a text; and what is known of it."""

    name: str = ""
    content: bytes = b""
    address: str = ""
    text: str = ""
    known: Known = Known()


class Opened(Struct, frozen=True):
    """The documents, and the sentences about those that can't be read."""

    documents: tuple[Document, ...] = ()
    faults: tuple[str, ...] = ()


class OpeningFailed(Exception):
    """The process ended without an answer; `slow` where it took too long."""

    def __init__(self, *, slow: bool) -> None:
        super().__init__()
        self.slow = slow


def open_alone(order: Order, *, seconds: int) -> Opened:
    """All that is in it. Raises OpeningFailed."""
    command = [sys.executable, "-c", "from comity.intake.alone import main; main()"]
    try:
        done = subprocess.run(command, input=msgspec.msgpack.encode(order), capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired as error:
        raise OpeningFailed(slow=True) from error
    if done.returncode:
        raise OpeningFailed(slow=False)
    return msgspec.msgpack.decode(done.stdout, type=Opened)


def main() -> None:
    """The process: an order on standard input, the answer on standard output."""
    _bound_memory()
    order = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Order)
    found = list(_found(order))
    documents = tuple(one for one in found if isinstance(one, Document))
    faults = tuple(one.sentence for one in found if isinstance(one, Unreadable))
    sys.stdout.buffer.write(msgspec.msgpack.encode(Opened(documents, faults)))


def _found(order: Order) -> Iterator[Document | Unreadable]:
    known: Any = order.known
    try:
        if order.address:
            from comity.intake.web import fetch_page

            yield fetch_page(order.address, given=Given(published=known.published))
        elif order.text:
            fields = {name: getattr(known, name) for name in ("title", "publisher", "published", "source")}
            yield document_from_text(order.text, name=order.name, **fields)
        else:
            yield from documents_from_bytes(order.content, name=order.name, given=Given(published=known.published), around=known)
    except BadInputError as error:
        yield Unreadable(order.name or order.address, str(error))


def _bound_memory() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):  # other systems than Unix have no such bound
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
