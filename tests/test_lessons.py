"""Our own sentences that teach the models fit the words that the grammars know: else training stops, in the middle of a night."""

import sys
from functools import cache
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))

from event_examples import all_lexicons, lesson_examples
from own_lessons import own_lessons

from comity.knowledge import load_knowledge
from comity.reading.reader import Grammars


@pytest.mark.parametrize("topic", ["statements", "commitments"])
def test_every_cue_marked_in_a_lesson_is_one_of_its_language(topic: str) -> None:
    knowledge = load_knowledge()
    lessons = own_lessons(topic, cache(lambda language: Grammars(knowledge, language)))
    assert {lesson.page.language for lesson in lessons} == {"en", "vi"}


def test_events_marked_in_lessons_have_known_words() -> None:
    lessons = lesson_examples(all_lexicons())
    unknown = [one.gold.text for one in lessons if one.gold.records["events"] and not one.events]
    assert len(unknown) < len(lessons) / 10, unknown
