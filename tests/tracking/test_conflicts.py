"""Which claims can't both be true, and why."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from comity.records import ActorMention, ActorType, Bound, Evidence, ProgressClaim, ProgressVerb
from comity.tracking.bounds import lines_done
from comity.tracking.conflicts import ConflictKind, conflict_between, conflicts_in, verbs_of
from comity.tracking.ledger import Claim, DatedBy, build_ledgers
from made import claim, document, reading, register_of, small_pack

WORDS = Evidence("made", 0, 1, "x")
TOTAL = 103


def made(when: str, verb: ProgressVerb | None = ProgressVerb.COMPLETED, **fields) -> Claim:
    figure = ProgressClaim(evidence=WORDS, subject="plan-one", verb=verb, **fields)
    done = lines_done(figure, TOTAL)
    return Claim(figure=figure, when=when, dated_by=DatedBy.AS_OF, verb=verb, claimants=(), done=done, sources=())


@pytest.mark.parametrize(
    ("a", "b", "kind"),
    [
        (made("2020-09", numerator=97), made("2021-03", numerator=95), ConflictKind.FALLS),
        (made("2019-09", percent=7.0, remaining=True), made("2020-09", numerator=90), ConflictKind.FALLS),
        (made("2020-09", numerator=97), made("2020-09-15", numerator=95), ConflictKind.DISAGREE),
        (made("2020-09", numerator=97), made("2020", percent=80.0), ConflictKind.DISAGREE),
    ],
)
def test_they_cant_both_be_true(a: Claim, b: Claim, kind: ConflictKind):
    found = conflict_between(a, b)
    assert found is not None
    assert found.kind is kind
    assert set(found.claims) == {a, b}


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (made("2020-09", numerator=95), made("2021-03", numerator=97)),
        (made("2019-09", percent=7.0, remaining=True), made("2019-11", percent=90.0, bound=Bound.OVER)),
        (made("2020-09", numerator=97), made("2021-03", ProgressVerb.ADDRESSED, numerator=95)),
        (made("2020-09", None, numerator=97), made("2021-03", None, numerator=95)),
        (made("2020-09", numerator=97), made("2020-09", percent=94.2)),
        (made("2020-09", numerator=97), made("2021-03", percent=94.0)),
        (made("2020-09", numerator=97), made("2021-03")),
    ],
)
def test_they_can_both_be_true(a: Claim, b: Claim):
    assert conflict_between(a, b) is None


dates = st.sampled_from(["2017-11", "2019", "2019-11-03", "2020-01", "2020-09-15", "2020/2021"])


@st.composite
def claims(draw) -> Claim:
    figure = {"numerator": draw(st.integers(0, TOTAL))} if draw(st.booleans()) else {"percent": draw(st.integers(0, 100)) / 1}
    verb = draw(st.sampled_from([ProgressVerb.COMPLETED, ProgressVerb.ADDRESSED, None]))
    return made(draw(dates), verb, bound=draw(st.sampled_from(list(Bound))), remaining=draw(st.booleans()), **figure)


@given(claims())
def test_a_claim_is_consistent_with_itself(one: Claim):
    assert conflict_between(one, one) is None


@given(claims(), claims())
def test_the_order_does_not_matter(a: Claim, b: Claim):
    assert conflict_between(a, b) == conflict_between(b, a)


@given(claims(), claims(), st.sampled_from([Bound.AT_LEAST, Bound.AT_MOST, Bound.ABOUT]))
def test_a_wider_bound_never_makes_a_conflict(a: Claim, b: Claim, bound: Bound):
    narrow = replace(a.figure, bound=Bound.EXACTLY)
    a = replace(a, figure=narrow, done=lines_done(narrow, TOTAL))
    wide = replace(narrow, bound=bound)
    if conflict_between(a, b) is None:
        assert conflict_between(replace(a, figure=wide, done=lines_done(wide, TOTAL)), b) is None


def found_in(folder: Path, text: str, words: str, states: tuple[str, ...] = (), **fields) -> list[ConflictKind]:
    of = document(text)
    named = [
        ActorMention(
            evidence=of.evidence(text.index(state), text.index(state) + len(state)), type=ActorType.STATE, actor=state[-3:].upper()
        )
        for state in states
    ]
    with register_of(folder, reading(of, progress=[claim(of, words, **fields)], actors=named)) as register:
        ledger = build_ledgers(small_pack(), register.view())[0]
    return [conflict.kind for conflict in conflicts_in(ledger, small_pack())]


def test_a_fraction_against_its_percentage(tmp_path: Path):
    figures = {"numerator": 97, "denominator": 103}
    assert found_in(tmp_path / "a", "97 of 103, or 81 %", "97 of 103, or 81 %", percent=81.0, **figures) == [ConflictKind.UNEQUAL]
    assert found_in(tmp_path / "b", "97 of 103, or 94 %", "97 of 103, or 94 %", percent=94.0, **figures) == []


def test_another_total_than_the_plan_has(tmp_path: Path):
    assert found_in(tmp_path, "97 of 110 lines", "97 of 110", numerator=97, denominator=110) == [ConflictKind.OTHER_TOTAL]


def test_a_joint_figure_given_to_one_state(tmp_path: Path):
    credit = {"numerator": 97, "denominator": 103}
    text = "PORT CITY – The Philippines has accomplished 97 of the 103 lines in the plan, its press office said."
    assert found_in(tmp_path / "a", text, "97 of the 103", ("Philippines",), **credit) == [ConflictKind.CREDITED]
    text = "In the Philippines, 97 of the 103 lines were said to be ready."
    assert found_in(tmp_path / "b", text, "97 of the 103", ("the Philippines",), **credit) == []
    text = "Viet Nam and Thailand saw 97 of the 103 lines carried out."
    assert found_in(tmp_path / "c", text, "97 of the 103", ("Viet Nam", "Thailand"), **credit) == []
    text = "The Philippines and its partners have together accomplished 97 of the 103 lines."
    assert found_in(tmp_path / "d", text, "97 of the 103", ("Philippines",), **credit) == []


def test_a_figure_from_before_the_plan_begins(tmp_path: Path):
    early = {"numerator": 97, "denominator": 103, "verb": ProgressVerb.COMPLETED}
    assert found_in(tmp_path / "a", "97 of 103 in 2015", "97 of 103", as_of="2015-12", **early) == [ConflictKind.EARLY]
    assert found_in(tmp_path / "b", "97 of 103 in 2016", "97 of 103", as_of="2016", **early) == []


def test_more_than_one_verb_is_said():
    from comity.tracking.ledger import PlanLedger

    plan = small_pack().plans[0]
    mixed = PlanLedger(plan=plan, claims=(made("2019", numerator=90), made("2020", ProgressVerb.ADDRESSED, numerator=95)))
    found = verbs_of(mixed)
    assert found
    assert found.verbs == (ProgressVerb.COMPLETED, ProgressVerb.ADDRESSED)
    assert verbs_of(PlanLedger(plan=plan, claims=mixed.claims[:1])) is None


def test_a_part_of_the_plan_is_no_other_total(tmp_path: Path):
    assert found_in(tmp_path, "two thirds of the lines", "two thirds", numerator=2, denominator=3) == []
