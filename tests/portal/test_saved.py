"""Searches that people keep: named, asked again for what is new, renamed, deleted, followed as a feed, and told as a digest."""

import sqlite3
from collections.abc import Iterator

import httpx
import pytest
from lxml import html as trees
from staff import START, Clock, Person, person, said, staffed, visiting
from typer.testing import CliRunner

from comity.cli import app
from comity.errors import BadInputError
from comity.languages import languages
from comity.portal.words import Words
from comity.publishing.labels import Labels
from comity.register import Register, open_register
from comity.register.saved import MOST
from made import document, reading
from small_register import filled

LATER = "2027-01-01T00:00:00+00:00"


@pytest.fixture
def register(tmp_path) -> Iterator[Register]:
    with filled(tmp_path) as register:
        with sqlite3.connect(register.name) as connection:  # long before anybody looks: a second is as fine as it gets
            connection.execute("UPDATE documents SET added = '2025-01-01T00:00:00+00:00'")
        yield register


@pytest.fixture
def address(register) -> Iterator[str]:
    with visiting(staffed(register, Clock())) as address:
        yield address


@pytest.fixture
def reader(address) -> Iterator[Person]:
    one = person(address, "reader")
    yield one
    one.close()


def save(one: Person, name: str = "Lines", query: str = "q=lines") -> httpx.Response:
    return one.fill(f"/en/search?{query}", "/saved", name=name)


def add_news(register: Register) -> None:
    register.writer().add(reading(document("Ten more lines were counted by the harbour office.", "2020-11-01", title="More lines")))
    with sqlite3.connect(register.name) as connection:  # a while ago: what comes in the second in which one looks is shown again
        connection.execute("UPDATE documents SET added = '2026-01-01T00:00:00+00:00'")


def look_long_ago(register: Register) -> None:
    """As if everything before the next document had been seen long ago."""
    account = register.accounts().by_login("reader")
    assert account is not None
    for one in register.saved().of(account.key):
        register.saved().look(account.key, one.key, "2020-01-01T00:00:00+00:00")


@pytest.mark.parametrize("language", languages())
def test_a_search_is_kept_with_what_is_new_since(register, reader, language):
    words = Words(Labels(language))
    assert save(reader).headers["location"] == "/en/saved?done=saved"
    assert words.say("saved_nothing_new") in said(reader.get(f"/{language}/saved"))
    look_long_ago(register)
    add_news(register)
    page = reader.get(f"/{language}/saved")
    (there,) = [link for link in trees.fromstring(page.text).xpath("//main//section//p/a/@href") if link.endswith("/saved/1")]
    news = reader.get(there)
    assert "More lines" in said(news)


def test_what_was_seen_is_not_new_any_more(register, reader):
    save(reader)
    look_long_ago(register)
    add_news(register)
    assert reader.fill("/en/saved/1", "/saved/1").headers["location"] == "/en/saved?done=seen"
    assert "Nothing new since you looked" in said(reader.get("/en/saved/1"))


def test_a_moment_to_come_hides_nothing(register, reader):
    save(reader)
    look_long_ago(register)
    reader.fill("/en/saved/1", "/saved/1", moment=LATER)
    account = register.accounts().by_login("reader")
    assert account is not None
    assert register.saved().of(account.key)[0].looked < LATER


def test_a_search_is_renamed_and_deleted(reader):
    save(reader)
    save(reader, name="Council", query="q=council&kind=statements")
    page = reader.get("/en/saved")
    forms = [form for form in trees.fromstring(page.text).forms if form.action == "/en/saved/1"]
    rename = dict(forms[0].fields) | {"name": "All lines"}
    assert reader.post("/en/saved/1", data=rename).headers["location"] == "/en/saved?done=renamed"
    assert trees.fromstring(reader.get("/en/saved").text).xpath("//h2/text()") == ["All lines", "Council"]
    assert reader.post("/en/saved/1", data=rename | {"name": "Council"}).status_code == 400
    assert reader.post("/en/saved/1", data=rename | {"action": "drop"}).headers["location"] == "/en/saved?done=dropped"
    assert trees.fromstring(reader.get("/en/saved").text).xpath("//h2/text()") == ["Council"]
    assert reader.get("/en/saved/1").status_code == 404


def test_a_saved_search_asks_what_was_asked_and_has_its_feed(reader):
    save(reader, query="q=lines&kind=document&in=en&year=2020")
    links = trees.fromstring(reader.get("/vi/saved").text).xpath("//main//section//a/@href")
    assert "/vi/search?q=lines&kind=document&in=en&year=2020" in links
    feed = next(link for link in links if "search.atom" in link)
    assert reader.get(feed).headers["content-type"].startswith("application/atom+xml")


def test_a_name_is_used_once_and_no_more_than_a_hundred_are_kept(register, reader):
    save(reader)
    save(reader, query="q=council")
    account = register.accounts().by_login("reader")
    assert account is not None
    assert [one.fields["q"] for one in register.saved().of(account.key)] == ["council"]
    for number in range(MOST - 1):
        register.saved().save(account.key, name=f"n{number}", fields={"q": "x"}, now=START, looked=LATER)
    with pytest.raises(BadInputError, match="100 searches"):
        register.saved().save(account.key, name="one more", fields={"q": "x"}, now=START, looked=LATER)


def test_others_see_and_change_nothing_of_mine(address, reader):
    save(reader)
    other = person(address, "editor")
    assert "Lines" not in said(other.get("/en/saved"))
    assert other.get("/en/saved/1").status_code == 404
    proof = other.form(other.get("/en/account"), "/sign-out")["proof"]
    assert other.post("/en/saved/1", data={"proof": proof, "action": "drop"}).status_code == 404
    assert "Lines" in said(reader.get("/en/saved"))


def test_who_is_not_signed_in_is_asked_to(address):
    with person(address) as nobody:
        assert nobody.get("/en/saved").headers["location"].startswith("/en/sign-in")
        assert "/saved" not in nobody.get("/en/search?q=lines").text


@pytest.mark.parametrize("language", languages())
def test_the_digest_of_the_week_has_each_search_with_its_sentences(register, reader, language):
    words = Words(Labels(language))
    save(reader)
    save(reader, name="Nothing fits", query="q=zzz")
    page = said(reader.get(f"/{language}/saved/digest?since=2019"))
    assert "PH at 95" in page
    assert words.say("saved_digest_none") in page
    assert reader.get("/en/saved/digest?since=yesterday").status_code == 400


def test_the_command_line_tells_the_same_digest(register, reader):
    save(reader, query="q=council&kind=statements")
    asked = ["digest", "--since", "2019", "--saved", "Reader", "--register", register.name, "--pack", "tests/data/partnership"]
    told = CliRunner().invoke(app, [*asked, "--format", "text"])
    assert told.exit_code == 0, told.output
    assert "Lines\n-----" in told.output
    assert "Council counts" in told.output or "97 of the 103" in told.output
    mail = CliRunner().invoke(app, [*asked, "--format", "mail", "--lang", "vi"])
    assert mail.exit_code == 0
    nobody = CliRunner().invoke(app, [*asked[:4], "nobody", *asked[5:]])
    assert nobody.exit_code != 0


def test_an_archive_leaves_saved_searches_out(register, reader, tmp_path):
    save(reader)
    register.export_to(tmp_path / "all.zip")
    with open_register(tmp_path / "other.sqlite") as other:
        other.import_from(tmp_path / "all.zip")
        assert other.saved().of(1) == []
