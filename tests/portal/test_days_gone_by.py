"""Pages as they were known on an earlier day, and what is answered for what is not here any more."""

import sqlite3
from collections.abc import Iterator

import httpx
import pytest
from lxml import html as trees
from served import TODAY, portal_over, serving

from comity.languages import languages
from comity.portal.words import Words
from comity.publishing.labels import Labels
from comity.records import Act, ActorMention, ActorType, Reading, Statement
from comity.register import Action, OfActors, OfFinding
from made import document, reading, register_of
from small_register import readings

LISTS = ("", "/documents", "/statements", "/actors", "/plans", "/plans/plan-one", "/plans/plan-one/ledger", "/meetings", "/instruments")
SAID = "Tran Thi Lan said that ports matter. Lan Thi Tran said that ports will matter more."


def two_names() -> Reading:
    text = document(SAID, "2020-03-01", title="Two names")
    first, second = SAID.index("that ports matter"), SAID.index("that ports will")
    return reading(
        text,
        actors=[
            ActorMention(evidence=text.evidence(0, 12), type=ActorType.PERSON, actor="tran-thi-lan"),
            ActorMention(evidence=text.evidence(37, 49), type=ActorType.PERSON, actor="lan-thi-tran"),
        ],
        statements=[
            Statement(evidence=text.evidence(first, first + 17), speaker=("tran-thi-lan",), cue=None, act=Act.AFFIRM),
            Statement(evidence=text.evidence(second, len(SAID) - 1), speaker=("lan-thi-tran",), cue=None, act=Act.AFFIRM),
        ],
    )


@pytest.fixture(scope="module")
def client(tmp_path_factory) -> Iterator[httpx.Client]:
    """A register that got all but one document long ago, and whose persons of two names a person decided to be one."""
    folder = tmp_path_factory.mktemp("days")
    with register_of(folder, *readings(), two_names()) as register:
        told = two_names().document
        register.writer().decide(
            subject=OfActors(("tran-thi-lan", "lan-thi-tran")), who="Minh", action=Action.MERGE, value={}, why="the name in another order"
        )
        statement = OfFinding("statements", told.id, SAID.index("that ports matter"), SAID.index("that ports matter") + 17)
        register.writer().decide(subject=statement, who="Minh", action=Action.REJECT, value={}, why="")
        with sqlite3.connect(register.name) as connection:
            for table in ("documents", "readings"):
                connection.execute(f"UPDATE {table} SET added = '2019-06-01T00:00:00+00:00'")
            connection.execute("UPDATE documents SET added = '2020-11-20T00:00:00+00:00' WHERE title = 'Two names'")
            newest = "(SELECT key FROM documents WHERE title = 'Two names')"
            connection.execute(f"UPDATE readings SET added = '2020-11-20T00:00:00+00:00' WHERE document = {newest}")
            connection.execute("UPDATE families SET since = '2019-06-01T00:00:00+00:00'")
        with serving(portal_over(register)) as address, httpx.Client(base_url=address, timeout=30) as client:
            yield client


def main_of(answer: httpx.Response) -> str:
    return " ".join(trees.fromstring(answer.text).xpath("//main")[0].text_content().split())


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("page", LISTS)
def test_a_page_of_an_earlier_day_says_so_and_every_link_keeps_the_day(client, language, page):
    words = Words(Labels(language))
    answer = client.get(f"/{language}{page}?as_of=2020-01-01")
    assert answer.status_code == 200
    tree = trees.fromstring(answer.text)
    (bar,) = tree.xpath("//div[@class='as-of']")
    assert words.say("as_of_shown", date=words.date("2020-01-01")) in bar.text_content()
    assert bar.xpath(".//a/@href") == [f"/{language}{page}"]
    inside = [link for link in tree.xpath("//main//a/@href | //nav//a/@href") if link.startswith(f"/{language}/")]
    work = ("review", "upload")
    assert [link for link in inside if "as_of=2020-01-01" not in link and link.split("/")[2].split("?")[0] not in work] == []
    for form in tree.xpath("//form[@method='get']"):
        assert form.xpath(".//input[@name='as_of']/@value") == ["2020-01-01"]


def test_a_list_and_its_data_hold_what_was_known_then(client):
    now, then = (client.get("/en/documents", params=params) for params in ({}, {"as_of": "2020-01-01"}))
    assert "Two names" in main_of(now)
    assert "Two names" not in main_of(then)
    assert "5 documents" in main_of(then)
    assert client.get("/api/v1/documents", params={"as_of": "2020-01-01"}).json()["total"] == 5
    assert client.get("/api/v1/documents").json()["total"] == 6
    (data,) = [link for link in trees.fromstring(then.text).xpath("//main//a/@href") if "format=csv" in link]
    assert "Two names" not in client.get(data).text


def test_a_share_link_keeps_filters_and_day(client):
    tree = trees.fromstring(client.get("/en/statements?actor=ASEAN&as_of=2020-01").text)
    assert tree.xpath("//ul[@class='tongues']//a/@href") == ["/vi/statements?actor=ASEAN&as_of=2020-01"]
    assert tree.xpath("//div[@class='as-of']//a/@href") == ["/en/statements?actor=ASEAN"]
    (chooser,) = tree.xpath("//footer//form")
    assert chooser.xpath(".//input[@type='hidden']/@name") == ["actor"]


@pytest.mark.parametrize("day", ["2020-13-01", "yesterday", "2020/2021", "9999", TODAY.replace(year=2021).isoformat()])
def test_what_is_no_day_gone_by_is_said(client, day):
    assert client.get("/en/documents", params={"as_of": day}).status_code == 400
    assert client.get("/api/v1/documents", params={"as_of": day}).status_code == 400


def test_the_year_that_runs_is_as_of_today(client):
    assert "Two names" in main_of(client.get("/vi/documents", params={"as_of": str(TODAY.year)}))


@pytest.mark.parametrize("language", languages())
def test_an_actor_that_was_merged_is_gone_with_the_way_to_whom(client, language):
    words = Words(Labels(language))
    answer = client.get(f"/{language}/actors/lan-thi-tran")
    assert answer.status_code == 410
    assert words.say("gone_why", why="the name in another order") in main_of(answer)
    assert "Minh" in main_of(answer)
    there, _ = trees.fromstring(answer.text).xpath("//main//a/@href")
    assert there == f"/{language}/actors/tran-thi-lan"
    page = client.get(there)
    assert page.status_code == 200
    assert "will matter more" in main_of(page)


def test_no_link_leads_to_an_actor_that_is_gone(client):
    links = trees.fromstring(client.get("/en/statements").text).xpath("//main//a/@href")
    assert "/en/actors/tran-thi-lan" in links
    assert "/en/actors/lan-thi-tran" not in links


def test_programs_are_told_where_it_went(client):
    answer = client.get("/api/v1/actors/lan-thi-tran")
    assert answer.status_code == 410
    assert answer.json()["went"] == "merged"
    assert answer.json()["to"] == ["/api/v1/actors/tran-thi-lan"]


def test_a_finding_has_an_address_that_stays(client):
    row = next(row for row in client.get("/api/v1/statements").json()["items"] if "will matter" in row["quote"])
    place = f"statements/{row['document']}/{row['start']}-{row['end']}"
    assert client.get(f"/en/findings/{place}").headers["location"] == f"/en/documents/{row['document']}#at-{row['start']}"
    assert client.get(f"/api/v1/findings/{place}").json()["finding"]["evidence"]["quote"] == row["quote"]


def test_a_finding_that_a_person_rejected_is_gone(client):
    start, id = SAID.index("that ports matter"), two_names().document.id
    answer = client.get(f"/en/findings/statements/{id}/{start}-{start + 17}")
    assert answer.status_code == 410
    assert "rejected or corrected" in main_of(answer)
    record = client.get(f"/api/v1/findings/statements/{id}/{start}-{start + 17}")
    assert record.status_code == 410
    assert record.json()["to"] == [f"/api/v1/documents/{id}"]


@pytest.mark.parametrize("place", ["statements/nowhere/1-2", "statements/nowhere/x", "poems/nowhere/1-2"])
def test_what_never_was_is_missing_and_not_gone(client, place):
    assert client.get(f"/en/findings/{place}").status_code == 404
    assert client.get(f"/api/v1/findings/{place}").status_code == 404


def test_a_finding_that_the_newest_reading_has_elsewhere_leads_there(tmp_path):
    text = two_names().document
    start = SAID.index("that ports matter")
    moved = Statement(evidence=text.evidence(start + 5, start + 17), speaker=("tran-thi-lan",), cue=None, act=Act.AFFIRM)
    with register_of(tmp_path, two_names()) as register:
        register.writer().add(Reading(document=text, reader="newer", statements=(moved,)))
        with serving(portal_over(register)) as address, httpx.Client(base_url=address, timeout=30) as client:
            answer = client.get(f"/vi/findings/statements/{text.id}/{start}-{start + 17}")
            assert answer.status_code == 410
            assert f"/vi/documents/{text.id}#at-{start + 5}" in answer.text
            record = client.get(f"/api/v1/findings/statements/{text.id}/{start}-{start + 17}").json()
            assert record["went"] == "reread"
            assert client.get(record["to"][0]).json()["finding"]["evidence"]["start"] == start + 5
