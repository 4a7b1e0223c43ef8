"""Contradictions between documents on the overview and their own page: suggestions with both sentences; a person rejects one for good."""

import time
from collections.abc import Iterator

import pytest
from lxml import html as trees
from served import portal_over, serving
from staff import Person, said

from comity.portal import held_against
from comity.portal.desk import Desk
from comity.reading import Reader
from comity.register import Action, Register
from made import document, register_of, small_pack
from small_register import small_knowledge

ONE = document("In all 34 UN agencies work with ASEAN today, the office said.", "2017-04-20")
OTHER = document("Only 21 UN agencies work with ASEAN, the ministry wrote.", "2017-06-02", publisher="Ministry")


@pytest.fixture
def register(tmp_path, reader: Reader) -> Iterator[Register]:
    with register_of(tmp_path, reader.read(ONE), reader.read(OTHER)) as register:
        yield register


@pytest.fixture
def lan(register: Register) -> Iterator[Person]:
    with serving(portal_over(register)) as address:
        yield Person(base_url=address, timeout=60)


@pytest.mark.parametrize(("language", "badge"), [("en", "suggested, not reviewed"), ("vi", "gợi ý, chưa ai xem lại")])
def test_the_overview_shows_both_sentences(lan: Person, language: str, badge: str):
    part = trees.fromstring(lan.get(f"/{language}").text).xpath("//section[@id='conflicts']")[0]
    assert [mark.text for mark in part.xpath(".//mark")] == ["34 UN agencies", "21 UN agencies"]
    assert badge in part.text_content()
    assert part.xpath(".//a[contains(@href, '/contradictions')]")


def test_rejected_for_good_and_taken_back_from_the_log(lan: Person, register: Register):
    lan.fill("/en/contradictions", "/contradictions/decide", action="reject", why="other offices")
    (decision,) = register.view().decisions()
    assert (decision.action, decision.why) == (Action.REJECT, "other offices")
    assert "34 UN agencies" not in said(lan.get("/en/contradictions"))
    assert not trees.fromstring(lan.get("/en").text).xpath("//section[@id='conflicts']//mark")
    lan.fill("/en/review/log", "/review/undo")
    assert "34 UN agencies" in said(lan.get("/en/contradictions"))


def test_accepted_is_no_suggestion_any_more(lan: Person):
    lan.fill("/en/contradictions", "/contradictions/decide", action="accept")
    part = trees.fromstring(lan.get("/en").text).xpath("//section[@id='conflicts']")[0]
    assert "a person's decision" in part.text_content()
    page = lan.get("/en/contradictions")
    assert trees.fromstring(page.text).xpath("//form[contains(@action, '/contradictions/decide')]//button/@value") == ["reject"]
    assert "Where documents contradict each other" in " ".join(trees.fromstring(lan.get("/en/review/log").text).xpath("//ol//text()"))


def test_what_names_none_is_refused(lan: Person):
    answer = lan.fill("/en/contradictions", "/contradictions/decide", action="reject", about="contradiction:count")
    assert answer.status_code == 404


def test_a_large_register_is_worked_out_beside_the_page(register: Register, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(held_against, "AT_ONCE", 1)
    desk = Desk(register, small_pack(), small_knowledge())
    now, against = desk.snapshot(), desk.against
    assert against.of(now) is None
    for _ in range(1200):
        if (found := against.of(now)) is not None:
            break
        time.sleep(0.05)
    assert found is not None
    assert len(found) == 1
