"""Many rows into one table as fast as each database takes them: tuples in the order of the table's columns, JSON as text.

SQLAlchemy's own insert of dicts takes several times as long for each row, and PostgreSQL copies many times as fast as it inserts. Rows may
be made while they are written: so those of a thousand documents are never there all at once.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Table, text
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
        do_many(connection, f'INSERT INTO "{table.name}" ({names}) VALUES ({places})', some)
    else:
        copy_rows(connection, f'COPY "{table.name}" ({names}) FROM STDIN', some)


def do_many(connection: Connection, command: str, rows: Iterable[Row]) -> None:
    """A command with `?` for each value of a row, for each of some rows, inside the transaction that is open."""
    driver: Any = connection.connection.driver_connection
    with _faults_of(connection, command):
        driver.cursor().executemany(command if is_sqlite(connection) else command.replace("?", "%s"), rows)


def ask_for_numbers(connection: Connection, question: str, given: Mapping[str, Any]) -> list[int]:
    """The first column of a question with `:names`, for one that is asked thousands of times: SQLAlchemy's way from a question to its rows
    takes longer than SQLite does to answer."""
    if not is_sqlite(connection):
        return [int(number) for number in connection.execute(text(question), given).scalars()]
    driver: Any = connection.connection.driver_connection
    with _faults_of(connection, question):
        return [number for (number,) in driver.execute(question, given)]


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
