"""Review of ties to plan lines: with the line's words, decided, moved to another line of the plan, taken back."""

import shutil
from collections.abc import Iterator

import pytest
from lxml import html as trees
from served import QUICK, serving
from staff import Person, said
from tied import KNOWLEDGE, LINE, OTHER, PACK, PLAN

from comity.portal.app import create_portal
from comity.records import LinkKind
from comity.register import Action, LinkState, Register, open_register


@pytest.fixture
def register(tied, tmp_path) -> Iterator[Register]:
    with open_register(shutil.copy(tied, tmp_path)) as register:
        yield register


@pytest.fixture
def lan(register) -> Iterator[Person]:
    with serving(create_portal(register, PACK, KNOWLEDGE, hasher=QUICK)) as address:
        yield Person(base_url=address, timeout=60)


def states(register: Register, line: str) -> list[LinkState]:
    every = (LinkState.ACCEPTED, LinkState.REJECTED, LinkState.SUGGESTED)
    return [state for state in every if register.links().of_target(LinkKind.LINE, line, plan=PLAN, state=state).links]


def to_line(lan: Person) -> tuple[str, str]:
    """The first page of the queue that is a tie, as address and text."""
    page = lan.get("/en/review?only=link")
    while lan.form(page, "/review/decide").get("target") != LINE:
        (later,) = trees.fromstring(page.text).xpath("//a[@data-key='j']/@href")
        page = lan.get(later)
    return str(page.url), said(page)


def test_a_tie_is_shown_with_its_line_and_decided(lan, register):
    address, words = to_line(lan)
    assert "Tie to a line" in words
    assert "peacekeep" in words
    assert "How likely a careful reader would make this tie" in words
    assert lan.fill(address, "/review/decide", action="accept").status_code == 303
    assert states(register, LINE) == [LinkState.ACCEPTED]


def test_a_tie_is_moved_to_another_line_and_back(lan, register):
    address, _ = to_line(lan)
    (link,) = trees.fromstring(lan.get(address).text).xpath("//a[@data-key='e']/@href")
    assert lan.fill(link, "/review/correct", line="none").status_code == 422
    sent = lan.fill(link, "/review/correct", line=OTHER)
    assert sent.status_code == 303
    assert states(register, LINE) == [LinkState.REJECTED]
    assert LinkState.ACCEPTED in states(register, OTHER)
    (decision,) = register.view().decisions()
    assert (decision.action, decision.value) == (Action.ACCEPT, {"moved_from": LINE})
    after = lan.get(sent.headers["location"])
    assert f"You moved it away from line {LINE}." in said(after)
    log = said(lan.get("/en/review/log"))
    assert f"local moved it here from line {LINE}" in log
    assert f"Tie to a line: {OTHER}" in log
    undo = trees.fromstring(after.text).xpath("//input[@name='decision']/@value")
    back = lan.post("/en/review/undo", data={"proof": lan.form(after, "/review/undo")["proof"], "decision": undo})
    assert states(register, LINE) == [LinkState.SUGGESTED]
    assert f"target={LINE}" in back.headers["location"]


def test_a_tie_that_somebody_decided_about_meanwhile_is_not_moved(lan, register):
    address, _ = to_line(lan)
    (link,) = trees.fromstring(lan.get(address).text).xpath("//a[@data-key='e']/@href")
    page = lan.get(link)
    lan.fill(address, "/review/decide", action="accept")
    late = lan.fill_in(page, "/review/correct", line=OTHER)
    assert late.status_code == 409
    assert states(register, LINE) == [LinkState.ACCEPTED]


def test_somebody_else_decided_about_the_tie(lan, register):
    address, _ = to_line(lan)
    page = lan.get(address)
    lan.fill(address, "/review/decide", action="accept")
    late = lan.fill_in(page, "/review/decide", action="reject")
    assert late.status_code == 409
    assert "local accepted it" in said(late)
