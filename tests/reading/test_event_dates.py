"""Which dates may be an event's, by table: a text, its event word, and the dates that are thought of."""

from pathlib import Path
from typing import Any

import pytest
from given import page_of

from cases import load_cases
from comity.reading.dates import DateGrammar
from comity.reading.event_dates import date_candidates
from comity.reading.event_lexicon import EventLexicon
from comity.reading.event_scene import Scene
from comity.reading.mentions import Mentions

CASES = Path(__file__).parent / "cases"
DATES = {language: DateGrammar(language) for language in ("vi", "en")}
LEXICONS = {language: EventLexicon(language) for language in ("vi", "en")}


@pytest.mark.parametrize("case", load_cases(CASES / "event_dates.vi.yaml"))
def test_vietnamese(case: dict[str, Any]) -> None:
    check(case, "vi")


@pytest.mark.parametrize("case", load_cases(CASES / "event_dates.en.yaml"))
def test_english(case: dict[str, Any]) -> None:
    check(case, "en")


def check(case: dict[str, Any], language: str) -> None:
    page = page_of(case["text"], language, published=case.get("published"))
    scene = Scene(LEXICONS[language], page, Mentions(()), DATES[language].find(page), (), ())
    thought_of = [
        [date.iso for date, _ in date_candidates(scene, trigger)]
        for trigger in scene.triggers
        if page.text[trigger.start : trigger.end] == case["trigger"]
    ]
    assert thought_of == [case["dates"]], [trigger.word for trigger in scene.triggers]
