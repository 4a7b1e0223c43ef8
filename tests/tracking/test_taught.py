"""What readers said of clauses speaks for and against ties of clauses like them, for lines of other plans as far as these are alike."""

import numpy as np
import pytest

from comity.tracking.embedding import Floats
from comity.tracking.taught import TAUGHT_AT, TAUGHT_OVER, Judgement, Taught, TaughtLines

TIED, AHEAD = TAUGHT_AT.index("tied"), TAUGHT_AT.index("tied-ahead-of-none")
EAST, NORTH, UP = np.eye(3, dtype=np.float32)


def taught(*judged: tuple[Floats, tuple[int, ...]]) -> Taught:
    """Clauses judged for a pack of two lines, one EAST, one NORTH."""
    vectors = np.array([np.rint(vector * 127) for vector, _ in judged], dtype=np.int8)
    lines = np.array([EAST, NORTH], dtype=np.float16).tobytes()
    return Taught(vectors.tobytes(), 1 / 127, 3, [lines], [0, 0], [Judgement(number, 0, tied) for number, (_, tied) in enumerate(judged)])


def looked_at(clause: Floats, lines: list[Floats], memory: Taught, left_out: tuple[int, ...] = ()) -> tuple[Floats, dict[str, float]]:
    at, over = TaughtLines([np.array(lines)], memory).features(clause[None], left_out)
    return at[0], dict(zip(TAUGHT_OVER, over[0].tolist(), strict=True))


def test_a_clause_is_like_those_that_were_tied_to_a_line():
    at, over = looked_at(UP, [EAST, NORTH], taught((UP, (0,)), (UP, (0,)), (EAST, (1,))))
    assert at[:, TIED] == pytest.approx([1, 0], abs=0.01)
    assert over["tied"] > over["none"]


def test_clauses_that_fit_nothing_speak_against_all_lines():
    at, over = looked_at(UP, [EAST, NORTH], taught((UP, ()), (UP, ())))
    assert at[:, AHEAD] == pytest.approx([-1, -1], abs=0.01)
    assert over["none"] > over["tied"]


def test_a_judgement_counts_for_lines_of_another_plan_as_far_as_they_are_alike():
    between = ((EAST + NORTH) / np.sqrt(2)).astype(np.float32)
    at, _ = looked_at(UP, [between, UP], taught((UP, (0,)), (UP, (0,))))
    assert at[:, TIED] == pytest.approx([np.sqrt(0.5), 0], abs=0.01)


def test_what_is_left_out_says_nothing():
    at, over = looked_at(UP, [EAST, NORTH], taught((UP, (0,)), (UP, ()), (UP, ())), left_out=(0, 1, 2))
    assert not at.any()
    assert not any(over.values())
