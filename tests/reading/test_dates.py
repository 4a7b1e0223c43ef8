"""Dates as the texts write them, in both languages, and what is none. Each table row is a text and every date that must be found in it."""

import time
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases import load_cases
from comity.intervals import is_iso
from comity.reading.date_calendar import nearest_year, weekday_near
from comity.reading.dates import DateGrammar
from comity.reading.first_words import first_words
from comity.reading.page import Page, sentence_words
from comity.records import DateMention, DateSource, Document

CASES = Path(__file__).parent / "cases"
SLACK = 2.2
"""What takes time in proportion to the length takes four times as long for four times the text; in proportion to its square, sixteen."""
LEAST = 0.02
"""Seconds below which the clock tells more than the text; each is read twice, and the quicker time counts."""


@cache
def grammar_of(language: str) -> DateGrammar:
    return DateGrammar(language)


def dates_of(text: str, language: str, published: str | None = None) -> tuple[DateMention, ...]:
    known = DateSource.GIVEN if published else None
    document = Document(id="", text=text, language=language, published=published, published_from=known)
    return grammar_of(language).find(Page(document, sentence_words(language)))


@pytest.mark.parametrize("case", [*load_cases(CASES / "dates.vi.yaml"), *load_cases(CASES / "dates.en.yaml")])
def test_case(case: dict[str, Any]) -> None:
    found = dates_of(case["text"], case["language"], case.get("published"))
    assert {mention.evidence.quote: mention.iso for mention in found} == case["finds"]


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["ngày", "30/1", "tháng", "năm", "2020", "May", "5-", "/", " ", "từ", "đến", "hôm nay", "13", "last", "the 1990s", "📅", "\n"]
        ),
        max_size=25,
    ).map(" ".join)
)
def test_every_date_is_in_the_text_and_well_formed(text: str) -> None:
    for language in ("vi", "en"):
        for published in (None, "2020-01-30", "2020"):
            for mention in dates_of(text, language, published):
                assert text[mention.evidence.start : mention.evidence.end] == mention.evidence.quote
                assert mention.iso is None or is_iso(mention.iso)


@pytest.mark.parametrize("piece", ["từ ngày 3 ", "1/", "tháng ", "12-", "năm 2019 - ", "May ", "2020-", "hai ngày "])
def test_long_texts_of_pieces_take_no_time(piece: str) -> None:
    for language in ("vi", "en"):
        short, long = (min(seconds(piece * times, language) for _ in range(2)) for times in (5_000, 20_000))
        assert long < SLACK * 4 * max(short, LEAST), f"{language}: {short:.3f} s for a quarter, {long:.3f} s for the whole"
        assert long < 5


def seconds(text: str, language: str) -> float:
    """Of the processor's time: what else the machine does must not count."""
    begin = time.process_time()
    dates_of(text, language)
    return time.process_time() - begin


def test_first_words_of_patterns() -> None:
    assert first_words(r"(?:từ )?(?:\d{1,2}|hôm )x") == {"từ", "0", "hôm"}
    assert first_words(r"fy ?\d\d|the (?:first|second)") == {"fy", "the"}
    assert first_words(r"(?P<pre>\( ?)\d") == {"("}
    with pytest.raises(ValueError, match="may match nothing"):
        first_words(r"(?:a)?")


def test_the_nearest_year_and_weekday() -> None:
    assert nearest_year(date(2020, 1, 10), 12, 30) == 2019
    assert nearest_year(date(2021, 5, 24), 12, None) == 2021
    assert nearest_year(date(2021, 10, 24), 1, None, past=True) == 2021
    assert nearest_year(date(2021, 10, 24), 1, None, future=True) == 2022
    assert weekday_near(date(2020, 1, 30), 1, toward_future=False) == "2020-01-27"
    assert weekday_near(date(2020, 1, 30), 1, toward_future=True) == "2020-02-03"
