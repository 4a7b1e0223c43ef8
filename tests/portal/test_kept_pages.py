"""Pages that are kept as they were answered: the same bytes until something changes, and nothing in them of another visitor."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from lxml import html as trees
from served import QUICK, TODAY, serving
from staff import Person

from comity.portal.accounts.secrets import proof_for
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


@contextmanager
def kept(folder: Path, reader: Reader) -> Iterator[tuple[str, Desk]]:
    """The address of a portal over one document, and its desk."""
    with register_of(folder, reader.read(ONE)) as register:
        ticks = iter(range(0, 10_000_000, 100))
        desk = Desk(register, small_pack(), small_knowledge(), clock=lambda: float(next(ticks)), today=lambda: TODAY)
        desk.words = Counted(desk.words)
        with serving(create_portal(register, small_pack(), small_knowledge(), desk=desk, hasher=QUICK)) as address:
            yield address, desk


@pytest.fixture(scope="module")
def unchanged(tmp_path_factory, reader: Reader) -> Iterator[tuple[str, Desk]]:
    """For tests that only look."""
    with kept(tmp_path_factory.mktemp("kept"), reader) as portal:
        yield portal


@pytest.fixture
def changing(tmp_path, reader: Reader) -> Iterator[tuple[str, Register]]:
    with kept(tmp_path, reader) as (address, desk):
        yield address, desk.register


@pytest.mark.parametrize("page", PAGES)
def test_the_second_visitor_gets_the_same_bytes_without_the_page_being_made(unchanged: tuple[str, Desk], page: str):
    address, desk = unchanged
    httpx.get(f"{address}{page}")  # the very first overview holds the documents against each other
    first = httpx.get(f"{address}{page}")
    made = desk.words.taken
    second = httpx.get(f"{address}{page}")
    assert (second.content, second.headers["etag"]) == (first.content, first.headers["etag"])
    assert desk.words.taken == made
    again = httpx.get(f"{address}{page}", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_what_is_added_or_decided_shows_at_once(changing: tuple[str, Register], reader: Reader):
    address, register = changing
    page = f"{address}/en/statements"
    assert "ports" in httpx.get(page).text
    register.writer().add(reader.read(OTHER))
    assert "peace" in httpx.get(page).text
    start = ONE.text.index("ports")
    register.writer().decide(who="Lan", action=Action.REJECT, subject=OfFinding("statements", ONE.id, start, start + len("ports matter")))
    answer = httpx.get(page)
    assert "ports" not in answer.text
    assert "peace" in answer.text


def test_languages_days_and_hosts_are_kept_apart(unchanged: tuple[str, Desk]):
    address, _ = unchanged
    texts = {page: httpx.get(f"{address}{page}").text for page in PAGES}
    assert {page: httpx.get(f"{address}{page}").text for page in PAGES} == texts
    assert len(set(texts.values())) == len(texts)


def test_whoever_gave_a_name_has_their_page_made(unchanged: tuple[str, Desk]):
    address, desk = unchanged
    httpx.get(f"{address}/en/statements")
    made = desk.words.taken
    httpx.get(f"{address}/en/statements", cookies={"comity-name": "Lan"})
    assert desk.words.taken == made + 1


def test_a_kept_page_with_forms_has_each_visitors_own_proof(unchanged: tuple[str, Desk]):
    address, desk = unchanged
    page = f"{address}/en/documents/{ONE.id}"
    first = httpx.get(page)
    made = desk.words.taken
    others = [httpx.get(page), httpx.get(page, cookies={"comity": "somebody"}), httpx.get(page, cookies={"comity": "another"})]
    assert desk.words.taken == made
    seen = [_proof(answer) for answer in (first, *others)]
    assert len(set(seen)) == len(seen)
    assert [len(answer.cookies) for answer in (first, *others)] == [1, 1, 0, 0]
    assert all(answer.headers["cache-control"] == "private, no-cache" for answer in (first, *others))
    assert seen[:2] == [proof_for(answer.cookies["comity"]) for answer in (first, others[0])]
    assert seen[2:] == [proof_for("somebody"), proof_for("another")]
    assert _proof(httpx.get(page, cookies={"comity": "somebody"})) == proof_for("somebody")


def test_the_form_of_a_kept_page_is_taken(changing: tuple[str, Register]):
    address, register = changing
    httpx.get(f"{address}/en/documents/{ONE.id}")
    with Person(base_url=address, timeout=30) as lan:
        page = lan.get(f"/en/documents/{ONE.id}")
        assert lan.fill_in(page, "/review/decide", action="accept").status_code == 303
        (decision,) = register.view().decisions()
        assert decision.action == "accept"
        assert lan.get(f"/en/documents/{ONE.id}").text != page.text


def _proof(answer: httpx.Response) -> str:
    (proof,) = set(trees.fromstring(answer.text).xpath("//input[@name='proof']/@value"))
    return str(proof)


@pytest.mark.parametrize("page", ["/en/search.atom?q=ports", "/api/v1/statements", "/api/v1/events?limit=5"])
def test_feeds_and_records_are_kept_until_something_is_added(changing: tuple[str, Register], reader: Reader, page: str):
    address, register = changing
    first = httpx.get(f"{address}{page}")
    assert httpx.get(f"{address}{page}").content == first.content
    register.writer().add(reader.read(document("The Secretary-General of ASEAN and the UN met. He said that ports grow.", "2019-01-01")))
    assert httpx.get(f"{address}{page}").content != first.content


@pytest.mark.parametrize("page", ["/en/review", "/en/upload"])
def test_a_page_of_work_is_made_each_time(unchanged: tuple[str, Desk], page: str):
    address, desk = unchanged
    httpx.get(f"{address}{page}")
    made = desk.words.taken
    assert httpx.get(f"{address}{page}").status_code == 200
    assert desk.words.taken > made
