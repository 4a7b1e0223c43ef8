"""A PostgreSQL server of this machine's own programs, for the tests: in a temporary folder, on a socket, ended with the tests."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

NUMBERS = count()


def programs() -> Path | None:
    """The folder with `initdb` and `postgres`, the newest where there are several."""
    found = [folder for folder in Path("/usr/lib/postgresql").glob("*/bin") if (folder / "initdb").exists()]
    if found:
        return max(found, key=lambda folder: int(folder.parent.name) if folder.parent.name.isdigit() else 0)
    there = shutil.which("initdb")
    return Path(there).resolve().parent if there else None


@contextmanager
def server(binaries: Path) -> Iterator[str]:
    """The address of a running, empty server; PostgreSQL refuses to run as root, so root lends it to another user."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    user = _user()
    if user:
        shutil.chown(folder, user)
    data = folder / "data"
    _run([binaries / "initdb", "-D", data, "-U", "desk", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"], user)
    command = [binaries / "postgres", "-D", data, "-k", folder, "-h", "", "-F", "-c", "max_connections=200"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=(folder / "log").open("wb"), user=user)
    try:
        _wait(binaries, folder, process)
        yield f"postgresql://desk@/postgres?host={folder}"
    finally:
        process.send_signal(signal.SIGQUIT)  # at once: what it holds is thrown away, and a polite end waits for every client
        with suppress(subprocess.TimeoutExpired):
            process.wait(20)
        process.kill()
        shutil.rmtree(folder, ignore_errors=True)


def _user() -> str | None:
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _run(command: list[str | Path], user: str | None) -> None:
    done = subprocess.run(command, check=False, capture_output=True, text=True, user=user)
    assert done.returncode == 0, done.stderr


def _wait(binaries: Path, folder: Path, process: subprocess.Popen[bytes]) -> None:
    ready = [binaries / "pg_isready", "-q", "-h", folder, "-U", "desk", "-d", "postgres"]
    for _ in range(300):
        assert process.poll() is None, (folder / "log").read_text()
        if subprocess.run(ready, check=False).returncode == 0:
            return
        time.sleep(0.1)
    raise AssertionError((folder / "log").read_text())


def fresh_database(server: str, like: str = "template1") -> str:
    """The address of a new database, empty or like another one."""
    import psycopg

    name = f"register_{os.getpid()}_{next(NUMBERS)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {like} STRATEGY FILE_COPY")
    return server.replace("/postgres?", f"/{name}?")
