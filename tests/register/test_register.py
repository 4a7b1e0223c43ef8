"""What goes into a register comes out of it, once, whole, and by the newest reading."""

import pytest

from comity.intake import document_from_text
from comity.records import (
    Act,
    ActorMention,
    ActorType,
    Commitment,
    DateMention,
    EventReport,
    EventType,
    Force,
    InstrumentMention,
    MechanismMention,
    OfficeMention,
    Reading,
    Slip,
    Span,
    Statement,
    Status,
    ThemeMention,
)
from comity.register import Added, open_register
from comity.register.rows import STRUCTS
from made import claim, document, reading

TEXT = "The Union said that 97 of the 103 lines were completed by the council in May 2020.\nRead more"


@pytest.fixture
def full() -> Reading:
    """A reading with a finding of every kind."""
    of = document(TEXT, title="Lines", source="https://gazette.example/1", note="made", related=(Span(84, 93),), shifts=((0, 12),))
    union, said, figure = of.evidence(0, 9), of.evidence(10, 14), of.evidence(20, 36)
    return reading(
        of,
        actors=[ActorMention(evidence=union, type=ActorType.ORGANISATION, actor="UNION")],
        offices=[OfficeMention(evidence=union, person="a-person", of="UNION")],
        dates=[DateMention(evidence=of.evidence(73, 81), iso="2020-05"), DateMention(evidence=of.evidence(73, 76))],
        instruments=[InstrumentMention(evidence=figure, name="Plan One", year=2016, instrument="plan-one")],
        mechanisms=[MechanismMention(evidence=figure, name="Council", number=3, mechanism="council")],
        statements=[Statement(evidence=of.evidence(15, 81), speaker=("UNION", "a-person"), cue=said, act=Act.INFORM, direct=True)],
        events=[
            EventReport(evidence=said, type=EventType.AGREE, source=("UNION",), target=("VNM", "THA"), when="2020-05", status=Status.DENIED)
        ],
        commitments=[Commitment(evidence=figure, by=("UNION",), force=Force.AGREED, due="2020")],
        progress=[claim(of, "97 of the 103 lines", numerator=97, denominator=103, percent=94.2, claimant=("UNION",), as_of="2020-05")],
        themes=[ThemeMention(evidence=figure, theme="maritime", score=0.5)],
        slips=[Slip(evidence=said, reason="wrong-year", details={"given": "2019"})],
    )


def test_every_kind_of_finding_comes_back_as_it_was(register_of, full: Reading):
    with register_of(full) as register:
        view = register.view()
        for kind in STRUCTS:
            assert [found.finding for found in view.findings(kind)] == list(getattr(full, kind)), kind
            assert view.count(kind) == len(getattr(full, kind))


def test_the_document_comes_back_as_it_was(register_of, full: Reading):
    with register_of(full) as register:
        assert register.view().document(full.document.id) == full.document
        assert register.view().document("unknown") is None


def test_the_same_again_adds_nothing(register_of, full: Reading):
    with register_of(full) as register:
        writer = register.writer()
        assert writer.has(full.document.id, full.reader)
        assert writer.add(full) is Added.NOTHING
        assert (register.view().count_documents(), register.view().count("progress")) == (1, 1)


def test_a_new_reader_version_makes_a_new_reading_that_views_use(register_of, full: Reading):
    with register_of(full) as register:
        assert register.writer().add(reading(full.document, reader="2+test")) is Added.READ_ANEW
        assert register.view().count("progress") == 0
        assert register.view().count_documents() == 1
        assert register.writer().has(full.document.id, full.reader)


def test_it_lasts(register_of, place: str, full: Reading):
    register_of(full).close()
    with open_register(place, create=False) as register:
        assert [head.title for head in register.view().documents()] == ["Lines"]


def test_documents_and_findings_come_by_date_and_those_without_one_last(register_of):
    texts = {"2020-02": "later words", None: "undated words", "2019-01-05": "first words"}
    readings = []
    for published, text in texts.items():
        of = document(text, published)
        readings.append(reading(of, dates=[DateMention(evidence=of.evidence(0, 5))]))
    with register_of(*readings) as register:
        view = register.view()
        assert [head.published for head in view.documents()] == ["2019-01-05", "2020-02", None]
        assert [found.document.published for found in view.findings("dates")] == ["2019-01-05", "2020-02", None]
        assert [found.document.published for found in view.newest("dates", 2)] == ["2020-02", "2019-01-05"]


def test_more_findings_than_a_batch(register_of):
    of = document("word " * 1200)
    mentions = [ActorMention(evidence=of.evidence(place, place + 4), type=ActorType.STATE, actor="VNM") for place in range(0, 6000, 5)]
    with register_of(reading(of, actors=mentions)) as register:
        assert [found.finding for found in register.view().findings("actors")] == mentions


def test_the_longest_name_of_an_actor(register_of):
    of = document("Bà Lan, Trần Thị Lan")
    mentions = [ActorMention(evidence=of.evidence(*span), type=ActorType.PERSON, actor="tran-thi-lan") for span in ((3, 6), (8, 20))]
    with register_of(reading(of, actors=mentions)) as register:
        assert register.view().actor_surface("tran-thi-lan") == "Trần Thị Lan"
        assert register.view().actor_surface("nobody") is None


def test_the_same_words_of_two_publishers_are_two_documents_of_one_family(register_of):
    text = "The Union said that all lines were completed by the council in May 2020, and that work goes on."
    first, second = (document_from_text(text, publisher=name, published="2020-05-30") for name in ("Gazette", "Courier"))
    with register_of(reading(first), reading(second), reading(first)) as register:
        view = register.view()
        assert sorted(str(head.publisher) for head in view.documents()) == ["Courier", "Gazette"]
        assert view.count_families() == 1


def test_several_at_once_are_all_there_or_none(register_of):
    good, of = document("some text"), document("other text")
    broken = Slip(evidence=of.evidence(0, 5), reason="x", details={"no": object()})  # type: ignore[dict-item]
    with register_of() as register:
        with pytest.raises(Exception, match="unsupported"):
            register.writer().add_all([reading(good), reading(of, slips=[broken])])
        assert register.view().count_documents() == 0
        assert register.writer().add_all([reading(good), reading(of), reading(good)]) == [Added.NEW, Added.NEW, Added.NOTHING]
