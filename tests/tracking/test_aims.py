"""Clauses are tied to goals, and through the alignments to elements and areas, with the words that count."""

from random import Random

import pytest

from comity.knowledge import Knowledge
from comity.records import LinkKind
from comity.tracking.aims import AimLinker
from comity.tracking.clause_view import Clause, name_matcher, view_clause
from comity.tracking.embedding import load_table

SAID = {
    "en": (
        "train nurses", "clean energy for islands", "protect forests", "fight human trafficking", "girls in schools", "safe drinking water",
        "fair trade in rice", "decent work for young people", "an early warning of floods", "peace talks", "the rule of law", "in villages",
    ),
    "vi": (
        "đào tạo y tá", "năng lượng sạch", "bảo vệ rừng", "chống buôn bán người", "nước sạch", "việc làm cho thanh niên",
        "cảnh báo sớm lũ lụt", "đàm phán hòa bình", "bình đẳng giới", "giảm nghèo", "ở các thôn bản", "an ninh lương thực",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def linker(knowledge: Knowledge) -> AimLinker:
    return AimLinker(knowledge)


@pytest.mark.parametrize(
    ("text", "language", "goal", "area"),
    [
        ("bring solar and wind power to the villages", "en", "7", "infrastructure"),
        ("cắt giảm phát thải khí nhà kính, thích ứng với biến đổi khí hậu", "vi", "13", "resilience"),
    ],
)
def test_goal_and_area(linker: AimLinker, text: str, language: str, goal: str, area: str):
    links = linker.links(text, language)
    best = {kind: next(link for link in links if link.kind is kind) for kind in (LinkKind.GOAL, LinkKind.ELEMENT, LinkKind.AREA)}
    assert best[LinkKind.GOAL].target == goal
    assert best[LinkKind.AREA].target == area
    assert best[LinkKind.GOAL].score >= best[LinkKind.ELEMENT].score


def test_nothing_sure_no_link(linker: AimLinker):
    assert linker.links("The minister shook hands with his guest", "en") == ()
    assert linker.links("...", "vi") == ()


@pytest.mark.parametrize("together", [2, 3, 7, 16, 33, 250])
def test_scores_are_the_same_to_the_last_bit_alone_and_beside_others(knowledge: Knowledge, views: list[Clause], together: int):
    alone = AimLinker(knowledge)
    ones = [goals for view in views for goals in alone.goals([view])]
    beside = AimLinker(knowledge)
    starts = range(0, len(views), together)
    assert [goals for start in starts for goals in beside.goals(views[start : start + together])] == ones
    assert sum(goals is not None and len(goals.scores) > 0 for goals in ones) > len(views) / 2


@pytest.fixture(scope="module")
def views(knowledge: Knowledge) -> list[Clause]:
    chance, names = Random(4), name_matcher(knowledge)
    made = []
    for _ in range(500):
        language = chance.choice(sorted(SAID))
        words = ", ".join(chance.sample(SAID[language], chance.randint(1, 4)))
        made.append(view_clause(words, language, table=load_table(), names=names))
    return [view for view in made if view is not None]
