"""Briefings and digests: every line has its source, and screen, HTML, Word, text and mail say the same."""

import io
from datetime import date
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from comity.knowledge import Knowledge
from comity.languages import languages
from comity.publishing.brief_paper import brief_paper
from comity.publishing.digest_paper import digest_mail, digest_paper
from comity.publishing.labels import Labels
from comity.publishing.line_writer import LineWriter
from comity.publishing.lines import Paper
from comity.publishing.paper_page import paper_page
from comity.publishing.paper_text import paper_text
from comity.publishing.paper_word import paper_word
from comity.records import Act, Commitment, EventReport, EventType, Force, Reading, Statement
from comity.register import Register
from comity.register.occurrences import event_reports
from comity.tracking.brief import Brief, Stance, build_brief
from comity.tracking.digest import Digest, build_digest
from comity.tracking.happening import traits_of
from comity.tracking.occurrence import merged
from comity.tracking.topic import topic_of
from made import document, reading, register_of, small_pack
from small_register import small_knowledge

COUNCIL = "Yearly Council of the Two Unions"
TODAY = date(2020, 12, 31)


def said(text: str, published: str, act: Act, speaker: str = "VNM") -> Reading:
    of = document(text, published)
    return reading(of, statements=[Statement(evidence=of.evidence(0, len(text) - 1), speaker=(speaker,), cue=None, act=act)])


def readings() -> list[Reading]:
    held = document("Unions met on river dams in Hue & <b>spoke</b>.", "2019-05-07", source="https://gazette.example/dams?a=1&b=2")
    plan = document("They will open a river dam by June 2020.", "2019-06-01")
    sat = EventReport(evidence=held.evidence(7, 10), type=EventType.CONSULT, source=("ASEAN", "UN"), when="2019-05-06", mechanism=COUNCIL)
    return [
        reading(held, events=[sat]),
        reading(
            plan,
            commitments=[
                Commitment(evidence=plan.evidence(10, len(plan.text) - 1), by=("ASEAN",), force=Force.PLEDGED, due="2020-06"),
                Commitment(evidence=plan.evidence(5, len(plan.text) - 1), by=("UN",), force=Force.REQUESTED),
            ],
        ),
        said("The river dam is a gift to all.", "2019-07-01", Act.WELCOME),
        said("The river dam has drowned our fields.", "2020-02-01", Act.CRITICISE),
        said("Another river dam may wait.", "2020-03-01", Act.INFORM, "LAO"),
    ]


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return small_knowledge()


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory):
    with register_of(tmp_path_factory.mktemp("papers"), *readings()) as opened:
        yield opened


@pytest.fixture(scope="module")
def brief(register: Register, known: Knowledge) -> Brief:
    return build_brief(topic_of("river", known), register, known, today=TODAY, since="2019", reader="LAO")


def paper_of(brief: Brief, register: Register, known: Knowledge, language: str) -> Paper:
    labels = Labels(language)
    return brief_paper(brief, LineWriter(small_pack(), known, register.view(), labels), known, labels)


def digest_of(register: Register, known: Knowledge, language: str, since: str = "2001") -> tuple[Paper, Digest]:
    labels = Labels(language)
    built = build_digest(register, small_pack(), known, since=since, today=TODAY)
    return digest_paper(built, small_pack(), LineWriter(small_pack(), known, register.view(), labels), labels), built


def test_what_is_in_a_briefing(brief: Brief):
    assert [one.when for one in brief.timeline] == ["2019-05-06"]
    assert [voice.actors for voice in brief.voices] == [("LAO",), ("VNM",)]
    assert [(one.found.finding.act, one.changed_from) for one in brief.voices[1].said] == [(Act.CRITICISE, Stance.FOR), (Act.WELCOME, None)]
    assert [one.late_by for one in brief.open] == [184]
    assert [found.finding.force for found in brief.asked] == [Force.REQUESTED]
    assert brief.agreed == ()


@pytest.mark.parametrize("language", languages())
def test_every_line_has_its_sentence_and_source(brief: Brief, register: Register, known: Knowledge, language: str):
    for paper in (paper_of(brief, register, known, language), digest_of(register, known, language)[0]):
        lines = [line for section in paper.sections for part in section.parts for line in part.lines]
        assert len(lines) > 4
        assert all(line.source for line in lines)
        assert all(line.passage for section in paper.sections for part in section.parts for line in part.lines if section.id != "documents")


@pytest.mark.parametrize("language", languages())
def test_a_word_document_can_be_printed_and_handed_on(brief: Brief, register: Register, known: Knowledge, language: str):
    """A4 as in the ministry, pages numbered, no words underlined in red as if they were English."""
    written = docx.Document(io.BytesIO(paper_word(paper_of(brief, register, known, language), Labels(language))))
    (section,) = written.sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert [field.get(qn("w:instr")) for field in section.footer._element.iter(qn("w:fldSimple"))] == ["PAGE"]
    assert {told.get(qn("w:val")) for told in written.styles.element.iter(qn("w:lang"))} == {language}


@pytest.mark.parametrize("language", languages())
def test_all_forms_say_the_same(brief: Brief, register: Register, known: Knowledge, language: str):
    labels = Labels(language)
    paper = paper_of(brief, register, known, language)
    page, text, word = paper_page(paper, labels), paper_text(paper, labels), paper_word(paper, labels)
    written = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(word)).paragraphs)
    plain = " ".join(text.split())
    assert "&lt;b&gt;" in page
    assert "<b>spoke" not in page
    for section in paper.sections:
        assert section.title in page
        assert section.title in written
        for line in (line for part in section.parts for line in part.lines):
            assert line.text in written
            assert " ".join(line.text.split()) in plain
    assert (page, text, word) == (paper_page(paper, labels), paper_text(paper, labels), paper_word(paper, labels))
    assert 'src="http' not in page


@pytest.mark.parametrize(
    ("before", "after", "speaker", "turned"),
    [
        ("the river dam in the north", "the dam on the river in the north", "VNM", True),
        ("the river dam in the north", "unfair prices of rice beside the dam", "VNM", False),
        ("the river dam in the north", "the dam on the river in the north", "group:officials", False),
        ("the river dam in the north", "the dam on the river in the north", "", False),
    ],
)
def test_a_position_changes_on_one_matter_of_one_named_speaker(
    tmp_path, known: Knowledge, before: str, after: str, speaker: str, turned: bool
):
    told = [(before, "2019-07-01", Act.WELCOME), (after, "2020-02-01", Act.CRITICISE)]
    of = [(document(f"{words}.", day), act) for words, day, act in told]
    said = [
        reading(
            one,
            statements=[Statement(evidence=one.evidence(0, len(one.text) - 1), speaker=(speaker,) if speaker else (), cue=None, act=act)],
        )
        for one, act in of
    ]
    with register_of(tmp_path, *said) as opened:
        brief = build_brief(topic_of("dam", known), opened, known, today=TODAY)
    assert [one.changed_from for voice in brief.voices for one in voice.said] == [Stance.FOR if turned else None, None]


@pytest.mark.parametrize(("text", "delivered"), [("Peru eyes a dam.\n\nIt may come.", 0), ("Dams.\n\nPeru built a dam.", 1)])
def test_a_headline_alone_delivers_nothing(tmp_path, known: Knowledge, text: str, delivered: int):
    of, place = document(text, "2020-05-07", title=text.partition("\n")[0]), text.index(" dam") + 1
    built = EventReport(evidence=of.evidence(place, place + 3), type=EventType.AID, source=("LAO",), when="2020-05")
    built = EventReport(
        evidence=of.evidence(text.index(" dam") + 1, text.index(" dam") + 4), type=EventType.AID, source=("LAO",), when="2020-05"
    )
    with register_of(tmp_path, reading(of, events=[built])) as opened:
        brief = build_brief(topic_of("dam", known), opened, known, today=TODAY)
    assert (len(brief.timeline), len(brief.delivered)) == (1, delivered)


def test_a_meeting_is_shown_by_a_report_that_names_it(tmp_path, known: Knowledge):
    of_the_day = document("As the chair said then at the pandemic forum, nobody is safe alone.", "2019-05-07")
    naming = document("The Yearly Council of the Two Unions was held in Hue.", "2019-06-20")
    told = [
        reading(of_the_day, events=[EventReport(evidence=of_the_day.evidence(28, 36), type=EventType.CONSULT, when="2019-05-06")]),
        reading(naming, events=[EventReport(evidence=naming.evidence(4, 18), type=EventType.CONSULT, mechanism=COUNCIL)]),
    ]
    with register_of(tmp_path, *told) as opened:
        one = merged(traits_of(event_reports(opened.view()), known, {}))
        line = LineWriter(small_pack(), known, opened.view(), Labels("en")).occurrence(one)
    assert line.passage
    assert line.passage.words == "Yearly Council"


@pytest.mark.parametrize("language", languages())
def test_a_mail(register: Register, known: Knowledge, language: str):
    paper, built = digest_of(register, known, language)
    labels = Labels(language)
    content = digest_mail(paper, built.as_of, labels, sender="desk@example.org", to="all@example.org")
    mail = message_from_bytes(content, policy=default)
    assert mail["Subject"] == paper.title
    assert mail["Date"].datetime.date() == TODAY
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    body = mail.get_body(("plain",))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == paper_text(paper, labels)
    assert content == digest_mail(paper, built.as_of, labels, sender="desk@example.org", to="all@example.org")
    assert max(map(len, content.split(b"\r\n"))) <= 998


def test_of_what_was_said_a_digest_tells_first_who_is_known(tmp_path: Path, known: Knowledge) -> None:
    texts = [("Nobody knows who spoke.", ()), ("Laos spoke up.", ("LAO",))]
    for turned, order in enumerate((texts, texts[::-1])):
        told = []
        for text, speaker in order:
            of = document(text, "2020-01-01")
            told.append(reading(of, statements=[Statement(evidence=of.evidence(0, len(text)), speaker=speaker, cue=None, act=Act.INFORM)]))
        with register_of(tmp_path / str(turned), *told) as register:
            _, built = digest_of(register, known, "en")
            assert [found.finding.speaker for found in built.statements] == [("LAO",), ()]


def test_nothing_was_learned_since_tomorrow(register: Register, known: Knowledge):
    paper, built = digest_of(register, known, "en", since="8999-01-01")
    assert built.documents == ()
    assert "nothing" in paper.lead[0]
