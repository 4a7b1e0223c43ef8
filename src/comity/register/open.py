"""Opens a register: a SQLite file, by path or URL. Writing and reading are different objects got from it."""

from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Engine, create_engine, event, insert, inspect, make_url, select
from sqlalchemy.exc import ArgumentError

from comity.errors import RegisterError
from comity.register.clock import now
from comity.register.faults import told_clearly
from comity.register.schema import ALONE, SCHEMA, meta, metadata
from comity.register.view import View
from comity.register.writer import Writer

WAIT_SECONDS = 5
"""How long one waits for another writer."""


class Register:
    """An open register. Use it in a `with` block, or close it."""

    def __init__(self, engine: Engine, name: str) -> None:
        self.name = name
        self._engine = engine

    def writer(self) -> Writer:
        """What adds documents and readings."""
        return Writer(self._engine, self.name)

    def view(self) -> View:
        """What answers questions."""
        return View(self._engine, self.name)

    def close(self) -> None:
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def open_register(url: str | Path, *, create: bool = True) -> Register:
    """The register at a path or `sqlite:///` URL, made where there is none. With `create=False` a missing one is an error.

    Raises RegisterError where it is another program's file, from a newer Comity, locked or out of reach.
    """
    path = _path(url)
    if not create and not path.exists():
        raise RegisterError(f"There is no register {path}; make one with `comity build FOLDER --register {path}`.")
    with told_clearly(str(path)):
        path.parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": WAIT_SECONDS})
        event.listen(engine, "connect", _prepare)
        try:
            _check(engine, path)
        except BaseException:
            engine.dispose()
            raise
    return Register(engine, str(path))


def _path(url: str | Path) -> Path:
    if isinstance(url, Path) or "://" not in url:
        return Path(url)
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise RegisterError(f"{url} is no address of a register; give a file or sqlite:///FILE.") from error
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        raise RegisterError(
            f"This version keeps registers in SQLite files only; give a file or sqlite:///FILE, not {parsed.drivername}://."
        )
    return Path(parsed.database)


def _prepare(connection: Any, _record: object) -> None:
    """Readers go on while one writes (WAL). A crash of the program loses nothing committed. A power cut may lose the last documents, which
    the next build reads again: waiting for the disk after each one (synchronous=FULL) was measured at half of all time."""
    for setting in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {setting}")


def _check(engine: Engine, path: Path) -> None:
    """Fills an empty file with tables; refuses what is no register, or one from a newer version."""
    tables = inspect(engine).get_table_names()
    if not tables:
        _fill(engine)
        return
    with engine.connect() as connection:
        found = connection.execute(select(meta.c.value).where(meta.c.key == "schema")).scalar() if "meta" in tables else None
    if found is None or not found.isdigit():
        raise RegisterError(f"{path} is the database of another program, no register of Comity; give another file.")
    if int(found) > SCHEMA:
        raise RegisterError(
            f"The register {path} was written by a newer Comity (schema {found}, here {SCHEMA}); install the newer version."
        )


def _fill(engine: Engine) -> None:
    """Makes the tables, unless another program made them in the meantime."""
    with engine.begin() as connection:
        connection.exec_driver_sql(ALONE)
        if not inspect(connection).get_table_names():
            metadata.create_all(connection)
            connection.execute(insert(meta), [{"key": "schema", "value": str(SCHEMA)}, {"key": "created", "value": now()}])
