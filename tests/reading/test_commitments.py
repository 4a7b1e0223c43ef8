"""Commitments: own sentences with given mentions and dates; statements as the statement grammar finds them."""

from pathlib import Path
from typing import Any

import pytest
from given import given_mentions, page_of, shared_words
from hypothesis import given, settings
from hypothesis import strategies as st

from cases import load_cases, load_yaml
from comity.languages import languages
from comity.reading.commitments import CommitmentGrammar, CommitmentModels
from comity.reading.page import Page
from comity.reading.statements import StatementGrammar
from comity.reading.weights import LinearModel
from comity.records import Commitment, DateMention, Force

CASES = Path(__file__).parent / "cases"
STATEMENTS = {language: StatementGrammar(language) for language in languages()}
COMMITMENTS = {language: CommitmentGrammar(language) for language in languages()}


def read(page: Page, who: dict[str, Any], dates: dict[str, str]) -> tuple[Commitment, ...]:
    mentions = given_mentions(page, who)
    named = tuple(
        DateMention(evidence=page.evidence(page.text.index(words), page.text.index(words) + len(words)), iso=iso)
        for words, iso in dates.items()
    )
    return COMMITMENTS[page.language].find(page, mentions, named, STATEMENTS[page.language].find(page, mentions))


@pytest.mark.parametrize("case", load_cases(CASES / "commitments.vi.yaml"))
def test_vietnamese(case: dict[str, Any]) -> None:
    check(case, "vi")


@pytest.mark.parametrize("case", load_cases(CASES / "commitments.en.yaml"))
def test_english(case: dict[str, Any]) -> None:
    check(case, "en")


def check(case: dict[str, Any], language: str) -> None:
    found = read(page_of(case["text"], language), case["who"], case.get("dates", {}))
    wanted = case["commitments"]
    if "least" in case:
        assert len(found) >= case["least"], [c.evidence.quote for c in found]
        return
    assert len(found) == len(wanted), [c.evidence.quote for c in found]
    for commitment, want in zip(found, wanted, strict=True):
        assert shared_words(commitment.evidence.quote, want["what"]) > 0.5, commitment.evidence.quote
        assert set(commitment.by) == set(want.get("by", commitment.by))
        assert commitment.force == want.get("force", commitment.force)
        assert commitment.due == want.get("due", commitment.due)


def test_nobody_agrees_alone() -> None:
    text = "Bộ Tư pháp Lào phối hợp, mời đại diện Hội Luật gia tham gia Ban soạn thảo, tổ biên tập các văn bản quy phạm pháp luật."
    found = read(page_of(text, "vi"), {"ministry-of-justice-LAO": "Bộ Tư pháp Lào"}, {})
    assert [commitment.by for commitment in found] == [("ministry-of-justice-LAO",)]
    assert found[0].force is not Force.AGREED


AGREED_BY_NOBODY = CommitmentModels(LinearModel({}), LinearModel({"agreed|1": 1.0}), LinearModel({"z": 5.0}))


@pytest.mark.parametrize(
    ("text", "agreed"),
    [
        ("Ông Trần Bình nhấn mạnh sẽ mở rộng hợp tác.", False),
        ("Ông Trần Bình nhất trí sẽ mở rộng hợp tác.", True),
        ("Hai bên nhấn mạnh sẽ mở rộng hợp tác.", True),
    ],
)
def test_nobody_named_agrees_only_in_the_words_of_several_or_where_told_so(text: str, agreed: bool) -> None:
    page = page_of(text, "vi")
    mentions = given_mentions(page, {"group:leaders": "Hai bên"} if "Hai bên" in text else {"tran-binh": "Ông Trần Bình"})
    found = CommitmentGrammar("vi", AGREED_BY_NOBODY).find(page, mentions, (), STATEMENTS["vi"].find(page, mentions))
    assert {commitment.force for commitment in found} == ({Force.AGREED} if agreed else set())


@pytest.mark.parametrize(("outlets", "by"), [(frozenset(), ("ria-novosti",)), (frozenset({"ria-novosti"}), ())])
def test_a_newspaper_undertakes_nothing(outlets: frozenset[str], by: tuple[str, ...]) -> None:
    page = page_of("RIA Novosti cho biết sẽ tổ chức cuộc gặp ba bên vào tháng tới.", "vi")
    mentions = given_mentions(page, {"ria-novosti": "RIA Novosti"})
    found = CommitmentGrammar("vi", outlets=outlets).find(page, mentions, (), STATEMENTS["vi"].find(page, mentions))
    assert [commitment.by for commitment in found] == [by]


@pytest.mark.parametrize("language", languages())
def test_undertakings_in_releases_are_found_and_nothing_else(language: str) -> None:
    """Held-out sentences, half of them without any commitment."""
    wanted = right = extra = 0
    for case in load_yaml(CASES / f"undertakings.{language}.yaml"):
        found = read(page_of(case["text"], language), case["who"], {})
        extra += max(0, len(found) - len(case["commitments"]))
        for want in case["commitments"]:
            wanted += 1
            fitting = [c for c in found if shared_words(c.evidence.quote, want["what"]) > 0.5]
            right += any(set(c.by) == set(want["by"]) and c.force == want["force"] for c in fitting)
    assert right >= wanted - 2
    assert extra <= 1


WORDS = ["ông", "cam kết", "sẽ", "nhất trí", "agreed", "to", "will", ",", ";", "và", "and", '"', "”", ".", "\n", "ASEAN", "2030", "🙂", "("]


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)))
def test_any_text_gives_quotes_that_are_its_slices(text: str) -> None:
    for language in languages():
        page = page_of(text, language)
        found = read(page, {"ASEAN": "ASEAN"}, {})
        ends = 0
        for commitment in found:
            assert page.text[commitment.evidence.start : commitment.evidence.end] == commitment.evidence.quote
            assert commitment.evidence.start >= ends, "two commitments overlap"
            ends = commitment.evidence.end


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Japan pledged to finish the review it began in 2019.", {"2019": "2019"}),
        ("Japan pledged to finish the review by today.", {"today": "2024-05-01"}),
        ("Japan pledged to build on the work done in the past year.", {"the past year": "2023-05/2024-05"}),
    ],
)
def test_a_time_that_ends_with_the_day_of_publication_is_not_due(text: str, dates: dict[str, str]) -> None:
    page = page_of(text, "en", published="2024-05-01")
    assert all(commitment.due is None for commitment in read(page, {"JPN": "Japan"}, dates))


def test_a_period_that_began_before_publication_is_due_at_its_end() -> None:
    page = page_of("Japan pledged to finish the review in 2022 to 2025.", "en", published="2024-05-01")
    assert [commitment.due for commitment in read(page, {"JPN": "Japan"}, {"2022 to 2025": "2022/2025"})] == ["2022/2025"]
