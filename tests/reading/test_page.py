"""Text is cut into sentences where a person would cut it."""

from pathlib import Path

import pytest

from cases import load_cases
from comity.intake import document_from_text
from comity.reading.page import Page, sentence_words


@pytest.mark.parametrize("case", load_cases(Path(__file__).parent / "cases" / "sentences.yaml"))
def test_sentences(case):
    document = document_from_text(case["text"], language=case["language"])
    page = Page(document, sentence_words(case["language"]))
    assert [document.text[s.start : s.end] for s in page.sentences] == case["sentences"]


def test_a_headline_is_a_first_line_without_a_full_stop():
    page = Page(document_from_text("Two ministers meet\n\nThey met in Oslo. It rained.", language="en"), frozenset())
    assert page.headline == page.sentences[0]
    assert Page(document_from_text("They met in Oslo. It rained.", language="en"), frozenset()).headline is None


def test_a_sentence_is_found_by_any_place_in_it():
    page = Page(document_from_text("One here. Two there. Three.", language="en"), frozenset())
    assert [page.sentence_at(position) for position in (0, 8, 10, 19, 21, 26)] == [0, 0, 1, 1, 2, 2]
