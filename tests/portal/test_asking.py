"""What people ask for as they type it: days as their language writes them, and what is told where something can't be meant."""

from collections.abc import Iterator

import httpx
import pytest
from lxml import html as trees
from served import portal_over, serving

from comity.portal.asking import iso_of, typed_of
from comity.portal.words import Words
from comity.publishing.labels import Labels
from made import register_of
from small_register import readings

VI = Words(Labels("vi"))


@pytest.fixture(scope="module")
def client(tmp_path_factory) -> Iterator[httpx.Client]:
    with (
        register_of(tmp_path_factory.mktemp("asking"), *readings()) as register,
        serving(portal_over(register)) as address,
        httpx.Client(base_url=address, timeout=30) as client,
    ):
        yield client


def said(answer: httpx.Response) -> str:
    return " ".join(trees.fromstring(answer.text).xpath("//main")[0].text_content().split())


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("30/1/2020", "2020-01-30"),
        ("30.01.2020", "2020-01-30"),
        ("9/2020", "2020-09"),
        ("09-2020", "2020-09"),
        ("2020", "2020"),
        ("2020-01-30", "2020-01-30"),
        ("31/2/2020", "31/2/2020"),
        ("13/2020", "13/2020"),
        ("9/16/2020", "9/16/2020"),
        ("2026 - 2030", "2026/2030"),
        ("16/9/2020 – 1/2021", "2020-09-16/2021-01"),
        ("now - soon", "now - soon"),
        ("soon", "soon"),
    ],
)
def test_a_day_as_it_is_typed(typed, iso):
    assert iso_of(typed) == iso
    assert iso_of(typed_of(iso)) == iso


def test_a_page_of_a_day_takes_the_day_as_it_is_typed(client):
    page = client.get("/vi/documents", params={"as_of": "30/11/2020"})
    assert page.status_code == 200
    assert VI.date("2020-11-30") in trees.fromstring(page.text).xpath("string(//div[@class='as-of'])")


@pytest.mark.parametrize(
    ("path", "asked", "key", "fields"),
    [
        ("/documents", {"as_of": "soon"}, "asked_no_date", {"typed": "soon"}),
        ("/documents", {"as_of": "1/1/2999"}, "asked_to_come", {"day": "1/1/2999"}),
        ("/events", {"month": "soon"}, "asked_no_month", {"typed": "soon"}),
        ("/network", {"year": "soon"}, "asked_no_year", {"typed": "soon"}),
        ("/network/together", {"a": "ASEAN"}, "asked_two_bodies", {}),
        ("/documents", {"after": "%"}, "fault_asked_say", {}),
    ],
)
def test_what_cannot_be_meant_is_told_in_the_language_of_the_page(client, path, asked, key, fields):
    answer = client.get(f"/vi{path}", params=asked)
    assert answer.status_code == 400
    assert VI.say(key, **fields) in said(answer)


def test_what_other_rooms_say_in_english_stands_beside_it_as_english(client):
    answer = client.get("/vi/documents", params={"after": "%"})
    assert trees.fromstring(answer.text).xpath("//main//span[@lang='en']")
    assert not trees.fromstring(client.get("/en/documents", params={"after": "%"}).text).xpath("//main//span[@lang='en']")


def test_a_month_is_chosen_from_those_of_which_something_is_known(client):
    months = trees.fromstring(client.get("/vi/events", params={"month": "1999-09"}).text).xpath("//select[@id='month']/option")
    assert "1999-09" in [month.get("value") for month in months]
    assert all(month.text.startswith("tháng ") for month in months)


@pytest.mark.parametrize(("path", "is_open"), [("/en", True), ("/en/plans", False)])
def test_the_menu_of_a_phone_is_open_where_one_begins(client, path, is_open):
    assert trees.fromstring(client.get(path).text).xpath("boolean(//details[@class='menu']/@open)") is is_open
