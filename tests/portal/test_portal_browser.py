"""Four stories of people who use the portal, walked in a real browser in both languages, and every page on a phone and a wide screen.

1. A minister's aide: from "over 90 %" on the overview to the sentence in its document, in three clicks.
2. A researcher reads one document by keyboard alone.
3. A desk officer compares what two parties said on one theme.
4. A secretary finds the date a meeting was planned for and the one it was held on.

The accessibility of every page is checked with axe-core where it is there (accessible.py).
"""

from collections.abc import Iterator
from typing import Any

import pytest
from accessible import colour_faults, faults
from served import portal_over, serving

from comity.languages import languages
from comity.portal.words import Words
from comity.publishing.labels import Labels
from comity.records import Act, Statement
from made import document, reading, register_of
from small_register import readings

pytestmark = pytest.mark.browser

PAGES = (
    "",
    "/plans",
    "/plans/plan-one",
    "/plans/plan-one/ledger",
    "/documents",
    "/statements",
    "/statements?actor=ASEAN&actor=UN",
    "/commitments",
    "/actors",
    "/actors/ASEAN",
    "/meetings",
    "/instruments",
    "/nowhere",
)
ELSEWHERE_NOT = ("/statements", "/actors", "/meetings", "/instruments", "/nowhere")
"""The faults of the others are looked for on a phone and a wide screen and in a larger register: test_public_stories.py."""
TWO_SAY = "ASEAN affirmed that peacekeeping matters. The United Nations proposed to widen peacekeeping further."


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> Iterator[str]:
    two = document(TWO_SAY, "2020-10-01", title="Two say")
    first, second = TWO_SAY.index("peacekeeping"), TWO_SAY.index("to widen")
    said = [
        Statement(evidence=two.evidence(first, first + 20), speaker=("ASEAN",), cue=None, act=Act.AFFIRM),
        Statement(evidence=two.evidence(second, len(TWO_SAY) - 1), speaker=("UN",), cue=None, act=Act.PROPOSE),
    ]
    folder = tmp_path_factory.mktemp("portal")
    with register_of(folder, *readings(), reading(two, statements=said)) as register, serving(portal_over(register)) as address:
        yield address


@pytest.fixture(params=languages())
def words(request) -> Words:
    return Words(Labels(request.param))


@pytest.fixture(params=[390, 1280])
def page(request, browser) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": request.param, "height": 800}, color_scheme="light")
    yield context.new_page()
    context.close()


def test_from_a_figure_to_its_sentence_in_three_clicks(page, address, words):
    page.goto(f"{address}/{words.language}")
    page.locator(".glance .ways a").first.click()
    claim = page.locator(".claim", has_text=words.say("bound_over", figure=words.say("figure_percent", n="90")))
    assert "over 90 %" in claim.locator("blockquote mark").inner_text()
    claim.locator(".source a").first.click()
    page.wait_for_url("**/documents/**#at-*")
    assert page.evaluate("document.querySelector(':target').textContent") == "over 90 %"


def test_a_document_is_read_by_keyboard_alone(page, address, words):
    page.goto(f"{address}/{words.language}/documents")
    page.locator("main a", has_text="Council counts").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents/*")
    page.keyboard.press("j")
    first = page.evaluate("document.activeElement.id")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert (first, page.evaluate("document.activeElement.id")) == ("f1", "f2")
    page.keyboard.press("Enter")
    page.wait_for_url("**#n2")
    note = page.locator(".note:target")
    assert note.inner_text().strip()
    note.locator("a.letter").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#f2")


def test_the_letters_are_links_without_a_script(browser, address, words):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/{words.language}/documents")
    page.locator("main a", has_text="Council counts").click()
    page.locator(".text .letter").first.click()
    page.wait_for_url("**#n1")
    context.close()


def test_two_parties_side_by_side_on_one_theme(page, address, words):
    page.goto(f"{address}/{words.language}/statements")
    page.locator("#actor-0").select_option("ASEAN")
    page.locator("#actor-1").select_option("UN")
    theme = page.locator("#theme option:not([value=''])").first.get_attribute("value")
    page.locator("#theme").select_option(theme)
    page.get_by_role("button", name=words.say("show"), exact=True).click()
    columns = page.locator(".year .columns > div")
    columns.nth(1).wait_for()  # a click ends when the next page begins
    assert columns.count() == 2
    assert words.say("act_affirm") in columns.nth(0).inner_text()
    assert words.say("act_propose") in columns.nth(1).inner_text()
    assert page.locator("#actor-1").input_value() == "UN"


def test_a_meeting_planned_and_held(page, address, words):
    page.goto(f"{address}/{words.language}")
    page.locator("header nav a", has_text=words.say("menu_meetings")).click()
    moved = page.locator("#moved").inner_text()
    assert words.date("2020-01-23") in moved
    assert words.date("2020-01-30") in moved
    page.locator("#moved a").first.click()
    page.wait_for_url("**/documents/**#at-*")


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_quiet_and_fits_and_has_no_fault_of_accessibility(page, address, words, path):
    noise: list[str] = []
    elsewhere: list[str] = []
    page.on("console", lambda message: noise.append(message.text) if "404" not in message.text else None)
    page.on("pageerror", lambda error: noise.append(str(error)))
    page.on("request", lambda request: elsewhere.append(request.url) if not request.url.startswith(address) else None)
    page.goto(f"{address}/{words.language}{path}")
    assert (noise, elsewhere) == ([], [])
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    if path in ELSEWHERE_NOT and page.viewport_size["width"] > 1000:
        assert faults(page) == []
        assert colour_faults(page, "light") == []
