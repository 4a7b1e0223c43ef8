"""Which dates may be an event's, by table: a text, its event word, and the dates that are thought of."""

from pathlib import Path
from typing import Any

import pytest
from given import dates_of, lexicon_of, page_of

from cases import load_cases
from comity.reading.event_dates import date_candidates
from comity.reading.event_scene import Scene
from comity.reading.mentions import Mentions

CASES = Path(__file__).parent / "cases"


@pytest.mark.parametrize("case", load_cases(CASES / "event_dates.vi.yaml"))
def test_vietnamese(case: dict[str, Any]) -> None:
    check(case, "vi")


@pytest.mark.parametrize("case", load_cases(CASES / "event_dates.en.yaml"))
def test_english(case: dict[str, Any]) -> None:
    check(case, "en")


def check(case: dict[str, Any], language: str) -> None:
    page = page_of(case["text"], language, published=case.get("published"))
    scene = Scene(lexicon_of(language), page, Mentions(()), dates_of(language).find(page), (), ())
    thought_of = [
        [date.iso for date, _ in date_candidates(scene, trigger)]
        for trigger in scene.triggers
        if page.text[trigger.start : trigger.end] == case["trigger"]
    ]
    assert thought_of == [case["dates"]], [trigger.word for trigger in scene.triggers]
