"""What a briefing is about: a theme or meeting by a name in either language, a plan line, or free words."""

import pytest

from comity.knowledge import Knowledge
from comity.tracking.topic import TopicKind, topic_of


@pytest.mark.parametrize(
    ("typed", "kind", "id"),
    [
        ("maritime", TopicKind.THEME, "maritime"),
        ("Peacekeeping", TopicKind.THEME, "peacekeeping"),
        ("gìn giữ hoà  bình", TopicKind.THEME, "peacekeeping"),
        ("ASEAN-UN Summit", TopicKind.MECHANISM, "asean-un-summit"),
        ("Hội nghị Cấp cao ASEAN-Liên hợp quốc", TopicKind.MECHANISM, "asean-un-summit"),
        ("rice and roads", TopicKind.WORDS, ""),
    ],
)
def test_what_was_typed(knowledge: Knowledge, typed: str, kind: TopicKind, id: str):
    found = topic_of(typed, knowledge)
    assert (found.kind, found.id) == (kind, id)


def test_a_plan_line(knowledge: Knowledge):
    plan = next(plan for plan in knowledge.plans.values() if any(section.lines for section in plan.sections))
    line = next(line for section in plan.sections for line in section.lines)
    for typed in (line.id, f"{plan.id}:{line.id}"):
        found = topic_of(typed, knowledge)
        assert (found.kind, found.id) == (TopicKind.LINE, line.id)
