"""Who says what by a colon in a headline or subhead: whole short texts read."""

from pathlib import Path
from typing import Any

import pytest

import comity
from cases import load_cases
from comity.records import Act

CASES = Path(__file__).parent / "cases"


@pytest.mark.parametrize("case", [param for table in sorted(CASES.glob("headings.*.yaml")) for param in load_cases(table)])
def test_a_name_before_a_colon_speaks(case: dict[str, Any]) -> None:
    found = [one for one in comity.read(case["text"]).statements if one.cue and one.cue.quote == ":"]
    assert {one.evidence.quote: list(one.speaker) for one in found} == case["says"]


def test_a_verb_inside_such_words_makes_no_second_statement() -> None:
    text = "Bộ trưởng Lê Văn Tám: Việt Nam mong sớm mở lại cảng\n\nBộ trưởng Lê Văn Tám họp báo tại Huế."
    assert [one.cue.quote for one in comity.read(text).statements if one.cue and one.evidence.start < 60] == [":"]


@pytest.mark.parametrize(
    ("words", "act"),
    [
        ("Đề nghị Brunei mở lại cảng", Act.REQUEST),
        ("Lào lên án vụ đốt tàu", Act.CRITICISE),
        ("Hoan nghênh Brunei mở lại cảng", Act.WELCOME),
        ("Sẽ mở thêm ba cảng", Act.COMMIT),
    ],
)
def test_a_heading_does_what_its_own_verb_says(words: str, act: Act) -> None:
    text = f"Bộ trưởng Lê Văn Tám: {words}\n\nBộ trưởng Lê Văn Tám họp báo tại Huế."
    assert [one.act for one in comity.read(text).statements if one.cue and one.cue.quote == ":"] == [act]
