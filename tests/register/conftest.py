"""Every test that asks for `place` runs twice: with a SQLite file, and with a database of a real PostgreSQL server."""

import importlib.util
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from postgres import fresh_database, programs, server

from comity.records import Reading
from comity.register import Register, open_register
from made import empty_register


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a server; skips with a reason where there is none, fails where COMITY_REQUIRE_POSTGRES is set."""
    binaries = programs()
    missing = None
    if importlib.util.find_spec("psycopg") is None:
        missing = "psycopg is not installed (pip install 'comity[postgres]')"
    elif binaries is None:
        missing = "PostgreSQL is not installed (Debian: apt-get install postgresql)"
    if missing or binaries is None:
        reason = f"the register was not tested on PostgreSQL: {missing}"
        if os.environ.get("COMITY_REQUIRE_POSTGRES"):
            pytest.fail(reason)
        pytest.skip(reason)
    with server(binaries) as address:
        yield address


@pytest.fixture(scope="session")
def tables(postgres: str) -> str:
    """The name of a database with the tables of a register and no documents: to copy it is quicker than to make them step by step."""
    address = fresh_database(postgres)
    open_register(address).close()
    return address.partition("?")[0].rpartition("/")[2]


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a register that is not there yet; for a test that asks for `register_of` its tables are."""
    ready = "register_of" in request.fixturenames
    if request.param == "postgres":
        return fresh_database(request.getfixturevalue("postgres"), request.getfixturevalue("tables") if ready else "template1")
    if ready:
        (tmp_path / "register.sqlite").write_bytes(empty_register())
    return str(tmp_path / "register.sqlite")


@pytest.fixture
def register_of(place: str) -> Callable[..., Register]:
    """Makes the open register with some readings."""

    def make(*readings: Reading) -> Register:
        register = open_register(place)
        register.writer().add_all(readings)
        return register

    return make


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Sets the register's clock to noon of a day."""

    def set_clock(day: str) -> None:
        for module in ("batch", "deciding"):
            monkeypatch.setattr(f"comity.register.{module}.now", lambda: f"{day}T12:00:00+00:00")

    return set_clock
