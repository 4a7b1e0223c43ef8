"""Verdicts move from which score on a line's links are suggested; what is taken back moves nothing."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from planned import PLAN, decide_link, fill, plan, undo

from comity.register import Action, LinkState, Verdict
from comity.register.links import USUAL
from comity.tracking.least_scores import FURTHEST, least_scores
from comity.tracking.plan_links import PlanLinks
from made import new_register

LINES = ("1.1", "1.2", "2.1")
VERDICTS = st.lists(st.tuples(st.sampled_from(LINES), st.booleans()))


def verdicts(told) -> list[Verdict]:
    return [Verdict(decision=number, plan=PLAN, target=line, accepted=accepted) for number, (line, accepted) in enumerate(told)]


def test_rejections_raise_the_line_and_a_little_its_theme():
    found = least_scores(plan(), verdicts([("1.1", False)] * 2))
    assert found["1.1"].value > found["1.2"].value > USUAL
    assert (found["1.2"].rejected, found["1.2"].near_rejected) == (0, 2)
    assert "2.1" not in found


@given(VERDICTS, st.sampled_from(LINES))
def test_one_more_acceptance_never_raises_a_line(told, line):
    before, after = (least_scores(plan(), verdicts(some)) for some in (told, [*told, (line, True)]))
    assert (after[line].value if line in after else USUAL) <= (before[line].value if line in before else USUAL)


@given(VERDICTS)
def test_the_order_does_not_count_and_there_are_limits(told):
    assert least_scores(plan(), verdicts(told)) == least_scores(plan(), verdicts(list(reversed(told))))
    assert all(0.1 < score.value < 0.95 for score in least_scores(plan(), verdicts(told)).values())
    assert FURTHEST < 2


def test_a_rejected_line_suggests_less_until_the_decisions_are_taken_back(tmp_path: Path):
    with new_register(tmp_path / "register.sqlite") as register:
        fill(register, {"1.1": ["mentioned"] * 4, "1.2": ["mentioned"] * 4})

        def suggested(line: str) -> int:
            return len(PlanLinks(plan(), register.links()).of_line(line, LinkState.SUGGESTED).links)

        assert suggested("1.1") == 4
        for number in range(3):
            for _ in range(6):
                taken = decide_link(register, Action.REJECT, "1.1", number)
        assert PlanLinks(plan(), register.links()).least_of("1.1").rejected == 3
        assert suggested("1.1") == 1
        undo(register, taken)
        assert PlanLinks(plan(), register.links()).least_of("1.1").rejected == 3
        assert PlanLinks(plan(), register.links()).least_of("2.1").value == USUAL
