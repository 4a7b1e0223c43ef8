"""A locked register, too many requests, ended sessions, two people at one thing: all is said, and nothing that was written is lost."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from served import portal_over, serving
from staff import Clock, Person, finished, person, said, staffed, visiting

from comity.errors import RegisterBusyError
from comity.portal import intake, snapshot
from comity.register import Register, backend
from made import document, register_of
from small_register import filled

SENTENCE = {
    "en": {"busy": "writing the register just now"},
    "vi": {"busy": "đang ghi vào kho"},
}


@contextmanager
def locked(register: Register) -> Iterator[None]:
    """Another program writes the register meanwhile."""
    with closing(sqlite3.connect(register.name, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@pytest.fixture
def quick_register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Register]:
    """A register whose programs wait for each other a tenth of a second instead of five."""
    monkeypatch.setattr(backend, "WAIT_SECONDS", 0.1)
    with filled(tmp_path) as register:
        yield register


@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_register_that_another_program_writes_is_read_and_what_one_decides_is_kept(quick_register, language):
    with serving(portal_over(quick_register)) as address:
        lan = Person(base_url=address, timeout=30)
        page = lan.get(f"/{language}/review?only=commitments")
        with locked(quick_register):
            assert lan.get(f"/{language}/documents").status_code == 200
            answer = lan.fill_in(page, "/review/decide", action="accept", why="Đúng như câu này nói.")
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
            assert SENTENCE[language]["busy"] in said(answer)
            again = lan.fill_in(answer, "/review/decide")
            assert again.status_code == 503
        assert lan.fill_in(again, "/review/decide").status_code == 303
        (decision,) = quick_register.view().decisions()
        assert (decision.action, decision.why) == ("accept", "Đúng như câu này nói.")


def test_a_document_waits_until_it_can_be_written(quick_register, monkeypatch):
    with serving(portal_over(quick_register)) as address:
        lan = Person(base_url=address, timeout=30)
        with locked(quick_register):
            sent = lan.fill("/en/upload", "/upload", text="ASEAN affirmed that patience matters.")
            threading.Event().wait(0.4)
        assert "is in the register" in said(finished(lan, sent))
        monkeypatch.setattr(intake, "PATIENCE", 3)
        with locked(quick_register):
            words = said(finished(lan, lan.fill("/vi/upload", "/upload", text="ASEAN khẳng định rằng kiên nhẫn là cần thiết.")))
        assert "chưa ghi được vào kho" in words


@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_register_that_can_not_even_be_looked_at(tmp_path, monkeypatch, language):
    def busy(view: object) -> None:
        raise RegisterBusyError("The register /srv/secret/register.sqlite is being written by another program.")

    with filled(tmp_path) as register, visiting(staffed(register, Clock())) as address:
        lan = person(address, "reviewer")
        page = lan.get(f"/{language}/review?only=commitments")
        monkeypatch.setattr(snapshot, "state_of", busy)
        monkeypatch.setattr("comity.portal.desk.FRESH", 0.0)
        for path in (f"/{language}/documents", "/api/v1/documents"):
            answer = lan.get(path)
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
            assert "/srv/secret" not in answer.text
        assert SENTENCE[language]["busy"] in said(lan.get(f"/{language}/documents"))
        kept = lan.fill_in(page, "/review/decide", action="reject", why="Not a promise.")
        assert kept.status_code == 503
        assert "Not a promise." in kept.text
        monkeypatch.undo()
        assert lan.fill_in(kept, "/review/decide").status_code == 303
        assert [one.why for one in register.view().decisions()] == ["Not a promise."]


def test_a_form_that_comes_too_often_is_kept(tmp_path):
    clock = Clock()
    with filled(tmp_path) as register, visiting(staffed(register, clock, rate=6)) as address:
        lan = person(address, "reviewer")
        page = lan.get("/en/review?only=commitments")
        while lan.get("/en/plans").status_code == 200:
            pass
        answer = lan.fill_in(page, "/review/decide", action="accept", why="As it says.")
        assert answer.status_code == 429
        assert "As it says." in answer.text
        clock.now += 120
        assert lan.fill_in(answer, "/review/decide").status_code == 303


def test_a_withdrawal_without_a_reason_keeps_what_was_typed(lan, register):
    id = next(head.id for head in register.view().documents())
    answer = lan.fill(f"/en/documents/{id}", "/withdraw", why=" ", instead="none-such")
    assert answer.status_code == 400
    assert "for a reason" in said(answer)
    assert lan.form(answer, "/withdraw")["instead"] == "none-such"


def test_a_new_password_is_never_kept(tmp_path):
    clock = Clock()
    with filled(tmp_path) as register, visiting(staffed(register, clock)) as address:
        lan = person(address, "reader")
        page = lan.get("/en/account")
        clock.now += 2 * 3600
        answer = lan.fill_in(page, "/account/password", password="old words of mine", new="new words of mine", again="new words of mine")
        assert answer.status_code == 401
        assert "words of mine" not in answer.text


def test_two_people_at_one_contradiction_both_see_it(tmp_path, reader):
    one = document("In all 34 UN agencies work with ASEAN today, the office said.", "2017-04-20")
    other = document("Only 21 UN agencies work with ASEAN, the ministry wrote.", "2017-06-02", publisher="Ministry")
    with register_of(tmp_path, reader.read(one), reader.read(other)) as register, visiting(staffed(register, Clock())) as address:
        lan, minh = person(address, "reviewer"), person(address, "editor")
        late = minh.get("/en/contradictions")
        lan.fill("/en/contradictions", "/contradictions/decide", action="accept", why="Both say it.")
        answer = minh.fill_in(late, "/contradictions/decide", action="reject", why="Other offices.")
        assert answer.status_code == 409
        assert "Reviewer (reviewer)" in said(answer)
        assert "You wanted to turn it down." in said(answer)
        assert minh.form(answer, "/contradictions/decide")["why"] == "Other offices."
        assert minh.fill_in(answer, "/contradictions/decide", action="reject").status_code == 303
        assert [decision.who for decision in register.view().decisions()] == ["Reviewer (reviewer)", "Editor (editor)"]
