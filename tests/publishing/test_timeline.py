"""Claims stand at their date and share, apart from one another."""

from itertools import pairwise

from comity.publishing.timeline import APART, BOTTOM, TOP, draw_timeline
from comity.records import Bound, Evidence, ProgressClaim, ProgressVerb
from comity.tracking.bounds import lines_done
from comity.tracking.ledger import Claim, DatedBy, PlanLedger
from made import small_pack

PLAN = small_pack().plans[0]


def made(when: str | None, verb: ProgressVerb = ProgressVerb.COMPLETED, **fields) -> Claim:
    figure = ProgressClaim(evidence=Evidence("made", 0, 1, "x"), subject=PLAN.id, verb=verb, **fields)
    done = lines_done(figure, PLAN.lines_total)
    return Claim(figure=figure, when=when, dated_by=DatedBy.AS_OF, verb=verb, claimants=(), done=done, sources=())


def marks(*claims: Claim):
    chart = draw_timeline([PlanLedger(plan=PLAN, claims=claims)], [])
    return [mark for period in chart.periods for mark in period.marks] if chart else []


def test_later_is_further_right_and_more_is_higher():
    first, second = marks(made("2017-11", percent=80.0), made("2020-09", numerator=97))
    assert first.x < second.x
    assert first.y > second.y


def test_a_whisker_reaches_what_a_figure_can_mean():
    (mark,) = marks(made("2020-01", percent=90.0, bound=Bound.OVER))
    assert (mark.high, mark.low) == (TOP, mark.low)
    assert mark.low <= BOTTOM
    assert abs(mark.y - mark.low) < 5


def test_claims_of_one_place_stand_apart_and_keep_their_date():
    found = marks(*(made("2020-09", numerator=97) for _ in range(4)))
    assert len({mark.x for mark in found}) == 1
    heights = sorted(mark.circle for mark in found)
    assert all(b - a >= APART - 0.2 for a, b in pairwise(heights))
    assert found[0].circle == found[0].y


def test_what_has_no_date_or_share_is_not_drawn_but_counted():
    found = marks(made(None, percent=80.0), made("2020", percent=80.0), made("2020-09"))
    assert [mark.number for mark in found] == [2]
    assert marks(made(None, percent=80.0)) == []


def test_only_claims_of_the_same_verb_are_joined():
    claims = (made("2017", percent=80.0), made("2018", ProgressVerb.ADDRESSED, percent=85.0), made("2019", percent=90.0))
    chart = draw_timeline([PlanLedger(plan=PLAN, claims=claims)], [])
    assert chart
    assert [[mark.number for mark in marks] for marks in chart.periods[0].series] == [[1, 3]]
