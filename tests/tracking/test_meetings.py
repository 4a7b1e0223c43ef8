"""Sittings, the documents that report them, and those held on another date than planned."""

from pathlib import Path

from comity.records import EventReport, EventType, Reading, Status
from comity.tracking.meetings import build_meetings
from made import document, reading, register_of, small_pack

COUNCIL = "Yearly Council of the Two Unions"


def report(text: str, published: str, when: str, status: Status, mechanism: str = COUNCIL) -> Reading:
    of = document(text, published)
    event = EventReport(evidence=of.evidence(0, 4), type=EventType.CONSULT, when=when, status=status, mechanism=mechanism)
    return reading(of, events=[event])


def meetings(folder: Path, *readings: Reading):
    with register_of(folder, *readings) as register:
        return build_meetings(small_pack(), register.view())


def test_a_sitting_has_the_documents_that_report_it(tmp_path: Path):
    found, _ = meetings(tmp_path, report("held on Thursday", "2020-01-31", "2020-01-30", Status.HAPPENED))
    assert [len(meeting.reports) for meeting in found] == [0, 1, 0]


def test_what_is_older_or_dated_by_years_only_is_no_report_of_a_sitting(tmp_path: Path):
    older = report("held in the years of the plan", "2020-01-02", "2020-01-30", Status.HAPPENED)
    vague = report("the plan of those years", "2020-12-02", "2016/2020", Status.HAPPENED)
    found, _ = meetings(tmp_path, older, vague)
    assert [len(meeting.reports) for meeting in found] == [0, 0, 0]


def test_the_pack_knows_of_a_planned_date(tmp_path: Path):
    _, moved = meetings(tmp_path)
    assert [(move.planned, move.meeting.sitting.date, move.report) for move in moved] == [("2020-10", "2020-11-15", None)]


def test_a_document_announced_another_date(tmp_path: Path):
    _, moved = meetings(tmp_path, report("will be held", "2020-01-02", "2020-01-23", Status.SCHEDULED))
    assert [(move.planned, move.meeting.sitting.date) for move in moved] == [("2020-01-23", "2020-01-30"), ("2020-10", "2020-11-15")]
    assert moved[0].report
    assert moved[0].report.document.published == "2020-01-02"


def test_an_announcement_that_came_true_is_none(tmp_path: Path):
    _, moved = meetings(tmp_path, report("will be held", "2020-01-02", "2020-01", Status.SCHEDULED))
    assert len(moved) == 1


def test_nor_is_one_of_another_meeting_or_too_far_ahead(tmp_path: Path):
    _, moved = meetings(
        tmp_path,
        report("will meet", "2020-01-02", "2020-01-23", Status.SCHEDULED, mechanism="Another Council"),
        report("will meet one day", "2017-01-02", "2017-03", Status.SCHEDULED),
        report("was to meet", "2020-12-02", "2020-12-24", Status.SCHEDULED),
    )
    assert len(moved) == 1
