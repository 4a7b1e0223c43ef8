"""Events by table: given who is named and the dates, each case says what must be found; and whatever the text, nothing breaks."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import comity
from cases import load_cases
from comity.reading.event_candidates import Candidate
from comity.reading.event_parties import Party, worth_naming
from comity.reading.events import EventGrammar
from comity.reading.mentions import Mention, Mentions
from comity.reading.page import Page, sentence_words
from comity.records import ActorType, DateMention, Document, EventReport

CASES = Path(__file__).parent / "cases"
GRAMMARS = {language: EventGrammar(language) for language in ("vi", "en")}


@pytest.mark.parametrize("case", load_cases(CASES / "events.vi.yaml"))
def test_vietnamese(case: dict[str, Any]) -> None:
    check(case, "vi")


@pytest.mark.parametrize("case", load_cases(CASES / "events.en.yaml"))
def test_english(case: dict[str, Any]) -> None:
    check(case, "en")


@given(st.text(alphabet="abc đươờ.,;:!?\n“”\"'-12/ ký hội đàm met signed", max_size=300), st.sampled_from(("vi", "en")))
def test_every_quote_is_a_slice_whatever_the_text(text: str, language: str) -> None:
    for report in found({"text": text or " ", "actors": {}}, language):
        assert text[report.evidence.start : report.evidence.end] == report.evidence.quote


def test_an_event_wrapped_over_two_lines_is_one() -> None:
    text = "President Ana Duarte and President Ivo Maric reached\nagreement on borders, and they reached agreement again."
    reports = found({"text": text, "actors": {"Ana Duarte": "ana-duarte", "Ivo Maric": "ivo-maric"}}, "en")
    assert any("\n" in report.evidence.quote for report in reports)


@pytest.mark.parametrize(
    "text",
    [
        "Hai nước nhắc lại Công ước năm 1982.\n\nNgoại trưởng Petra Novak và Ngoại trưởng Rui Lopes đã có cuộc hội đàm tại Lisbon.",
        "Ngoại trưởng Petra Novak và Ngoại trưởng Rui Lopes đã có cuộc hội đàm, khẳng định tôn trọng UNCLOS 1982.",
        "They will reach net zero by 2050.\n\nForeign Minister Petra Novak met with Foreign Minister Rui Lopes in Lisbon.",
    ],
)
def test_the_year_of_another_sentence_or_of_a_treaty_dates_no_meeting(text: str) -> None:
    assert [report.when for report in comity.read(text).events] == [None]


def test_the_year_of_an_instrument_dates_its_making() -> None:
    text = "Peru và Na Uy đã thiết lập Quan hệ Đối tác Toàn diện năm 2011."
    assert [report.when for report in comity.read(text).events] == ["2011"]


@pytest.mark.parametrize(
    ("chances", "named"),
    [({}, set()), ({"A": 0.1, "B": 0.05}, {"A"}), ({"A": 0.9, "B": 0.6, "C": 0.2}, {"A", "B"}), ({"A": 0.4, "B": 0.35}, {"A", "B"})],
)
def test_beside_the_likeliest_party_only_likely_ones_are_named(chances: dict[str, float], named: set[str]) -> None:
    mention = Mention(start=0, end=1, outer_start=0, outer_end=1, actors=("A",), type=ActorType.STATE)
    candidate = Candidate(mention, before=True, features=())
    parties = [Party(actor, ActorType.STATE, chance, candidate) for actor, chance in chances.items()]
    assert {party.actor for party in worth_naming(parties)} == named


def check(case: dict[str, Any], language: str) -> None:
    reports = found(case, language)
    told = [(r.type.value, r.evidence.quote, r.source, r.target, r.when, r.status.value) for r in reports]
    for wanted in case["events"]:
        assert any(fits(report, wanted) for report in reports), told
    if not case.get("more"):
        assert len(reports) == len(case["events"]), told


def fits(report: EventReport, wanted: dict[str, Any]) -> bool:
    parties, want = set(report.source + report.target), set(wanted["parties"])
    quote = " ".join(report.evidence.quote.lower().split())
    return (
        report.type == wanted["type"]
        and (wanted["trigger"] in quote or quote in wanted["trigger"])
        and 2 * len(parties & want) >= max(len(parties), len(want))
        and wanted.get("when") in (None, report.when)
        and wanted.get("status") in (None, report.status)
        and set(wanted.get("source", [])) <= set(report.source)
        and set(wanted.get("target", [])) <= set(report.target)
    )


def found(case: dict[str, Any], language: str) -> tuple[EventReport, ...]:
    text = case["text"]
    page = Page(Document(id="case", text=text, language=language), sentence_words(language))
    mentions = [mention(m, actor) for words, actor in case["actors"].items() for m in re.finditer(re.escape(words), text)]
    dates = [
        DateMention(evidence=page.evidence(*m.span()), iso=iso)
        for words, iso in case.get("dates", {}).items()
        for m in re.finditer(words, text)
    ]
    return GRAMMARS[language].find(page, Mentions(mentions), tuple(dates), (), ())


def mention(match: re.Match[str], actor: str) -> Mention:
    kind = ActorType.PERSON if actor.islower() else (ActorType.STATE if re.fullmatch("[A-Z]{3}", actor) else ActorType.ORGANISATION)
    start, end = match.span()
    return Mention(start=start, end=end, outer_start=start, outer_end=end, actors=(actor,), type=kind)
