"""Withdrawing in the portal: an editor says why; the page answers 410 with who and why, and brings it back."""

from collections.abc import Iterator

import pytest
from served import portal_over, serving
from staff import Person, said

from comity.reading import Reader
from comity.register import Register
from made import document, register_of

ONE = document("The Secretary-General of ASEAN said that ports matter.", "2018-05-05")
OTHER = document("The Secretary-General of ASEAN said that peace matters.", "2018-06-01", publisher="Ministry")
WORDS = {
    "en": ("This document was withdrawn", "The document that counts in its place", "withdrew a document"),
    "vi": ("Văn bản này đã được", "Văn bản được dùng thay thế", "đã rút một văn bản"),
}


@pytest.fixture
def register(tmp_path, reader: Reader) -> Iterator[Register]:
    with register_of(tmp_path, reader.read(ONE), reader.read(OTHER)) as register:
        yield register


@pytest.fixture
def lan(register: Register) -> Iterator[Person]:
    with serving(portal_over(register)) as address:
        yield Person(base_url=address, timeout=60)


@pytest.mark.parametrize("language", sorted(WORDS))
def test_an_editor_withdraws_and_brings_back(lan: Person, language: str):
    gone, instead, logged = WORDS[language]
    page = f"/{language}/documents/{ONE.id}"
    lan.fill(page, "/withdraw", why="It was a draft.", instead=f"http://127.0.0.1{page.replace(ONE.id, OTHER.id)}")
    answer = lan.get(page)
    assert answer.status_code == 410
    assert gone in said(answer)
    assert "It was a draft." in said(answer)
    assert instead in said(answer)
    assert "ports matter" not in said(lan.get(f"/{language}/statements"))
    assert logged in said(lan.get(f"/{language}/review/log"))
    told = lan.get(f"/api/v1/documents/{ONE.id}")
    assert (told.status_code, told.json()["to"]) == (410, [f"/api/v1/documents/{OTHER.id}"])
    lan.fill(page, "/review/undo")
    assert lan.get(page).status_code == 200
    assert "ports matter" in said(lan.get(f"/{language}/statements"))


def test_without_a_reason_it_is_refused(lan: Person):
    answer = lan.fill(f"/en/documents/{ONE.id}", "/withdraw", why=" ")
    assert answer.status_code == 400
    assert "for a reason" in said(answer)
    assert lan.get(f"/en/documents/{ONE.id}").status_code == 200
