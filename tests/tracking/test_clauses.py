"""Sentences are cut into clauses, each about one thing; what is cut keeps its place in the text."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases import load_cases
from comity.records import Span
from comity.tracking.clauses import clauses_in


@pytest.mark.parametrize("case", load_cases(Path(__file__).parent / "cases" / "clauses.yaml"))
def test_clauses(case: dict[str, Any]):
    text = case["text"]
    assert [text[span.start : span.end] for span in clauses_in(text, Span(0, len(text)), case["language"])] == case["clauses"]


@pytest.mark.parametrize(("words", "language"), [("and", "en"), (", as well as ", "en"), ("và", "vi")])
def test_words_that_join_are_no_clause(words: str, language: str):
    assert clauses_in(words, Span(0, len(words)), language) == ()


@given(st.text(alphabet="ab ,;.\n-and và1)(", min_size=1, max_size=80), st.sampled_from(["en", "vi"]))
def test_clauses_are_in_order_and_inside(text: str, language: str):
    end = 0
    for span in clauses_in(text, Span(0, len(text)), language):
        assert end <= span.start < span.end <= len(text)
        end = span.end
