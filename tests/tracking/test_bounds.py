"""What a published figure can mean, in whole lines."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases import load_cases
from comity.records import Bound, Evidence, ProgressClaim
from comity.tracking.bounds import Done, lines_done


def figure(quote: str = "x", **fields) -> ProgressClaim:
    return ProgressClaim(evidence=Evidence("made", 0, len(quote), quote), **fields)


@pytest.mark.parametrize("case", load_cases(Path(__file__).parent / "bounds.yaml"))
def test_lines(case):
    done = lines_done(figure(case.get("quote", "x"), **case["claim"], bound=Bound(case.get("bound", "exactly"))), case.get("total"))
    if case["lines"] is None:
        assert done is None
    else:
        assert done is not None
        assert done.lines is not None
        assert [done.lines.low, done.lines.high] == case["lines"]


def test_without_a_number_of_lines_a_percentage_is_a_share():
    done = lines_done(figure(percent=90.0), None)
    assert done is not None
    assert done.lines is None
    assert 0.894 < done.low <= 0.9 <= done.high < 0.91


def test_more_than_half_of_a_plan_of_unknown_size_is_no_whole_plan():
    done = lines_done(figure("over half", numerator=1, denominator=2, bound=Bound.OVER), None)
    assert done is not None
    assert done.lines is None
    assert 0.5 < done.low < 0.51
    assert done.high == 1


percents = st.integers(0, 1000).map(lambda tenths: tenths / 10)
totals = st.integers(1, 2000)
bounds = st.sampled_from(list(Bound))


@st.composite
def claims(draw) -> tuple[ProgressClaim, int]:
    """A fraction or percentage, with any bound, of a plan of known size."""
    total = draw(totals)
    fields = {"numerator": draw(st.integers(0, total)), "denominator": total} if draw(st.booleans()) else {"percent": draw(percents)}
    return figure(**fields, bound=draw(bounds), remaining=draw(st.booleans())), total


def done_of(claimed: tuple[ProgressClaim, int]) -> Done:
    done = lines_done(*claimed)
    assert done is not None
    return done


@given(claims())
def test_a_figure_means_lines_of_the_plan(claimed):
    lines = done_of(claimed).lines
    assert lines is not None
    assert 0 <= lines.low <= lines.high <= lines.total == claimed[1]


@given(claims())
def test_a_figure_agrees_with_itself(claimed):
    assert done_of(claimed).meets(done_of(claimed))


@given(percents, totals, st.booleans())
def test_a_wider_bound_holds_the_narrower(percent, total, remaining):
    narrow = done_of((figure(percent=percent, remaining=remaining), total))
    for bound in (Bound.AT_LEAST, Bound.AT_MOST, Bound.ABOUT):
        assert done_of((figure(percent=percent, remaining=remaining, bound=bound), total)).holds(narrow), bound


@given(st.integers(1, 2000).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))))
def test_a_fraction_lies_in_its_own_rounded_percentage(fraction):
    numerator, total = fraction
    exact = done_of((figure(numerator=numerator, denominator=total), total))
    for places in (0, 1):
        assert done_of((figure(percent=round(100 * numerator / total, places)), total)).meets(exact)


@given(percents, totals)
def test_what_remains_is_the_other_side(percent, total):
    done, left = (done_of((figure(percent=percent, remaining=remaining), total)).lines for remaining in (False, True))
    assert done
    assert left
    assert (total - left.high, total - left.low) == (done.low, done.high)
