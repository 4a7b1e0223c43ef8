"""What all tests share: the knowledge and the reader, built once, and case tables from YAML."""

from pathlib import Path

import pytest

from comity.knowledge import Knowledge, load_knowledge
from comity.reading import Reader

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge()


@pytest.fixture(scope="session")
def reader(knowledge: Knowledge) -> Reader:
    return Reader(knowledge)
