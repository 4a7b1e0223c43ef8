"""The report stands alone, says the same in every language, and shows every claim with its sentence."""

from pathlib import Path

import pytest
from lxml import html

from comity.knowledge import Knowledge
from comity.languages import languages
from comity.publishing.labels import Labels
from comity.records import Bound, ProgressVerb
from comity.tracking import overview
from made import claim, document, reading, register_of
from small_register import filled, page_of, readings, small_knowledge

LOADS = ("src", "href", "srcset", "data", "poster", "action", "background", "xlink:href")


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return small_knowledge()


@pytest.fixture(scope="module", params=languages())
def page(request, tmp_path_factory, knowledge) -> str:
    with filled(tmp_path_factory.mktemp("register")) as register:
        return page_of(register, request.param, knowledge)


@pytest.fixture(scope="module")
def tree(page):
    return html.fromstring(page)


def text_of(tree) -> str:
    return " ".join(tree.text_content().split())


def test_nothing_is_loaded_from_elsewhere(page, tree):
    loads = [(e.tag, a, e.get(a)) for e in tree.iter() for a in LOADS if isinstance(e.tag, str) and e.get(a) and e.tag != "a"]
    assert loads == [("link", "href", "data:,")]
    assert "@import" not in page
    assert "url(" not in page
    assert not tree.xpath("//script | //iframe | //object | //img")


def test_links_go_to_sources_or_places_in_the_page(tree):
    places = {f"#{e.get('id')}" for e in tree.xpath("//*[@id]")}
    links = {e.get("href") for e in tree.xpath("//a[@href]")}
    assert {link for link in links if link.startswith("#")} <= places
    assert {link for link in links if not link.startswith("#")} == {"https://gazette.example/council?a=1&b=2"}


def test_ids_are_used_once(tree):
    ids = [e.get("id") for e in tree.xpath("//*[@id]")]
    assert len(ids) == len(set(ids))


def test_words_of_documents_are_text_and_never_markup(page, tree):
    assert "<script>" not in page
    assert "javascript:" not in page
    assert not tree.xpath("//blockquote//b | //i")
    assert "<script>alert(1)</script>" in text_of(tree)


def test_every_claim_has_its_sentence_with_the_figure_marked(tree):
    claims = tree.xpath("//article[@class='claim']")
    assert [claim.xpath(".//mark")[0].text for claim in claims] == [
        "80% số dòng hành động",
        "over 90 %",
        "97 of the 103 action lines",
        "95 of the 103 lines",
    ]
    assert "The council noted that 97 of the 103 action lines had been completed" in text_of(claims[2])


def test_a_plan_at_a_glance_shows_the_latest_claim(tree):
    (figure, *_) = tree.xpath("//section[@class='glance']//p/a")
    assert figure.get("href") == "#claim-4"


def test_a_vague_claim_does_not_hide_the_sharper_one_before_it(tmp_path: Path, knowledge):
    of = document("Later still over 90 % of the lines were said to be completed.", "2021-06-01")
    vague = reading(of, progress=[claim(of, "over 90 %", percent=90.0, bound=Bound.OVER, verb=ProgressVerb.COMPLETED)])
    with register_of(tmp_path, *readings(), vague) as register:
        tree = html.fromstring(page_of(register, "en", knowledge))
    assert tree.xpath("//section[@class='glance']//p/a")[0].get("href") == "#claim-4"


def test_the_chart_has_a_title_a_description_and_its_claims_in_a_table(tree):
    (chart,) = tree.xpath("//svg[@aria-labelledby='chart-title chart-desc']")
    assert len(chart.xpath(".//circle")) == 4
    assert chart.xpath("./title")[0].text
    assert chart.xpath("./desc")[0].text
    assert len(tree.xpath("//section[@id='ledger']//table//a[@class='number']")) == 4


def test_dates_are_iso_in_the_data(tree):
    assert {"2020-09", "2019-11-03"} <= {e.get("datetime") for e in tree.xpath("//time")}


def test_the_plan_without_claims_is_told_without_a_command(tree):
    """A report is handed on to people who have no terminal."""
    assert Labels(tree.get("lang")).say("plan_no_claims") in text_of(tree)
    assert "comity build" not in text_of(tree)


def test_each_language_says_what_does_not_fit(tmp_path: Path, knowledge):
    with filled(tmp_path) as register:
        english, vietnamese = (text_of(html.fromstring(page_of(register, language, knowledge))) for language in ("en", "vi"))
    assert "Gazette credits the figure to the Philippines alone, but the 103 lines are those of the joint plan of" in english
    assert "Gazette ghi công riêng cho" in vietnamese
    assert (
        "a count of lines completed can't fall. The first means 97 of 103 lines completed, the second 95 of 103 lines completed" in english
    )
    assert "số dòng đã hoàn thành không thể giảm" in vietnamese
    assert "Gazette (2 January 2020) announced it for 23 January 2020; held 30 January 2020" in english
    assert "dự kiến tháng 10/2020, thực tế diễn ra 15/11/2020" in vietnamese


def test_only_the_newest_documents_of_a_large_register_are_listed(tmp_path: Path, knowledge, monkeypatch):
    monkeypatch.setattr(overview, "DOCUMENTS", 2)
    with filled(tmp_path) as register:
        tree = html.fromstring(page_of(register, "en", knowledge))
    assert len(tree.xpath("//section[@id='documents']//tbody/tr")) == 2
    assert "3 older documents are not listed here." in text_of(tree)


def test_the_same_register_gives_the_same_bytes(tmp_path: Path, knowledge):
    pages = set()
    for name in ("a", "b"):
        with filled(tmp_path / name) as register:
            pages.add(page_of(register, "en", knowledge))
    assert len(pages) == 1


@pytest.mark.parametrize("language", languages())
def test_an_empty_register_says_what_to_do(tmp_path: Path, knowledge, language):
    with register_of(tmp_path) as register:
        page = page_of(register, language, knowledge)
    assert "comity build" in page
    assert "<table" in page  # the pack's meetings are known
    assert "chart-title" not in page
