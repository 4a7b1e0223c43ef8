"""Search: words with or without diacritics find sentences with their source; filters stay in the address; a question can be shared."""

from collections.abc import Iterator

import httpx
import pytest
from lxml import etree
from lxml import html as trees
from served import portal_over, serving

from small_register import filled


@pytest.fixture(scope="module")
def client(tmp_path_factory) -> Iterator[httpx.Client]:
    with (
        filled(tmp_path_factory.mktemp("search")) as register,
        serving(portal_over(register)) as address,
        httpx.Client(base_url=address, timeout=30) as client,
    ):
        yield client


def found(client: httpx.Client, language: str = "en", **asked: str) -> trees.HtmlElement:
    answer = client.get(f"/{language}/search", params=asked)
    assert answer.status_code == 200
    return trees.fromstring(answer.text)


def hits(page: trees.HtmlElement) -> list[str]:
    return [" ".join(one.text_content().split()) for one in page.xpath("//article")]


def test_words_without_diacritics_find_the_vietnamese_document_and_mark_them(client):
    page = found(client, "vi", q="dong hanh dong")
    assert len(hits(page)) == 1
    assert [mark.text for mark in page.xpath("//article//mark")] == ["dòng", "hành", "động"]
    assert page.xpath("//article//a[contains(@href, '/vi/documents/')]")


def test_an_exact_phrase_finds_fewer_than_its_words(client):
    assert len(hits(found(client, q="the lines"))) > len(hits(found(client, q='"over 90"'))) == 1


def test_statements_are_found_by_the_name_of_who_speaks(client):
    every = found(client, kind="statements", since="2000")
    speaker = every.xpath("string(//article//h2/a)")
    assert speaker
    named = found(client, kind="statements", actor=speaker)
    assert 0 < len(hits(named)) <= len(hits(every))
    assert all(hit.startswith(speaker) for hit in hits(named))


def test_a_name_nobody_bears_is_told(client):
    page = found(client, actor="Nobody Whatsoever")
    assert not hits(page)
    assert "Nobody Whatsoever" in page.xpath("string(//*[@role='status'])")


def test_hits_narrow_by_source_and_widen_again(client):
    page = found(client, q="lines")
    link = page.xpath("//main//a[contains(@href, 'year=')]/@href")[0]
    narrowed = trees.fromstring(client.get(link).text)
    assert 0 < len(hits(narrowed)) < len(hits(page))
    widened = narrowed.xpath("//*[@role='status']//a/@href")[0]
    assert hits(trees.fromstring(client.get(widened).text)) == hits(page)


def test_before_anything_is_asked_the_page_says_what_to_do(client):
    assert not hits(found(client))
    assert "Vietnamese or English" in found(client).xpath("string(//main)")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"q": "@@@"}, "There is no word in “@@@”; give some letters or digits."),
        ({"since": "soon"}, "“soon” is no date; give one such as 30/1/2020"),
        ({"q": "lines", "after": "x"}, "begin again from the first page"),
    ],
)
def test_what_can_t_be_searched_gets_a_clear_page(client, asked, told):
    answer = client.get("/en/search", params=asked)
    assert answer.status_code == 400
    assert told in " ".join(trees.fromstring(answer.text).xpath("string(//main)").split())


def test_typed_markup_is_text(client):
    answer = client.get("/en/search", params={"q": '"><script>alert(1)</script>'})
    assert "<script>alert" not in answer.text


ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.mark.parametrize("asked", [{"q": "lines"}, {"kind": "statements", "since": "2000"}])
def test_a_search_is_a_feed_of_its_newest_hits(client, asked):
    page = found(client, **asked)
    address = page.xpath("//link[@type='application/atom+xml']/@href")[0]
    answer = client.get(address)
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = etree.fromstring(answer.content)
    entries = feed.findall("a:entry", ATOM)
    assert len(entries) == len(hits(page))
    dates = [entry.findtext("a:updated", namespaces=ATOM) for entry in entries]
    assert dates == sorted(dates, reverse=True)
    assert len({entry.findtext("a:id", namespaces=ATOM) for entry in entries}) == len(entries)
    for entry in entries:
        link = entry.find("a:link", ATOM).get("href")
        assert httpx.get(link.partition("#")[0]).status_code == 200


def test_a_feed_of_nothing_is_empty(client):
    feed = etree.fromstring(client.get("/vi/search.atom").content)
    assert feed.findall("a:entry", ATOM) == []
