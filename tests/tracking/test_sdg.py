"""The Sustainable Development Goals of a text, in English and Vietnamese, with the words that count."""

import pytest

from comity.errors import ComityError
from comity.tracking.sdg import goal_scores, sdg, sdg_numbers
from comity.tracking.sdg_model import GOALS, load_sdg_model


@pytest.mark.parametrize(
    ("text", "goal"),
    [
        ("The district has dug new wells so that every household has clean drinking water and toilets.", "6"),
        ("Solar panels and wind farms now give most of the island's electricity.", "7"),
        ("Girls stay longer in school and women hold half the seats in the council; violence against women falls.", "5"),
        ("Tàu cá ngừng đánh bắt quá mức để rạn san hô và sinh vật biển hồi phục.", "14"),
        ("Tỉnh xây thêm trường học, đào tạo giáo viên và cấp học bổng cho học sinh nghèo.", "4"),
    ],
)
def test_first_goal(text: str, goal: str):
    found = sdg(text)
    assert found[0].goal == goal
    assert found[0].words
    assert all(words in " ".join(text.split()) for words in found[0].words)


def test_targets_belong_to_their_goal():
    for found in sdg("Safe drinking water for all", language="en"):
        assert all(target.id.startswith(f"{found.goal}.") for target in found.targets)


def test_the_benchmarks_interface():
    assert 7 in sdg_numbers("Renewable energy and energy efficiency")


def test_probabilities_add_up_to_one():
    scores = goal_scores("forests and species", "en", load_sdg_model())
    assert len(scores) == GOALS
    assert float(scores.sum()) == pytest.approx(1)


def test_an_empty_text_is_refused():
    with pytest.raises(ComityError):
        sdg(" ")
