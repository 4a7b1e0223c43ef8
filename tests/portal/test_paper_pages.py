"""Briefings, events by month, contradictions and what is new, as pages: every line opens its sentence; a briefing can be taken along."""

import io
from collections.abc import Iterator

import docx
import httpx
import pytest
from lxml import html as trees
from served import QUICK, serving

from comity.knowledge import load_knowledge, load_pack
from comity.portal.app import create_portal
from comity.records import Act, EventReport, EventType, Statement, Status
from made import document, reading, register_of

PACK = load_pack("asean-un")
KNOWLEDGE = load_knowledge((PACK,))
SAID = "maritime security needs more patrols"


@pytest.fixture(scope="module")
def client(tmp_path_factory) -> Iterator[httpx.Client]:
    with register_of(tmp_path_factory.mktemp("papers")) as register:
        told = document(f"The minister said that {SAID}. The council met on 4 May 2018 in Ha Noi.", "2018-05-04", title="Patrols")
        start, met = told.text.index(SAID), told.text.index("met")
        said = Statement(evidence=told.evidence(start, start + len(SAID)), speaker=("VNM",), cue=None, act=Act.AFFIRM)
        held = EventReport(evidence=told.evidence(met, met + 3), type=EventType.CONSULT, source=("ASEAN",), when="2018-05-04")
        register.writer().add(reading(told, statements=[said], events=[held]))
        ahead = document("The council will meet on 9 June 2018 in Ha Noi, the minister said.", "2018-05-20", title="Ahead")
        place = ahead.text.index("meet")
        planned = EventReport(
            evidence=ahead.evidence(place, place + 4), type=EventType.CONSULT, source=("ASEAN",), when="2018-06-09", status=Status.SCHEDULED
        )
        register.writer().add(reading(ahead, events=[planned]))
        with (
            serving(create_portal(register, PACK, KNOWLEDGE, hasher=QUICK)) as address,
            httpx.Client(base_url=address, timeout=60) as client,
        ):
            yield client


def page(client: httpx.Client, path: str, **asked: str) -> trees.HtmlElement:
    answer = client.get(path, params=asked)
    assert answer.status_code == 200, answer.text[:400]
    return trees.fromstring(answer.text)


def test_a_briefing_gives_the_sentence_and_opens_it_in_the_reader(client):
    brief = page(client, "/en/brief", topic="maritime security", since="2015")
    assert SAID in [mark.text for mark in brief.xpath("//article//mark")]
    link = brief.xpath("//article//a[contains(@href, '/en/documents/')]/@href")[0]
    reader = page(client, link.partition("#")[0])
    assert reader.xpath(f"//*[@id='{link.partition('#')[2]}']")


def test_a_briefing_in_vietnamese_finds_the_english_sentence_by_the_theme(client):
    brief = page(client, "/vi/brief", topic="an ninh hàng hải")
    assert SAID in [mark.text for mark in brief.xpath("//article//mark")]
    assert "Tóm tắt" in brief.xpath("string(//nav)")


def test_a_briefing_is_a_word_file_and_an_html_file_too(client):
    word = client.get("/en/brief.docx", params={"topic": "maritime security"})
    text = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(word.content)).paragraphs)
    assert SAID in text
    html = client.get("/en/brief.html", params={"topic": "maritime security"})
    assert SAID in trees.fromstring(html.text).xpath("string(//main)")
    assert "attachment" in html.headers["content-disposition"]


def test_a_month_has_its_events_and_no_other(client):
    assert [mark.text for mark in page(client, "/en/events", month="2018-05").xpath("//article//mark")] == ["met"]
    june = page(client, "/en/events", month="2018-06")
    assert [mark.text for mark in june.xpath("//article//mark")] == ["meet"]
    assert "not reported as held" in june.xpath("string(//article)")
    assert "month=2018-05" in june.xpath("//a[@rel='prev']/@href")[0]


def test_where_no_month_is_asked_for_the_newest_with_anything_is_shown(client):
    assert "June 2018" in page(client, "/en/events").xpath("string(//main//h1)")
    assert page(client, "/en/events").xpath("//select[@id='month']/option/@value") == ["2018-06", "2018-05"]


@pytest.mark.parametrize("path", ["/en/contradictions", "/vi/contradictions", "/en/digest", "/vi/digest", "/vi/events", "/en/brief"])
def test_pages_with_nothing_say_so_in_words(client, path):
    assert page(client, path).xpath("//main//h1")[0].text_content().strip()


@pytest.mark.parametrize(
    "path",
    ["/en/events?month=soon", "/en/brief?topic=x&since=never", "/en/brief?topic=x&for=nobody", "/en/brief.docx", "/en/digest?since=x"],
)
def test_what_can_t_be_asked_gets_a_clear_page(client, path):
    assert client.get(path).status_code == 400
