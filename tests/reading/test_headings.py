"""Who says what by a colon in a headline or subhead: whole short texts read."""

from pathlib import Path
from typing import Any

import pytest

import comity
from cases import load_cases

CASES = Path(__file__).parent / "cases"


@pytest.mark.parametrize("case", [param for table in sorted(CASES.glob("headings.*.yaml")) for param in load_cases(table)])
def test_a_name_before_a_colon_speaks(case: dict[str, Any]) -> None:
    found = [one for one in comity.read(case["text"]).statements if one.cue and one.cue.quote == ":"]
    assert {one.evidence.quote: list(one.speaker) for one in found} == case["says"]


def test_a_verb_inside_such_words_makes_no_second_statement() -> None:
    text = "Bộ trưởng Lê Văn Tám: Việt Nam mong sớm mở lại cảng\n\nBộ trưởng Lê Văn Tám họp báo tại Huế."
    assert [one.cue.quote for one in comity.read(text).statements if one.cue and one.evidence.start < 60] == [":"]
