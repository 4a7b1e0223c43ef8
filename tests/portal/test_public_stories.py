"""Nine stories of people who look something up, walked in a real browser in both languages over the register that `comity demo` makes.

11. A minister's aide in a corridor: on a phone, three taps from the overview to the sentence.
12. An analyst compares what two countries said on one theme.
13. A clerk without Vietnamese keys finds a sentence and opens it in its document, at its place.
14. A desk officer goes from a plan's line to its evidence and on to the source.
15. A researcher asks what ties two bodies.
16. A planner asks what became of a line in the next plan.
17. Somebody who uses no mouse goes past the menu, and scrolls what is wide.
18. A journalist shares what a search shows, and it opens as it was.
19. A desk officer finds what one body undertook and takes it along as a table.

(Stories 1 to 4 are in test_portal_browser.py, 5 to 10 in test_work_browser.py.) Also measured here: how large and quick the first page
is, and that nothing on it jumps.
"""

import csv
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from accessible import BEST, colour_faults, faults
from served import QUICK, serving

from comity.knowledge import load_knowledge, load_pack
from comity.languages import languages
from comity.portal.app import create_portal
from comity.portal.words import Words
from comity.publishing.labels import Labels
from comity.records import Act, LinkKind, Statement
from comity.register import Action, LinkState, OfLine, OfLink, open_register
from made import document, reading

pytestmark = pytest.mark.browser

PLAN, NEXT, LINE = "asean-un-poa-2016-2020", "asean-un-poa-2021-2025", "P1-A-03"
SAID = "Viet Nam affirmed that peacekeeping matters to the region. Thailand proposed to train more officers for peacekeeping."
PAGES = (
    "",
    "/plans",
    f"/plans/{PLAN}",
    f"/plans/{NEXT}/compare",
    f"/plans/{PLAN}/ledger",
    f"/plans/{PLAN}/lines/{LINE}",
    f"/plans/{PLAN}/lines/{LINE}?state=suggested",
    f"/plans/{PLAN}/lines/{LINE}?state=rejected",
    f"/plans/{PLAN}/lines/P1-A-04",
    "/documents",
    "/statements?actor=VNM&actor=THA&theme=peacekeeping",
    "/commitments",
    "/commitments?actor=ASEAN&force=agreed",
    "/actors/ASEAN",
    "/meetings/asean-un-summit",
    "/instruments/asean-charter",
    "/search",
    "/search?q=hop+tac&kind=statements",
    "/search?q=nobody-says-this",
    "/network",
    "/network/together?a=ASEAN&b=UN",
    "/alignment",
    "/alignment/sentences?goal=16&element=asean-2025%2FAPSC-B",
    "/brief",
    "/brief?actor=VNM",
    "/events",
    "/contradictions",
    "/digest",
    "/programs",
)
LARGEST, LONGEST = 300_000, 1.0
"""Bytes and seconds of the first page."""


@pytest.fixture(scope="module")
def address(tmp_path_factory, samples_built) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("demo")
    shutil.copy(samples_built / "register.sqlite", folder)
    two = document(SAID, "2020-10-01", title="Two countries")
    first, second = SAID.index("peacekeeping"), SAID.index("to train")
    said = [
        Statement(evidence=two.evidence(first, SAID.index(".")), speaker=("VNM",), cue=None, act=Act.AFFIRM),
        Statement(evidence=two.evidence(second, len(SAID) - 1), speaker=("THA",), cue=None, act=Act.PROPOSE),
    ]
    pack = load_pack("asean-un")
    with open_register(folder / "register.sqlite") as register:
        writer = register.writer()
        writer.add(reading(two, statements=said))
        links = register.links().of_target(LinkKind.LINE, LINE, plan=PLAN, state=LinkState.SUGGESTED).links
        for one, action in zip(links[-2:], (Action.ACCEPT, Action.REJECT), strict=False):
            at = one.link.evidence
            writer.decide(
                who="Lan", action=action, subject=OfLink(LinkKind.LINE, PLAN, LINE, at.document, at.start, at.end), why="looked at"
            )
        writer.decide(who="Minh", action=Action.SET_STATUS, subject=OfLine(PLAN, "P1-A-04"), value={"status": "completed"}, why="it ended")
        with serving(create_portal(register, pack, load_knowledge((pack,)), hasher=QUICK)) as address:
            yield address


@pytest.fixture(params=languages())
def words(request) -> Words:
    return Words(Labels(request.param))


@pytest.fixture
def page(browser) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(browser) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 390, "height": 780}, has_touch=True, is_mobile=True)
    yield context.new_page()
    context.close()


def test_three_taps_to_the_sentence_on_a_phone(phone, address, words):
    phone.goto(f"{address}/{words.language}")
    phone.locator(".glance .ways a").first.tap()
    phone.wait_for_url("**/ledger")
    claim = phone.locator(".claim", has_text=words.say("bound_over", figure=words.say("figure_percent", n="90"))).first
    claim.locator(".source a").first.tap()
    phone.wait_for_url("**/documents/**#at-*")
    assert "90" in target(phone)


def test_what_two_countries_said_on_one_theme(page, address, words):
    page.goto(f"{address}/{words.language}/statements")
    page.locator("#actor-0").select_option("VNM")
    page.locator("#actor-1").select_option("THA")
    page.locator("#theme").select_option("peacekeeping")
    page.get_by_role("button", name=words.say("show"), exact=True).click()
    columns = page.locator(".year .columns > div")
    columns.nth(1).wait_for()  # a click ends when the next page begins
    assert columns.count() == 2
    assert words.say("act_affirm") in columns.nth(0).inner_text()
    assert words.say("act_propose") in columns.nth(1).inner_text()
    left, right = columns.nth(0).bounding_box(), columns.nth(1).bounding_box()
    assert left["y"] == right["y"]
    assert left["x"] < right["x"]


@pytest.mark.parametrize("kind", ["document", "statements"])
def test_a_sentence_is_found_without_diacritics_and_opened_at_its_place(page, address, words, kind):
    page.goto(f"{address}/{words.language}")
    page.locator("#seek").fill("hop tac")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?**")
    page.locator("#kind").select_option(kind)
    page.locator("main button").first.click()
    page.wait_for_url(f"**kind={kind}**")
    hit = page.locator(".hit").first
    marked = hit.locator("mark").first.inner_text()
    hit.locator(".source a").first.click()
    page.wait_for_url("**/documents/**#at-*")
    assert marked.casefold() in target(page).casefold()
    assert page.locator(":target").is_visible()


def test_from_a_line_to_its_evidence_and_the_source(page, address, words):
    page.goto(f"{address}/{words.language}/plans")
    page.locator(f"main a[href$='{PLAN}']").first.click()
    page.locator(f"a[href$='/lines/{LINE}']").click()
    page.wait_for_url(f"**/lines/{LINE}")
    page.locator("main .ways a[href*='state=suggested']").click()
    page.wait_for_url("**state=suggested")
    evidence = page.locator(".said").first
    assert words.say("suggested") in evidence.inner_text()
    quoted = evidence.locator("mark").inner_text()
    assert evidence.locator(".source a[rel~=noopener]").get_attribute("href").startswith("https://")
    evidence.locator(".source a").first.click()
    page.wait_for_url("**/documents/**#at-*")
    assert quoted.startswith(target(page).strip())
    assert page.get_by_role("link", name=words.say("original")).first.get_attribute("href").startswith("https://")


def test_what_ties_two_bodies(page, address, words):
    page.goto(f"{address}/{words.language}/network")
    row = page.locator("main tbody tr", has=page.locator("a[href*='together']")).first
    bodies = [row.locator("th a").inner_text(), row.locator("td a").first.inner_text()]
    row.locator("a[href*='together']").click()
    page.wait_for_url("**/network/together?**")
    for body in bodies:
        assert body in page.locator("h1").inner_text()
    page.locator(".said .source a").first.click()
    page.wait_for_url("**/documents/**#at-*")
    assert target(page)


def test_what_became_of_a_line(page, address, words):
    page.goto(f"{address}/{words.language}/plans/{NEXT}")
    page.get_by_role("link", name=words.say("to_compare")).click()
    page.wait_for_url("**/compare")
    page.locator("main .ways a[href='#reworded']").click()
    row = page.locator("#reworded tbody tr").first
    assert row.locator(f"td:nth-child(1) a[href*='{PLAN}']").count() == 1
    row.locator(f"td:nth-child(2) a[href*='{NEXT}']").click()
    page.wait_for_url(f"**/{NEXT}/lines/**")
    assert page.locator("h1").is_visible()


def test_without_a_mouse(page, address, words):
    page.goto(f"{address}/{words.language}/alignment")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.locator("#main:focus").wait_for()  # the jump to a part of a page happens after the key
    reached = set()
    for _ in range(200):
        page.keyboard.press("Tab")
        place = page.evaluate(
            "document.activeElement === document.body ? '' : document.activeElement.dataset.seen ??= String(Math.random())"
        )
        if not place or place in reached:
            break
        reached.add(place)
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", page.evaluate("document.activeElement.outerHTML")
    missed = page.evaluate(
        "[...document.querySelectorAll('main a, main button, main select, main .scroll, footer a')]"
        ".filter(one => !one.dataset.seen).map(one => one.outerHTML)"
    )
    assert missed == []
    page.set_viewport_size({"width": 390, "height": 780})
    page.locator(".scroll").first.focus()
    page.keyboard.press("ArrowRight")
    for _ in range(40):  # the page's own security policy forbids to wait by a function
        if page.evaluate("document.querySelector('.scroll').scrollLeft") > 0:
            break
        page.wait_for_timeout(50)
    assert page.evaluate("document.querySelector('.scroll').scrollLeft") > 0


def test_a_search_is_shared(page, browser, address, words):
    page.goto(f"{address}/{words.language}/search")
    page.locator("#q").fill("hòa bình")
    page.locator("#since").fill("2020")
    page.keyboard.press("Enter")
    page.wait_for_url("**since=2020**")
    hits = page.locator(".hit").all_inner_texts()
    context = browser.new_context()
    other = context.new_page()
    other.goto(page.url)
    assert hits
    assert other.locator(".hit").all_inner_texts() == hits
    assert other.locator("#q").input_value() == "hòa bình"
    context.close()


def test_on_paper_nothing_is_cut_off(page, address):
    page.set_viewport_size({"width": 718, "height": 1000})  # A4 without its margins
    page.emulate_media(media="print")
    for path in ("", "/plans", f"/plans/{PLAN}/ledger", "/network", "/actors/ASEAN", "/events", "/alignment"):
        page.goto(f"{address}/vi{path}")
        assert page.evaluate("[...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > 719).length") == 0, (
            path
        )


def test_what_a_body_undertook_is_taken_along(page, address, words):
    page.goto(f"{address}/{words.language}")
    page.get_by_role("link", name=words.say("menu_commitments"), exact=True).click()
    page.wait_for_url("**/commitments")
    page.locator("#actor").select_option("ASEAN")
    page.get_by_role("button", name=words.say("show"), exact=True).click()
    page.wait_for_url("**actor=ASEAN**")
    number = int(page.locator("main [role=status]").inner_text().split()[0])
    table = page.request.get(address + page.get_by_role("link", name=words.say("form_csv"), exact=True).get_attribute("href"))
    rows = list(csv.DictReader(table.text().lstrip("\ufeff").splitlines()))
    assert len(rows) == number > 0
    quoted = page.locator(".said mark").first.inner_text()
    assert quoted in " ".join(rows[0]["quote"].split())
    page.locator(".said .source a").first.click()
    page.wait_for_url("**/documents/**#at-*")
    assert quoted.startswith(target(page).strip())


@pytest.mark.parametrize("width", [390, 1280])
def test_the_first_page_is_small_and_quick_and_nothing_jumps(browser, address, words, width):
    context = browser.new_context(viewport={"width": width, "height": 800})
    context.new_page().goto(f"{address}/{words.language}/plans")  # the portal is warm, this browser is not
    context.close()
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.add_init_script(
        "window.jumps = 0; new PerformanceObserver(list => { for (const one of list.getEntries()) window.jumps += one.value })"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    sizes: list[int] = []
    page.on(
        "requestfinished", lambda request: sizes.append(sum(request.sizes()[part] for part in ("responseBodySize", "responseHeadersSize")))
    )
    page.goto(f"{address}/{words.language}", wait_until="networkidle")
    seconds = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd") / 1000
    jumps = page.evaluate("window.jumps")
    context.close()
    assert sum(sizes) < LARGEST
    assert seconds < LONGEST
    assert jumps < 0.02


@pytest.fixture(scope="module")
def sheet(browser) -> Iterator[Any]:
    """A page for all that only look."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_every_page_fits_and_has_no_fault_of_accessibility(sheet, address, words, path):
    answer = sheet.goto(f"{address}/{words.language}{path}")
    assert answer.status == 200
    for width, scheme in ((390, "dark"), (1280, "light")):
        sheet.set_viewport_size({"width": width, "height": 800})
        sheet.emulate_media(color_scheme=scheme)
        assert sheet.evaluate("document.documentElement.scrollWidth") <= width
        assert faults(sheet, BEST) == [], width
        assert colour_faults(sheet, scheme) == [], width


def target(page: Any) -> str:
    """The words that the address points at."""
    return str(page.evaluate("document.querySelector(':target').textContent"))
