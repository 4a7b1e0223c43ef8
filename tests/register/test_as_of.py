"""Every view can be asked as of a day: what the register knew by then, and what had happened by then."""

import pytest
from test_families import EDITED, RELEASE

from comity.errors import BadInputError
from comity.records import DateMention, EventReport, EventType
from comity.register import Action, OfFinding, Register, Wanted
from made import claim, document, reading

OF = document("97 of the 103 lines were done in May.", "2020-05-30")
CLAIM = claim(OF, "97 of the 103 lines", numerator=97, as_of="2020-05")


@pytest.fixture
def register(register_of, on) -> Register:
    on("2024-01-10")
    register = register_of(reading(document(RELEASE, "2020-09-15")), reading(OF, progress=[CLAIM]))
    on("2024-02-10")
    copy = document(EDITED, "2020-09-16")
    event = EventReport(evidence=copy.evidence(0, 3), type=EventType.CONSULT, when="2021-01-05")
    register.writer().add_all([reading(copy, events=[event]), reading(OF, reader="2+test")])
    register.writer().decide(who="Lan", action=Action.NOTE, subject=OfFinding("events", copy.id, 0, 3))
    return register


def test_what_was_known_on_a_day(register: Register):
    with register:
        counts = [
            (view.count_documents(), view.count_families(), view.count("progress"), view.count("events"), len(list(view.decisions())))
            for view in (register.view(known=day) for day in ("2024-01-09", "2024-01-10", "2024-01", "2024-02-10"))
        ]
        assert counts == [(0, 0, 0, 0, 0), (2, 2, 1, 0, 0), (2, 2, 1, 0, 0), (3, 2, 0, 1, 1)]


def test_families_as_they_were(register: Register):
    with register:
        before = {head.id: head.family for head in register.view(known="2024-01-31").documents()}
        assert all(family == id for id, family in before.items())


def test_search_as_of(register: Register):
    with register:
        assert len(register.view(known="2024-01-31").search(Wanted(words="committee")).hits) == 1
        assert len(register.view().search(Wanted(words="committee")).hits) == 2
        assert len(register.view(known="2024-01-31").search(Wanted(kind="progress")).hits) == 1
        assert register.view(happened_by="2020-12-31").search(Wanted(kind="events")).hits == ()


def test_what_had_happened_by_a_day(register: Register):
    with register:
        assert register.view(happened_by="2020-12-31").count("events") == 0
        assert register.view(happened_by="2021-01").count("events") == 1
        assert register.view(happened_by="2020-06").count_documents() == 1
        assert len(list(register.view(happened_by="2021-01-05").findings("events"))) == 1


def test_what_was_learned_since(register: Register):
    with register:
        learned = register.learned("2024-02-01")
        assert [head.published for head in learned.new] == ["2020-09-16"]
        assert [head.id for head in learned.read_anew] == [OF.id]
        assert (learned.sources, learned.counts["events"], learned.counts["progress"]) == ((2, 2), (0, 1), (1, 0))
        assert len(learned.decisions) == 1
        assert len(learned.joined) <= 1
        assert register.learned("2024-02-11").new == ()


def test_a_clock_that_goes_back_changes_no_earlier_view(register: Register, on):
    on("2023-01-01")
    with register:
        of = document("late words")
        register.writer().add(reading(of, dates=[DateMention(evidence=of.evidence(0, 4))]))
        assert register.view(known="2024-01-31").count_documents() == 2
        assert register.view(known="2024-02-10").count_documents() == 4


@pytest.mark.parametrize("day", ["yesterday", "2020/2021", "9999", ""])
def test_what_is_no_day(register: Register, day: str):
    with register:
        with pytest.raises(BadInputError, match="is no date"):
            register.view(known=day)
        if day != "9999":
            with pytest.raises(BadInputError, match="is no date"):
                register.learned(day)
