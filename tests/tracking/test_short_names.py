"""Whether a text may have one of some names: never missed where a matcher finds one, however its tones and marks are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.knowledge.folded import NEW_PLACE, Folded, as_written, fold, lowered
from comity.knowledge.matcher import Matcher
from comity.tracking.short_names import ShortNames

NAMES = ("Tòa án", "tòa án tối cao", "Ủy ban", "EU", "E.U.", "EU-ASEAN", "hòa bình tòa nhà", "khoẻ")
PARTS = (
    "Toà án",
    "tòa án",
    "TOÀ ÁN",
    "Uỷ ban",
    "EU",
    "eu",
    "EU–ASEAN",
    "neural",
    "E.U.",
    "hoà bình toà nhà",
    "\u00a0",
    " ",
    "İ",
    ".",
    "x",
    "khoẻ",
)


@given(st.lists(st.sampled_from(PARTS), max_size=6), st.lists(st.sampled_from(NAMES), min_size=1, max_size=4))
def test_what_a_matcher_finds_may_be_there(parts: list[str], names: list[str]):
    text = "".join(parts)
    found = Matcher((name, name) for name in names).find_all(Folded(text))
    assert ShortNames(names).stand_in(lowered(text)) or not found


@pytest.mark.parametrize(("text", "there"), [("the EU said", True), ("neural nets", False), ("", False), ("Toà án", True), ("EUs", False)])
def test_what_is_there_is_a_whole_word(text: str, there: bool):
    assert ShortNames(NAMES).stand_in(lowered(text)) is there


def test_no_names_stand_nowhere():
    assert not ShortNames([]).stand_in("anything")


@given(st.lists(st.sampled_from([*"aqhn ó", *NEW_PLACE, *NEW_PLACE.values()]), max_size=6))
def test_what_folds_to_some_words_is_among_what_they_may_be_written_as(parts: list[str]):
    text = "".join(parts)
    assert lowered(text) in as_written(fold(text))
