"""Occurrences are kept in the register: documents added one after another give the same as all at once; an id leads to where it went."""

import shutil
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import inspect, select

from comity.errors import BadInputError
from comity.knowledge import Knowledge, load_knowledge
from comity.records import EventReport, EventType, OfficeMention, Reading, Status
from comity.register import Action, OfDecision, OfFinding, Register, open_register
from comity.register.occurrence_records import WRITTEN, NewOccurrence
from comity.register.occurrence_rows import Kept, Wished
from comity.register.occurrence_store import OccurrenceStore
from comity.register.places import place_at
from comity.register.schema import documents
from comity.register.tracked_tables import occurrence_bonds, occurrence_contacts, occurrence_reports, occurrence_tags, occurrences
from comity.register.withdrawals import OfDocument
from comity.tracking import occurrence_build, occurrence_update
from comity.tracking import occurrences as merging
from comity.tracking.kept_bonds import ROW
from comity.tracking.kept_occurrences import are_kept, page_of
from comity.tracking.occurrence_pages import occurrence_page
from comity.tracking.occurrence_update import update_occurrences
from made import document, new_register, reading, small_pack

COUNCIL = "Yearly Council of the Two Unions"
TODAY = date(2021, 12, 31)
DAYS = ["2020-01-30", "2020-01-31", "2020-01", "2020", "2019", "2020-11-15", "2020-02-20", None]
PARTIES = [("ASEAN", "UN"), ("UN",), ("VNM", "LAO"), ("VNM", "LAO", "UN"), ("ASEAN", "antonio-guterres"), ("lan-tran", "UN"), ()]
OUT = ["2020-02-03", "2020-02-01", "2020-01-29", "2020-02", "2020-11-16", None]
FLOOD = "Rain burst the Kamala reservoir above Port Anders, and two hundred families of fishermen went to the old seminary."
STRIKE = "Tram drivers of Velden went on strike over night shifts, and the mayor asked both sides to come back to the table."


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return load_knowledge((small_pack(),))


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register that is copied: making its tables takes longer than all else here."""
    file = tmp_path_factory.mktemp("empty") / "register.sqlite"
    open_register(file).close()
    return file


def fresh(folder: Path, empty: Path) -> Register:
    return open_register(shutil.copy(empty, folder / "register.sqlite"))


def told(text: str, published: str | None, *events: dict, reader: str = "1+test") -> Reading:
    of = document(text, published)
    offices = [OfficeMention(evidence=of.evidence(0, 4), person="lan-tran", of="ASEAN")] if "Lan" in text else []
    found = [
        EventReport(
            evidence=of.evidence(place * 3, place * 3 + 3),
            **{"type": EventType.CONSULT, "source": ("ASEAN", "UN"), **event},
        )
        for place, event in enumerate(events)
    ]
    return reading(of, reader, events=found, offices=offices)


@st.composite
def readings(draw) -> list[Reading]:
    event = st.fixed_dictionaries(
        {
            "when": st.sampled_from(DAYS),
            "source": st.sampled_from(PARTIES),
            "mechanism": st.sampled_from([COUNCIL, None, None]),
            "status": st.sampled_from(list(Status)),
            "type": st.sampled_from([EventType.CONSULT, EventType.CONSULT, EventType.AGREE]),
        }
    )
    drawn = draw(
        st.lists(st.tuples(st.sampled_from([FLOOD, STRIKE]), st.sampled_from(OUT), st.lists(event, max_size=3)), min_size=1, max_size=6)
    )
    people = ["Lan of ASEAN spoke.", "Others were there."]
    return [told(f"{text} {people[number % 2]} {number}", out, *events) for number, (text, out, events) in enumerate(drawn)]


def kept(register: Register) -> list[tuple]:
    """All that is kept, without the keys that a register gives to readings."""
    view, rows = register.view(), []
    for one in view.asking.all(select(occurrences).order_by(occurrences.c.key)):
        of = select(documents.c.id, occurrence_reports.c.number).join(documents, documents.c.reading == occurrence_reports.c.reading)
        reports = view.asking.all(of.where(occurrence_reports.c.occurrence == one.key))
        values = view.asking.all(select(occurrence_tags.c.value, occurrence_tags.c.day).where(occurrence_tags.c.occurrence == one.key))
        rows.append((*one, sorted(map(tuple, reports)), sorted(map(tuple, values))))
    return rows


def indexes_of(register: Register) -> set[str]:
    schema = inspect(register.view().asking.engine)
    return {index["name"] for table in WRITTEN for index in schema.get_indexes(table.name)}


def ties(register: Register) -> tuple[list[tuple], list[tuple]]:
    """Which occurrences are in contact, and what is kept of bonds between reports, these by their documents."""
    view = register.view()
    contacts = view.asking.all(select(occurrence_contacts).order_by(occurrence_contacts.c.one, occurrence_contacts.c.other))
    of = dict(map(tuple, view.asking.all(select(documents.c.reading, documents.c.id))))
    bonds = []
    for one, other, some in view.asking.all(select(occurrence_bonds)):
        for a, b, strength in np.frombuffer(some, dtype=ROW).tolist():
            ends = sorted((of[reading], number) for reading, number in map(place_at, (a, b)))
            bonds.append((one, other, *ends, round(strength, 9)))
    return list(map(tuple, contacts)), sorted(bonds)


def facts(register: Register, known: Knowledge, **wanted: str) -> list[tuple]:
    several = merging.occurrences(register.view(), known, today=TODAY, **wanted)
    return [(one.id, one.state, one.when, one.planned, one.parties, [report.key for report in one.reports]) for one in several]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(readings(), st.randoms(), st.integers(1, 3))
def test_one_after_another_is_all_at_once(tmp_path_factory: pytest.TempPathFactory, known: Knowledge, empty: Path, several, chance, size):
    with fresh(tmp_path_factory.mktemp("whole"), empty) as whole:
        whole.writer().add_all(several)
        spot = facts(whole, known)
        update_occurrences(whole, known)
        expected, tied = kept(whole), ties(whole)
        assert are_kept(whole.view(), known, TODAY)
        assert facts(whole, known) == spot
    shuffled = several[:]
    chance.shuffle(shuffled)
    with fresh(tmp_path_factory.mktemp("parts"), empty) as parts:
        for start in range(0, len(shuffled), size):
            parts.writer().add_all(shuffled[start : start + size])
            update_occurrences(parts, known)
        assert kept(parts) == expected
        assert ties(parts) == tied
        assert facts(parts, known) == spot
    numbers = sorted((id, number) for row in expected for id, number in row[-2])
    assert len(numbers) == len(set(numbers)) == sum(len(one.events) for one in several)


@settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(readings(), st.randoms(), st.sampled_from([{}, {"when": "2020-01-31"}, {"when": "2020"}]))
def test_decisions_give_what_all_at_once_does(
    tmp_path_factory: pytest.TempPathFactory, known: Knowledge, empty: Path, several, chance, value
):
    told_of = [(one.document.id, event.evidence.start) for one in several for event in one.events]
    assume(told_of)
    with fresh(tmp_path_factory.mktemp("decided"), empty) as register:
        register.writer().add_all(several)
        update_occurrences(register, known)
        before = kept(register)
        taken = []
        for document, start in chance.sample(told_of, min(2, len(told_of))):
            subject = OfFinding("events", document, start, start + 3)
            action = Action.CORRECT if value else Action.REJECT
            taken.append(register.writer().decide(who="Lan", action=action, subject=subject, value=value).number)
            update_occurrences(register, known)
            changed = kept(register), ties(register)
            register.occurrence_store().begin("another version")
            update_occurrences(register, known)
            assert (kept(register), ties(register)) == changed
        for number in taken:
            register.writer().decide(who="Lan", action=Action.UNDO, subject=OfDecision(number))
            update_occurrences(register, known)
        assert kept(register) == before


@settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(readings(), st.randoms())
def test_a_withdrawn_document_leaves_what_all_others_give(
    tmp_path_factory: pytest.TempPathFactory, known: Knowledge, empty: Path, several, chance
):
    with fresh(tmp_path_factory.mktemp("withdrawn"), empty) as register:
        register.writer().add_all(several)
        update_occurrences(register, known)
        before = kept(register)
        subject = OfDocument(chance.choice(several).document.id)
        number = register.writer().decide(who="Lan", action=Action.WITHDRAW, subject=subject, why="A draft.").number
        update_occurrences(register, known)
        changed = kept(register)
        register.occurrence_store().begin("another version")
        update_occurrences(register, known)
        assert kept(register) == changed
        register.writer().decide(who="Lan", action=Action.UNDO, subject=OfDecision(number))
        update_occurrences(register, known)
        assert kept(register) == before


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(readings())
def test_from_nothing_is_one_after_another(tmp_path_factory: pytest.TempPathFactory, known: Knowledge, empty: Path, several):
    with fresh(tmp_path_factory.mktemp("parts"), empty) as parts:
        parts.writer().add_all(several)
        update_occurrences(parts, known)
        expected = kept(parts), ties(parts)
    with fresh(tmp_path_factory.mktemp("whole"), empty) as whole, pytest.MonkeyPatch.context() as patch:
        whole.writer().add_all(several)
        patch.setattr(occurrence_update, "MANY", 1)
        patch.setattr(occurrence_build, "TOGETHER", 2)
        patch.setattr(occurrence_build, "AT_ONCE", 1)
        patch.setattr(occurrence_build, "processors", lambda: 1)
        steps: list[int] = []
        assert update_occurrences(whole, known, steps.append) == sum(steps) == len(several)
        assert (kept(whole), ties(whole)) == expected
        assert update_occurrences(whole, known) == 0


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(readings())
def test_what_was_broken_off_begins_again(tmp_path_factory: pytest.TempPathFactory, known: Knowledge, empty: Path, several):
    with fresh(tmp_path_factory.mktemp("broken"), empty) as register, pytest.MonkeyPatch.context() as patch:
        register.writer().add_all(several)
        patch.setattr(occurrence_update, "MANY", 1)
        patch.setattr(occurrence_build, "AT_ONCE", 1)
        patch.setattr(occurrence_build, "processors", lambda: 1)
        write_many, written = OccurrenceStore.write_many, []

        def write_two(store: OccurrenceStore, new: Sequence[NewOccurrence], turn: str) -> bool:
            if len(written) == 2:
                raise KeyboardInterrupt
            written.append(new)
            return write_many(store, new, turn)

        with patch.context() as cut, suppress(KeyboardInterrupt):
            cut.setattr(OccurrenceStore, "write_many", write_two)
            update_occurrences(register, known)
        update_occurrences(register, known)
        again, indexes = kept(register), indexes_of(register)
    with fresh(tmp_path_factory.mktemp("whole"), empty) as whole:
        assert indexes_of(whole) == indexes
        whole.writer().add_all(several)
        update_occurrences(whole, known)
        assert kept(whole) == again


def test_indexes_that_were_let_go_are_made_again(tmp_path: Path, known: Knowledge, empty: Path):
    with fresh(tmp_path, empty) as register:
        before = indexes_of(register)
        register.writer().add(told("They met.", "2020-01-30", {}))
        register.occurrence_store().let_go()
        assert len(before) == 10
        assert indexes_of(register) == set()
        update_occurrences(register, known)
        assert indexes_of(register) == before


def test_a_month_is_before_its_first_day_whatever_the_ids(
    tmp_path: Path, known: Knowledge, empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Documents are taken in stretches by the words of their days; by its id the last one here would be in the middle of the first two."""
    event = {"when": "2020-01-30", "source": ("VNM", "LAO", "UN")}
    low, *_, high = sorted((told(f"{FLOOD} {number}", "2020-02", event) for number in range(9)), key=lambda one: one.document.id)
    days = (told(f"{FLOOD} Day {number}", "2020-02-01", event) for number in range(99))
    later = next(one for one in days if low.document.id < one.document.id < high.document.id)
    with fresh(tmp_path, empty) as register:
        register.writer().add_all([low, high, later])
        update_occurrences(register, known)
        expected = ties(register)
        assert [round(strength) for *_, strength in expected[1]] == [3, 3, 3], "one story ties them more than their parties"
        register.occurrence_store().begin("another version")
        monkeypatch.setattr(occurrence_update, "MANY", 1)
        monkeypatch.setattr(occurrence_build, "TOGETHER", 2)
        monkeypatch.setattr(occurrence_build, "processors", lambda: 1)
        update_occurrences(register, known)
        assert ties(register) == expected


def test_workers_give_the_same(tmp_path: Path, known: Knowledge, empty: Path, monkeypatch: pytest.MonkeyPatch):
    several = [told(f"{FLOOD} {number}", "2020-02-03", {"when": "2020-01-30", "mechanism": COUNCIL}) for number in range(3)]
    with fresh(tmp_path, empty) as register:
        register.writer().add_all(several)
        spot = facts(register, known)
        monkeypatch.setattr(occurrence_update, "MANY", 1)
        monkeypatch.setattr(occurrence_build, "processors", lambda: 2)
        update_occurrences(register, known)
        assert facts(register, known) == spot


def test_an_id_lasts_and_one_that_is_gone_leads_on(tmp_path: Path, known: Knowledge):
    late = told("They met on Thursday in the port city.", "2020-02-03", {"when": "2020-01-30"})
    later = told("It was a long Thursday, said others.", "2020-02-04", {"when": "2020-01-30"})
    early = told("They sat on Thursday, we hear today.", "2020-01-31", {"when": "2020-01-30"})
    with new_register(tmp_path / "register.sqlite") as register:

        def add(one: Reading) -> str:
            register.writer().add(one)
            update_occurrences(register, known)
            ((id, *_),) = facts(register, known)
            return id

        first = add(late)
        assert add(later) == first
        oldest = add(early)
        assert oldest != first
        assert Kept(register.view()).whereabouts(int(first, 16)) == int(oldest, 16)
        again = told(
            "They sat on Thursday, we hear today.", "2020-01-31", {"when": "2020-01-30", "source": ("UN", "ASEAN")}, reader="2+test"
        )
        newest = add(again)
        assert Kept(register.view()).whereabouts(int(oldest, 16)) == int(newest, 16)
        assert Kept(register.view()).whereabouts(int(first, 16)) == int(newest, 16)
        assert Kept(register.view()).whereabouts(7) is None


def test_as_of_a_day_shows_what_was_known_then(tmp_path: Path, known: Knowledge, monkeypatch: pytest.MonkeyPatch):
    a = told("They met on Thursday in the port city.", "2020-02-03", {"when": "2020-01-30"})
    b = told("It was a long Thursday, said others.", "2020-02-04", {"when": "2020-01-30"})
    with new_register(tmp_path / "register.sqlite") as register:
        for moment, one in (("2024-01-10", a), ("2024-02-10", b)):
            monkeypatch.setattr("comity.register.batch.now", lambda moment=moment: f"{moment}T12:00:00+00:00")
            register.writer().add(one)
            update_occurrences(register, known)
        counts = [
            [len(one.reports) for one in merging.occurrences(register.view(known=day), known, today=TODAY)]
            for day in (None, "2024-02-10", "2024-01-31", "2024-01-01")
        ]
        assert counts == [[2], [2], [1], []]
        assert [len(one.reports) for one in merging.occurrences(register.view(), known, today=date(2020, 2, 3))] == [1]


def test_what_a_person_rejects_is_told_by_nobody(tmp_path: Path, known: Knowledge):
    a = told("They met on Thursday in the port city.", "2020-02-03", {"when": "2020-01-30"})
    b = told("It was a long Thursday, said others.", "2020-02-04", {"when": "2020-01-30"})
    with new_register(tmp_path / "register.sqlite") as register:
        register.writer().add_all([a, b])
        update_occurrences(register, known)
        before = kept(register)
        subject = OfFinding("events", a.document.id, 0, 3)
        number = register.writer().decide(who="Lan", action=Action.REJECT, subject=subject).number
        assert [len(one[-1]) for one in facts(register, known)] == [1]
        update_occurrences(register, known)
        assert [len(one[-2]) for one in kept(register)] == [1]
        register.writer().decide(who="Lan", action=Action.UNDO, subject=OfDecision(number))
        update_occurrences(register, known)
        assert kept(register) == before


def pages_of(register: Register, known: Knowledge) -> list[list[str]]:
    pages, after = [], None
    while not pages or after:
        page = occurrence_page(register.view(), known, Wished(), today=TODAY, after=after, limit=2)
        assert page.total == 5
        pages.append([one.id for one in page.entries])
        after = page.after
    return pages


def test_pages_are_parts_of_the_list(tmp_path: Path, known: Knowledge):
    several = [
        told(f"Number {number} met in the town.", "2020-05-20", {"when": f"2020-{month:02}-{10 + number:02}", "source": (party, "UN")})
        for number, (month, party) in enumerate([(3, "VNM"), (3, "LAO"), (4, "VNM"), (4, "VNM"), (5, "LAO")])
    ]
    with new_register(tmp_path / "register.sqlite") as register:
        register.writer().add_all(several)
        spot = pages_of(register, known)
        update_occurrences(register, known)
        assert pages_of(register, known) == spot
        view = register.view()
        whole = [one.id for one in merging.occurrences(view, known, today=TODAY)]
        assert [id for page in spot for id in page] == whole

        def dates(**wished) -> list[str | None]:
            return [one.when for one in page_of(view, known, TODAY, Wished(**wished)).occurrences]

        assert dates(since="2020-04", until="2020-04", dated=True) == ["2020-04-12", "2020-04-13"]
        assert dates(actor="LAO") == ["2020-03-11", "2020-05-14"]
        assert dates(type=EventType.AGREE) == []
        assert dates(actor="VNM", type=EventType.CONSULT, until="2020-03") == ["2020-03-10"]
        assert Kept(view).count(Wished(actor="VNM")) == 3


def test_a_large_register_without_kept_ones_says_what_to_do(
    tmp_path: Path, empty: Path, known: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMITY_EVENTS_AT_ONCE", "1")
    with fresh(tmp_path, empty) as register:
        for text, day in ((FLOOD, "2020-02-01"), (STRIKE, "2020-02-03")):
            register.writer().add(told(text, day, {"when": day}, {"when": "2020-01-30"}))
        with pytest.raises(BadInputError, match="run comity track once"):
            occurrence_page(register.view(), known, Wished(), today=TODAY)
        update_occurrences(register, known)
        assert occurrence_page(register.view(), known, Wished(), today=TODAY).total
        register.writer().add(told(f"{FLOOD} Later.", "2020-02-05", {"when": "2020-02-04"}))
        assert occurrence_page(register.view(), known, Wished(), today=TODAY).total, "those kept so far, while the newest wait"
