"""What claims mean for each other: agreement, saying less, other verbs; and beside Comity's own count."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_conflicts import TOTAL, claims, made

from comity.records import Bound, ProgressVerb
from comity.tracking.bounds import Done, Lines
from comity.tracking.conflicts import conflict_between
from comity.tracking.judgements import Beside, JudgementKind, OwnCount, beside, judgement_between
from comity.tracking.ledger import Claim

ADDRESSED = ProgressVerb.ADDRESSED


@pytest.mark.parametrize(
    ("a", "b", "kind"),
    [
        (made("2020-09", numerator=97), made("2020-10-01", percent=94.0), JudgementKind.AGREE),
        (made("2019-09", percent=7.0, remaining=True), made("2019-11-03", percent=90.0, bound=Bound.OVER), JudgementKind.SAYS_LESS),
        (made("2020-09", numerator=97), made("2021-03", percent=80.0, bound=Bound.OVER), JudgementKind.SAYS_LESS),
        (made("2020-09", ADDRESSED, numerator=97), made("2021-03", numerator=80), JudgementKind.OTHER_VERB),
        (made("2020-09", numerator=97), made("2021-03", numerator=95), JudgementKind.CONFLICT),
        (made("2018", numerator=60), made("2021-03", numerator=95), None),
        (made("2020-09", numerator=97), made("2021-03"), None),
    ],
)
def test_of_two_claims(a: Claim, b: Claim, kind: JudgementKind | None):
    found = judgement_between(a, b)
    assert (found.kind if found else None) is kind


@given(claims())
def test_a_claim_says_nothing_of_itself(one: Claim):
    assert judgement_between(one, one) is None


@given(claims(), claims())
def test_the_order_does_not_matter(a: Claim, b: Claim):
    assert judgement_between(a, b) == judgement_between(b, a)


@given(claims(), claims())
def test_it_knows_every_conflict(a: Claim, b: Claim):
    found = judgement_between(a, b)
    assert (found is not None and found.kind is JudgementKind.CONFLICT) is (conflict_between(a, b) is not None)


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        (OwnCount(done=97, known=103, total=TOTAL), Beside.WITHIN),
        (OwnCount(done=40, known=103, total=TOTAL), Beside.ABOVE),
        (OwnCount(done=40, known=45, total=TOTAL), Beside.WITHIN),
        (OwnCount(done=99, known=103, total=TOTAL), Beside.BELOW),
    ],
)
def test_beside_what_comity_counts(own: OwnCount, expected: Beside):
    done = Done(Fraction(93, TOTAL), Fraction(98, TOTAL), Lines(93, 98, TOTAL))
    assert beside(done, own) is expected


@given(st.integers(0, TOTAL), st.integers(0, TOTAL), st.integers(0, TOTAL), st.integers(0, TOTAL))
def test_a_wider_claim_is_never_further_off(low: int, high: int, done: int, known: int):
    low, high, known = min(low, high), max(low, high), max(done, known)
    own = OwnCount(done=done, known=known, total=TOTAL)
    everything = Done(Fraction(0), Fraction(1), Lines(0, TOTAL, TOTAL))
    assert beside(everything, own) is Beside.WITHIN
    narrow = Done(Fraction(low, TOTAL), Fraction(high, TOTAL), Lines(low, high, TOTAL))
    wider = Done(Fraction(0), Fraction(high, TOTAL), Lines(0, high, TOTAL))
    if beside(narrow, own) is Beside.WITHIN:
        assert beside(wider, own) is Beside.WITHIN
