"""What all tests share: the knowledge and the reader, built once, and case tables from YAML."""

import fcntl
import gc
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from browsing import browser  # noqa: F401  (a fixture for all)
from comity.knowledge import Knowledge
from comity.reading import Reader
from in_memory import write_into_memory
from made import reader_of_all
from one_context import share_context
from quick_command import quick_command
from real_documents import SHARED

os.environ.setdefault("COMITY_RERANK", "off")
"""What the tests say of links holds without the optional second look; its own tests turn it on."""

write_into_memory()
share_context()

sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
"""Hundreds of commands are started: each would compile all modules of Comity anew where nothing is kept of them."""

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
"""A shell lets its background jobs ignore Ctrl-C, and so would the commands that tests start and end by it."""


gc.set_threshold(200_000, 20, 50)
"""Knowledge, models and grammars are millions of objects that live as long as the process. Looking through them for what is not needed any
more, as often as Python does by itself, was a seventh of a run's processor time."""


LONGEST = ("test_docs.py", "test_work_browser.py", "test_workers.py")
"""The manual's pages and a walk through every page of those inside take up to half a minute each."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first: begun last, as their names have it, they would keep one process busy while the other has ended."""
    items.sort(key=lambda item: item.path.name not in LONGEST)


def pytest_unconfigure() -> None:
    gc.freeze()  # Python looks through all of them twice more as it ends


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return reader_of_all().knowledge


@pytest.fixture(scope="session")
def reader() -> Reader:
    return reader_of_all()


@pytest.fixture(scope="session")
def program() -> Iterator[Path]:
    """The command `comity`, for tests of what it does."""
    with quick_command() as program:
        yield program


@pytest.fixture(scope="session")
def samples_built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of whoever typed `comity demo`, which is what `make run` does: the register of the documents that ship, the reports, and
    what a command keeps for the next. It is made once, by the process of a run that asks first; the others wait. Copy it."""
    of_this_process = tmp_path_factory.getbasetemp()
    folder = (of_this_process.parent if "PYTEST_XDIST_WORKER" in os.environ else of_this_process) / "samples-built"
    with folder.with_suffix(".lock").open("w") as alone:
        fcntl.flock(alone, fcntl.LOCK_EX)
        if not (folder / "register.sqlite").exists():
            begun = folder.with_suffix(".begun")
            subprocess.run(
                [sys.executable, "-m", "comity", "demo"],
                check=True,
                env={**os.environ, "COMITY_HOME": str(begun)},
                stdout=subprocess.DEVNULL,
            )
            begun.rename(folder)
    return folder


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents beside the project; the test skips where it is not there, unless CI demands it."""
    if SHARED.is_dir():
        return SHARED
    if os.environ.get("COMITY_REQUIRE_REAL"):
        pytest.fail(f"COMITY_REQUIRE_REAL is set and {SHARED} is not there")
    pytest.skip(f"{SHARED} is not there")
