"""A plan's lines with how far they have come: suggested evidence apart from accepted, year by year; a decision changes what is shown."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from lxml import html as trees
from served import QUICK, serving
from tied import KNOWLEDGE, LINE, PACK, PLAN, WORDS

from comity.portal.app import create_portal
from comity.portal.desk import Desk
from comity.records import LinkKind
from comity.register import Action, LinkState, OfLine, OfLink, Register, open_register


@pytest.fixture(scope="module")
def looking(tied) -> Iterator[httpx.Client]:
    """For tests that only look."""
    with open_register(tied) as register, asking(register) as client:
        yield client


@pytest.fixture
def register(tied, tmp_path) -> Iterator[Register]:
    with open_register(shutil.copy(tied, tmp_path)) as register:
        yield register


@pytest.fixture
def client(register) -> Iterator[httpx.Client]:
    with asking(register) as client:
        yield client


@contextmanager
def asking(register: Register) -> Iterator[httpx.Client]:
    desk = Desk(register, PACK, KNOWLEDGE, clock=iter(range(0, 10**9, 10**4)).__next__)
    with (
        serving(create_portal(register, PACK, KNOWLEDGE, desk=desk, hasher=QUICK)) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        yield client


def page(client: httpx.Client, path: str, **asked: str) -> trees.HtmlElement:
    answer = client.get(path, params=asked)
    assert answer.status_code == 200, answer.text[:400]
    return trees.fromstring(answer.text)


def text(element: trees.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def row(client: httpx.Client) -> str:
    return next(text(one) for one in page(client, f"/en/plans/{PLAN}").xpath("//tbody/tr") if LINE in text(one))


def link_to(register: Register) -> OfLink:
    found = register.links().of_target(LinkKind.LINE, LINE, plan=PLAN, state=LinkState.SUGGESTED).links[0]
    evidence = found.link.evidence
    return OfLink(LinkKind.LINE, PLAN, LINE, evidence.document, evidence.start, evidence.end)


def test_a_suggestion_counts_nothing_and_is_marked(looking):
    assert "no evidence" in row(looking)
    line = page(looking, f"/en/plans/{PLAN}/lines/{LINE}")
    assert "suggested (1)" in text(line)
    assert line.xpath("string(//article//mark)") in WORDS
    assert "Why:" in text(line)
    assert line.xpath("//article//a[contains(@href, '/en/documents/')]")


def test_an_accepted_sentence_counts_and_says_who_accepted_it(client, register):
    register.writer().decide(
        who="Lan", action=Action.ACCEPT, subject=link_to(register), value={"shows": "under-way"}, why="trained in 2018"
    )
    assert "under way" in row(client)
    line = text(page(client, f"/en/plans/{PLAN}/lines/{LINE}"))
    assert "accepted (1)" in line
    assert "Lan" in line
    assert "trained in 2018" in line
    assert "1 of the 22 lines known here completed or under way" in text(page(client, f"/en/plans/{PLAN}"))


def test_a_status_that_a_person_set_stands_with_its_history(client, register):
    register.writer().decide(
        who="Minh", action=Action.SET_STATUS, subject=OfLine(PLAN, LINE), value={"status": "completed"}, why="the last course ended"
    )
    line = text(page(client, f"/vi/plans/{PLAN}/lines/{LINE}"))
    assert "hoàn thành" in line
    assert "Minh" in line
    assert "the last course ended" in line


@pytest.mark.parametrize(
    ("asked", "others"), [({"section": "A"}, False), ({"theme": "peacekeeping"}, False), ({"status": "completed"}, True)]
)
def test_filters_leave_the_lines_that_fit(looking, asked, others):
    shown = [text(one) for one in page(looking, f"/en/plans/{PLAN}", **asked).xpath("//tbody/tr")]
    every = page(looking, f"/en/plans/{PLAN}").xpath("//tbody/tr")
    assert len(shown) < len(every)
    assert any(LINE in one for one in shown) is not others


def test_evidence_is_counted_under_its_year(looking):
    table = next(one for one in page(looking, f"/en/plans/{PLAN}").xpath("//table") if LINE in text(one))
    years = [text(cell) for cell in table.xpath(".//thead//th")]
    cells = next([text(cell) for cell in line] for line in table.xpath(".//tbody/tr") if LINE in text(line))
    assert cells[years.index("2018")] == "1 suggested"


def test_the_reader_says_to_which_line_a_finding_is_tied(client, register):
    document = link_to(register).document
    note = page(client, f"/en/documents/{document}").xpath("//p[contains(@class, 'k-statements')]")[0]
    assert note.xpath(f".//a[contains(@href, '/lines/{LINE}')]")
    assert "suggested for" in text(note)
    register.writer().decide(who="Lan", action=Action.ACCEPT, subject=link_to(register), value={"shows": "under-way"}, why="")
    assert "suggested for" not in text(page(client, f"/en/documents/{document}").xpath("//p[contains(@class, 'k-statements')]")[0])


def test_a_line_says_which_goals_it_serves_as_a_proposal(looking):
    assert "SDG 16, 16.1, 5.5" in row(looking)
    line = text(page(looking, f"/en/plans/{PLAN}/lines/{LINE}"))
    assert "16. Peace, justice and strong institutions" in line
    assert "suggested, not reviewed" in line
