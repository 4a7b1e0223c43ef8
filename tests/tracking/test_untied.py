"""Figures that no plan of the pack has: told apart from the ledgers, and in the ledger once a person has set their plan."""

from pathlib import Path

from comity.records import ProgressVerb, Reading
from comity.register import Action, OfFinding
from comity.tracking import build_overview
from comity.tracking.overview import UNTIED, Overview
from made import claim, document, reading, register_of, small_pack

DONE = ProgressVerb.COMPLETED
OWN, OTHER, NONE = (
    document("The council counted 97 of 103 lines of Plan One as completed.", "2020-09-16"),
    document("Of the Ferry Plan 40 of 52 measures are completed, the ministry said.", "2020-10-02"),
    document("The chair said that 80 % of the work had been done.", "2020-11-05"),
)


def readings() -> list[Reading]:
    return [
        reading(OWN, progress=[claim(OWN, "97 of 103", numerator=97, denominator=103, verb=DONE)]),
        reading(OTHER, progress=[claim(OTHER, "40 of 52", subject="ferry-plan", subject_name="Ferry Plan", numerator=40, denominator=52)]),
        reading(NONE, progress=[claim(NONE, "80 %", subject=None, percent=80.0, verb=DONE)]),
    ]


def figures(overview: Overview) -> list[str]:
    return [one.found.finding.evidence.quote for one in overview.untied]


def test_a_figure_of_no_plan_or_of_another_bodys_is_told_the_newest_first(tmp_path: Path):
    with register_of(tmp_path, *readings()) as register:
        overview = build_overview(small_pack(), register.view())
    assert figures(overview) == ["80 %", "40 of 52"]
    assert overview.untied_total == 2
    assert overview.untied[0].passage.text == "The chair said that 80 % of the work had been done."


def test_once_a_person_sets_its_plan_it_stands_in_the_ledger(tmp_path: Path):
    words = NONE.text.index("80 %")
    with register_of(tmp_path, *readings()) as register:
        said = OfFinding("progress", NONE.id, words, words + len("80 %"))
        register.writer().decide(who="Lan", action=Action.CORRECT, subject=said, value={"subject": "plan-two"})
        overview = build_overview(small_pack(), register.view())
    assert figures(overview) == ["40 of 52"]
    assert overview.untied_total == 1
    told = next(ledger.claims for ledger in overview.ledgers if ledger.plan.id == "plan-two")
    assert [one.figure.percent for one in told] == [80.0]


def test_of_many_the_newest_are_held_and_all_are_counted(tmp_path: Path):
    of = [document(f"The chair said that {n} % of the work was done.", f"2020-11-{n % 28 + 1:02}") for n in range(1, UNTIED + 3)]
    many = [reading(one, progress=[claim(one, f"{n} %", subject=None, percent=float(n))]) for n, one in enumerate(of, start=1)]
    with register_of(tmp_path, *many) as register:
        overview = build_overview(small_pack(), register.view())
    assert (len(overview.untied), overview.untied_total) == (UNTIED, UNTIED + 2)
