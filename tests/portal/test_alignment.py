"""What serves what: the numbers of the heat map are those of the sentences each opens into; a rejected tie is in neither."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from lxml import html as trees
from served import QUICK, serving

from comity.knowledge import load_knowledge, load_pack
from comity.portal.app import create_portal
from comity.portal.desk import Desk
from comity.records import Act, LinkKind, Statement
from comity.register import Action, LinkState, OfLink, Register, open_register
from comity.tracking.track import track
from made import document, reading, register_of

PACK = load_pack("asean-un")
KNOWLEDGE = load_knowledge((PACK,))
SAID = ("peacekeeping operations and conflict prevention must be strengthened", "girls need the same schools and jobs as boys")


@pytest.fixture(scope="module")
def tracked(tmp_path_factory) -> str:
    """The file of the register; who decides has a copy."""
    with register_of(tmp_path_factory.mktemp("alignment")) as register:
        for number, words in enumerate(SAID):
            told = document(
                f"ASEAN and the United Nations met. The minister said that {words}. It rained.",
                f"2018-05-0{number + 1}",
                title=f"No {number}",
            )
            start = told.text.index(words)
            said = Statement(evidence=told.evidence(start, start + len(words)), speaker=("VNM",), cue=None, act=Act.AFFIRM)
            register.writer().add(reading(told, statements=[said]))
        track(register, PACK)
    return register.name


@pytest.fixture(scope="module")
def looking(tracked) -> Iterator[httpx.Client]:
    """For tests that only look."""
    with open_register(tracked) as register, asking(register) as client:
        yield client


@contextmanager
def asking(register: Register) -> Iterator[httpx.Client]:
    desk = Desk(register, PACK, KNOWLEDGE, clock=iter(range(0, 10**9, 10**4)).__next__)
    with (
        serving(create_portal(register, PACK, KNOWLEDGE, desk=desk, hasher=QUICK)) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        yield client


def cells(client: httpx.Client) -> dict[str, int]:
    """The address of each number, and the number."""
    page = trees.fromstring(client.get("/en/alignment").text)
    return {link.get("href"): int(re.match(r"\d+", link.text_content().strip()).group()) for link in page.xpath("//table//td/a")}


def test_each_number_opens_into_as_many_sentences(looking):
    found = cells(looking)
    assert found
    for address, number in found.items():
        articles = trees.fromstring(looking.get(address).text).xpath("//article")
        assert len(articles) == number, address
        assert all(article.xpath(".//mark") for article in articles)


def test_the_goal_that_a_sentence_is_about_is_among_them(looking):
    assert any("goal=16&" in address for address in cells(looking))


def test_a_rejected_tie_counts_no_more(tracked, tmp_path):
    with open_register(shutil.copy(tracked, tmp_path)) as register, asking(register) as client:
        before = sum(number for address, number in cells(client).items() if "goal=16&" in address)
        for found in register.links().of_target(LinkKind.GOAL, "16", state=LinkState.SUGGESTED).links:
            evidence = found.link.evidence
            subject = OfLink(LinkKind.GOAL, "", "16", evidence.document, evidence.start, evidence.end)
            register.writer().decide(who="Lan", action=Action.REJECT, subject=subject, value={}, why="")
        after = sum(number for address, number in cells(client).items() if "goal=16&" in address)
        assert after < before


@pytest.mark.parametrize("asked", ["goal=99&element=asean-2025/APSC-A", "goal=1&element=none", ""])
def test_what_is_no_goal_or_element_is_not_there(looking, asked):
    assert looking.get(f"/en/alignment/sentences?{asked}").status_code == 404
