"""Instruments: each case of the tables, alone: which words, which name, which of those known."""

from pathlib import Path
from typing import Any

import pytest

from cases import load_cases
from comity.knowledge import Knowledge
from comity.reading.instruments import InstrumentGrammar
from comity.reading.page import Page, sentence_words
from comity.records import Document, InstrumentMention

CASES = Path(__file__).parent / "cases"


@pytest.fixture(scope="module")
def grammars(knowledge: Knowledge) -> dict[str, InstrumentGrammar]:
    return {code: InstrumentGrammar(knowledge, code) for code in ("vi", "en")}


@pytest.mark.parametrize("case", load_cases(CASES / "instruments.vi.yaml"))
def test_vietnamese(case: dict[str, Any], grammars: dict[str, InstrumentGrammar]) -> None:
    check(case, find(case, grammars, "vi"))


@pytest.mark.parametrize("case", load_cases(CASES / "instruments.en.yaml"))
def test_english(case: dict[str, Any], grammars: dict[str, InstrumentGrammar]) -> None:
    check(case, find(case, grammars, "en"))


def test_what_is_known_has_names_in_both_languages(knowledge: Knowledge) -> None:
    assert [known.id for known in knowledge.instruments.values() if not (known.names.get("vi") and known.names.get("en"))] == []


def check(case: dict[str, Any], found: tuple[InstrumentMention, ...]) -> None:
    expected = case.get("instruments", [])
    assert [mention.evidence.quote for mention in found] == [row["quote"] for row in expected]
    for mention, row in zip(found, expected, strict=True):
        fields = {"id": mention.instrument, "name": mention.name, "year": mention.year}
        assert {key: fields[key] for key in row if key != "quote"} == {key: value for key, value in row.items() if key != "quote"}


def find(case: dict[str, Any], grammars: dict[str, InstrumentGrammar], language: str) -> tuple[InstrumentMention, ...]:
    document = Document(id="x", text=case["text"], language=language, published=case.get("published"))
    return grammars[language].find(Page(document, sentence_words(language)))
