"""Documents that tell the same event in their own words."""

from datetime import date
from pathlib import Path

import pytest

from comity.knowledge import load_knowledge
from comity.records import EventReport, EventType, Reading
from comity.tracking.occurrences import occurrences
from comity.tracking.signatures import Numbers, signatures_of
from comity.tracking.stories import ALIKE, Stories, likeness, told_at_once
from made import document, reading, register_of, small_pack

FLOOD = (
    "Torrential rain burst the Kamala reservoir above Port Anders on Tuesday night. Two hundred families of fishermen went to the old "
    "seminary, and the harbour stays shut until divers have searched the sluice."
)
FLOOD_AGAIN = (
    "Divers search the sluice of the Kamala reservoir, which burst over Port Anders in Tuesday's rain. The harbour is shut; fishermen "
    "and their families sleep in the seminary."
)
STRIKE = "Tram drivers of Velden went on strike over night shifts on Tuesday, and the mayor asked both sides to come back to the table."
HELD = "Police held 19 fishermen of Port Anders who had broken the sluice of the Kamala."
BEFORE = "In spring police held the keeper of the seminary."


def told(text: str, *sentences: str) -> Reading:
    """A document in which each of the sentences reports that somebody was held."""
    of = document(text, "2020-05-06")
    places = [text.index(sentence) + sentence.index("held") for sentence in sentences]
    return reading(of, events=[EventReport(evidence=of.evidence(at, at + 4), type=EventType.COERCE) for at in places])


def sources(folder: Path, *readings: Reading) -> list[int]:
    """How many reports each event has."""
    with register_of(folder, *readings) as register:
        merged = occurrences(register.view(), load_knowledge((small_pack(),)), today=date(2020, 12, 31))
        return sorted(len(one.reports) for one in merged)


@pytest.mark.parametrize(
    ("other", "events"),
    [
        ("On Tuesday 19 fishermen were held in Port Anders.", [2]),
        ("On Tuesday 40 miners were held in Velden.", [1, 1]),
    ],
)
def test_a_sentence_of_one_story_with_the_same_names_and_numbers_tells_the_same(tmp_path: Path, other: str, events: list[int]):
    assert sources(tmp_path, told(f"{FLOOD} {HELD}", HELD), told(f"{FLOOD_AGAIN} {other}", other)) == events


def test_a_report_goes_with_the_one_most_like_it(tmp_path: Path):
    first, again = "Police held 19 fishermen.", "In spring the keeper of the seminary was held."
    assert sources(tmp_path, told(f"{FLOOD} {HELD} {BEFORE}", HELD, BEFORE), told(f"{FLOOD_AGAIN} {first} {again}", first, again)) == [2, 2]


def test_of_two_that_say_the_same_it_goes_with_the_one_that_stands_where_it_does(tmp_path: Path):
    first = told(f"{FLOOD} {HELD}", HELD)
    words = f"{FLOOD_AGAIN} Fishermen were held. {'The water was high and the night was long. ' * 30}Fishermen were held."
    of = document(words, "2020-05-06")
    places = [words.index("held."), words.rindex("held.")]
    again = reading(of, events=[EventReport(evidence=of.evidence(at, at + 4), type=EventType.COERCE) for at in places])
    with register_of(tmp_path, first, again) as register:
        merged = occurrences(register.view(), load_knowledge((small_pack(),)), today=date(2020, 12, 31))
        (joined,) = (one for one in merged if len(one.reports) == 2)
        assert (of.id, places[0]) in {report.key for report in joined.reports}


def test_two_hands_that_tell_one_event_are_alike():
    flood, again, strike = signatures_of([FLOOD, FLOOD_AGAIN, STRIKE], Numbers())
    assert likeness(flood, again) > ALIKE > likeness(flood, strike)


def test_likeness_is_symmetric_and_whole_with_itself():
    a, b = signatures_of([FLOOD, STRIKE], Numbers())
    assert likeness(a, b) == likeness(b, a)
    assert abs(likeness(a, a) - 1) < 1e-9


def test_groups_are_of_days_near_each_other(tmp_path: Path):
    same, other = document(FLOOD, "2020-05-06"), document(FLOOD_AGAIN, "2020-05-07")
    strike, later = document(STRIKE, "2020-05-06"), document(f"{FLOOD_AGAIN} A year ago.", "2021-05-07")
    with register_of(tmp_path, *map(reading, (same, other, strike, later))) as register:
        view = register.view()
        assert Stories(view).groups(view.documents()) == [tuple(sorted((same.id, other.id)))]


def test_an_unknown_day_is_no_day():
    assert not told_at_once(None, "2020-05-06")
    assert told_at_once("2020-05", "2020-05-06")
