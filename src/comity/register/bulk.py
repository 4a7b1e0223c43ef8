"""Many rows into one table as fast as each database takes them: tuples in the order of the table's columns, JSON as text.

SQLAlchemy's own insert of dicts takes several times as long for each row, and PostgreSQL copies many times as fast as it inserts. Rows may
be made while they are written: so those of a thousand documents are never there all at once.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.exc import DBAPIError

from comity.register.backend import is_sqlite

Row = tuple[Any, ...]


def insert_rows(connection: Connection, table: Table, rows: Iterable[Row]) -> None:
    """Adds rows that hold a value for every column."""
    if (some := _unless_empty(rows)) is None:
        return
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    if is_sqlite(connection):
        places = ", ".join("?" * len(table.columns))
        insert_many(connection, f'INSERT INTO "{table.name}" ({names}) VALUES ({places})', some)
    else:
        copy_rows(connection, f'COPY "{table.name}" ({names}) FROM STDIN', some)


def insert_many(connection: Connection, command: str, rows: Iterable[Row]) -> None:
    """One command of SQLite for each of some rows, inside the transaction that is open."""
    driver: Any = connection.connection.driver_connection
    with _faults_of(connection, command):
        driver.executemany(command, rows)


def copy_rows(connection: Connection, command: str, rows: Iterable[Row]) -> None:
    """What PostgreSQL's COPY command reads."""
    driver: Any = connection.connection.driver_connection
    with _faults_of(connection, command), driver.cursor() as cursor, cursor.copy(command) as copy:
        for row in rows:
            copy.write_row(row)


def _unless_empty(rows: Iterable[Row]) -> Iterator[Row] | None:
    going = iter(rows)
    first = next(going, None)
    return None if first is None else chain([first], going)


@contextmanager
def _faults_of(connection: Connection, command: str) -> Iterator[None]:
    """A fault of the driver below as one of SQLAlchemy's."""
    try:
        yield
    except connection.dialect.loaded_dbapi.Error as error:
        raise DBAPIError(command, None, error) from error
