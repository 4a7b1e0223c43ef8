"""What the processes of one portal have in common beside the register: how much everybody has asked, the charts that pages offer, and what
became of uploads. It is kept in a file of its own, which ends with the portal.
"""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from math import ceil
from pathlib import Path
from threading import Lock

from comity.errors import RegisterError

KEPT = 5_000
"""So many things of a kind are kept, the newest."""
WAIT_SECONDS = 5
TABLES = (
    "CREATE TABLE IF NOT EXISTS things (number INTEGER PRIMARY KEY, kind TEXT, name TEXT, content BLOB, UNIQUE (kind, name))",
    "CREATE TABLE IF NOT EXISTS hands (name TEXT PRIMARY KEY, since REAL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS buckets (name TEXT PRIMARY KEY, level REAL, at REAL) WITHOUT ROWID",
)
HELD_SECONDS = 900.0
POLL_SECONDS = 1.0
FULL_AGAIN = 120.0
"""Seconds after which any bucket is full again: it fills in a minute."""


class Shelf:
    """A file that several processes read and write."""

    def __init__(self, file: Path) -> None:
        self._lock = Lock()
        self._open = True
        self._connection = sqlite3.connect(file, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False)
        for setting in ("journal_mode=WAL", "synchronous=OFF"):
            self._connection.execute(f"PRAGMA {setting}")
        for table in TABLES:
            self._connection.execute(table)

    def put(self, kind: str, name: str, content: bytes) -> None:
        """Keeps something in the place of what had its name."""
        with self._in_use(), closing(self._connection.cursor()) as cursor:
            cursor.execute("INSERT OR REPLACE INTO things (kind, name, content) VALUES (?, ?, ?)", (kind, name, content))
            cursor.execute("DELETE FROM things WHERE kind = ? AND number <= ?", (kind, (cursor.lastrowid or 0) - KEPT))

    def get(self, kind: str, name: str) -> bytes | None:
        with self._in_use():
            row = self._connection.execute("SELECT content FROM things WHERE kind = ? AND name = ?", (kind, name)).fetchone()
        return None if row is None else bytes(row[0])

    def once(self, kind: str, name: str, work: Callable[[], bytes]) -> bytes:
        """What one process works out for all: who comes while it does waits. Raises RegisterError where the portal ends meanwhile."""
        while (found := self.get(kind, name)) is None:
            with self._alone(f"{kind} {name}") as mine:
                if mine and self.get(kind, name) is None:  # it may have been put since it was asked for
                    self.put(kind, name, work())
            if not mine:
                time.sleep(POLL_SECONDS)
        return found

    @contextmanager
    def _alone(self, name: str) -> Iterator[bool]:
        """Whether nobody else has it in hand just now; the mark of who broke off counts no longer than HELD_SECONDS."""
        now = time.time()
        with self._in_use(), closing(self._connection.cursor()) as cursor:
            cursor.execute("DELETE FROM hands WHERE name = ? AND since < ?", (name, now - HELD_SECONDS))
            mine = cursor.execute("INSERT OR IGNORE INTO hands VALUES (?, ?)", (name, now)).rowcount > 0
        try:
            yield mine
        finally:
            if mine:
                with self._in_use():
                    self._connection.execute("DELETE FROM hands WHERE name = ?", (name,))

    @contextmanager
    def _in_use(self) -> Iterator[None]:
        """One at a time, as long as it is open."""
        with self._lock:
            if not self._open:
                raise RegisterError("The portal is ending.")
            yield

    def take(self, name: str, rate: int, now: float) -> float:
        """Takes one from a bucket that gets `rate` a minute; gives what was in it."""
        with self._lock, closing(self._connection.cursor()) as cursor:
            cursor.execute("BEGIN IMMEDIATE")
            try:
                row = cursor.execute("SELECT level, at FROM buckets WHERE name = ?", (name,)).fetchone()
                level, at = row or (float(rate), now)
                level = min(float(rate), level + (now - at) * rate / 60)
                cursor.execute("INSERT OR REPLACE INTO buckets VALUES (?, ?, ?)", (name, level - 1 if level >= 1 else level, now))
                if row is None:
                    cursor.execute("DELETE FROM buckets WHERE at < ?", (now - FULL_AGAIN,))
            finally:
                cursor.execute("COMMIT")
        return level

    def close(self) -> None:
        with self._lock:
            self._open = False
            self._connection.close()


class SharedLimits:
    """How much one address or token may ask of all processes together. `clock` is given by tests."""

    def __init__(self, shelf: Shelf, clock: Callable[[], float]) -> None:
        self._shelf = shelf
        self._clock = clock

    def wait(self, name: str, rate: int) -> int:
        """As that of `Limits`."""
        level = self._shelf.take(name, rate, self._clock())
        return 0 if level >= 1 else max(1, ceil((1 - level) * 60 / rate))
