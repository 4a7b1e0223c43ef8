"""Pages that are kept as they were answered: the same bytes until something changes, never for somebody with a cookie."""

from collections.abc import Iterator

import httpx
import pytest
from served import TODAY, serving

from comity.portal.app import create_portal
from comity.portal.desk import Desk
from comity.portal.words import Words
from comity.reading import Reader
from comity.register import Action, Register
from comity.register.decisions import OfFinding
from made import document, register_of, small_pack
from small_register import small_knowledge

ONE = document("The Secretary-General of ASEAN said that ports matter.", "2018-05-05")
OTHER = document("The Secretary-General of ASEAN said that peace matters.", "2018-06-01", publisher="Ministry")
PAGES = ("/en/statements", "/vi/statements", "/en/statements?as_of=2019", "/en", "/en/actors")


class Counted(dict[str, Words]):
    """The words of the languages, which every page that is made takes once."""

    taken = 0

    def __getitem__(self, language: str) -> Words:
        self.taken += 1
        return super().__getitem__(language)


@pytest.fixture
def register(tmp_path, reader: Reader) -> Iterator[Register]:
    with register_of(tmp_path, reader.read(ONE)) as register:
        yield register


@pytest.fixture
def desk(register: Register) -> Desk:
    ticks = iter(range(0, 10_000_000, 100))
    desk = Desk(register, small_pack(), small_knowledge(), clock=lambda: float(next(ticks)), today=lambda: TODAY)
    desk.words = Counted(desk.words)
    return desk


@pytest.fixture
def address(register: Register, desk: Desk) -> Iterator[str]:
    with serving(create_portal(register, small_pack(), small_knowledge(), desk=desk)) as address:
        yield address


@pytest.mark.parametrize("page", PAGES)
def test_the_second_visitor_gets_the_same_bytes_without_the_page_being_made(address: str, desk: Desk, page: str):
    httpx.get(f"{address}{page}")  # the very first overview holds the documents against each other
    first = httpx.get(f"{address}{page}")
    made = desk.words.taken
    second = httpx.get(f"{address}{page}")
    assert (second.content, second.headers["etag"]) == (first.content, first.headers["etag"])
    assert desk.words.taken == made
    again = httpx.get(f"{address}{page}", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_what_is_added_or_decided_shows_at_once(address: str, register: Register, reader: Reader):
    page = f"{address}/en/statements"
    assert "ports" in httpx.get(page).text
    register.writer().add(reader.read(OTHER))
    assert "peace" in httpx.get(page).text
    start = ONE.text.index("ports")
    register.writer().decide(who="Lan", action=Action.REJECT, subject=OfFinding("statements", ONE.id, start, start + len("ports matter")))
    answer = httpx.get(page)
    assert "ports" not in answer.text
    assert "peace" in answer.text


def test_languages_days_and_hosts_are_kept_apart(address: str):
    texts = {page: httpx.get(f"{address}{page}").text for page in PAGES}
    assert {page: httpx.get(f"{address}{page}").text for page in PAGES} == texts
    assert len(set(texts.values())) == len(texts)


def test_whoever_has_a_cookie_has_their_page_made(address: str, desk: Desk):
    httpx.get(f"{address}/en/statements")
    made = desk.words.taken
    answer = httpx.get(f"{address}/en/statements", cookies={"comity": "somebody"})
    assert desk.words.taken > made
    assert answer.headers["cache-control"] == "private, no-cache"
