"""A reading has the same links, to the last bit of their scores, whatever readings it is linked with."""

from pathlib import Path

import numpy as np
import pytest

from cases import load_yaml
from comity.knowledge import load_knowledge, load_pack
from comity.records import Evidence
from comity.register import LinkRows, ToLink, Unlinked
from comity.tracking.asked_clauses import Asked
from comity.tracking.links import Linker, Tie
from comity.tracking.products import Factor
from comity.tracking.track import Tracker

PACK = load_pack("asean-un")
KNOWLEDGE = load_knowledge((PACK,))
PLAN = 5
"""The column of a link that names its plan, empty for a goal."""
CASES = load_yaml(Path(__file__).parent / "cases" / "links.yaml")[::3]
AGREED = {"en": "ASEAN and the United Nations agreed to", "vi": "ASEAN và Liên hợp quốc nhất trí"}


@pytest.fixture(scope="module")
def readings() -> list[Unlinked]:
    made = []
    for number, case in enumerate(CASES):
        opening = AGREED[case["language"]]
        text = f"{opening} {case['text']}."
        finding = ToLink("statements", 0, len(opening) + 1, len(text) - 1)
        made.append(
            Unlinked(reading=number, document=f"d{number}", text=text, language=case["language"], published=None, findings=[finding])
        )
    return made


@pytest.fixture(scope="module")
def alone(readings: list[Unlinked]) -> list[LinkRows]:
    tracker = Tracker(PACK, KNOWLEDGE)
    return [linked for reading in readings for linked in tracker.linked([reading])]


@pytest.mark.parametrize("together", [2, 5, len(CASES)])
def test_links_are_the_same_beside_others(readings: list[Unlinked], alone: list[LinkRows], together: int):
    tracker = Tracker(PACK, KNOWLEDGE)
    parts = [readings[start : start + together] for start in range(0, len(readings), together)]
    assert [linked for part in parts for linked in tracker.linked(part)] == alone
    assert sum(link[PLAN] != "" for linked in alone for link in linked.links) > 30


@pytest.fixture(scope="module")
def asked(linker: Linker) -> list[Asked]:
    found = [linker.asked(Evidence("d", 0, len(case["text"]), case["text"]), case["language"], (), None) for case in CASES]
    return [one for one in found if one is not None]


@pytest.fixture(scope="module")
def tied_alone(asked: list[Asked], linker: Linker) -> list[list[Tie]]:
    return [linker.ties([one])[0] for one in asked]


@pytest.mark.parametrize("together", [2, 7, len(CASES)])
def test_ties_are_the_same_beside_others_before_any_is_rounded(asked: list[Asked], tied_alone: list[list[Tie]], together: int):
    other = Linker(KNOWLEDGE, PACK.plans)
    assert [ties for start in range(0, len(asked), together) for ties in other.ties(asked[start : start + together])] == tied_alone


@pytest.fixture(scope="module")
def linker() -> Linker:
    return Linker(KNOWLEDGE, PACK.plans)


@pytest.mark.parametrize("columns", [1, 17, 46, 300, 2000])
def test_a_row_gives_the_same_wherever_it_stands(columns: int):
    chance = np.random.default_rng(columns)
    rows, matrix = chance.standard_normal((192, 256), dtype=np.float32), chance.standard_normal((256, columns), dtype=np.float32)
    factor = Factor(matrix)
    whole = factor.of(rows)
    for count in (1, 2, 3, 63, 64, 65):
        for start in (0, 1, 13, 64, 123):
            assert np.array_equal(factor.of(rows[start : start + count]), whole[start : start + count])
    assert np.allclose(whole, rows @ matrix, atol=1e-3)
    assert factor.of(rows[:0]).shape == (0, columns)
