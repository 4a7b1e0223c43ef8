"""Names are found whole, with their capitals, the longest first; the folded copy keeps every place."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases import load_cases
from comity.knowledge.folded import Folded, fold
from comity.knowledge.matcher import Matcher

CASES = load_cases(Path(__file__).parent / "cases" / "matches.yaml")


@pytest.mark.parametrize("case", CASES)
def test_names_are_found(case):
    text = Folded(case["text"])
    matcher = Matcher((name, name) for name in case["names"])
    assert [case["text"][match.start : match.end] for match in matcher.find(text)] == case["finds"]


def test_all_matches_overlap():
    found = Matcher([("Liên hợp quốc", "UN"), ("Đại hội đồng Liên hợp quốc", "UNGA")]).find_all(Folded("Đại hội đồng Liên hợp quốc"))
    assert {match.values for match in found} == {("UN",), ("UNGA",)}


def test_one_name_of_two_keeps_both():
    (match,) = Matcher([("SOM", "a"), ("SOM", "b")]).find(Folded("SOM"))
    assert match.values == ("a", "b")


def test_a_stretch_limits_the_search():
    assert [match.start for match in Matcher([("UN", 1)]).find(Folded("UN, UN, UN"), start=2, end=6)] == [4]


def test_nothing_is_found_behind_the_text():
    letters = "abcdefghijklmnopqrstuvwxyz0123456789 "
    matcher = Matcher([(one, one) for one in letters if one != " "] + [(one + other, one) for one in letters for other in letters])
    for length in range(1, 400):
        text = Folded("a" * length)
        assert matcher.find_all(text, 0, length + 80) == matcher.find_all(text)


@given(st.text())
def test_folding_keeps_the_length(text):
    assert len(fold(text)) == len(text)


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(), st.text(min_size=1))
def test_a_match_is_its_name(text, name):
    folded = Folded(text)
    for match in Matcher([(name, 1)]).find(folded):
        assert folded.folded[match.start : match.end] == fold(name).strip()


@pytest.mark.parametrize(("old", "new"), [("hoà", "hòa"), ("uỷ", "ủy"), ("quý", "quý"), ("hoàn", "hoàn"), ("thuỷ", "thủy"), ("İ", "İ")])
def test_tone_placement(old, new):
    assert fold(old) == new


def test_masked_stretches_are_blank_but_for_line_ends():
    assert Folded("one\ntwo\nthree").masked([(2, 9)]).folded == "on \n   \n hree"
