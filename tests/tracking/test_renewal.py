"""Two plans side by side: what became of each line."""

import time

import pytest

from comity.knowledge import Plan
from comity.knowledge.schema import Line, Section
from comity.tracking.renewal import Change, Renewal, compare_plans, lines_of

OLD = (
    "Strengthen the exchange of early warnings on storms between river basin authorities",
    "Train peacekeepers, including women officers, at regional centres",
    "Offer scholarships to students from rural schools",
    "Curb illegal fishing in shared waters through joint patrols",
    "Harmonise customs forms for goods carried by sea",
    "Harmonise customs forms for goods carried by land",
    "Support national statistical offices in measuring poverty among children, and publish the figures every year in one regional yearbook",
    "Hold a joint film week",
)
NEW = (
    "Strengthen the exchange of early warnings on storms between river basin authorities",
    "Train and certify peacekeepers, including more women officers, at the regional centres",
    "Harmonise customs forms for goods carried by air",
    "Harmonise customs forms for goods carried by sea",
    "Offer scholarships to students from rural schools and curb illegal fishing in shared waters through joint patrols",
    "Support national statistical offices in measuring poverty among children",
    "Publish the figures on poverty every year in one regional yearbook",
    "Share one code of ethics for artificial intelligence",
)


def plan(*texts: str, name: str = "plan", **fields: object) -> Plan:
    lines = tuple(Line(id=f"{name}-{number}", words={"en": text}) for number, text in enumerate(texts, 1))
    return Plan(id=name, period="2026", names={"en": (name,)}, short={}, sections=(Section(id="A", names={}, lines=lines),))


def by_change(found: tuple[Renewal, ...], change: Change) -> list[tuple[list[str], list[str]]]:
    numbers = [
        ([line.id.split("-")[-1] for line in item.old], [line.id.split("-")[-1] for line in item.new])
        for item in found
        if item.change is change
    ]
    return numbers


@pytest.fixture(scope="module")
def found() -> tuple[Renewal, ...]:
    return compare_plans(plan(*OLD, name="old"), plan(*NEW, name="new"))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (Change.CARRIED, [(["1"], ["1"]), (["5"], ["4"])]),
        (Change.REWORDED, [(["2"], ["2"])]),
        (Change.MERGED, [(["3", "4"], ["5"])]),
        (Change.SPLIT, [(["7"], ["6", "7"])]),
        (Change.DROPPED, [(["6"], []), (["8"], [])]),
        (Change.NEW, [([], ["3"]), ([], ["8"])]),
    ],
    ids=lambda value: str(value) if isinstance(value, Change) else "",
)
def test_what_became_of_the_lines(found: tuple[Renewal, ...], change: Change, expected: list[object]):
    assert by_change(found, change) == expected


def test_every_line_stands_once(found: tuple[Renewal, ...]):
    assert sorted(line.id for item in found for line in item.old) == sorted(f"old-{number}" for number in range(1, 9))
    assert sorted(line.id for item in found for line in item.new) == sorted(f"new-{number}" for number in range(1, 9))


def test_a_plan_against_itself_is_carried_over():
    one = plan(*OLD)
    assert {item.change for item in compare_plans(one, one)} == {Change.CARRIED}


def test_new_years_alone_reword():
    old, new = plan("Adopt the work programme 2021-2025 on rice"), plan("Adopt the work programme 2026-2030 on rice")
    assert [item.change for item in compare_plans(old, new)] == [Change.REWORDED]


def test_plans_of_nothing():
    assert compare_plans(plan(), plan()) == ()
    assert [item.change for item in compare_plans(plan(), plan("Meet"))] == [Change.NEW]


def test_five_thousand_lines_of_near_twins_stay_apart_and_quick():
    texts = [
        f"Strengthen cooperation on subject {number} between the two secretariats, with report r{number * 7919}" for number in range(5000)
    ]
    old, new = plan(*texts, name="old"), plan(*texts[::-1], name="new")
    start = time.perf_counter()
    found = compare_plans(old, new)
    assert time.perf_counter() - start < 10
    assert all(item.change is Change.CARRIED and item.old[0].words == item.new[0].words for item in found)
    assert len(lines_of(new)) == len(found)
