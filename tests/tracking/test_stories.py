"""Documents that tell the same event in their own words."""

from pathlib import Path

from comity.tracking.stories import ALIKE, Stories, likeness, signature_of, told_at_once
from made import document, reading, register_of

FLOOD = (
    "Torrential rain burst the Kamala reservoir above Port Anders on Tuesday night. Two hundred families of fishermen went to the old "
    "seminary, and the harbour stays shut until divers have searched the sluice."
)
FLOOD_AGAIN = (
    "Divers search the sluice of the Kamala reservoir, which burst over Port Anders in Tuesday's rain. The harbour is shut; fishermen "
    "and their families sleep in the seminary."
)
STRIKE = "Tram drivers of Velden went on strike over night shifts on Tuesday, and the mayor asked both sides to come back to the table."


def test_two_hands_that_tell_one_event_are_alike():
    assert likeness(signature_of(FLOOD), signature_of(FLOOD_AGAIN)) > ALIKE > likeness(signature_of(FLOOD), signature_of(STRIKE))


def test_likeness_is_symmetric_and_whole_with_itself():
    a, b = signature_of(FLOOD), signature_of(STRIKE)
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
