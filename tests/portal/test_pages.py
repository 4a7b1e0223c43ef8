"""Every page answers in every language, every link inside leads somewhere, and what is asked wrongly gets a clear page."""

import html
import re
from collections.abc import Iterator
from http.client import HTTPConnection
from urllib.parse import urljoin

import httpx
import pytest
from lxml import html as trees
from served import QUICK, portal_over, serving

from comity.errors import RegisterError
from comity.knowledge import load_knowledge, load_pack
from comity.languages import languages
from comity.portal.app import create_portal
from comity.records import Act, Statement
from comity.register import View
from made import claim, document, reading, register_of
from small_register import filled


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> Iterator[str]:
    with filled(tmp_path_factory.mktemp("portal")) as register, serving(portal_over(register)) as address:
        yield address


@pytest.fixture(scope="module")
def client(address) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, timeout=30) as client:
        yield client


@pytest.fixture(scope="module")
def empty(tmp_path_factory) -> Iterator[httpx.Client]:
    with (
        register_of(tmp_path_factory.mktemp("empty")) as register,
        serving(portal_over(register)) as address,
        httpx.Client(base_url=address, timeout=30) as client,
    ):
        yield client


def text_of(page: str) -> str:
    return " ".join(trees.fromstring(page).xpath("//main")[0].text_content().split())


def walk(client: httpx.Client, start: str) -> dict[str, httpx.Response]:
    """Every page that can be reached by links inside the portal."""
    pages: dict[str, httpx.Response] = {}
    waiting = [start]
    while waiting:
        path = waiting.pop()
        if path in pages:
            continue
        pages[path] = answer = client.get(path)
        if "html" in answer.headers.get("content-type", ""):
            waiting += [html.unescape(link) for link in re.findall(r'href="(/[^"#]*)', answer.text)]
    return pages


@pytest.fixture(scope="module")
def pages(client) -> dict[str, httpx.Response]:
    return walk(client, "/en")


def test_every_link_leads_somewhere(pages):
    assert {path: answer.status_code for path, answer in pages.items() if answer.status_code != 200} == {}
    assert len(pages) > 60


def test_every_place_in_a_page_that_a_link_names_is_there(pages):
    ids: dict[str, set[str]] = {}
    for path, answer in pages.items():
        if "html" in answer.headers["content-type"]:
            found = trees.fromstring(answer.text).xpath("//@id")
            assert len(found) == len(set(found)), path
            ids[path] = set(found)
    for path in ids:
        for link in trees.fromstring(pages[path].text).xpath("//a/@href"):
            target, _, place = urljoin(path, link).partition("#")
            assert not place or place in ids[target], f"{path}: {link}"


def test_both_languages_have_the_same_pages(pages):
    english, vietnamese = ({path[3:] for path in pages if path.startswith(f"/{code}")} for code in ("en", "vi"))
    assert english == vietnamese


def test_nothing_is_loaded_from_elsewhere_and_nothing_is_inline(pages):
    for path, answer in pages.items():
        if "html" not in answer.headers["content-type"]:
            continue
        tree = trees.fromstring(answer.text)
        assert all(value.startswith("/static/") for value in tree.xpath("//script/@src | //link[@rel!='alternate']/@href")), path
        pictures = tree.xpath("//img/@src | //source/@srcset")
        assert all(value.startswith(f"/{path[1:3]}/charts/") for value in pictures), path
        assert not tree.xpath("//style | //@style | //script[not(@src)] | //*[@onclick]"), path
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy


def test_words_of_documents_are_text_and_never_markup(pages):
    for answer in pages.values():
        if "html" not in answer.headers["content-type"]:
            continue
        assert "<script>alert" not in answer.text
        assert 'href="javascript:' not in answer.text


def test_each_page_has_one_heading_a_title_and_its_language(pages):
    for path, answer in pages.items():
        if "html" in answer.headers["content-type"]:
            tree = trees.fromstring(answer.text)
            assert len(tree.xpath("//h1")) == 1, path
            assert tree.xpath("//title")[0].text_content().strip()
            assert tree.get("lang") == path[1:3]


def test_the_start_asks_the_browser(client):
    assert client.get("/", headers={"accept-language": "vi-VN,vi;q=0.9"}).headers["location"] == "/vi"
    assert client.get("/", headers={"accept-language": "fr"}).headers["location"] == "/en"


def test_the_language_switch_keeps_the_page_and_what_was_asked(client):
    tree = trees.fromstring(client.get("/en/statements?actor=ASEAN&actor=UN&theme=x").text)
    assert tree.xpath("//ul[@class='tongues']//a/@href") == ["/vi/statements?actor=ASEAN&actor=UN&theme=x"]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(
    "page", ["", "/plans", "/documents", "/statements", "/actors", "/meetings", "/instruments", "/plans/plan-one/ledger"]
)
def test_an_empty_register_says_what_to_do(empty, language, page):
    answer = empty.get(f"/{language}{page}")
    assert answer.status_code == 200
    if page not in ("/plans", "/meetings", "/instruments"):
        assert "comity build" in text_of(answer.text)


@pytest.mark.parametrize(
    "path",
    [
        "/en/nowhere",
        "/en/documents/0000",
        "/en/plans/no-plan",
        "/en/plans/no-plan/ledger",
        "/en/plans/plan-one/lines/none",
        "/en/actors/nobody-at-all",
        "/en/meetings/none",
        "/en/instruments/none",
        "/xx",
        "/xx/plans",
        "/static/none.css",
        "/en/actors/%F0%9F%98%80",
        "/en/actors/%E2%80%AE%CC%81%FF",
        "/refused/long",
    ],
)
def test_what_is_not_there_is_a_page_with_a_way_on(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert trees.fromstring(answer.text).xpath("//main//a[@href='/en/documents']")


def test_a_missing_page_speaks_the_language_of_its_address(client):
    assert "Không có trang này" in client.get("/vi/nowhere").text


@pytest.mark.parametrize("path", ["/en/statements?theme=", "/vi/documents?in=", "/api/v1/documents?language=", "/"])
def test_an_address_of_ten_megabytes(address, path):
    connection = HTTPConnection(address.removeprefix("http://"), timeout=30)
    connection.request("GET", f"{path}{'&' if '?' in path else '?'}x={'a' * 10_000_000}")
    answer = connection.getresponse()
    assert answer.status == 414
    assert re.search("8[.,]000", answer.read().decode())
    connection.close()


@pytest.mark.parametrize(
    "query",
    [
        "actor=%00",
        "actor=%FF%FE&actor=%E2%80%AE",
        "theme=none&act=none",
        "after=%00",
        "after=!!",
        "after=W10",
        "actor=" + "&actor=".join("abcdefgh"),
    ],
)
@pytest.mark.parametrize("page", ["/en/statements", "/vi/documents", "/en/actors"])
def test_odd_queries_are_answered(client, page, query):
    assert client.get(f"{page}?{query}").status_code in (200, 400)


def test_control_signs_in_a_path(client):
    assert client.get("/en/documents/%00%01").status_code == 400


def test_only_reading(client):
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        assert client.request(method, "/en/documents").status_code == 405
    head = client.head("/en")
    assert (head.status_code, head.content) == (200, b"")
    assert int(head.headers["content-length"]) > 1000


def test_another_host_is_turned_away(client):
    assert client.get("/en", headers={"host": "evil.example"}).status_code == 421


def test_what_has_not_changed_is_not_sent_again(client):
    first = client.get("/en/documents")
    again = client.get("/en/documents", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/vi/documents", headers={"if-none-match": first.headers["etag"]})
    assert other.status_code == 200


def test_files_keep_for_a_year_under_their_own_address(client):
    (style,) = trees.fromstring(client.get("/en").text).xpath("//link[@rel='stylesheet']/@href")
    answer = client.get(style)
    assert "immutable" in answer.headers["cache-control"]
    for font in re.findall(r"url\(([^)]+)\)", answer.text):
        assert client.get(f"/static/{font}").headers["content-type"] == "font/woff2"


def test_a_locked_register_is_a_page_that_says_so(tmp_path, monkeypatch):
    def locked(self: View, **asked: object) -> None:
        raise RegisterError("The register is being written by another program; try again when that has ended.")

    with filled(tmp_path) as register, serving(portal_over(register)) as address:
        monkeypatch.setattr(View, "documents", locked)
        answer = httpx.get(f"{address}/en/documents")
    assert answer.status_code == 503
    assert "being written by another program" in answer.text


def test_the_first_page_is_light(client):
    page = client.get("/vi")
    loaded = trees.fromstring(page.text).xpath("//link[@rel='stylesheet']/@href")[0]
    style = client.get(loaded).text
    fonts = sum(len(client.get(f"/static/{font}").content) for font in re.findall(r"url\(([^)]+)\)", style))
    assert len(page.content) + len(style) + fonts < 300_000


def test_the_plan_after_tells_what_became_of_the_lines_before(tmp_path):
    pack = load_pack("asean-un")
    knowledge = load_knowledge((pack,))
    with register_of(tmp_path) as register, serving(create_portal(register, pack, knowledge, hasher=QUICK)) as address:
        page = httpx.get(f"{address}/en/plans/asean-un-poa-2021-2025/compare", timeout=30)
        first = httpx.get(f"{address}/en/plans/asean-un-poa-2016-2020/compare", timeout=30)
    tree = trees.fromstring(page.text)
    rows = [[" ".join(cell.text_content().split()) for cell in row] for row in tree.xpath("//main//tbody/tr")]
    assert any(old.startswith("P1-C-04") and new.startswith("P2-D-02") for old, new, *_ in rows)
    assert "reworded" in text_of(page.text)
    assert "Nobody has confirmed them" in text_of(page.text)
    assert "Of Plan of Action 2016-2020, 22 of the 103 lines are known here." in text_of(page.text)
    assert first.status_code == 404


def test_plans_without_lines_say_how_to_add_them(client, pages):
    compared = next(path for path in pages if path.endswith("/compare"))
    assert "comity plan import" in text_of(pages[compared].text)


@pytest.mark.parametrize(("language", "title"), [("en", "Figures tied to no plan: 1"), ("vi", "Con số chưa gắn với kế hoạch nào: 1")])
def test_a_figure_that_no_plan_has_stands_on_the_page_of_plans_and_each_ledger_leads_there(tmp_path, language: str, title: str):
    told = document("The chair said that 40 of 52 ferries' measures were done.", "2020-10-01")
    figure = claim(told, "40 of 52", subject=None, subject_name="measures", numerator=40, denominator=52)
    with register_of(tmp_path, reading(told, progress=[figure])) as register, serving(portal_over(register)) as address:
        plans = trees.fromstring(httpx.get(f"{address}/{language}/plans").text)
        ledger = trees.fromstring(httpx.get(f"{address}/{language}/plans/plan-one/ledger").text)
    (section,) = plans.xpath("//main//section[@id='untied']")
    assert title in section.text_content()
    assert "40 of 52 ferries' measures" in " ".join(section.text_content().split())
    assert section.xpath(f".//a[contains(@href, '/documents/{told.id}')]")
    assert ledger.xpath(f"//main//a[@href='/{language}/plans#untied']")[0].text_content() == title


@pytest.mark.parametrize("language", languages())
def test_meetings_come_as_a_calendar(client, language):
    answer = client.get(f"/{language}/meetings.ics")
    assert answer.headers["content-type"].startswith("text/calendar")
    listed = client.get("/api/v1/meetings?limit=500").json()["items"]
    days = [one["date"].replace("-", "") for one in listed if len(one["date"]) == len("2020-01-30")]
    assert days
    assert all(f"DTSTART;VALUE=DATE:{day}" in answer.text for day in days)
    one = client.get(f"/{language}/meetings.ics?mechanism={listed[0]['mechanism']}").text
    assert 0 < one.count("BEGIN:VEVENT") <= answer.text.count("BEGIN:VEVENT")
    assert client.get(f"/{language}/meetings.ics?mechanism=nobody").status_code == 404


@pytest.mark.parametrize("path", ["documents", "statements", "search?q=patience", "search?q=patience&kind=statements", "digest?since=2019"])
def test_the_folder_that_a_document_was_read_from_is_on_no_page(tmp_path, path):
    told = document("ASEAN affirmed that patience matters.", "2020-10-01", title=None, publisher=None, name="/srv/press/secret/a b.txt")
    start = told.text.index("patience")
    said = Statement(evidence=told.evidence(start, start + 8), speaker=("ASEAN",), cue=None, act=Act.AFFIRM)
    with register_of(tmp_path, reading(told, statements=[said])) as register, serving(portal_over(register)) as address:
        text = httpx.get(f"{address}/en/{path}").text
        assert "a b.txt" in text
        assert "/srv/press" not in text


def test_a_choice_that_nothing_fits_is_named_in_the_language_of_the_page(client):
    chosen = trees.fromstring(client.get("/vi/statements?act=propose").text).xpath("//select[@id='act']/option[@selected]")
    assert [one.text_content() for one in chosen] == ["đề xuất"]
