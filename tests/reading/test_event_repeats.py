"""Which triggers tell of one event, and which date it then has, by table: a text, how likely each event word is, its date; what is left."""

from pathlib import Path
from typing import Any

import pytest
from given import dates_of, lexicon_of, page_of

from cases import load_cases
from comity.reading.event_repeats import Dated, Found, told_once
from comity.reading.event_scene import Scene
from comity.reading.mentions import Mentions
from comity.records import EventType

CASES = Path(__file__).parent / "cases"


@pytest.mark.parametrize("case", load_cases(CASES / "event_repeats.vi.yaml"))
def test_each_event_is_told_once_with_the_date_of_what_touches_it(case: dict[str, Any]) -> None:
    page = page_of(case["text"], "vi")
    scene = Scene(lexicon_of("vi"), page, Mentions(()), dates_of("vi").find(page), (), ())
    dated = []
    for word, (probability, when) in case["told"].items():
        trigger = next(one for one in scene.triggers if one.word == word)
        dated.append(Dated(Found(trigger, EventType.CONSULT, True, (), probability, []), when, None))
    assert {one.found.trigger.word: one.when for one in told_once(scene, dated)} == case["left"]
