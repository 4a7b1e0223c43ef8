"""Themes by table, and what must hold of the list of themes and of every text."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases import load_cases
from comity.knowledge import Knowledge, load_knowledge
from comity.reading.page import Page, sentence_words
from comity.reading.themes import MOST, ThemeGrammar
from comity.records import Document, ThemeMention

CASES = Path(__file__).parent / "cases"


@pytest.mark.parametrize("case", load_cases(CASES / "themes.vi.yaml"))
def test_vietnamese(case: dict[str, Any]) -> None:
    check(case, "vi")


@pytest.mark.parametrize("case", load_cases(CASES / "themes.en.yaml"))
def test_english(case: dict[str, Any]) -> None:
    check(case, "en")


def test_every_theme_has_terms_in_both_languages(knowledge: Knowledge) -> None:
    for theme in knowledge.themes.values():
        for language in ("vi", "en"):
            assert theme.names[language]
            assert theme.definition[language]
            assert len(theme.strong[language]) + len(theme.terms[language]) >= 15, theme.id


def test_no_term_stands_twice_in_a_theme(knowledge: Knowledge) -> None:
    for theme in knowledge.themes.values():
        for language in ("vi", "en"):
            for terms in (theme.strong[language], theme.terms[language]):
                assert len(terms) == len(set(terms)), theme.id


def test_a_text_without_terms_has_no_theme() -> None:
    assert found("Xin chào.", "vi") == ()


@given(st.text(alphabet="abc đươờ.,;:\n“”-12/ASEAN biển trade", max_size=300), st.sampled_from(("vi", "en")))
def test_every_quote_is_a_slice_whatever_the_text(text: str, language: str) -> None:
    themes = found(text or " ", language)
    assert len(themes) <= MOST
    assert len({theme.theme for theme in themes}) == len(themes)
    for theme in themes:
        assert text[theme.evidence.start : theme.evidence.end] == theme.evidence.quote


def check(case: dict[str, Any], language: str) -> None:
    themes = {theme.theme for theme in found(case["text"], language)}
    assert set(case["themes"]) <= themes
    assert not themes & set(case["not"])


def found(text: str, language: str) -> tuple[ThemeMention, ...]:
    page = Page(Document(id="case", text=text, language=language), sentence_words(language))
    return grammar_of(language).find(page)


@cache
def grammar_of(language: str) -> ThemeGrammar:
    return ThemeGrammar(load_knowledge(), language)
