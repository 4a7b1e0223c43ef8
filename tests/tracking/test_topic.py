"""What a briefing is about: a theme or meeting by a name in either language, a plan line, or free words."""

from pathlib import Path

import pytest

from comity.knowledge import Knowledge
from comity.records import Commitment, Force
from comity.tracking.topic import TopicKind, on_topic, topic_of
from made import document, reading, register_of


@pytest.mark.parametrize(
    ("typed", "kind", "id"),
    [
        ("maritime", TopicKind.THEME, "maritime"),
        ("Peacekeeping", TopicKind.THEME, "peacekeeping"),
        ("gìn giữ hoà  bình", TopicKind.THEME, "peacekeeping"),
        ("ASEAN-UN Summit", TopicKind.MECHANISM, "asean-un-summit"),
        ("Hội nghị Cấp cao ASEAN-Liên hợp quốc", TopicKind.MECHANISM, "asean-un-summit"),
        ("ARF", TopicKind.MECHANISM, "arf"),
        ("an ninh biển", TopicKind.THEME, "maritime"),
        ("mua bán người", TopicKind.THEME, "transnational-crime"),
        ("Phụ nữ - Hòa bình - An ninh", TopicKind.THEME, "women-peace-security"),
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


def test_the_same_words_by_two_parties_are_two_undertakings(tmp_path: Path, knowledge: Knowledge):
    of = document("Laos will build a bridge. Japan likewise.", "2020-05-01")
    words = of.evidence(0, 25)
    several = [Commitment(evidence=words, by=by, force=Force.PLEDGED) for by in (("LAO",), ("JPN",))]
    with register_of(tmp_path, reading(of, commitments=several)) as register:
        found = on_topic(topic_of("bridge", knowledge), register, register.view())
    assert sorted(one.finding.by for one in found.commitments) == [("JPN",), ("LAO",)]
