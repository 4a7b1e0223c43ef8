"""What differs between SQLite and PostgreSQL beyond their dialects of SQL: opening, waiting, and writing alone."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from comity.errors import RegisterError

WAIT_SECONDS = 5
"""How long one waits for another writer."""

BETWEEN_LOOKS = 0.02
"""Seconds after which a file that somebody else was making is looked at again."""

ROOM = ("cache_size=-131072", "mmap_size=268435456", "wal_autocheckpoint=8192", "journal_size_limit=67108864", "temp_store=MEMORY")
"""Memory for pages in use (128 MB), 256 MB of the file read without copying, and the log brought into the file every 32 MB: a build
writes the same pages again and again. What a log had to grow to is given back down to 64 MB."""

MORE_ROOM = ("cache_size=-327680", "mmap_size=0", "secure_delete=FAST")
"""For writing many documents at once: 320 MB for the pages that every part of a build changes, none of them mapped; and pieces of the
full-text index that were merged into others are let go without writing zeros over them first, half of what merging wrote."""

FIRST_MAKER = 0x636F6D697479
"""The lock under which tables are first made in PostgreSQL, where there is no table yet to lock ("comity" in hexadecimal)."""


def engine_of(url: str | Path) -> tuple[Engine, str]:
    """The engine for a path or address, and the register's name for people (without password). Raises RegisterError for an address of no
    database that can hold one."""
    address = _address(url)
    if address.get_backend_name() == "sqlite":
        path = str(address.database)
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        # who asks next takes the connection used last, which has the pages of the file in memory that the one before has read
        engine = create_engine(address, connect_args={"timeout": WAIT_SECONDS}, pool_use_lifo=True)
        event.listen(engine, "connect", _prepare_sqlite)
        return engine, path
    try:
        engine = create_engine(address, connect_args={"connect_timeout": WAIT_SECONDS})
    except ModuleNotFoundError as error:
        raise RegisterError(
            "A register in PostgreSQL needs the psycopg package; install it with `pip install 'comity[postgres]'`."
        ) from error
    event.listen(engine, "connect", _prepare_postgres)
    return engine, address.set(drivername="postgresql", query={}).render_as_string(hide_password=True)


def file_of(url: str | Path) -> Path | None:
    """The file of a register, None where it is in a server."""
    address = _address(url)
    return Path(str(address.database)) if address.get_backend_name() == "sqlite" else None


def is_sqlite(connection: Connection | Engine) -> bool:
    return connection.dialect.name == "sqlite"


def write_alone(connection: Connection) -> None:
    """From the first look on nobody else writes, so that two writers of the same document do not both find it missing. Others may read."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_sqlite(connection) else "LOCK TABLE meta IN EXCLUSIVE MODE")


def make_alone(connection: Connection) -> None:
    """The same before there are tables."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_sqlite(connection) else f"SELECT pg_advisory_xact_lock({FIRST_MAKER})")


def make_room(connection: Connection) -> None:
    """Gives a connection that writes many documents the memory for it."""
    for setting in MORE_ROOM if is_sqlite(connection) else ():
        connection.exec_driver_sql(f"PRAGMA {setting}")


@contextmanager
def in_bulk(connection: Connection) -> Iterator[None]:
    """Memory for many documents, and no look at the row that each of their rows refers to: the one who writes them gave it its key a moment
    before, and looking was a tenth of the work. Entered before a transaction begins; inside one SQLite changes no such setting."""
    make_room(connection)
    _check_references(connection, "OFF")
    try:
        yield
    finally:
        _check_references(connection, "ON")


def _check_references(connection: Connection, value: str) -> None:
    if is_sqlite(connection):
        connection.exec_driver_sql(f"PRAGMA foreign_keys={value}")
        connection.commit()


def _address(url: str | Path) -> URL:
    if isinstance(url, Path) or "://" not in url:
        return URL.create("sqlite", database=str(url))
    fault = f"{url.partition('?')[0].rpartition('@')[2]} is no address of a register; give a file, sqlite:///FILE or postgresql://USER@HOST/DATABASE."
    try:
        address = make_url(url)
        backend = address.get_backend_name()
    except (ArgumentError, ValueError) as error:
        raise RegisterError(fault) from error
    if backend not in ("sqlite", "postgresql", "postgres") or not address.database:
        raise RegisterError(fault)
    return address.set(drivername="sqlite" if backend == "sqlite" else "postgresql+psycopg")


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """Readers go on while one writes (WAL). A crash of the program loses nothing committed. A power cut may lose the last documents, which
    the next build reads again: waiting for the disk after each one (synchronous=FULL) was measured at half of all time."""
    _keep_a_log(connection)
    for setting in ("synchronous=NORMAL", "foreign_keys=ON", *ROOM):
        connection.execute(f"PRAGMA {setting}")


def _keep_a_log(connection: Any) -> None:
    """Two programs that open a new file at once both make it WAL. SQLite looks at the file before it asks to write, and whoever has looked
    is told "locked" at once, however long it was told to wait: asked again until that time is over."""
    until = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
        time.sleep(BETWEEN_LOOKS)


def _prepare_postgres(connection: Any, _record: object) -> None:
    connection.execute(f"SET lock_timeout = '{int(WAIT_SECONDS * 1000)}ms'")
    connection.execute("SET client_min_messages = warning")
    connection.execute("SET random_page_cost = 1.1")  # pages in memory: without it all statements are read for what one actor said
    connection.execute("SET jit = off")  # compiling a question takes longer than its answer: pages ask for twenty rows
    connection.commit()
