"""Adding documents: as files, an address or a text; what was found at once; held until let in; and what somebody hostile sends."""

import io
import time
import zipfile
from collections.abc import Iterator
from datetime import date
from typing import Any

import docx
import httpx
import pytest
from lxml import html as trees
from served import QUICK, serving
from staff import Clock, Person, finished, person, said, staffed, visiting

from comity.intake.alone import OpeningFailed, Order, open_alone
from comity.knowledge import load_knowledge, load_pack
from comity.portal.app import create_portal
from comity.reading import Reader
from comity.register import Register
from comity.tracking.kept_occurrences import are_kept
from made import register_of
from small_register import filled

WORDS = "ASEAN and the United Nations agreed to hold a joint exercise on maritime security by 2022."


def word_file(text: str) -> bytes:
    out, file = io.BytesIO(), docx.Document()
    file.add_paragraph(text)
    file.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def register(tmp_path_factory) -> Iterator[Register]:
    with register_of(tmp_path_factory.mktemp("upload")) as register:
        yield register


def give(one: Person, files: Any = None, language: str = "en", **fields: str) -> httpx.Response:
    return finished(one, one.fill(f"/{language}/upload", "/upload", files=files, **fields))


def test_files_a_text_and_their_findings_at_once(lan, register):
    files = [("files", ("note.docx", word_file(WORDS))), ("files", ("Ghi chú.txt", "Hai bên nhất trí hợp tác về an ninh biển.".encode()))]
    page = give(lan, files=files, text="The Secretary-General said that over 90 per cent of the lines were completed.", title="By hand")
    words = said(page)
    assert "All are read." in words
    assert words.count("is in the register") == 3
    links = trees.fromstring(page.text).xpath("//main//a[contains(@href, '/documents/')]/@href")
    assert len(links) == 3
    for link in links:
        assert lan.get(link).status_code == 200
    assert "Maritime affairs" in said(lan.get(links[0]))
    assert [head.title for head in register.view().documents()].count("By hand") == 1


def test_what_is_added_is_tied_to_plan_lines_and_told_with_other_events_at_once(tmp_path):
    pack = load_pack("asean-un")
    knowledge = load_knowledge((pack,))
    told = "ASEAN and the United Nations agreed on 4 May 2018 to train more peacekeepers and to raise the share of women among them."
    with register_of(tmp_path) as register, serving(create_portal(register, pack, knowledge, hasher=QUICK)) as address:
        page = give(Person(base_url=address, timeout=60), text=told, title="Peacekeepers", published="2018-05-05")
        assert "to a plan line" in said(page) or "to plan lines" in said(page)
        (head,) = register.view().documents()
        assert register.links().in_document(head.id)
        for _ in range(40):
            if are_kept(register.view(), knowledge, date(2020, 1, 1)):
                break
            time.sleep(0.25)
        assert are_kept(register.view(), knowledge, date(2020, 1, 1))


def test_the_same_again_is_there_already(lan):
    for words in ("is in the register", "was in the register already"):
        assert words in said(give(lan, text="ASEAN affirmed that peace matters to all its members in 2020."))


def test_what_is_known_of_a_text_is_kept(lan, register):
    give(lan, text="ASEAN stressed that the sea is open.", title="Biển mở", publisher="Báo Bến Cảng", published="2020-09")
    (head,) = [head for head in register.view().documents() if head.title == "Biển mở"]
    assert (head.publisher, head.published) == ("Báo Bến Cảng", "2020-09")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Choose a file, or give an address or a text."),
        ({"text": "x", "published": "yesterday"}, "The date is none."),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(lan, fields, words):
    answer = lan.fill("/en/upload", "/upload", **fields)
    assert answer.status_code == 422
    assert words in said(answer)
    assert lan.form(answer, "/upload").get("text", "").strip() == fields.get("text", "")


@pytest.mark.parametrize(
    "inside",
    [
        "http://127.0.0.1:22/",
        "http://169.254.169.254/latest/meta-data",
        "http://[::1]/",
        "file:///etc/passwd",
        "gopher://x",
        "http://localhost/",
    ],
)
def test_addresses_inside_are_never_asked(lan, inside):
    words = said(give(lan, address=inside))
    assert "can't be read" in words
    assert "root:" not in words


def bomb() -> bytes:
    """Made when it is given: to pack 400 MB takes longer than to collect the tests of a room."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(10):
            archive.writestr(f"{number}.txt", b"0" * 40_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bomb.zip", bomb),
        ("a.pdf", b"%PDF-1.7\n" + b"\xff" * 2000),
        ("a.docx", b"PK\x03\x04 no archive"),
        ("a.exe", b"MZ\x90\x00" + b"\x00" * 500),
        ("../../etc/cron.d/x", b""),
        ("page.html", b"<html><script>alert(1)</script></html>"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_hostile_files_cost_nothing_else(lan, register, name, content):
    before = register.view().count_documents()
    content = content() if callable(content) else content
    page = give(lan, files=[("files", (name, content)), ("files", ("good.txt", f"ASEAN affirmed peace with {name}.".encode()))])
    words = said(page)
    assert "can't be read" in words
    assert "is in the register" in words
    assert ".." not in words
    assert register.view().count_documents() == before + 1


def test_markup_in_a_name_is_text(lan):
    page = give(lan, files=[("files", ("<img src=x onerror=alert(1)>.txt", b""))])
    assert "<img" not in page.text
    assert "&lt;img src=x onerror=alert(1)&gt;.txt" in page.text


def test_too_many_files_and_too_large_ones(tmp_path):
    with register_of(tmp_path) as register, visiting(staffed(register, Clock(), files=2, largest=100_000)) as address:
        lan = person(address, "contributor")
        many = lan.fill("/en/upload", "/upload", files=[("files", (f"{n}.txt", b"x")) for n in range(3)])
        assert "more files than are taken at once" in said(many)
        large = lan.fill("/en/upload", "/upload", files=[("files", ("a.txt", b"x" * 150_000))])
        assert "a.txt is too large" in said(large)
        page = lan.get("/en/upload")
        much = lan.fill_in(page, "/upload", files=[("files", ("a.txt", b"x" * 900_000))])
        assert much.status_code == 413
        assert "At most" in said(much), "how much may be given is told"
        assert trees.fromstring(much.text).xpath("//main//a[@href='/en/upload']"), "and the way back"
        stranger = Person(base_url=address)
        stranger.get("/en/sign-in")
        assert stranger.post("/en/upload", files={"files": ("a.txt", b"x" * 500_000)}).status_code == 413


def test_a_file_that_never_ends_is_ended():
    with pytest.raises(OpeningFailed) as fault:
        open_alone(Order(name="a.txt", content=b"x"), seconds=0)
    assert fault.value.slow


def test_a_fault_of_ours_is_said(lan, monkeypatch):
    def fails(self: Reader, document: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Reader, "read", fails)
    assert "The fault is ours" in said(give(lan, text=WORDS))


def test_a_list_is_for_whoever_gave_it(tmp_path):
    with register_of(tmp_path) as register, visiting(staffed(register, Clock())) as address:
        lan = person(address, "contributor")
        sent = lan.fill("/en/upload", "/upload", text=WORDS)
        finished(lan, sent)
        assert person(address, "reviewer").get(sent.headers["location"]).status_code == 404
        assert person(address, "editor").get(sent.headers["location"]).status_code == 200
        assert lan.get("/en/upload/nothing").status_code == 404


def everywhere(address: str) -> str:
    """All that the public can see."""
    paths = (
        "/en",
        "/en/documents",
        "/en/statements",
        "/api/v1/documents",
        "/api/v1/overview",
        "/api/v1/commitments",
        "/en/search?q=joint+exercise",
    )
    return " ".join(httpx.get(f"{address}{path}").text for path in paths)


def test_what_is_held_is_public_once_it_is_let_in(tmp_path):
    with filled(tmp_path) as register, visiting(staffed(register, Clock(), hold=True)) as address:
        lan, chief = person(address, "contributor"), person(address, "editor")
        page = give(lan, text=WORDS, title="Held back")
        assert "waits to be let in" in said(page)
        (link,) = trees.fromstring(page.text).xpath("//a[contains(@href, '/upload/held/')]/@href")
        held = lan.get(link)
        assert "Maritime affairs" in said(held)
        assert "not public" in said(held)
        assert not trees.fromstring(held.text).xpath("//button[@name='action']")
        assert "Held back" not in everywhere(address)
        assert httpx.get(f"{address}/en/documents/{link.rpartition('/')[2]}").status_code == 404
        assert person(address, "reviewer").get(link).status_code == 404
        assert "Held back" in said(chief.get("/en/upload/held"))
        assert chief.fill(link, link, action="accept").status_code == 303
        assert "Held back" in everywhere(address)
        late = lan.get(link)
        assert (late.status_code, "editor let it in" in said(late)) == (410, True)
        assert trees.fromstring(late.text).xpath("//main//a[contains(@href, '/documents/')]")
        assert "let a document in" in said(person(address, "administrator").get("/en/audit"))


def test_what_is_turned_away_is_gone(tmp_path):
    with filled(tmp_path) as register, visiting(staffed(register, Clock(), hold=True)) as address:
        lan, chief = person(address, "contributor"), person(address, "editor")
        (link,) = trees.fromstring(give(lan, text=WORDS, title="Away").text).xpath("//a[contains(@href, '/upload/held/')]/@href")
        page = chief.get(link)
        assert chief.fill_in(page, link, action="drop").status_code == 303
        assert register.holding().all() == []
        assert chief.fill_in(page, link, action="accept").status_code == 410
        late = lan.get(link.replace("/en/", "/vi/"))
        assert (late.status_code, "đã từ chối" in said(late)) == (410, True)
        assert "Away" not in everywhere(address)


def test_a_program_gives_a_document_and_decides(tmp_path):
    with register_of(tmp_path) as register, visiting(staffed(register, Clock())) as address:
        lan = person(address, "reviewer")
        page = lan.fill("/en/account", "/account/tokens", name="script", scope="write")
        token = page.text.split('class="key">')[1].split("<")[0]
        api = httpx.Client(base_url=address, headers={"authorization": f"Bearer {token}"}, timeout=60)
        (taken,) = api.post("/api/v1/documents", json={"text": WORDS, "title": "By program"}).json()
        assert taken["state"] == "new"
        (found, *_) = register.view().findings("commitments")
        evidence = found.finding.evidence
        subject = {"type": "finding", "kind": "commitments", "document": taken["document"], "start": evidence.start, "end": evidence.end}
        first = api.post("/api/v1/decisions", json={"action": "accept", "subject": subject, "seen": 0})
        assert (first.status_code, first.json()["who"]) == (201, "Reviewer (reviewer)")
        late = api.post("/api/v1/decisions", json={"action": "reject", "subject": subject, "seen": 0})
        assert (late.status_code, late.json()["since"][0]["number"]) == (409, 1)
        for body in ({}, {"text": "", "address": ""}, {"text": "a", "address": "b"}, [], {"text": 1}):
            assert api.post("/api/v1/documents", json=body).status_code == 400
        assert api.post("/api/v1/documents", content=b"{", headers={"content-type": "application/json"}).status_code == 400
