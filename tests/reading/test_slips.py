"""Slips: each case of the tables, alone, with dates and instruments read and names and offices given."""

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from cases import load_cases
from comity.intake import document_from_text
from comity.knowledge import Knowledge
from comity.knowledge.schema import Mechanism, Sitting
from comity.languages import languages, load_words
from comity.reading import Reader
from comity.reading.dates import DateGrammar
from comity.reading.instruments import InstrumentGrammar
from comity.reading.mechanisms import MechanismGrammar
from comity.reading.mentions import Mention, Mentions
from comity.reading.page import Page, sentence_words
from comity.reading.slip_words import SlipWords
from comity.reading.slips import SlipGrammar, slip_sentence
from comity.records import ActorType, Document, OfficeMention, Slip

CASES = Path(__file__).parent / "cases"


@pytest.fixture(scope="module")
def grammars(knowledge: Knowledge) -> dict[str, Any]:
    sitting = Sitting(number=11, date="2020-11-15", planned="2020-10")
    forum = Mechanism(
        id="tea", name="Harbour Tea Forum", names={"vi": ("Diễn đàn Trà Thái Nguyên",), "en": ("Harbour Tea Forum",)}, sittings=(sitting,)
    )
    knowledge = replace(knowledge, mechanisms={**knowledge.mechanisms, "tea": forum})
    return {
        code: (
            SlipGrammar(knowledge, code),
            InstrumentGrammar(knowledge, code),
            DateGrammar(code),
            MechanismGrammar(knowledge, code),
            sentence_words(code),
        )
        for code in ("vi", "en")
    }


@pytest.mark.parametrize("case", load_cases(CASES / "slips.vi.yaml"))
def test_vietnamese(case: dict[str, Any], grammars: Any) -> None:
    assert [slip.reason for slip in found(case, grammars, "vi")] == case.get("slips", [])


@pytest.mark.parametrize("case", load_cases(CASES / "slips.en.yaml"))
def test_english(case: dict[str, Any], grammars: Any) -> None:
    assert [slip.reason for slip in found(case, grammars, "en")] == case.get("slips", [])


@pytest.mark.parametrize("reader", ["vi", "en"])
def test_each_slip_has_a_sentence_in_every_language(reader: str, grammars: Any) -> None:
    for row in load_cases(CASES / f"slips.{reader}.yaml"):
        for slip in found(row.values[0], grammars, reader):
            for language in languages():
                sentence = slip_sentence(slip, language)
                assert sentence
                assert "{" not in sentence


def test_the_sentence_names_the_weekday() -> None:
    text = "Monday, 30 January 2020"
    evidence = Document(id="x", text=text, language="en").evidence(0, len(text))
    slip = Slip(evidence=evidence, reason="weekday-contradicts-date", details={"date": "2020-01-30", "weekday": "1", "right": "4"})
    assert slip_sentence(slip, "en") == "2020-01-30 was a Thursday, not a Monday."
    assert slip_sentence(slip, "vi") == "Ngày 2020-01-30 là thứ Năm, không phải thứ Hai."


def test_both_languages_know_the_same_reasons() -> None:
    reasons = [set(load_words(language, "slips", SlipWords).sentences) for language in ("vi", "en")]
    assert reasons[0] == reasons[1]


def found(case: dict[str, Any], grammars: Any, language: str) -> tuple[Slip, ...]:
    slips, instruments, dates, mechanisms, abbreviations = grammars[language]
    page = Page(Document(id="x", text=case["text"], language=language, published=case.get("published")), abbreviations)
    return slips.find(page, dates.find(page), instruments.find(page), _mentions(page, case), (), mechanisms.find(page))


def _mentions(page: Page, case: dict[str, Any]) -> Mentions:
    names, position = [], 0
    for name in case.get("names", []):
        start = page.text.index(name, position)
        position = start + len(name)
        names.append(Mention(start=start, end=position, outer_start=start, outer_end=position, actors=(name,), type=ActorType.STATE))
    offices, position = [], 0
    for office in case.get("offices", []):
        start = page.text.index(office["quote"], position)
        position = start + len(office["quote"])
        offices.append(OfficeMention(evidence=page.evidence(start, position), person=office["person"], of=office["of"]))
    return Mentions(names, offices)


@pytest.mark.parametrize("case", load_cases(CASES / "slips_whole.yaml"))
def test_slips_of_a_whole_reading(case: dict[str, Any], reader: Reader) -> None:
    """Those that rest on names of bodies and on progress claims, by the whole reader."""
    reading = reader.read(document_from_text(case["text"], name="case", language=case["language"]))
    assert [slip.reason for slip in reading.slips] == case.get("slips", [])
