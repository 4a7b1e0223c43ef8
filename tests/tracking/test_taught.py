"""What readers said of clauses speaks for and against ties of clauses like them, for lines of other plans as far as these are alike."""

import numpy as np
import pytest

from comity.knowledge import Knowledge, load_pack
from comity.tracking.clause_view import name_matcher, view_clause
from comity.tracking.embedding import load_table
from comity.tracking.link_model import load_link_model
from comity.tracking.links import line_targets
from comity.tracking.products import Floats
from comity.tracking.targets import Compared
from comity.tracking.taught import TAUGHT_AT, TAUGHT_OVER, Judgement, Taught, TaughtLines, said_over

TIED, AHEAD = TAUGHT_AT.index("tied"), TAUGHT_AT.index("tied-ahead-of-none")
EAST, NORTH, UP = np.eye(3, dtype=np.float32)


def taught(*judged: tuple[Floats, tuple[int, ...]]) -> Taught:
    """Clauses judged for a pack of two lines, one EAST, one NORTH."""
    vectors = np.array([np.rint(vector * 127) for vector, _ in judged], dtype=np.int8)
    lines = np.array([EAST, NORTH], dtype=np.float16).tobytes()
    return Taught(vectors.tobytes(), 1 / 127, 3, [lines], [0, 0], [Judgement(number, 0, tied) for number, (_, tied) in enumerate(judged)])


def looked_at(clause: Floats, lines: list[Floats], memory: Taught, left_out: tuple[int, ...] = ()) -> tuple[Floats, dict[str, float]]:
    at = TaughtLines([np.array(lines)], memory).features(clause[None], [left_out])
    return at[0], dict(zip(TAUGHT_OVER, said_over(at)[0].tolist(), strict=True))


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


def test_what_is_left_out_of_one_clause_still_says_something_of_another():
    told = TaughtLines([np.array([EAST, NORTH])], taught((UP, (0,)), (UP, (0,)))).features(np.array([UP, UP]), [(0, 1), ()])
    assert not told[0].any()
    assert told[1, :, TIED] == pytest.approx([1, 0], abs=0.01)


@pytest.mark.parametrize(
    ("text", "language", "line"),
    [
        ("those who blow up markets must find neither shelter nor cash", "en", "P1-A-04"),
        ("kẻ gây nổ giữa chợ không được có chỗ ẩn náu hay nguồn tiền", "vi", "P1-A-04"),
        ("the army band received new uniforms", "en", None),
    ],
)
def test_the_table_remembers_what_it_learned_from(knowledge: Knowledge, text: str, language: str, line: str | None):
    table = load_table()
    view = view_clause(text, language, table=table, names=name_matcher(knowledge))
    assert view is not None
    compared = Compared(line_targets(load_pack("asean-un").plans), table, load_link_model())
    (told,) = compared.taught.features(compared.looked_at([view]).vectors)
    best = told[:, TIED].argmax()
    assert (compared.targets[best].id if told[best, AHEAD] > 0 else None) == line
