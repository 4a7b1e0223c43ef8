"""Deciding about lines and actors in a real browser: by keyboard, without a script, on a phone and a wide screen, in both languages."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from accessible import colour_faults, faults
from named import named_in
from staff import PASSWORD, Clock, staffed, visiting
from tied import KNOWLEDGE, LINE, PACK, PLAN

from comity.languages import languages
from comity.portal.words import Words
from comity.publishing.labels import Labels
from comity.publishing.rate_sentences import link_words
from comity.register import Action, OfLine, Register, open_register

pytestmark = pytest.mark.browser
PATH = f"plans/{PLAN}/lines/{LINE}"


@pytest.fixture(params=languages())
def words(request) -> Words:
    return Words(Labels(request.param))


WIDTHS = {"en": 1280, "vi": 390}
"""The way by keyboard is the same at any width; that all fits is looked at in both languages at both."""


@pytest.fixture
def page(browser, words) -> Iterator[Any]:
    """Without a script: nothing here needs one."""
    view = {"width": WIDTHS[words.language], "height": 800}
    context = browser.new_context(viewport=view, color_scheme="light", java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def lines(tied, tmp_path) -> Iterator[Register]:
    with open_register(shutil.copy(tied, tmp_path)) as register:
        yield register


@pytest.fixture
def actors(tmp_path) -> Iterator[Register]:
    with named_in(tmp_path) as register:
        yield register


def enter(page: Any) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


def sign_in(page: Any, address: str, words: Words) -> None:
    page.goto(f"{address}/{words.language}/sign-in")
    page.locator("#login").fill("reviewer")
    page.locator("#password").fill(PASSWORD)
    enter(page)


def tab_to(page: Any, selector: str) -> None:
    """Goes on with Tab until the field, button or link is reached, over the link that skips the menu where it comes by; fails where no key
    leads there."""
    wanted = page.locator(selector).first.element_handle()
    for _ in range(120):
        page.keyboard.press("Tab")
        at = wanted.evaluate("one => one === document.activeElement ? 'there' : document.activeElement.className")
        if at == "there":
            return
        if at == "skip" and wanted.evaluate("one => one.closest('main') !== null"):
            page.keyboard.press("Enter")
    raise AssertionError(f"Tab does not lead to {selector}")


def fits(page: Any) -> None:
    width = page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    outside = "[...document.querySelectorAll('main input:not([type=hidden]), main select, main button')].filter(one => one.offsetWidth && "
    assert page.evaluate(f"{outside}(one.getBoundingClientRect().right > {width} || one.getBoundingClientRect().left < 0)).length") == 0


def main_of(page: Any) -> str:
    return " ".join(page.locator("main").inner_text().split())


def test_a_line_is_set_scored_and_both_taken_back_by_keyboard(page, lines, words):
    labels = link_words(words.language)
    with visiting(staffed(lines, Clock(), pack=PACK, known=KNOWLEDGE)) as address:
        sign_in(page, address, words)
        page.goto(f"{address}/{words.language}/{PATH}")
        tab_to(page, f"summary:has-text('{words.say('set_status')}')")
        page.keyboard.press("Enter")
        tab_to(page, "#status")
        for _ in range(3):
            page.keyboard.press("ArrowDown")
        tab_to(page, "#since")
        page.keyboard.type("31/2/2018")
        enter(page)
        assert words.say("date_odd", typed="31/2/2018") in main_of(page)
        fits(page)
        page.locator("#since").fill("5/2018")
        tab_to(page, "#evidence")
        page.keyboard.press("ArrowDown")
        tab_to(page, "#why")
        page.keyboard.type("khóa cuối đã xong")
        enter(page)
        standing = page.locator("#standing ~ p").first.inner_text()
        assert labels["status_completed"] in standing
        assert "khóa cuối đã xong" in standing
        assert page.locator("#standing ~ blockquote mark").first.is_visible()
        assert page.locator("#standing ~ p .status.counted").first.is_visible()
        fits(page)
        tab_to(page, f"summary:has-text('{words.say('give_score')}')")
        page.keyboard.press("Enter")
        tab_to(page, "input[name=score]")
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        enter(page)
        assert words.say("score_mine", score=words.say("score_1")) in main_of(page)
        tab_to(page, ".done button")
        enter(page)
        assert words.say("score_mine", score=words.say("score_1")) not in main_of(page)
        tab_to(page, ".said-before button")
        enter(page)
        assert labels["decided"].format(who="Reviewer (reviewer)") not in main_of(page)
        taken = [(one.action, one.value) for one in lines.view().decisions()]
    assert [action for action, _ in taken] == [Action.SET_STATUS, Action.SCORE, Action.UNDO, Action.UNDO]
    assert (taken[0][1]["status"], taken[0][1]["since"], taken[1][1]) == ("completed", "2018-05", {"score": 1})
    assert "evidence" in taken[0][1]


def test_two_are_joined_seen_as_one_and_parted_by_keyboard(page, actors, words):
    with visiting(staffed(actors, Clock())) as address:
        sign_in(page, address, words)
        page.goto(f"{address}/{words.language}/actors/tran-thi-lan")
        tab_to(page, "a[href*='/review/join']")
        enter(page)
        fits(page)
        assert page.locator("article .badge.suggested").count() == 2
        tab_to(page, "a.button[href*='lan-thi-tran']")
        enter(page)
        fits(page)
        tab_to(page, "#why")
        page.keyboard.type("trật tự tên khác")
        tab_to(page, "button[value=merge]")
        enter(page)
        assert words.say("done_merge") in main_of(page)
        assert "trật tự tên khác" in main_of(page)
        assert page.locator("main .badge.suggested").count() == 0
        fits(page)
        tab_to(page, ".said-before a[href*='/review/join']")
        enter(page)
        tab_to(page, "button[value=split]")
        enter(page)
        assert words.say("done_split") in main_of(page)
        tab_to(page, ".done button")
        enter(page)
        assert "trật tự tên khác" in main_of(page), "without the parting they are one again"
        assert [one.action for one in actors.view().decisions()] == [Action.MERGE, Action.SPLIT, Action.UNDO]


def test_a_list_of_who_may_be_one_is_gone_through_by_keyboard(page, actors, words):
    with visiting(staffed(actors, Clock())) as address:
        sign_in(page, address, words)
        page.goto(f"{address}/{words.language}/review")
        tab_to(page, "nav.within a[href$='/review/join']")
        enter(page)
        assert words.count("pairs_alike", 3) in main_of(page)
        fits(page)
        tab_to(page, "article.pair button[value=split]")
        enter(page)
        assert words.say("done_split") in main_of(page)
        assert words.count("pairs_alike", 2) in main_of(page)
        tab_to(page, ".done button")
        enter(page)
        assert words.count("pairs_alike", 3) in main_of(page)
        tab_to(page, "article.pair button[value=merge]")
        enter(page)
        assert words.say("done_merge") in main_of(page)
        page.goto(f"{address}/{words.language}/actors/lan-thi-tran")
        tab_to(page, "main a[href*='/review/join']")
        enter(page)
        tab_to(page, "button[value=split]")
        enter(page)
        assert words.say("done_split") in main_of(page)
        assert [one.action for one in actors.view().decisions()] == [Action.SPLIT, Action.UNDO, Action.MERGE, Action.SPLIT]


def test_the_new_pages_have_no_fault_of_accessibility(browser, lines, actors, words):
    context = browser.new_context()
    page = context.new_page()
    places = {
        "actors/tran-thi-lan": actors,
        "review/join?one=tran-thi-lan&name=lan": actors,
        "review/join?one=minh": actors,
        "review/join": actors,
        "review/join?one=tran-thi-lan&other=tran-thi-lan~2": actors,
        PATH: lines,
        "review/differ": lines,
    }
    for who, mark in (("Reviewer (reviewer)", 1), ("Mai", 0)):
        lines.writer().decide(who=who, action=Action.SCORE, subject=OfLine(PLAN, LINE), value={"score": mark})
    for register in (actors, lines):
        more = {"pack": PACK, "known": KNOWLEDGE} if register is lines else {}
        with visiting(staffed(register, Clock(), **more)) as address:
            sign_in(page, address, words)
            for path in (path for path, of in places.items() if of is register):
                page.goto(f"{address}/{words.language}/{path}")
                for one in page.locator("details:has(form.sheet) > summary").all():
                    one.click()
                for width, scheme in ((390, "dark"), (1280, "light")):
                    page.set_viewport_size({"width": width, "height": 900})
                    page.emulate_media(color_scheme=scheme)
                    fits(page)
                    assert faults(page) == [], (path, width)
                    assert colour_faults(page, scheme) == [], (path, width)
    context.close()


def test_years_of_a_heading_stay_on_one_line(browser, lines, words):
    context = browser.new_context()
    page = context.new_page()
    with visiting(staffed(lines, Clock(), pack=PACK, known=KNOWLEDGE)) as address:
        seen = 0
        for path in ("plans", f"plans/{PLAN}", f"plans/{PLAN}/ledger", "plans/asean-un-poa-2021-2025/compare"):
            page.goto(f"{address}/{words.language}/{path}")
            for width in (320, 340, 360, 390, 420):
                page.set_viewport_size({"width": width, "height": 800})
                rows = page.eval_on_selector_all(":is(h1, h2) .years", "all => all.map(one => one.getClientRects().length)")
                seen += len(rows)
                assert set(rows) <= {1}, (path, width)
                assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert seen > 20
    context.close()
