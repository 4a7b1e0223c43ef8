"""Signs that turn the line round, pile up, hide or only look like others, in titles, names and texts."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from served import portal_over, serving
from staff import Person, finished, said

from comity.portal.accounts.names import mixes_alphabets
from comity.portal.readable import PILE, TURNING, readable
from comity.records import Act, ActorMention, ActorType, OfficeMention, Statement
from made import document, reading, register_of

TURNED = "Bản tin \u202egnp.exe\u202c của \u2066Việt\u2069 Nam"
PILED = "ASEAN" + "\u0301" * 10_000


def test_a_title_that_turns_the_line_round_or_piles_up(lan, register):
    answer = lan.fill("/en/upload", "/upload", text=f"ASEAN affirmed peace. {TURNED}. {PILED}", title=f"{TURNED} \u200b{PILED}")
    page = finished(lan, answer)
    (head,) = [one for one in register.view().documents() if (one.title or "").startswith("Bản tin")]
    assert not TURNING.search(head.title)
    assert len(head.title) < 320
    shown = lan.get(f"/vi/documents/{head.id}")
    for text in (page.text, shown.text, lan.get("/en/documents").text):
        assert not TURNING.search(text)
        assert not PILE.search(text)
    text = lan.get(f"/api/v1/documents/{head.id}").json()["text"]
    assert TURNED in text  # for programs, the words are what they are


def test_words_with_signs_that_are_not_shown_can_be_corrected(tmp_path):
    told = document(f"ASEAN affirmed that {TURNED} matters to all.", "2020-10-01")
    start = told.text.index("Bản tin")
    found = Statement(evidence=told.evidence(start, start + len(TURNED)), speaker=("ASEAN",), cue=None, act=Act.AFFIRM)
    with register_of(tmp_path, reading(told, statements=[found])) as register, serving(portal_over(register)) as address:
        lan = Person(base_url=address, timeout=30)
        page = lan.get(f"/en/review/correct?kind=statements&document={told.id}&start={start}&end={start + len(TURNED)}")
        assert lan.fill_in(page, "/review/correct", act="inform", words=f"that {readable(TURNED)} matters").status_code == 303
        (decision,) = register.view().decisions()
        assert decision.value["evidence"]["quote"] == f"that {TURNED} matters"


@pytest.mark.parametrize(
    ("name", "mixed"),
    [
        ("UN Nеws", True),  # Cyrillic "е"
        ("Βáo Bến Cảng", True),  # Greek "Β"
        ("Báo Bến Cảng", False),
        ("Bộ Ngoại giao", False),
        ("Правда", False),
        ("UN Правда", False),
        ("新华社 Xinhua", False),
    ],
)
def test_letters_of_two_alphabets_in_one_word(name, mixed):
    assert mixes_alphabets(name) is mixed


def test_a_publisher_that_only_looks_like_another_is_refused(lan):
    answer = lan.fill("/vi/upload", "/upload", text="ASEAN affirmed peace.", publisher="UN Nеws")
    assert answer.status_code == 422
    assert "Hãy gõ lại tên nơi đăng" in said(answer)
    assert lan.form(answer, "/upload")["publisher"] == "UN Nеws"


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("\u202e\u2066\u0301\u0323ệ"))))
def test_readable_text_neither_turns_nor_piles_up(text):
    shown = readable(text)
    assert not TURNING.search(shown)
    assert not PILE.search(shown)
    assert readable(shown) == shown


@pytest.mark.parametrize("text", ["Nguyễn Thị Thu Hương", "Nguye\u0302\u0303n", "يحيى", "ไทย", "한국", "x" * 3])
def test_what_people_write_is_left_alone(text: Any):
    assert readable(text) == text


def test_a_title_in_capitals_is_the_same_title(tmp_path):
    told = []
    for number, title in enumerate(("President", "PRESIDENT", "President")):
        of = document(f"{title} Ana Duarte spoke {number} times.", f"2020-10-0{number + 1}")
        who = ActorMention(evidence=of.evidence(len(title) + 1, len(title) + 11), type=ActorType.PERSON, actor="ana-duarte")
        told.append(reading(of, actors=[who], offices=[OfficeMention(evidence=of.evidence(0, len(title)), person="ana-duarte")]))
    with register_of(tmp_path, *told) as register, serving(portal_over(register)) as address:
        page = Person(base_url=address, timeout=30).get("/en/actors/ana-duarte").text
        assert ">President</a>" in page
        assert "×3" in page
        assert "PRESIDENT</a>" not in page
