"""What is denied, only supposed or only hoped is no undertaking; a quotation's undertaking ends with it, and a list is of one."""

from pathlib import Path
from typing import Any

import pytest
from given import given_mentions, page_of

from cases import load_cases
from comity.reading.commitments import CommitmentGrammar
from comity.reading.layout import layout_of
from comity.reading.statements import StatementGrammar
from comity.reading.supposed import Supposed

CASES = Path(__file__).parent / "cases"


@pytest.mark.parametrize("case", load_cases(CASES / "supposed.yaml"))
def test_words_before_take_it_back(case: dict[str, Any]) -> None:
    before, after = case["text"].split("| ")
    page = page_of(before + after, case["language"])
    layout = layout_of(page, given_mentions(page, case["who"]))
    index = next(index for index, token in enumerate(layout.tokens) if token.start == len(before))
    assert Supposed(page.language, layout).takes_back(index) is case["taken_back"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ('"Chúng tôi sẵn sàng mở lại các cảng phía bắc", ông Nam nói.', "vi"),
        ('"We are ready to reopen the northern ports," Mr Nam said.', "en"),
    ],
)
def test_an_undertaking_ends_with_its_quotation(text: str, language: str) -> None:
    page = page_of(text, language)
    mentions = given_mentions(page, {"nam": "ông Nam" if language == "vi" else "Mr Nam"})
    found = CommitmentGrammar(language).find(page, mentions, (), StatementGrammar(language).find(page, mentions))
    assert [one.evidence.quote for one in found if "Nam" in one.evidence.quote] == []


@pytest.mark.parametrize(
    ("text", "language", "who"),
    [
        (
            "The ministers committed to supporting the ports; rebuilding the quays for Peru; and reopening the ferries.",
            "en",
            "The ministers",
        ),
        ("Các bộ trưởng nhất trí hỗ trợ các cảng; xây lại bến tàu cho Peru; và mở lại tuyến phà.", "vi", "Các bộ trưởng"),
    ],
)
def test_all_members_of_a_list_are_by_the_same(text: str, language: str, who: str) -> None:
    page = page_of(text, language)
    mentions = given_mentions(page, {"group:ministers": who, "PER": "Peru"})
    found = CommitmentGrammar(language).find(page, mentions, (), StatementGrammar(language).find(page, mentions))
    assert len(found) > 1
    assert {one.by for one in found} == {("group:ministers",)}
