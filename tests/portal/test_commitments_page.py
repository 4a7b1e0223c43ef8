"""The list of commitments: what is due next, who undertook what, narrowed, in parts; and how a page is shared as it is."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from lxml import html as trees
from served import TODAY, portal_over, serving

from comity.records import Commitment, Force
from comity.register import Register
from made import document, reading, register_of


def promises() -> Iterator[object]:
    """Thirty of the two sides, one a month, and one of a single body that is due."""
    for number in range(30):
        made = document(f"The two sides agreed to build harbour number {number}.", f"20{17 + number // 12}-{number % 12 + 1:02}-03")
        start = made.text.index("agreed")
        yield reading(made, commitments=[Commitment(evidence=made.evidence(start, start + 6), by=("ASEAN", "UN"), force=Force.AGREED)])
    due = document("The United Nations pledged to open the office by 2023.", "2016-02-01")
    yield reading(due, commitments=[Commitment(evidence=due.evidence(19, 26), by=("UN",), force=Force.PLEDGED, due="2023")])


@pytest.fixture(scope="module")
def register(tmp_path_factory) -> Iterator[Register]:
    with register_of(tmp_path_factory.mktemp("commitments"), *promises()) as register:
        yield register


@pytest.fixture(scope="module")
def client(register) -> Iterator[httpx.Client]:
    with serving(portal_over(register)) as address, httpx.Client(base_url=address, timeout=30) as client:
        yield client


def shown(client: httpx.Client, address: str) -> list[str]:
    """The sentences on a page, without those that are due next."""
    tree = trees.fromstring(client.get(address).raise_for_status().text)
    return [" ".join(one.text_content().split()) for one in tree.xpath("//main//blockquote[not(ancestor::section[@id='due'])]")]


@pytest.mark.parametrize("language", ["en", "vi"])
def test_what_is_due_comes_first_and_then_all_the_newest_first(client, language):
    tree = trees.fromstring(client.get(f"/{language}/commitments").text)
    (due,) = tree.xpath("//section[@id='due']//blockquote")
    assert "open the office" in due.text_content()
    assert shown(client, f"/{language}/commitments")[0].endswith("number 29.")
    assert "31" in tree.xpath("//main//*[@role='status']")[0].text_content()


def test_the_list_goes_on_to_its_end(client):
    seen, address = [], "/en/commitments"
    while address:
        seen += shown(client, address)
        following = trees.fromstring(client.get(address).text).xpath("//main//a[@rel='next']/@href")
        address = following[0] if following else ""
    assert len(seen) == len(set(seen)) == 31


@pytest.mark.parametrize(
    ("asked", "number"), [("actor=UN", 31), ("actor=ASEAN", 30), ("force=pledged", 1), ("actor=ASEAN&force=pledged", 0), ("force=odd", 0)]
)
def test_it_is_narrowed_and_the_data_are_the_same(client, asked, number):
    page = trees.fromstring(client.get(f"/en/commitments?{asked}").text)
    assert page.xpath("//main//*[@role='status']")[0].text_content().split()[0] == str(number)
    assert not page.xpath("//section[@id='due']")
    assert client.get(f"/api/v1/commitments?{asked}").json()["total"] == number


def test_who_undertook_leads_from_the_actor_to_the_list(client):
    links = trees.fromstring(client.get("/en/actors/UN").text).xpath("//main//a/@href")
    assert "/en/commitments?actor=UN" in links


def test_a_page_is_shared_as_it_will_be_and_as_it_is_now(client):
    page = trees.fromstring(client.get("/vi/commitments?actor=UN&force=agreed").text)
    changing, lasting = (one.text_content() for one in page.xpath("//footer//code"))
    assert urlsplit(changing).query == "actor=UN&force=agreed"
    assert parse_qs(urlsplit(lasting).query) == {"actor": ["UN"], "force": ["agreed"], "as_of": [TODAY.isoformat()]}
    dated = trees.fromstring(client.get(lasting).text)
    assert [one.text_content() for one in dated.xpath("//footer//code")] == [lasting]
