"""What all tests share: the knowledge and the reader, built once, and case tables from YAML."""

import os
import sys
from pathlib import Path

import pytest

from browsing import browser  # noqa: F401  (a fixture for all)
from comity.knowledge import Knowledge, load_knowledge
from comity.reading import Reader
from real_documents import SHARED

os.environ.setdefault("COMITY_RERANK", "off")
"""What the tests say of links holds without the optional second look; its own tests turn it on."""

sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
"""Hundreds of commands are started: each would compile all modules of Comity anew where nothing is kept of them."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The manual's pages take longest: begun last, as their name has it, they would keep one process busy while the other has ended."""
    items.sort(key=lambda item: item.path.name != "test_docs.py")


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge()


@pytest.fixture(scope="session")
def reader(knowledge: Knowledge) -> Reader:
    return Reader(knowledge)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents beside the project; the test skips where it is not there, unless CI demands it."""
    if SHARED.is_dir():
        return SHARED
    if os.environ.get("COMITY_REQUIRE_REAL"):
        pytest.fail(f"COMITY_REQUIRE_REAL is set and {SHARED} is not there")
    pytest.skip(f"{SHARED} is not there")
