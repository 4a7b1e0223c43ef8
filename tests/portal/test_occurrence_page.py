"""One event under an address that stays: on a page, as a record, and where it went once it is part of another."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import httpx
import pytest
from lxml import html as trees
from served import portal_over, serving

from comity.languages import languages
from comity.portal.words import Words
from comity.publishing.labels import Labels
from comity.records import EventReport, EventType, Reading
from comity.register import Register
from comity.tracking.kept_occurrences import are_kept
from comity.tracking.occurrence_update import update_occurrences
from made import document, reading, register_of
from small_register import small_knowledge

LATER = "The two unions met in Port Anders for their yearly council, a paper said on Tuesday."
EARLIER = "The two unions met in Port Anders for their yearly council and signed nothing."
OTHER = "Ministers of ASEAN met those of the UN for breakfast."


def told(text: str, published: str, when: str, mechanism: str | None = None) -> Reading:
    of = document(text, published, title=text[:20])
    place, parties = text.index("met"), {"source": ("ASEAN",), "target": ("UN",)}
    event = EventReport(evidence=of.evidence(place, place + 3), type=EventType.CONSULT, when=when, mechanism=mechanism, **parties)
    return reading(of, events=[event])


@pytest.fixture(scope="module", params=["kept", "on the spot"])
def register(request, tmp_path_factory):
    with two_events(request.param, tmp_path_factory.mktemp("events")) as register:
        yield register


@pytest.fixture(scope="module")
def client(register) -> Iterator[httpx.Client]:
    with asking(register) as client:
        yield client


@contextmanager
def two_events(how: str, folder: Path) -> Iterator[Register]:
    with register_of(folder, told(LATER, "2020-09-16", "2020-09-15"), told(OTHER, "2020-03-02", "2020-03-01")) as register:
        register.keep = lambda: update_occurrences(register, small_knowledge()) if how == "kept" else None
        register.keep()
        assert are_kept(register.view(), small_knowledge(), date(2020, 12, 1)) is (how == "kept")
        yield register


@contextmanager
def asking(register: Register) -> Iterator[httpx.Client]:
    with serving(portal_over(register)) as address, httpx.Client(base_url=address, timeout=30) as client:
        yield client


def address_of(client: httpx.Client, language: str = "en") -> str:
    page = trees.fromstring(client.get(f"/{language}/events?month=2020-09").text)
    (address,) = page.xpath("//p[@class='told']/a/@href")
    return str(address)


@pytest.mark.parametrize("language", languages())
def test_an_event_has_a_page_with_its_reports(client: httpx.Client, language):
    words = Words(Labels(language))
    page = client.get(address_of(client, language))
    assert page.status_code == 200
    assert words.say("occurrence_reports") in page.text
    assert "a paper said on Tuesday" in page.text


@pytest.mark.parametrize("language", languages())
def test_it_leads_to_the_meeting_and_says_which_date_a_report_gives(tmp_path, language):
    days = (told(LATER, "2020-09-16", "2020-09-15", "yearly-council"), told(EARLIER, "2020-09-20", "2020-09", "yearly-council"))
    with register_of(tmp_path, *days) as register, asking(register) as client:
        words, page = Words(Labels(language)), client.get(address_of(client, language))
        assert trees.fromstring(page.text).xpath(f"//main//a[@href='/{language}/meetings/yearly-council']")
        assert words.say("occurrence_gives", date=words.date("2020-09")) in page.text
        assert words.say("occurrence_gives", date=words.date("2020-09-15")) not in page.text


def test_events_are_records_by_time_party_and_kind(client: httpx.Client):
    every = client.get("/api/v1/events").json()["items"]
    assert [one["when"] for one in every] == ["2020-03-01", "2020-09-15"]
    assert client.get(f"/api/v1/events/{every[1]['id']}").json() == every[1]
    assert [one["when"] for one in client.get("/api/v1/events?since=2020-05&actor=UN&type=CONSULT").json()["items"]] == ["2020-09-15"]
    first = client.get("/api/v1/events?limit=1").json()
    assert [one["when"] for one in client.get(first["next"].replace("limit=1", "limit=5")).json()["items"]] == ["2020-09-15"]
    assert client.get("/api/v1/events?since=soon").status_code == 400


@pytest.mark.parametrize("how", ["kept", "on the spot"])
def test_an_event_that_became_part_of_another_leads_there(tmp_path, how):
    with two_events(how, tmp_path) as register:
        with asking(register) as client:
            before = address_of(client)
            (record,) = [one for one in client.get("/api/v1/events").json()["items"] if one["when"] == "2020-09-15"]
        register.writer().add(told(EARLIER, "2020-09-15", "2020-09-15"))
        register.keep()
        with asking(register) as client:
            gone = client.get(before)
            assert gone.status_code == 410
            (there,) = [link for link in trees.fromstring(gone.text).xpath("//main//a/@href") if "/events/" in link]
            assert there == address_of(client) != before
            assert "signed nothing" in client.get(there).text
            answer = client.get(f"/api/v1/events/{record['id']}")
            assert (answer.status_code, answer.json()["went"]) == (410, "joined")
            assert client.get(answer.json()["to"][0]).json()["sources"] == 2


@pytest.mark.parametrize("id", ["0" * 15, "x", "0" * 16, "f" * 15])
def test_what_never_was_is_missing(client: httpx.Client, id):
    assert client.get(f"/en/events/{id}").status_code == 404
    assert client.get(f"/api/v1/events/{id}").status_code == 404
