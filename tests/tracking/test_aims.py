"""Clauses are tied to goals, and through the alignments to elements and areas, with the words that count."""

import pytest

from comity.knowledge import Knowledge
from comity.records import LinkKind
from comity.tracking.aims import AimLinker


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
