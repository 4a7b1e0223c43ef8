"""Reports of one occurrence are one, however many documents tell it; what was announced is held, moved or overdue."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.intervals import last_day
from comity.knowledge import Knowledge, load_knowledge
from comity.records import EventReport, EventType, Reading, Status
from comity.tracking.occurrences import Occurrence, State, occurrences
from made import document, reading, register_of, small_pack

COUNCIL = "Yearly Council of the Two Unions"
TODAY = date(2020, 12, 31)


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return load_knowledge((small_pack(),))


def told(text: str, published: str | None, when: str | None, parties: Sequence[str] = ("ASEAN", "UN"), **fields) -> Reading:
    of = document(text, published)
    event = {"type": EventType.CONSULT, "source": tuple(parties), "when": when, **fields}
    return reading(of, events=[EventReport(evidence=of.evidence(0, 4), **event)])


def found(folder: Path, known: Knowledge, *readings: Reading, today: date = TODAY, **wanted) -> list[Occurrence]:
    with register_of(folder, *readings) as register:
        return list(occurrences(register.view(), known, today=today, **wanted))


def test_two_documents_tell_one_meeting(tmp_path: Path, known: Knowledge):
    (one,) = found(
        tmp_path,
        known,
        told("They met on Thursday in the port city.", "2020-01-31", "2020-01-30", mechanism=COUNCIL),
        told("The council of last week was long.", "2020-02-05", "2020-01", ("ASEAN",), mechanism=COUNCIL),
    )
    assert (one.when, one.state, one.families, one.mechanism) == ("2020-01-30", State.HELD, 2, "yearly-council")
    assert one.parties == ("ASEAN", "UN")
    assert one.sitting
    assert one.sitting.number == 2


def test_near_copies_are_one_source(tmp_path: Path, known: Knowledge):
    words = "They met on Thursday in the port city to speak of trade, of the sea, of schools, of work, of health and of the years to come"
    (one,) = found(
        tmp_path,
        known,
        told(f"{words}.", "2020-01-31", "2020-01-30", mechanism=COUNCIL),
        told(f"{words} again.", "2020-01-31", "2020-01-30", mechanism=COUNCIL),
    )
    assert len(one.reports) == 2
    assert one.families == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"when": "2020-01-30"}, {"when": "2020-03-30"}),
        ({"when": "2020-01-30"}, {"when": "2020-01-30", "type": EventType.AGREE}),
        ({"when": "2020-01-30"}, {"when": "2020-01-30", "status": Status.DENIED}),
        ({"when": "2020-01-30", "parties": ("VNM", "LAO")}, {"when": "2020-01-30", "parties": ("VNM", "KHM")}),
        ({"when": "2016/2020", "mechanism": None}, {"when": "2018-01-30", "mechanism": None}),
    ],
)
def test_two_that_differ_stay_two(tmp_path: Path, known: Knowledge, one: dict, other: dict):
    a, b = told("They met to speak.", "2020-04-30", **one), told("Some others sat down.", "2020-04-30", **other)
    assert len(found(tmp_path, known, a, b)) == 2


def test_a_person_stands_for_whom_he_serves(tmp_path: Path, known: Knowledge):
    (one,) = found(
        tmp_path,
        known,
        told("Met in the morning.", "2020-01-31", "2020-01-30", ("ASEAN", "antonio-guterres")),
        told("Met for an hour.", "2020-01-31", "2020-01-30", ("UN", "group:ASEAN-foreign-ministers")),
    )
    assert one.families == 2


def test_a_year_with_two_sittings_says_of_neither_that_it_is_meant(tmp_path: Path, known: Knowledge):
    merged = found(
        tmp_path,
        known,
        told("The council met in winter.", "2020-01-31", "2020-01-30", mechanism=COUNCIL),
        told("It sat again in autumn.", "2020-11-16", "2020-11-15", mechanism=COUNCIL),
        told("This year's council was good.", "2020-12-20", "2020", mechanism=COUNCIL),
    )
    assert sorted(one.families for one in merged) == [1, 1, 1]


def test_what_was_announced_and_held_elsewhen_has_moved(tmp_path: Path, known: Knowledge):
    (one,) = found(
        tmp_path,
        known,
        told("Will meet on the 23rd.", "2020-01-02", "2020-01-23", mechanism=COUNCIL, status=Status.SCHEDULED),
        told("They met after all.", "2020-01-31", "2020-01-30", mechanism=COUNCIL),
    )
    assert (one.state, one.planned, one.when, one.suggested) == (State.MOVED, "2020-01-23", "2020-01-30", False)


def test_without_a_name_the_parties_suggest_it(tmp_path: Path, known: Knowledge):
    plan = told("Will meet on the 23rd.", "2020-01-02", "2020-01-23", status=Status.SCHEDULED)
    (one,) = found(tmp_path / "a", known, plan, told("They met after all.", "2020-01-31", "2020-01-30"))
    assert (one.state, one.planned, one.suggested) == (State.MOVED, "2020-01-23", True)
    twice = [told("They met after all.", "2020-01-31", "2020-01-30"), told("A second time they sat.", "2020-02-09", "2020-02-08")]
    assert [one.state for one in found(tmp_path / "b", known, plan, *twice)] == [State.OVERDUE, State.HELD, State.HELD]


def test_a_sitting_that_only_the_pack_knows(tmp_path: Path, known: Knowledge):
    plan = told("Will meet in October.", "2020-02-02", "2020-10-12", mechanism=COUNCIL, status=Status.SCHEDULED)
    (one,) = found(tmp_path, known, plan)
    assert (one.state, one.planned, one.when) == (State.MOVED, "2020-10-12", "2020-11-15")


@pytest.mark.parametrize(("today", "state"), [(date(2020, 3, 1), State.PLANNED), (date(2020, 7, 1), State.OVERDUE)])
def test_planned_then_overdue(tmp_path: Path, known: Knowledge, today: date, state: State):
    plan = told("Will meet in May.", "2020-02-02", "2020-05", ("VNM", "LAO"), status=Status.SCHEDULED)
    assert [one.state for one in found(tmp_path, known, plan, today=today)] == [state]


def test_what_was_published_later_is_not_known_yet(tmp_path: Path, known: Knowledge):
    plan = told("Will meet on the 23rd.", "2020-01-02", "2020-01-23", mechanism=COUNCIL, status=Status.SCHEDULED)
    held = told("They met after all.", "2020-01-31", "2020-01-30", mechanism=COUNCIL)
    (one,) = found(tmp_path, known, plan, held, today=date(2020, 1, 3))
    assert (one.state, one.sitting) == (State.PLANNED, None)


def test_what_is_told_before_its_day_is_planned(tmp_path: Path, known: Knowledge):
    (one,) = found(tmp_path, known, told("The meeting in May.", "2020-02-02", "2020-05", ("VNM", "LAO")), today=date(2020, 3, 1))
    assert one.state is State.PLANNED


def test_questions_by_date_meeting_and_party(tmp_path: Path, known: Knowledge):
    readings = [
        told("The council met in winter.", "2020-01-31", "2020-01-30", mechanism=COUNCIL),
        told("They met in summer.", "2020-07-01", "2020-06-30", ("VNM", "LAO")),
        told("Long ago they met.", "2020-07-09", "2011-03-04", ("VNM", "UN")),
    ]
    with register_of(tmp_path, *readings) as register:
        view = register.view()

        def dates(**wanted) -> list[str | None]:
            return [one.when for one in occurrences(view, known, today=TODAY, **wanted)]

        assert dates() == ["2011-03-04", "2020-01-30", "2020-06-30"]
        assert dates(since="2020") == ["2020-01-30", "2020-06-30"]
        assert dates(until="2020-03") == ["2011-03-04", "2020-01-30"]
        assert dates(mechanism="yearly-council") == ["2020-01-30"]
        assert dates(actor="VNM") == ["2011-03-04", "2020-06-30"]


DAYS = ["2020-01-30", "2020-01-31", "2020-01", "2020", "2020-11-15", None]
PARTIES = [("ASEAN", "UN"), ("UN",), ("VNM", "LAO"), ("ASEAN", "antonio-guterres"), ()]


@st.composite
def reports(draw) -> list[Reading]:
    drawn = draw(st.lists(st.tuples(*(st.sampled_from(one) for one in (DAYS, PARTIES, [COUNCIL, None], list(Status)))), max_size=7))
    return [
        told(f"Line {number} of the record.", "2020-02-03", when, parties, mechanism=mechanism, status=status)
        for number, (when, parties, mechanism, status) in enumerate(drawn)
    ]


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(reports(), st.randoms())
def test_the_order_of_documents_does_not_matter(
    tmp_path_factory: pytest.TempPathFactory, known: Knowledge, readings: list[Reading], chance
):
    def facts(several: list[Reading], **wanted: str) -> list[tuple]:
        merged = found(tmp_path_factory.mktemp("register"), known, *several, **wanted)
        return [(one.id, one.state, one.when, one.planned, one.parties, [report.key for report in one.reports]) for one in merged]

    shuffled = readings[:]
    chance.shuffle(shuffled)
    expected = facts(readings)
    assert facts(shuffled) == expected
    whole = [one for one in expected if one[2] and last_day(one[2]) >= date(2020, 6, 1)]
    assert [one for one in facts(readings, since="2020-06") if one[2]] == whole
    told_in = sorted(key for one in expected for key in one[-1])
    assert len(told_in) == len(set(told_in)) == len(readings)
