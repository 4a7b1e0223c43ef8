"""A line's status follows from accepted links, suggestions stand apart, a decision overrides and can be taken back."""

from pathlib import Path

import pytest
from planned import PLAN, decide_line, decide_link, fill, plan, undo

from comity.records import LineStatus
from comity.register import Action, LinkState, Register
from comity.tracking.plan_links import PlanLinks
from comity.tracking.status import LineState, PlanStatus, evidence_of, following_plan, plan_status
from made import new_register

MENTIONED, UNDER_WAY, COMPLETED, DROPPED = "mentioned", "under-way", "completed", "dropped"


@pytest.fixture
def register(tmp_path: Path) -> Register:
    register = new_register(tmp_path / "register.sqlite")
    fill(register, {"1.1": (MENTIONED, UNDER_WAY, COMPLETED, DROPPED), "1.2": (MENTIONED, UNDER_WAY)})
    return register


def status(register: Register, **more) -> PlanStatus:
    return plan_status(PlanLinks(plan(), register.links()), as_of="2026-01-01", **more)


def line(register: Register, number: int, **more) -> LineState:
    return status(register, **more).lines[number]


def test_suggestions_alone_are_no_evidence(register: Register):
    with register:
        state = line(register, 1)
        assert (state.status, state.suggested.status, state.suggestions) == (LineStatus.NO_EVIDENCE, LineStatus.UNDER_WAY, 2)
        assert line(register, 1, above=0.9).suggestions == 0
        assert line(register, 1, above=0.9).suggested.status is LineStatus.NO_EVIDENCE
        assert line(register, 2).suggested.status is LineStatus.NO_EVIDENCE


def test_the_latest_of_completed_and_dropped_counts(register: Register):
    with register:
        seen = []
        for number in range(4):
            decide_link(register, Action.ACCEPT, "1.1", number)
            state = line(register, 0)
            seen.append((state.status, state.date))
        assert seen == [
            (LineStatus.MENTIONED, "2018-05-01"),
            (LineStatus.UNDER_WAY, "2019-05-01"),
            (LineStatus.COMPLETED, "2020-05-01"),
            (LineStatus.DROPPED, "2022-05-01"),
        ]
        assert (state.accepted, state.sources, state.last) == (4, 4, "2022-05-01")


def test_the_link_that_shows_it_is_the_evidence(register: Register):
    with register:
        links = PlanLinks(plan(), register.links())
        assert evidence_of(links, line(register, 1)).state is LinkState.SUGGESTED
        for number in (0, 1):
            decide_link(register, Action.ACCEPT, "1.2", number)
        assert evidence_of(links, line(register, 1)).dated == "2019-05-01"
        assert evidence_of(links, line(register, 2)) is None


def test_an_accepted_link_shows_what_the_person_says(register: Register):
    with register:
        decide_link(register, Action.ACCEPT, "1.2", 0, shows=COMPLETED)
        assert line(register, 1).status is LineStatus.COMPLETED


def test_what_was_told_before_the_plan_began_is_no_progress_on_it(register: Register):
    later = plan(period="2019-06/2023")
    with register:
        links = PlanLinks(later, register.links())
        ivory, coast, _ = plan_status(links, as_of="2026-01-01").lines
        assert (coast.suggested.status, coast.suggested.date) == (LineStatus.MENTIONED, "2019-05-01")
        assert (ivory.suggested.status, ivory.suggested.date) == (LineStatus.DROPPED, "2022-05-01")
        decide_link(register, Action.ACCEPT, "1.2", 1)
        coast = plan_status(PlanLinks(later, register.links()), as_of="2026-01-01").lines[1]
        assert coast.status is LineStatus.MENTIONED
        assert evidence_of(PlanLinks(later, register.links()), coast).dated == "2019-05-01"


def test_a_decision_overrides_until_it_is_taken_back(register: Register):
    with register:
        decide_link(register, Action.ACCEPT, "1.1", 0)
        taken = decide_line(register, Action.SET_STATUS, "1.1", status=COMPLETED)
        state = line(register, 0)
        assert (state.status, state.computed.status, state.decided.who) == (LineStatus.COMPLETED, LineStatus.MENTIONED, "Lan")
        undo(register, taken)
        assert line(register, 0).status is LineStatus.MENTIONED


def test_a_decided_status_is_since_the_day_given_else_since_the_decision(register: Register):
    with register:
        taken = decide_line(register, Action.SET_STATUS, "1.1", status=COMPLETED)
        (decision,) = register.view().decisions()
        assert (taken, line(register, 0).date) == (decision.number, decision.made[:10])
        decide_line(register, Action.SET_STATUS, "1.1", status=COMPLETED, since="2018-03")
        assert line(register, 0).date == "2018-03"


def test_what_was_not_done_is_carried_over_where_the_next_plan_has_it(register: Register):
    with register:
        decide_link(register, Action.ACCEPT, "1.1", 2)
        following = plan("plan-two", "2021/2025")
        states = status(register, following=following).lines
        assert [state.status for state in states] == [LineStatus.COMPLETED, LineStatus.CARRIED_OVER, LineStatus.CARRIED_OVER]
        assert (states[1].date, states[1].carried_to) == ("2020-12-31", ("1.2",))
        early = plan_status(PlanLinks(plan(), register.links()), as_of="2019-01-01", following=following)
        assert early.lines[1].status is LineStatus.NO_EVIDENCE


def test_the_following_plan_is_the_next_one_with_lines():
    plans = [plan(), plan("plan-three", "2026/2030"), plan("plan-two", "2021/2025"), plan("vision", "2022")]
    assert following_plan(plans[0], plans).id == "plan-two"
    assert following_plan(plans[1], plans) is None
    assert following_plan(plans[3], plans) is None
    assert plans[0].id == PLAN
