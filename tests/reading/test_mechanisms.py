"""Mechanisms: each case of the tables, alone: which words, which name, which of those known."""

from pathlib import Path
from typing import Any

import pytest

from cases import load_cases
from comity.knowledge import Knowledge
from comity.reading.mechanisms import MechanismGrammar
from comity.reading.page import Page, sentence_words
from comity.records import Document, MechanismMention

CASES = Path(__file__).parent / "cases"


@pytest.fixture(scope="module")
def grammars(knowledge: Knowledge) -> dict[str, MechanismGrammar]:
    return {code: MechanismGrammar(knowledge, code) for code in ("vi", "en")}


@pytest.mark.parametrize("case", load_cases(CASES / "mechanisms.vi.yaml"))
def test_vietnamese(case: dict[str, Any], grammars: dict[str, MechanismGrammar]) -> None:
    check(case, find(case["text"], grammars, "vi"))


@pytest.mark.parametrize("case", load_cases(CASES / "mechanisms.en.yaml"))
def test_english(case: dict[str, Any], grammars: dict[str, MechanismGrammar]) -> None:
    check(case, find(case["text"], grammars, "en"))


def test_what_is_known_has_names_in_both_languages(knowledge: Knowledge) -> None:
    assert [known.id for known in knowledge.mechanisms.values() if not (known.names.get("vi") and known.names.get("en"))] == []


def check(case: dict[str, Any], found: tuple[MechanismMention, ...]) -> None:
    expected = case.get("mechanisms", [])
    assert [mention.evidence.quote for mention in found] == [row["quote"] for row in expected]
    for mention, row in zip(found, expected, strict=True):
        fields = {"id": mention.mechanism, "name": mention.name, "number": mention.number}
        assert {key: fields[key] for key in row if key != "quote"} == {key: value for key, value in row.items() if key != "quote"}


def find(text: str, grammars: dict[str, MechanismGrammar], language: str) -> tuple[MechanismMention, ...]:
    return grammars[language].find(Page(Document(id="x", text=text, language=language), sentence_words(language)))
