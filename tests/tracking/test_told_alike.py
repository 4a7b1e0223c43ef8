"""Of what was told later of a party the most alike comes first, and never more is looked at than the first so many."""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pytest

from comity.tracking import told_alike
from comity.tracking.told_alike import ToldAlike

START = date(2020, 1, 1)
WORDS = np.array([1.0, 0.0], dtype=np.float32)


class Weighing:
    """Things are numbers; the likeness of one to WORDS is its last digit in tenths, 0 says nothing known."""

    def __init__(self) -> None:
        self.weighed: list[int] = []

    def __call__(self, several: Sequence[int]) -> list[np.ndarray | None]:
        self.weighed += several
        return [np.array([one % 10 / 10, 0.5], dtype=np.float32) if one % 10 else None for one in several]


def told(numbers: range, weighing: Weighing) -> ToldAlike[int]:
    things = [(one, START + timedelta(days=one), ("UN", "ASEAN") if one % 2 else ("UN",)) for one in numbers]
    return ToldAlike(reversed(things), 2, weighing)


def test_the_most_alike_come_first_and_of_these_the_earlier():
    found = told(range(30), Weighing()).later("UN", START + timedelta(days=8), WORDS, 0.75)
    assert [one for _, one in found] == [9, 19, 29, 18, 28]
    assert [one for _, one in told(range(30), Weighing()).later("ASEAN", START, WORDS, 0.75)] == [9, 19, 29]
    assert told(range(30), Weighing()).later("VNM", START, WORDS, 0) == []


def test_each_is_weighed_once():
    weighing = Weighing()
    alike = told(range(40), weighing)
    for day in range(40):
        for party in ("UN", "ASEAN"):
            alike.later(party, START + timedelta(days=day), WORDS, 0.5)
    assert sorted(weighing.weighed) == list(range(1, 40))


def test_no_more_are_looked_at_however_many_there_are(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(told_alike, "LOOKED_AT", 20)
    for many in (40, 400):
        weighing = Weighing()
        found = told(range(many), weighing).later("UN", START + timedelta(days=9), WORDS, 0.85)
        assert sorted(weighing.weighed) == list(range(10, 30))
        assert [one for _, one in found] == [19, 29]
