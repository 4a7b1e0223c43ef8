"""To whom words are said and where: whole sentences read, each verb with its addressees and the words that name the occasion."""

from pathlib import Path
from typing import Any

import pytest
from given import page_of
from hypothesis import given, settings
from hypothesis import strategies as st

import comity
from cases import load_cases, load_yaml
from comity.reading.layout import layout_of
from comity.reading.mentions import Mentions
from comity.reading.occasions import Occasions
from comity.records import MechanismMention

CASES = Path(__file__).parent / "cases"
TABLES = sorted(CASES.glob("addressing.*.yaml"))
SENTENCES = [case["text"] for table in TABLES for case in load_yaml(table)]


@pytest.mark.parametrize("case", [param for table in TABLES for param in load_cases(table)])
def test_whom_and_where(case: dict[str, Any]) -> None:
    said = {one.cue.quote: one for one in comity.read(case["text"]).statements if one.cue}
    assert {cue: list(said[cue].addressee) for cue in case["to"]} == case["to"]
    assert {cue: said[cue].occasion.quote if said[cue].occasion else "" for cue in case["at"]} == case["at"]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6), st.sampled_from([" ", "\n", "\n\n", "; ", ' "']))
def test_an_occasion_is_words_of_the_text_outside_what_it_reports(sentences: list[str], between: str) -> None:
    text = between.join(sentences)
    for one in comity.read(text).statements:
        assert not set(one.addressee) & set(one.speaker)
        if one.occasion:
            assert text[one.occasion.start : one.occasion.end] == one.occasion.quote
            assert not one.evidence.start < one.occasion.start < one.evidence.end or one.occasion.start - one.evidence.start < 30


def test_a_meeting_named_inside_a_word_is_no_occasion() -> None:
    page = page_of("Ms Tan said at pre-APEC-talks today that ties are good.", "en")
    start = page.text.index("APEC")
    mechanism = MechanismMention(evidence=page.evidence(start, start + 4), name="APEC", mechanism="apec")
    found = Occasions(page, layout_of(page, Mentions([])), [mechanism]).found
    assert all(first < after for _, first, after in found)
