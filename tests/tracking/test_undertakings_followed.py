"""What has become of undertakings: kept by a meeting, an instrument or an event, late, put off, open or unknown."""

from datetime import date
from pathlib import Path

import pytest

from comity.intake import document_from_text
from comity.knowledge import Knowledge, load_knowledge
from comity.reading import Reader
from comity.records import Commitment, EventReport, EventType, Force, InstrumentMention, MechanismMention, Reading, Status
from comity.tracking.occurrences import occurrences
from comity.tracking.undertaking import How, Standing, Undertaking
from comity.tracking.undertakings_followed import Follower
from made import document, reading, register_of, small_pack

COUNCIL = "Yearly Council of the Two Unions"


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return load_knowledge((small_pack(),))


def followed(folder: Path, known: Knowledge, *readings: Reading, today: str = "2020-12-31") -> list[Undertaking]:
    day = date.fromisoformat(today)
    with register_of(folder, *readings) as register:
        view = register.view()
        return list(Follower(view, known, occurrences(view, known, today=day), day).follow(view.findings("commitments")))


def undertaken(text: str, words: str, *, published: str | None = "2020-01-10", due: str | None = None, **fields) -> Reading:
    of = document(text, published)
    start = of.text.index(words)
    force = fields.pop("force", Force.PLEDGED)
    one = Commitment(evidence=of.evidence(start, start + len(words)), by=("ASEAN", "UN"), force=force, due=due)
    mentions = []
    if COUNCIL in words:
        place = of.text.index(COUNCIL)
        mentions = [MechanismMention(evidence=of.evidence(place, place + len(COUNCIL)), name=COUNCIL, mechanism="yearly-council")]
    named = [InstrumentMention(evidence=of.evidence(at, at + 8), name="Plan Two", instrument="plan-two") for at in _places(of.text)]
    return reading(of, commitments=[one], mechanisms=mentions, instruments=named)


def told(text: str, published: str, *, when: str | None = None, mechanism: str | None = None) -> Reading:
    of = document(text, published)
    kind = EventType.CONSULT if mechanism else EventType.COOPERATE
    event = EventReport(evidence=of.evidence(0, 4), type=kind, source=("ASEAN", "UN"), when=when, mechanism=mechanism)
    named = [InstrumentMention(evidence=of.evidence(at, at + 8), name="Plan Two", instrument="plan-two") for at in _places(of.text)]
    return reading(of, events=[event], instruments=named)


def _places(text: str) -> list[int]:
    return [text.index("Plan Two")] if "Plan Two" in text else []


HOLD = f"Both sides will hold the {COUNCIL} by summer."


@pytest.mark.parametrize(("due", "late_by"), [("2020-12", None), ("2020-11-01", 14), (None, None)])
def test_a_meeting_undertaken_was_held(tmp_path: Path, known: Knowledge, due: str | None, late_by: int | None):
    (one,) = followed(
        tmp_path,
        known,
        undertaken(HOLD, HOLD, due=due),
        told("They met in Geneva.", "2020-11-16", when="2020-11-15", mechanism=COUNCIL),
    )
    assert (one.standing, one.late_by) == (Standing.KEPT, late_by)
    assert one.kept
    assert (one.kept.how, one.kept.when, one.kept.evidence.quote) == (How.MEETING, "2020-11-15", "They")


@pytest.mark.parametrize(
    "text",
    [
        f"Both sides will host a fair of books at the {COUNCIL} by summer.",
        f"Both sides will hold a joint exercise in time for the {COUNCIL} of summer.",
        f"Both sides will organise their archives ahead of the {COUNCIL}.",
    ],
)
def test_what_is_to_be_done_at_a_meeting_is_not_kept_by_the_meeting(tmp_path: Path, known: Knowledge, text: str):
    """A report that was to be published at a summit is not published because the summit was held."""
    held = told("They met in Geneva.", "2020-11-16", when="2020-11-15", mechanism=COUNCIL)
    (one,) = followed(tmp_path, known, undertaken(text, text, due="2020-11"), held)
    assert (one.standing, one.kept) == (Standing.UNKNOWN, None)
    assert one.held
    assert one.held.when == "2020-11-15"


def test_what_was_to_be_done_at_a_meeting_that_no_document_tells_of_is_late(tmp_path: Path, known: Knowledge):
    text = f"Both sides will host a fair of books at the {COUNCIL} by summer."
    (one,) = followed(tmp_path, known, undertaken(text, text, due="2020-11"))
    assert (one.standing, one.held) == (Standing.LATE, None)


def test_what_is_to_be_done_at_a_meeting_that_the_text_announces_is_not_kept_by_it(tmp_path: Path, known: Knowledge):
    text = "Both sides will publish a joint report at the gathering in Velden in February."
    promise = undertaken(text, text)
    of = promise.document
    place = of.text.index("gathering")
    scheduled = EventReport(
        evidence=of.evidence(place, place + len("gathering")),
        type=EventType.CONSULT,
        source=("ASEAN", "UN"),
        when="2020-02",
        status=Status.SCHEDULED,
        mechanism=COUNCIL,
    )
    announced = reading(of, commitments=promise.commitments, events=[scheduled])
    held = told("They met in Velden.", "2020-02-20", when="2020-02-19", mechanism=COUNCIL)
    (one,) = followed(tmp_path, known, announced, held)
    assert one.kept is None


@pytest.mark.parametrize(
    ("kind", "when"), [(EventType.AID, "2020-01-09"), (EventType.AID, "2020-02-01"), (EventType.CONSULT, "2020-01-09")]
)
def test_what_a_promise_announces_is_kept_by_a_meeting_after_it_only(tmp_path: Path, known: Knowledge, kind: EventType, when: str):
    text = "ASEAN and the UN will give aid to the islands."
    promise = undertaken(text, text)
    of = document(text, "2020-01-10")
    scheduled = EventReport(evidence=of.evidence(23, 31), type=kind, source=("ASEAN", "UN"), when=when, status=Status.SCHEDULED)
    announced = reading(of, commitments=promise.commitments, events=[scheduled])
    other = document("They gave it: help came.", "2020-02-02")
    happened = reading(other, events=[EventReport(evidence=other.evidence(0, 4), type=kind, source=("ASEAN", "UN"), when=when)])
    (one,) = followed(tmp_path, known, announced, happened)
    assert (one.standing, one.kept) == (Standing.OPEN, None)


def test_an_instrument_undertaken_was_adopted(tmp_path: Path, known: Knowledge):
    plan = undertaken("The ministers will finalise Plan Two by October.", "finalise Plan Two by October", due="2020-10")
    (one,) = followed(tmp_path / "a", known, plan, told("Late: leaders adopted Plan Two at their summit.", "2020-10-22"))
    assert one.standing is Standing.KEPT
    assert one.kept
    assert one.kept.how is How.INSTRUMENT
    (one,) = followed(tmp_path / "b", known, plan, told("Late: leaders are expected to adopt Plan Two next year.", "2020-10-22"))
    assert one.standing is Standing.LATE


def test_an_event_in_nearly_the_same_words(tmp_path: Path, known: Knowledge):
    centre = "open a joint centre for disaster relief in Jakarta"
    promise = undertaken(f"ASEAN will {centre}.", centre)
    done = told("Open since May: the joint centre for disaster relief in Jakarta.", "2020-05-09", when="2020-05-08")
    other = told("Open at last: a museum of old ships in Velden.", "2020-05-09", when="2020-05-08")
    (one,) = followed(tmp_path / "a", known, promise, done)
    assert one.standing is Standing.KEPT
    assert one.kept
    assert one.kept.how is How.WORDS
    (one,) = followed(tmp_path / "b", known, promise, other)
    assert one.standing is Standing.OPEN


@pytest.mark.parametrize(
    ("due", "today", "standing"),
    [
        ("2020-06", "2020-03-01", Standing.OPEN),
        ("2020-06", "2020-06-10", Standing.DUE),
        ("2020-06", "2020-07-01", Standing.LATE),
        (None, "2020-07-01", Standing.OPEN),
        (None, "2024-07-01", Standing.UNKNOWN),
    ],
)
def test_by_the_day(tmp_path: Path, known: Knowledge, due: str | None, today: str, standing: Standing):
    (one,) = followed(tmp_path, known, undertaken("They will train ninety nurses.", "train ninety nurses", due=due), today=today)
    assert one.standing is standing


def test_an_undertaking_put_off(tmp_path: Path, known: Knowledge):
    june, december = "train ninety nurses by June", "train ninety nurses by December"
    first, again = followed(
        tmp_path,
        known,
        undertaken(f"They will {june}.", june, due="2020-06"),
        undertaken(f"They will now {december}.", december, published="2020-05-02", due="2020-12"),
    )
    assert (first.standing, again.standing) == (Standing.SUPERSEDED, Standing.DUE)
    assert first.superseded_by
    assert first.superseded_by.finding.due == "2020-12"


def test_a_request_binds_nobody(tmp_path: Path, known: Knowledge):
    assert followed(tmp_path, known, undertaken("They asked for nurses.", "asked for nurses", force=Force.REQUESTED)) == []


@pytest.mark.parametrize(
    ("promised", "standing"),
    [
        ("ASEAN and the United Nations pledged to adopt a new Plan of Action before 31 December 2020.", Standing.KEPT),
        ("ASEAN và Liên hợp quốc cam kết thông qua Kế hoạch hành động mới trước ngày 31/12/2020.", Standing.KEPT),
        ("ASEAN and Canada pledged to adopt a new Plan of Action before 31 December 2020.", Standing.LATE),
        ("ASEAN and the United Nations pledged to discuss a new Plan of Action before 31 December 2020.", Standing.LATE),
    ],
)
def test_a_plan_without_a_name_is_the_next_of_its_parties(
    tmp_path: Path, reader: Reader, knowledge: Knowledge, promised: str, standing: Standing
):
    told = "ASEAN and the United Nations adopted the ASEAN-UN Plan of Action (2021-2025) on 21 October 2020, the Secretariat said."
    readings = [
        reader.read(document_from_text(text, name=day, published=day)) for text, day in ((promised, "2019-09-30"), (told, "2020-10-23"))
    ]
    (one, *_) = followed(tmp_path, knowledge, *readings, today="2021-06-01")
    assert one.standing is standing
