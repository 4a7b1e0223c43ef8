"""The likeliest lines of clauses and how sure they are; how clauses of two styles are weighed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.knowledge import Knowledge
from comity.knowledge.folded import Folded
from comity.tracking.best_lines import Sayings, best_lines, in_documents, in_order, worth_a_look
from comity.tracking.clause_view import name_matcher, view_clause
from comity.tracking.embedding import load_table
from comity.tracking.link_model import Linear, Neighbours, Official, Weighing, load_link_model
from comity.tracking.links import line_targets
from comity.tracking.targets import TRUST, Compared, any_right, by_words

ODDS = st.lists(st.lists(st.floats(-8, 8, width=32), min_size=5, max_size=5), min_size=1, max_size=6)
NONE = Neighbours(b"", 1, 1.0, 0, 0)


def linear(weight: float, columns: int = 1, bias: float = 0.0) -> Linear:
    return Linear([0.0] * columns, [1.0] * columns, [weight] * columns, bias)


@given(ODDS, st.floats(-6, 6))
def test_best_lines_come_first_and_no_other_is_likelier(odds: list[list[float]], fits: float):
    every = np.array(odds, dtype=np.float32)
    ranked, scores = best_lines(np.full(len(every), fits, dtype=np.float32), every)
    for row, numbers, found in zip(every, ranked, scores, strict=True):
        assert list(row[numbers]) == sorted(row, reverse=True)[:3]
        assert list(found) == sorted(found, reverse=True)


@given(ODDS, st.floats(-6, 6))
def test_one_of_three_is_right_at_least_as_likely_as_the_best_alone(odds: list[list[float]], fits: float):
    scores = by_words(fits, np.array(odds[0][:3], dtype=np.float32))
    chance = any_right(fits, scores)
    assert float(scores.max()) - 1e-5 <= chance <= min(1.0, float(scores.sum())) + 1e-5


@given(ODDS, st.integers(0, 5))
def test_a_clause_says_the_same_alone_and_among_others(odds: list[list[float]], seed: int):
    chance, count = np.random.default_rng(seed), len(odds)
    every = np.array(odds, dtype=np.float32)
    told, sentences, documents = (chance.random(size).astype(np.float32) for size in ((count, 5, 2), (count, 5, 2), (count, 5)))
    said = Sayings(every[:, 0], every, told, sentences, documents, np.zeros_like(every))
    plans, trust = np.array([0, 0, 2, 2, 2]), linear(0.5, len(TRUST))
    ranked, scores = best_lines(said.fits, every)
    together = in_documents(said, ranked, scores, plans, trust)
    for row in range(count):
        alone = in_documents(Sayings(*(part[row : row + 1] for part in said)), ranked[row : row + 1], scores[row : row + 1], plans, trust)
        assert together[row] == pytest.approx(alone[0], abs=1e-5)
        assert (together[row][in_order(together)[row]] == np.sort(together[row])[::-1]).all()


def test_a_document_makes_no_tie_much_surer_and_twins_keep_their_part():
    odds = np.array([[2.0, 1.0, -3.0]], dtype=np.float32)
    said = Sayings(odds[:, 0], odds, *(np.zeros((1, 3, 2), dtype=np.float32),) * 2, np.zeros((1, 5), dtype=np.float32), np.zeros_like(odds))
    ranked, scores = best_lines(said.fits, odds)
    sure = in_documents(said, ranked, scores, np.zeros(3, dtype=np.int64), linear(0.0, len(TRUST), bias=9.0))
    assert sure[0] == pytest.approx(1.2 * scores[0] * scores[0] / scores[0, 0])
    assert worth_a_look(said.fits, odds, 0.5) == [0]
    assert worth_a_look(np.float32([-9]), odds, 0.5) == []


def test_each_style_has_its_part():
    one, other = linear(1.0), linear(3.0)
    mixed = Weighing(b"", [], [], one, one, one, NONE, 0.3, official=Official(linear(1.0), other, other))
    told = np.array([[-30.0], [0.0], [30.0]], dtype=np.float32)
    assert mixed.style(told) == pytest.approx([0, 0.5, 1])
    assert mixed.fits_odds(np.ones((3, 1), dtype=np.float32), mixed.style(told)) == pytest.approx([1, 2, 3])
    assert mixed.pair_odds(np.ones((3, 1, 1), dtype=np.float32), mixed.style(told))[:, 0] == pytest.approx([1, 2, 3])


def test_official_texts_are_weighed_by_the_first_columns_alone():
    own, official = linear(1.0, 2), linear(3.0)
    mixed = Weighing(b"", [], [], own, own, own, NONE, 0.3, official=Official(linear(1.0), official, official))
    style = np.array([0.0, 1.0], dtype=np.float32)
    assert mixed.fits_odds(np.array([[1, 5], [1, 5]], dtype=np.float32), style) == pytest.approx([6, 3])
    assert mixed.pair_odds(np.array([[[1, 5]], [[1, 5]]], dtype=np.float32), style)[:, 0] == pytest.approx([6, 3])


def test_without_a_second_style_all_are_weighed_alike():
    plain = Weighing(b"", [], [], linear(1.0), linear(1.0), linear(1.0), NONE, 0.3)
    assert plain.style(np.ones((2, 4), dtype=np.float32)).tolist() == [0, 0]
    assert plain.fits_odds(np.ones((2, 1), dtype=np.float32), np.zeros(2, dtype=np.float32)).tolist() == [1, 1]


@pytest.mark.parametrize(
    ("official", "own", "language"),
    [
        ("The Secretary of State and the Foreign Minister reviewed cooperation on maritime security", "no more robbers on our waves", "en"),
        ("Hai Bộ trưởng Ngoại giao điểm lại hợp tác về an ninh hàng hải", "đừng để ai cướp thuyền của bà con", "vi"),
    ],
)
def test_how_a_clause_is_written_is_told(knowledge: Knowledge, official: str, own: str, language: str):
    table, names, model = load_table(), name_matcher(knowledge), load_link_model()
    plans = [plan for plan in knowledge.plans.values() if plan.id.startswith("asean-un-")]
    views = [view_clause(Folded(text).text, language, table=table, names=names) for text in (official, own)]
    looked = Compared(line_targets(plans), table, model).looked_at([view for view in views if view is not None])
    surely, hardly = model.weighing.style(looked.style)
    assert surely > 0.5 > hardly
