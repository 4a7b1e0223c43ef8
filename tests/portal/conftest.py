"""A portal over the small register, and somebody who visits it without an account; a test module may have its own."""

from collections.abc import Iterator

import pytest
from served import portal_over, serving
from staff import Person
from tied import tied_in

from comity.portal import intake
from comity.reading import Reader
from comity.register import Register
from small_register import filled


@pytest.fixture(scope="session", autouse=True)
def _readers_kept() -> Iterator[None]:
    """Portals of the same knowledge read with one reader: its grammars take two seconds of each portal that is given a document."""
    kept: dict[str, Reader] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(intake, "Reader", lambda knowledge: kept.setdefault(knowledge.version, Reader(knowledge)))
        yield


@pytest.fixture(scope="session")
def tied(tmp_path_factory) -> str:
    """The file of a register with a sentence tied to a plan's line. Copy it."""
    return tied_in(tmp_path_factory.mktemp("tied"))


@pytest.fixture(scope="module")
def register(tmp_path_factory) -> Iterator[Register]:
    with filled(tmp_path_factory.mktemp("hostile")) as register:
        yield register


@pytest.fixture(scope="module")
def address(register) -> Iterator[str]:
    with serving(portal_over(register)) as address:
        yield address


@pytest.fixture
def lan(address) -> Person:
    return Person(base_url=address, timeout=60)
