"""Papers of a large register: pages do not wait for them, say so, and show them once they are there; a digest of too much is refused."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import httpx
import pytest
from lxml import html as trees
from served import portal_over, serving

from comity.errors import BadInputError
from comity.languages import languages
from comity.portal import snapshot
from comity.portal.apart import Apart
from comity.portal.pages import papers
from comity.portal.words import Words
from comity.publishing.labels import Labels
from small_register import filled

SECONDS = 60


@pytest.fixture(scope="module")
def client(tmp_path_factory) -> Iterator[httpx.Client]:
    with asking(tmp_path_factory.mktemp("apart")) as client:
        yield client


@contextmanager
def asking(folder: Path) -> Iterator[httpx.Client]:
    with filled(folder) as register, serving(portal_over(register)) as address, httpx.Client(base_url=address, timeout=30) as client:
        yield client


def said(client: httpx.Client, path: str) -> str:
    return " ".join(trees.fromstring(client.get(path).raise_for_status().text).xpath("//main")[0].text_content().split())


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("path", ["/brief?topic=lines", "/digest?since=2019"])
def test_a_paper_is_put_together_behind_the_page(client, monkeypatch, language, path):
    monkeypatch.setattr(snapshot, "SMALL", 0)
    words = Words(Labels(language))
    begin, seen = time.monotonic(), []
    while not seen or words.say("paper_under_way") in seen[-1]:
        assert time.monotonic() - begin < SECONDS
        seen.append(said(client, f"/{language}{path}"))
        time.sleep(0.2)
    assert "97 of the 103 action lines" in seen[-1]
    assert said(client, f"/{language}{path}") == seen[-1]


@pytest.mark.parametrize("language", languages())
def test_a_digest_of_too_many_documents_asks_for_a_later_day(tmp_path, monkeypatch, language):
    monkeypatch.setattr(papers, "MOST_NEW", 3)
    with asking(tmp_path) as client:
        text = said(client, f"/{language}/digest?since=2019")
    assert Words(Labels(language)).say("digest_too_many", n=3, date=Labels(language).date("2019")) in text
    assert "97 of the 103" not in text


def test_the_answer_before_is_given_while_a_new_one_is_made():
    apart: Apart[str] = Apart()
    go_on = Event()

    def slowly() -> str:
        go_on.wait(SECONDS)
        return "new"

    assert apart.at_once("q", 1, lambda: "old") == "old"
    assert apart.before("q", 2, slowly) == "old"
    go_on.set()
    begin = time.monotonic()
    while apart.when_done("q", 2, slowly) != "new":
        assert time.monotonic() - begin < SECONDS
    assert apart.worked_out == 2


def test_what_went_wrong_is_told_until_the_register_has_changed():
    apart: Apart[str] = Apart()

    def fails() -> str:
        raise BadInputError("Track it first.")

    begin = time.monotonic()
    while apart.worked_out == 0:
        assert apart.when_done("q", 1, fails) is None
        assert time.monotonic() - begin < SECONDS
        time.sleep(0.01)
    with pytest.raises(BadInputError, match="Track it"):
        apart.when_done("q", 1, fails)
    assert apart.when_done("q", 2, lambda: "now") is None
