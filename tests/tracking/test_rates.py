"""Rates have numerator, denominator, what counts as done and as of when; kappa is Cohen's; both follow from decisions."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planned import decide_line, decide_link, fill, plan

from comity.records import LineStatus
from comity.register import Action
from comity.tracking.plan_links import PlanLinks
from comity.tracking.rates import BEGUN, By, agreement, kappa, rates
from comity.tracking.status import plan_status
from made import new_register


@pytest.fixture
def found(tmp_path: Path):
    with new_register(tmp_path / "register.sqlite") as register:
        fill(register, {"1.1": ("mentioned", "completed"), "1.2": ("under-way", "completed"), "2.1": ("mentioned",)})
        decide_link(register, Action.ACCEPT, "1.1", 1)
        decide_link(register, Action.ACCEPT, "1.2", 0)
        for who, scores in (("Lan", (1, 0, -1)), ("Minh", (1, 1, -1))):
            for line, score in zip(("1.1", "1.2", "2.1"), scores, strict=True):
                decide_line(register, Action.SCORE, line, who, score=score)
        yield plan_status(PlanLinks(plan(), register.links()), as_of="2021-06-30")


def test_rates_by_everything(found):
    counted = {(rate.by, rate.key): (rate.numerator, rate.suggested, rate.denominator) for rate in rates(found)}
    assert counted == {
        (By.PLAN, "plan-one"): (1, 2, 3),
        (By.PILLAR, "NATURE"): (1, 2, 2),
        (By.SECTION, "1"): (1, 2, 2),
        (By.SECTION, "2"): (0, 0, 1),
        (By.BODY, "IMO"): (0, 1, 1),
        (By.BODY, "UNODC"): (1, 2, 2),
        (By.THEME, "education"): (0, 0, 1),
        (By.THEME, "maritime"): (0, 1, 1),
        (By.THEME, "wildlife"): (1, 2, 2),
        (By.YEAR, "2019"): (1, 1, 3),
        (By.YEAR, "2020"): (1, 1, 3),
        (By.YEAR, "2021"): (1, 1, 3),
    }


def test_a_rate_says_what_counts_as_done_and_as_of_when(found):
    whole = rates(found, BEGUN)[0]
    assert (whole.numerator, whole.denominator, whole.published, whole.as_of) == (2, 3, 103, "2021-06-30")
    assert whole.done == (LineStatus.COMPLETED, LineStatus.UNDER_WAY)
    assert rates(found, BEGUN)[-1].as_of == "2021-06-30"


def test_two_coders_agree_so_far(found):
    (one,) = agreement(found.lines)
    assert (one.coders, one.lines, one.agreed, one.kappa) == (("Lan", "Minh"), 3, 2, 0.5)


def test_kappa_of_a_published_example():
    """Cohen's own kind of table: 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no."""
    pairs = [(1, 1)] * 20 + [(1, 0)] * 5 + [(0, 1)] * 10 + [(0, 0)] * 15
    assert kappa(pairs) == 0.4
    assert kappa([(1, 1)] * 4) is None


@given(st.lists(st.tuples(st.sampled_from((-1, 0, 1)), st.sampled_from((-1, 0, 1))), min_size=1))
def test_kappa_has_no_side_and_no_order(pairs):
    value = kappa(pairs)
    assert kappa([(second, first) for first, second in reversed(pairs)]) == value
    assert value is None or value <= 1
