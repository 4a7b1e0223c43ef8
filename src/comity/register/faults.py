"""What goes wrong with the file or server below, as one sentence for a person."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from comity.errors import RegisterBusyError, RegisterError

BUSY = ("locked", "busy", "lock timeout")
SENTENCES = (
    (BUSY, "is being written by another program; try again when that has ended"),
    (("disk is full", "No space left"), "can't grow: the disk is full; make room and go on, nothing read so far is lost"),
    (("not a database", "malformed"), "is no register, or is damaged; give another file"),
    (("readonly", "read-only"), "can't be written; change its rights or give another file"),
    (("unable to open",), "can't be opened; check that the folder exists and may be written"),
    (("disk I/O",), "can't be written: the disk reports a fault; nothing read so far is lost"),
    (("no such table", "no such column", "does not exist"), "is no register of Comity, or is not there; give another one"),
    (("password authentication", "no password supplied", "role "), "is closed to this user; check the user and password in the address"),
    (("permission denied",), "may not be written by this user; ask for the right to it"),
    (
        (
            "connection failed",
            "Connection refused",
            "could not connect",
            "timeout expired",
            "closed the connection",
            "connection is lost",
            "terminating connection",
        ),
        "is out of reach; check that the server runs and the address is right",
    ),
    (("never changed",), "keeps its decisions: they are only added, never changed; take one back with `comity decide undo NUMBER`"),
    (("only added to",), "keeps its log: it is only added to, never changed"),
    (("NUL (0x00)",), "can't hold a text with a zero byte; take it out of the document"),
)


@contextmanager
def told_clearly(name: str) -> Iterator[None]:
    """Turns a fault of the database below into a RegisterError that names the register and the mend."""
    try:
        yield
    except (DBAPIError, sqlite3.Error, OSError) as error:
        fault = str(error.orig if isinstance(error, DBAPIError) else error)
        known = next((sentence for signs, sentence in SENTENCES if any(sign in fault for sign in signs)), f"can't be used ({fault})")
        kind = RegisterBusyError if any(sign in fault for sign in BUSY) else RegisterError
        raise kind(f"The register {name} {known}.") from error
