"""Broken words and lines without diacritics: what is found is what the whole words would give, and stands in the document's own text."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases import load_cases
from comity.intake import document_from_text
from comity.reading.repairs import Repairs
from comity.records import Document, Reading, Span
from made import reader_of_all

CASES = Path(__file__).parent / "cases"
WHOLE = "Tổng Thư ký Liên hợp quốc António Guterres khẳng định ASEAN và Việt Nam đã họp ngày 30/1/2020, theo Hiến chương ASEAN."


def read(text: str, language: str) -> Reading:
    return reader_of_all().read(document_from_text(text, language=language))


def found(reading: Reading) -> dict[str, str | None]:
    """What stands where: each quote with its id, day or name."""
    return {
        **{one.evidence.quote: one.actor for one in reading.actors},
        **{one.evidence.quote: one.iso for one in reading.dates},
        **{one.evidence.quote: one.instrument for one in reading.instruments},
    }


@pytest.mark.parametrize("case", load_cases(CASES / "spelling.yaml"))
def test_case(case: dict[str, Any]) -> None:
    reading = read(case["text"], case["language"])
    assert reading.document.text == case["text"]
    assert found(reading) == case["finds"]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(1, len(WHOLE) - 1), st.sampled_from(["\u00ad", "\u200b", "\u2060"])), max_size=12))
def test_breaks_that_nobody_sees_change_nothing(breaks: list[tuple[int, str]]) -> None:
    text = WHOLE
    for place, mark in sorted(breaks, reverse=True):
        text = text[:place] + mark + text[place:]
    reading = read(text, "vi")
    for kind in (reading.actors, reading.offices, reading.dates, reading.instruments, reading.mechanisms, reading.statements):
        for one in kind:
            assert text[one.evidence.start : one.evidence.end] == one.evidence.quote
    plain = read(WHOLE, "vi")
    for name in ("actors", "dates", "instruments", "statements"):
        ours, whole = (
            ["".join(letter for letter in one.evidence.quote if letter not in "\u00ad\u200b\u2060\n") for one in getattr(reading, name)]
            for reading in (reading, plain)
        )
        assert ours == whole


@settings(deadline=None)
@given(st.text(alphabet="abAB ê1/0h-\n\u00ad\u200b", max_size=60))
def test_what_is_left_is_the_text_without_the_breaks(text: str) -> None:
    document = Document(id="x", text=text, language="vi", related=(Span(0, len(text)),) if text else ())
    repaired = Repairs("vi", ["ABAAB"]).of(document)
    if repaired:
        assert repaired.document.text == "".join(text[place] for place in repaired.places)
        assert list(repaired.places) == sorted(set(repaired.places))
        assert all(span.end <= len(repaired.document.text) for span in repaired.document.related)


def test_a_text_that_is_whole_is_read_as_it_is() -> None:
    assert Repairs("vi", ["ASEAN"]).of(document_from_text(WHOLE, language="vi")) is None
