"""The article and the rest: which lines are captions, teasers, bylines, page furniture, and that the article stays whole."""

from pathlib import Path
from typing import Any

import pytest

from cases import load_cases
from comity.intake.article import related_spans


@pytest.mark.parametrize("case", load_cases(Path(__file__).parent / "cases/related.yaml"))
def test_related(case: dict[str, Any]) -> None:
    text = case["text"]
    marked = "\n".join(text[span.start : span.end] for span in related_spans(text, case["language"]))
    assert [line.strip() for line in marked.split("\n") if line.strip()] == case.get("related", [])


def test_a_text_of_nothing_but_captions_is_the_article() -> None:
    assert related_spans("Ảnh: TTX", "vi") == ()


def test_known_captions_are_marked() -> None:
    text = "The two sides met.\nDelegates at the opening.\nThey agreed on a plan."
    [span] = related_spans(text, "en", captions=frozenset({"Delegates at the opening."}))
    assert text[span.start : span.end] == "Delegates at the opening."
