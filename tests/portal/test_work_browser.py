"""Six stories of people who work in the portal, walked in a real browser in both languages, and its pages on a phone and a wide screen.

5. A reviewer decides about ten suggestions by keyboard, takes one back and corrects another.
6. A contributor gives a PDF or Word file and sees its commitments.
7. An editor signs in with a second factor.
8. Somebody invited makes their account.
9. A session ends while somebody writes, and what they wrote is still there.
10. A reviewer reads a document and decides about what was found, without leaving it.

(Stories 1 to 4 are in test_portal_browser.py.)
"""

import io
from collections.abc import Iterator
from typing import Any

import docx
import pytest
from accessible import colour_faults, faults
from reportlab.pdfgen.canvas import Canvas
from staff import PASSWORD, Clock, staffed, visiting

from comity.languages import languages
from comity.portal.accounts import totp
from comity.portal.words import Words
from comity.publishing.labels import Labels
from comity.records import Commitment, Force
from comity.register import Action, Register
from made import document, reading, register_of
from small_register import readings

pytestmark = pytest.mark.browser

ENGLISH = "ASEAN and the United Nations agreed to hold a joint exercise on maritime security by 2022."
VIETNAMESE = "ASEAN và Liên hợp quốc nhất trí tổ chức diễn tập chung về an ninh biển vào năm 2022."


def more(number: int) -> Any:
    own = " ".join(f"{word}{number}" for word in ("harbour", "ledger", "winter", "council", "river", "letter"))
    of = document(f"{own}. They agreed to meet again in {2030 + number}.", f"2018-0{number + 1}", title=f"Meeting {number}")
    start = of.text.index("agreed")
    return reading(of, commitments=[Commitment(evidence=of.evidence(start, start + 20), by=("ASEAN",), force=Force.AGREED)])


@pytest.fixture
def register(tmp_path) -> Iterator[Register]:
    with register_of(tmp_path, *readings(), *map(more, range(5))) as register:
        yield register


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def address(register, clock) -> Iterator[str]:
    with visiting(staffed(register, clock)) as address:
        yield address


@pytest.fixture(params=languages())
def words(request) -> Words:
    return Words(Labels(request.param))


@pytest.fixture
def page(browser) -> Iterator[Any]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def sign_in(page: Any, address: str, words: Words, login: str) -> None:
    page.goto(f"{address}/{words.language}/sign-in")
    page.locator("#login").focus()
    page.keyboard.type(login)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/{words.language}")


def test_ten_suggestions_by_keyboard(page, address, words, register):
    sign_in(page, address, words, "reviewer")
    page.locator(f"nav.person a[href='/{words.language}/review']").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/review")
    for number, key in enumerate("aaxaaxaaaa", 1):
        page.keyboard.press(key)
        page.wait_for_url(f"**done={number}")
    assert words.say("review_today", done=10, goal=60) in page.locator("main").inner_text()
    page.keyboard.press("u")
    page.wait_for_url("**/review?kind=*")
    page.keyboard.press("e")
    page.wait_for_url("**/review/correct?*")
    page.wait_for_selector("#words:focus")
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Control+A")
    page.keyboard.type("2031-02")
    page.keyboard.press("Enter")
    page.wait_for_url("**done=12")
    taken = [decision.action for decision in register.view().decisions()]
    assert (taken.count(Action.ACCEPT), taken.count(Action.REJECT), taken[-2:]) == (8, 2, [Action.UNDO, Action.CORRECT])
    assert "2031-02" in [found.finding.due for found in register.view().findings("commitments")]


def file_in(language: str) -> dict[str, Any]:
    out = io.BytesIO()
    if language == "vi":
        word = docx.Document()
        word.add_paragraph(VIETNAMESE)
        word.save(out)
        return {"name": "biên bản.docx", "mimeType": "application/octet-stream", "buffer": out.getvalue()}
    canvas = Canvas(out)
    canvas.drawString(72, 760, ENGLISH)
    canvas.save()
    return {"name": "minutes.pdf", "mimeType": "application/pdf", "buffer": out.getvalue()}


def test_a_file_is_given_and_its_commitments_seen(page, address, words):
    sign_in(page, address, words, "contributor")
    page.goto(f"{address}/{words.language}/upload")
    page.locator("#files").set_input_files(file_in(words.language))
    page.get_by_role("button", name=words.say("upload_send"), exact=True).click()
    page.wait_for_url("**/upload/*")
    page.wait_for_selector("#job:not([data-again])", timeout=60_000)
    assert words.say("job_new") in page.locator("#job").inner_text()
    page.locator("#job a", has_text=words.say("job_open")).click()
    page.wait_for_url("**/documents/*")
    commitment = page.locator(".note.k-commitments").first.inner_text()
    assert words.say("one_commitments") in commitment
    assert "2022" in commitment


def test_on_a_phone_why_a_file_is_refused_stands_on_a_line_of_its_own(page, address, words):
    page.set_viewport_size({"width": 390, "height": 844})
    sign_in(page, address, words, "contributor")
    page.goto(f"{address}/{words.language}/upload")
    page.locator("#files").set_input_files({"name": "empty.txt", "mimeType": "text/plain", "buffer": b""})
    page.get_by_role("button", name=words.say("upload_send"), exact=True).click()
    page.wait_for_selector("#job:not([data-again])", timeout=60_000)
    told = page.locator("#job td").first.inner_text().splitlines()
    assert told[0] == words.say("job_refused")
    assert "empty.txt" in told[1]


def test_signing_in_with_a_second_factor(page, address, words, clock):
    sign_in(page, address, words, "editor")
    page.locator("nav.person a", has_text="Editor").click()
    page.get_by_role("button", name=words.say("factor_go")).click()
    secret = page.locator("code.key").inner_text().replace(" ", "")
    page.locator("#code").fill(totp.code_at(secret, int(clock.now) // 30))
    page.locator("#password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector(".codes")
    recovery = page.locator(".codes code").first.inner_text()
    page.context.clear_cookies()
    for code in (totp.code_at(secret, int(clock.now) // 30 + 1), recovery):
        page.goto(f"{address}/{words.language}/review")
        page.wait_for_url("**/sign-in?next=*")
        page.locator("#login").fill("editor")
        page.locator("#password").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_selector("#code")
        page.locator("#code").fill(code)
        page.keyboard.press("Enter")
        page.wait_for_url("**/review")
        page.goto(f"{address}/{words.language}/account")
        page.get_by_role("button", name=words.say("sign_out"), exact=True).click()
        page.wait_for_url(f"{address}/{words.language}")


def test_somebody_is_invited(page, browser, address, words):
    sign_in(page, address, words, "administrator")
    page.locator("nav.person a", has_text=words.say("inside_people")).click()
    page.locator("#note").fill("Mai")
    page.get_by_role("button", name=words.say("people_invite_go")).click()
    link = page.locator("code.key").inner_text()
    context = browser.new_context()
    other = context.new_page()
    other.goto(link)
    for field, typed in (("login", "mai"), ("name", "Mai Lê"), ("password", "chín con ngỗng trời"), ("again", "chín con ngỗng trời")):
        other.locator(f"#{field}").fill(typed)
    other.keyboard.press("Enter")
    other.wait_for_url("**/account")
    assert "Mai Lê" in other.locator("main").inner_text()
    assert words.say("role_reviewer") in other.locator("main").inner_text()
    other.goto(link)
    assert words.say("invitation_over_title") in other.locator("h1").inner_text()
    context.close()


def test_what_was_written_is_there_after_signing_in_again(page, address, words, clock):
    sign_in(page, address, words, "contributor")
    page.goto(f"{address}/{words.language}/upload")
    page.locator("#text").fill(VIETNAMESE)
    clock.now += 2 * 3600
    page.get_by_role("button", name=words.say("upload_send"), exact=True).click()
    page.wait_for_selector("#login")
    assert words.say("kept_waits") in page.locator("main").inner_text()
    page.locator("#login").fill("contributor")
    page.locator("#password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("button", name=words.say("kept_send")).wait_for()
    assert page.locator("#kept-text").input_value() == VIETNAMESE
    page.get_by_role("button", name=words.say("kept_send")).click()
    page.wait_for_url("**/upload/*")


def test_the_reader_decides_without_leaving_the_document(page, address, words, register):
    (head,) = [head for head in register.view().documents() if head.title == "Council counts"]
    sign_in(page, address, words, "reviewer")
    page.goto(f"{address}/{words.language}/documents/{head.id}")
    page.keyboard.press("?")
    assert page.evaluate("document.activeElement.id") == "keys"
    page.keyboard.press("j")
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("a")
    page.wait_for_url(f"**/documents/{head.id}#f2")
    assert words.say("accepted_here") in page.locator("[data-acts='2']").inner_text()
    page.locator("#f1").focus()
    with page.expect_navigation():
        page.keyboard.press("x")
    actions = [decision.action for decision in register.view().decisions()]
    assert actions == [Action.ACCEPT, Action.REJECT]


def test_review_and_adding_work_without_a_script(browser, address, words, register):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, address, words, "reviewer")
    page.goto(f"{address}/{words.language}/review")
    page.get_by_role("button", name=words.say("accept")).click()
    page.get_by_role("button", name=words.say("undo"), exact=True).click()
    page.goto(f"{address}/{words.language}/upload")
    page.locator("#text").fill(ENGLISH)
    page.get_by_role("button", name=words.say("upload_send"), exact=True).click()
    again = page.locator("#job a", has_text=words.say("job_again"))
    for _ in range(60):
        page.wait_for_load_state()
        if not again.count():
            break
        page.wait_for_timeout(300)
        again.click()
    assert words.say("job_done") in page.locator("main").inner_text()
    context.close()


def walk(page: Any, address: str, words: Words, one: Any) -> Iterator[str]:
    """Every page for people inside, drawn in turn."""
    code = words.language
    for path in ("sign-in", "nowhere"):
        page.goto(f"{address}/{code}/{path}")
        yield path
    sign_in(page, address, words, "administrator")
    for path in (
        "account",
        "people",
        "audit",
        "review",
        "review/log",
        "review/differ",
        "upload",
        "upload/held",
        "saved",
        "contradictions",
        "programs",
    ):
        page.goto(f"{address}/{code}/{path}")
        yield path
    page.goto(f"{address}/{code}/account")
    page.get_by_role("button", name=words.say("factor_go")).click()
    page.wait_for_selector(".qr")
    yield "account/factor"
    page.goto(f"{address}/{code}/people")
    page.get_by_role("button", name=words.say("people_invite_go")).click()
    page.wait_for_selector("code.key")
    yield "people/invite"
    page.goto(f"{address}/{code}/review?only=commitments")
    for key, there in (("e", "review/correct"), ("alike", "review/alike")):
        link = page.locator("[data-key='e']" if key == "e" else "a[href*='/alike']").first
        page.goto(address + link.get_attribute("href"))
        yield there
        page.go_back()
    page.locator("[data-key='a']").click()
    page.wait_for_url("**done=*")
    yield "review, decided"
    page.goto(f"{address}/{code}/documents/{one.id}")
    yield "the reader"


def test_every_page_is_quiet_fits_and_has_no_fault_of_accessibility(page, address, words, register):
    one = next(head for head in register.view().documents() if head.title == "Council counts")
    noise: list[str] = []
    page.on("console", lambda message: noise.append(message.text) if "404" not in message.text else None)
    page.on("pageerror", lambda error: noise.append(str(error)))
    for name in walk(page, address, words, one):
        for width, scheme in ((390, "dark"), (1280, "light")):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
            assert faults(page) == [], (name, width)
            assert colour_faults(page, scheme) == [], (name, width)
    assert noise == []
