"""Every page of the portal over the demo: the addresses of those that anybody may see, a walk through those of people who work there."""

import re
import tempfile
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from msgspec import Struct

from comity.languages import languages
from comity.portal.settings import Settings
from comity.portal.words import Words
from comity.publishing.labels import Labels
from comity.register import Action, OfLine, View, open_register
from comity.register.occurrence_rows import Kept, Wished
from comity.register.withdrawals import OfDocument
from comity.tracking.occurrence import id_of

PLAN = "asean-un-poa-2016-2020"
LINE = "P1-A-03"
OTHER = "Trần Minh (minh)"
"""Somebody else who reviews."""
PASSWORD = "seven grey herons wade"
WAIT = 60_000
"""Milliseconds in which a text that was given has been read."""
FIXED = (
    "",
    "/plans",
    f"/plans/{PLAN}",
    f"/plans/{PLAN}?status=not-begun",
    f"/plans/{PLAN}/ledger",
    f"/plans/{PLAN}/lines/{LINE}",
    "/plans/asean-un-poa-2021-2025/compare",
    "/documents",
    "/documents?in=vi&year=1999",
    "/statements",
    "/statements?actor=ASEAN&actor=UN",
    "/statements?theme=climate-environment&act=criticise",
    "/commitments",
    "/commitments?actor=UN&force=agreed",
    "/actors",
    "/actors?name=zzz",
    "/actors/ASEAN",
    "/actors/UN",
    "/meetings",
    "/meetings/asean-un-summit",
    "/instruments",
    "/instruments/asean-charter",
    "/alignment",
    "/network",
    "/network/together?a=ASEAN&b=UN",
    "/search",
    "/search?q=hop+tac",
    "/search?q=peace&kind=statements",
    "/search?q=zzzz",
    "/brief",
    "/brief?topic=peacekeeping",
    "/events?month=2020-09",
    "/events?month=1999-09",
    "/documents?as_of=2020-01-01",
    "/contradictions",
    "/digest",
    "/programs",
    "/nowhere",
    "/search?as_of=2999-01-01",
)
"""Addresses without the language; the others are of documents and events of the register."""


class Way(Struct, frozen=True):
    """A browser's page on the way through the portal at an address, in a language; `first` leads to the first invitation."""

    page: Any
    address: str
    language: str
    first: str

    @property
    def words(self) -> Words:
        return Words(Labels(self.language))

    def to(self, path: str) -> None:
        self.page.goto(f"{self.address}/{self.language}{path}")

    def press(self, button: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=self.words.say(button), exact=True).first.click()


def public_pages(register: Path) -> dict[str, str]:
    """The pages that anybody may see by the name of their picture, each as its address without the language."""
    with open_register(register, create=False) as opened:
        view = opened.view()
        fullest = {language: _fullest(view, language) for language in languages()}
        (_, event), *_ = Kept(view).page(Wished(since="2020-09", until="2020-09", dated=True), after=None, limit=1)
    named = {re.sub(r"\W+", "-", path or "/overview").strip("-"): path for path in FIXED}
    return named | {f"reader-{language}": f"/documents/{id}" for language, id in fullest.items()} | {"event": f"/events/{id_of(event)}"}


def _fullest(view: View, language: str) -> str:
    """The document of a language in which most was found."""
    ids = [head.id for head in view.documents(language=language)]
    return max(ids, key=lambda id: sum(len(list(view.findings_in(kind, id))) for kind in ("statements", "commitments", "progress")))


def inside(way: Way, register: Path) -> Iterator[str]:
    """Draws the pages of people who work in the portal, one after another, and says the name of each once it is there."""
    page = way.page
    yield from _entering(way)
    for path in ("account", "people", "audit", "review", "review/log", "review/differ", "upload", "saved"):
        way.to(f"/{path}")
        yield f"in-{path.replace('/', '-')}"
    yield from chain(_reviewing(way), _lines(way, register), _differing(way, register), _joining(way), _adding(way))
    way.to("/account")
    way.press("factor_go")
    yield "in-account-factor"
    way.to("/people")
    way.press("people_invite_go")
    yield "in-people-invited"
    way.to("/search?q=hop+tac")
    yield "in-search"
    page.locator("#save-name").fill("hợp tác")
    page.keyboard.press("Enter")
    page.wait_for_url("**/saved**")
    yield "in-saved-one"
    with open_register(register, create=False) as opened:
        id = next(head.id for head in opened.view().documents())
        opened.writer().decide(who="Lan", action=Action.WITHDRAW, subject=OfDocument(id), why="A draft.")
    way.to(f"/documents/{id}")
    yield "gone"
    page.context.clear_cookies()
    way.to("/people")
    yield "sign-in-first"


def _entering(way: Way) -> Iterator[str]:
    page = way.page
    way.to("/sign-in")
    yield "sign-in"
    page.goto(f"{way.address}{re.sub('^/[a-z]+', f'/{way.language}', way.first)}")
    yield "invitation"
    for field, text in {"login": "lan", "name": "Nguyễn Thị Lan", "password": PASSWORD, "again": PASSWORD}.items():
        page.locator(f"#{field}").fill(text)
    way.press("invitation_go")


def _reviewing(way: Way) -> Iterator[str]:
    page = way.page
    for kind in ("statements", "events", "link"):
        way.to(f"/review?only={kind}")
        yield f"in-review-{kind}"
        page.goto(way.address + page.locator("[data-key='e']").get_attribute("href"))
        yield f"in-review-correct-{kind}"
    way.to("/review?only=commitments")
    page.goto(way.address + page.locator("a[href*='/alike']").first.get_attribute("href"))
    yield "in-review-alike"
    way.to("/review?only=commitments")
    with page.expect_navigation():
        page.locator("[data-key='a']").click()
    yield "in-review-decided"
    way.to("/review/log")
    yield "in-review-log-some"
    way.to("/documents")
    page.goto(way.address + page.locator("main a[href*='/documents/']").first.get_attribute("href"))
    yield "in-reader"


def _lines(way: Way, register: Path) -> Iterator[str]:
    """A line that two score, one of whom sets its status."""
    page = way.page
    with open_register(register, create=False) as opened:
        opened.writer().decide(who=OTHER, action=Action.SCORE, subject=OfLine(PLAN, LINE), value={"score": 0})
    way.to(f"/plans/{PLAN}/lines/{LINE}")
    for one in page.locator("details:has(form.sheet) > summary").all():
        one.click()
    yield "in-line-forms"
    page.locator("#since").fill("31/2/2018")
    way.press("set_status_go")
    yield "in-line-odd-date"
    page.locator("#since").fill("5/2018")
    page.locator("#status").select_option("completed")
    way.press("set_status_go")
    yield "in-line-set"
    page.locator("summary", has_text=way.words.say("give_score")).click()
    page.locator("input[name=score]").last.check()
    way.press("give_score_go")
    yield "in-line-scored"


def _differing(way: Way, register: Path) -> Iterator[str]:
    with open_register(register, create=False) as opened:
        accepted = next(one for one in opened.view().decisions() if one.action is Action.ACCEPT)
        opened.writer().decide(who=OTHER, action=Action.REJECT, subject=accepted.subject)
    way.to("/review/differ")
    yield "in-review-differ-some"


def _joining(way: Way) -> Iterator[str]:
    page = way.page
    way.to("/review/join")
    yield "in-join-all"
    page.goto(way.address + page.locator("article.pair a.button").get_attribute("href"))
    yield "in-join-both"
    one, other = (page.locator(f"input[name={name}]").first.get_attribute("value") for name in ("one", "other"))
    way.to(f"/review/join?one={one}&name=asean")
    yield "in-join-choose"
    way.to(f"/review/join?one={one}&other={other}")
    way.press("join_one")
    yield "in-joined"
    way.to(f"/actors/{other}")
    yield "in-actor-gone"
    way.to("/review/join")
    yield "in-join-none"


def _adding(way: Way) -> Iterator[str]:
    page = way.page
    way.to("/upload")
    page.locator("#text").fill("ASEAN and the United Nations agreed to hold a joint exercise on maritime security by 2022.")
    way.press("upload_send")
    page.wait_for_selector("#job:not([data-again])", timeout=WAIT)
    yield "in-job"
    with tempfile.NamedTemporaryFile(suffix=".txt") as large:
        large.truncate(Settings().largest * 3)
        way.to("/upload")
        page.locator("#files").set_input_files(large.name)
        way.press("upload_send")
        yield "in-upload-too-large"
