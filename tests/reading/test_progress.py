"""Progress claims: each case of the tables, alone, with dates and instruments read; and what a claim is about, when and by whom."""

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from cases import load_cases
from comity.knowledge import Knowledge
from comity.knowledge.schema import Instrument, Plan
from comity.reading.dates import DateGrammar
from comity.reading.instruments import InstrumentGrammar
from comity.reading.mentions import Mentions
from comity.reading.page import Page, sentence_words
from comity.reading.progress import ProgressGrammar
from comity.records import Document, ProgressClaim

CASES = Path(__file__).parent / "cases"
PLAN = "harbour-tea-plan-2016-2020"


@pytest.fixture(scope="module")
def grammars(knowledge: Knowledge) -> dict[str, Any]:
    plan = Plan(id=PLAN, period="2016/2020", names={"en": ("Tea Plan",)}, short={"en": "Tea Plan"}, lines_total=103)
    names = {"en": ("Harbour Tea Plan",), "vi": ("Kế hoạch Trà Thái Nguyên",)}
    instrument = Instrument(id=PLAN, name="Harbour Tea Plan", kind="plan", names=names)
    knowledge = replace(knowledge, plans={**knowledge.plans, PLAN: plan}, instruments={**knowledge.instruments, PLAN: instrument})
    return {
        code: (ProgressGrammar(knowledge, code), InstrumentGrammar(knowledge, code), DateGrammar(code), sentence_words(code))
        for code in ("vi", "en")
    }


@pytest.mark.parametrize("case", load_cases(CASES / "progress.vi.yaml"))
def test_vietnamese(case: dict[str, Any], grammars: Any) -> None:
    found = claims(case["text"], grammars, "vi")
    assert figures(found) == expected(case)
    assert days(found, case) == [want.get("as_of") for want in case.get("claims", []) if "as_of" in want]


@pytest.mark.parametrize("case", load_cases(CASES / "progress.en.yaml"))
def test_english(case: dict[str, Any], grammars: Any) -> None:
    found = claims(case["text"], grammars, "en")
    assert figures(found) == expected(case)
    assert days(found, case) == [want.get("as_of") for want in case.get("claims", []) if "as_of" in want]


def test_the_subject_is_the_nearest_plan(grammars: Any) -> None:
    (claim,) = claims(
        "They praised the Harbour Tea Plan, of which over 90 per cent has been implemented, and welcomed a new treaty.", grammars, "en"
    )
    assert claim.subject == PLAN
    assert claim.subject_name == "Harbour Tea Plan"


def test_the_plan_may_stand_in_the_sentence_before(grammars: Any) -> None:
    (claim,) = claims("Hai bên rà soát Kế hoạch Trà Thái Nguyên. Đến nay 97/103 dòng hành động đã hoàn thành.", grammars, "vi")
    assert claim.subject == PLAN


@pytest.mark.parametrize(
    ("lines", "language"),
    [
        ("97 of the 103 lines set out in the plan have been completed", "en"),
        ("97 of the 103 lines contained in the plan have been completed", "en"),
        ("97/103 dòng hành động đề ra trong kế hoạch đã hoàn thành", "vi"),
        ("97/103 dòng hành động được nêu tại kế hoạch đã hoàn thành", "vi"),
    ],
)
def test_lines_that_the_plan_lays_down_are_of_the_plan_in_the_sentence_before(grammars: Any, lines: str, language: str) -> None:
    before = {"en": "The sides reviewed the Harbour Tea Plan.", "vi": "Hai bên rà soát Kế hoạch Trà Thái Nguyên."}[language]
    (claim,) = claims(f"{before} So far {lines}." if language == "en" else f"{before} Đến nay {lines}.", grammars, language)
    assert claim.subject == PLAN


@pytest.mark.parametrize(
    ("lines", "language"),
    [
        ("12 of the 15 activities set out by the province have been completed", "en"),
        ("12 of the 15 activities set out in the plan of the province have been completed", "en"),
        ("12/15 hoạt động đề ra trong kế hoạch của tỉnh đã hoàn thành", "vi"),
    ],
)
def test_what_another_lays_down_is_not_of_it(grammars: Any, lines: str, language: str) -> None:
    before = {"en": "The sides reviewed the Harbour Tea Plan.", "vi": "Hai bên rà soát Kế hoạch Trà Thái Nguyên."}[language]
    for claim in claims(f"{before} So far {lines}." if language == "en" else f"{before} Đến nay {lines}.", grammars, language):
        assert claim.subject is None


def test_the_total_tells_the_plan(grammars: Any) -> None:
    text = (
        "The Harbour Tea Plan ends soon. Then comes the Energy Transition Plan of Peru. So far 97 of 103 action lines have been completed."
    )
    (claim,) = claims(text, grammars, "en")
    assert claim.subject == PLAN


def test_the_day_by_which_the_rest_is_due_is_no_date_of_the_figure(grammars: Any) -> None:
    (claim,) = claims("They agreed to implement the remaining 7 percent of the plan by 31 December 2021.", grammars, "en")
    assert claim.as_of is None


def test_without_a_plan_the_words_of_the_lines_are_the_subject(grammars: Any) -> None:
    (claim,) = claims("So far 97 of 103 action lines have been completed.", grammars, "en")
    assert (claim.subject, claim.subject_name) == (None, "action lines")


def test_the_date_beside_the_figure_dates_it(grammars: Any) -> None:
    (claim,) = claims("As of 15 September 2020, 97 of the 103 action lines have been completed.", grammars, "en")
    assert claim.as_of == "2020-09-15"


def test_two_figures_of_a_change_have_their_own_dates(grammars: Any) -> None:
    first, second = claims("Implementation of the plan rose from 80 per cent in 2017 to 93 per cent in 2019.", grammars, "en")
    assert (first.as_of, second.as_of) == ("2017", "2019")


def test_the_evidence_holds_the_bound(grammars: Any) -> None:
    (claim,) = claims("Kế hoạch được triển khai với tỷ lệ trên 90%.", grammars, "vi")
    assert claim.evidence.quote == "trên 90%"


def claims(text: str, grammars: Any, language: str) -> tuple[ProgressClaim, ...]:
    progress, instruments, dates, abbreviations = grammars[language]
    page = Page(Document(id="x", text=text, language=language, published="2021-09-02"), abbreviations)
    found: tuple[ProgressClaim, ...] = progress.find(page, Mentions([]), dates.find(page), instruments.find(page), ())
    return found


def figures(found: tuple[ProgressClaim, ...]) -> list[tuple[Any, ...]]:
    return [(c.numerator, c.denominator, c.percent, str(c.bound), c.remaining, c.verb and str(c.verb)) for c in found]


def days(found: tuple[ProgressClaim, ...], case: dict[str, Any]) -> list[str | None]:
    """The days of those claims of which the table says one."""
    return [c.as_of for c, want in zip(found, case.get("claims", []), strict=True) if "as_of" in want]


def expected(case: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [
        (w.get("num"), w.get("den"), w.get("pct"), w.get("bound", "exactly"), w.get("remaining", False), w.get("verb"))
        for w in case.get("claims", [])
    ]
