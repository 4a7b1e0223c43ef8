"""What an empty register says to whoever looks at it: a command only to who may use it, to everybody else what they can do here."""

from collections.abc import Iterator

import pytest
from lxml import html as trees
from staff import Clock, person, said, staffed, visiting

from comity.languages import languages
from comity.register import Register
from made import register_of

PAGES = ("", "/documents", "/statements", "/commitments", "/actors", "/plans/plan-one/ledger")


@pytest.fixture(scope="module")
def register(tmp_path_factory) -> Iterator[Register]:
    with register_of(tmp_path_factory.mktemp("nothing")) as register:
        yield register


@pytest.fixture(scope="module")
def address(register) -> Iterator[str]:
    with visiting(staffed(register, Clock())) as address:
        yield address


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(
    ("login", "way", "command"),
    [(None, "sign-in", False), ("reader", "plans", False), ("contributor", "upload", False), ("editor", "upload", True)],
)
def test_who_looks_is_told_what_they_can_do(address: str, language: str, login: str | None, way: str, command: bool):
    one = person(address, login)
    for page in PAGES:
        answer = one.get(f"/{language}{page}")
        ways = trees.fromstring(answer.text).xpath("//main//p[@class='ways']/a/@href")
        assert f"/{language}/{way}" in ways, page
        assert ("comity build" in said(answer)) is command, page


@pytest.mark.parametrize("language", languages())
def test_on_a_day_before_anything_was_known_nobody_is_told_to_add(address: str, language: str):
    answer = person(address, "editor").get(f"/{language}/documents?as_of=2019-01-01")
    assert "comity build" not in said(answer)
    assert not trees.fromstring(answer.text).xpath("//main//a[contains(@href, '/upload')]")
