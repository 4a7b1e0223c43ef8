"""Which triggers tell of one event, and which date it then has, by table: a text, how likely each event word is, its date; what is left."""

from pathlib import Path
from typing import Any

import pytest
from given import dates_of, lexicon_of, page_of

from cases import load_cases
from comity.reading.event_candidates import Candidate
from comity.reading.event_parties import Party
from comity.reading.event_repeats import Dated, Found, told_once
from comity.reading.event_scene import Scene
from comity.reading.mentions import Mention, Mentions
from comity.records import ActorType, EventType

CASES = Path(__file__).parent / "cases"


@pytest.mark.parametrize("case", load_cases(CASES / "event_repeats.vi.yaml"))
def test_each_event_is_told_once_with_the_date_of_what_touches_it(case: dict[str, Any]) -> None:
    assert left_of(case, "vi") == case["left"]


@pytest.mark.parametrize("case", load_cases(CASES / "event_repeats.en.yaml"))
def test_english(case: dict[str, Any]) -> None:
    assert left_of(case, "en") == case["left"]


@pytest.mark.parametrize(
    ("one", "other", "left"),
    [
        ("2031-05-02/2031-05-04", "2031-05-04", 1),
        ("2031-05", "2031-05-04", 1),
        ("2031-05-02/2031-05-04", "2031-05-05", 2),
        (None, "2031-05-05", 1),
    ],
)
def test_two_visits_of_days_in_common_are_one(one: str | None, other: str, left: int) -> None:
    text = "Bà Duarte thăm Lima. Tại cảng, khách đã chờ khi bà thăm thành phố."
    page = page_of(text, "vi")
    scene = Scene(lexicon_of("vi"), page, Mentions(()), (), (), ())
    duarte = Mention(start=3, end=9, outer_start=0, outer_end=9, actors=("ana-duarte",), type=ActorType.PERSON)
    party = Party("ana-duarte", ActorType.PERSON, 0.9, Candidate(duarte, True, ()))
    visits = [trigger for trigger in scene.triggers if trigger.word == "thăm"]
    dated = [
        Dated(Found(visit, EventType.CONSULT, False, (party,), 0.9, []), when, None)
        for visit, when in zip(visits, (one, other), strict=True)
    ]
    assert len(told_once(scene, dated)) == left


def left_of(case: dict[str, Any], language: str) -> dict[str, str | None]:
    page = page_of(case["text"], language)
    scene = Scene(lexicon_of(language), page, Mentions(()), dates_of(language).find(page), (), ())
    dated = []
    for word, (probability, when) in case["told"].items():
        trigger = next(one for one in scene.triggers if one.word == word)
        dated.append(Dated(Found(trigger, EventType.CONSULT, True, (), probability, []), when, None))
    return {one.found.trigger.word: one.when for one in told_once(scene, dated)}
