"""SQLite's log of what was written (`register.sqlite-wal`), kept short by whoever writes much.

In: a register to which something was added. Out: a log that was brought into the file where it had grown long; or, where another program
keeps it from that, one sentence which says so, once.
"""

from pathlib import Path

from sqlalchemy import Engine

from comity.register.backend import is_sqlite
from comity.register.faults import told_clearly

LONGEST = 256 * 2**20
"""Bytes to which the log may grow before a writer waits for the readers that still need it."""

HELD = (
    "The log of the register {name} has {size:,.0f} MB and can't be brought into it, because another program keeps a transaction open; "
    "end that (an sqlite3 shell after BEGIN, for example), or the log grows with all that is written. Nothing is lost."
)


class Log:
    """The log of one register. By itself SQLite empties it only in a moment in which nobody reads: beside readers that came one after
    another it grew to 14 GB in 20,000 documents, and the longer it is the longer every look-up of a page takes."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self._name = name
        self._file = Path(f"{engine.url.database}-wal") if is_sqlite(engine) else None
        self._held = 0
        self._told = False

    def shorten(self) -> str | None:
        """Empties a long log, after a while of waiting for those that still read by it. Where somebody does for longer it is tried again
        when it has grown by as much again, and the first time a sentence for a person comes back."""
        if self._file is None or not self._file.exists() or self._file.stat().st_size <= self._held + LONGEST:
            return None
        with told_clearly(self._name), self._engine.connect() as connection:
            busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0]
        self._held = self._file.stat().st_size if busy else 0
        if not busy or self._told:
            return None
        self._told = True
        return HELD.format(name=self._name, size=self._held / 1e6)
