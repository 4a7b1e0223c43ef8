"""What people decided is shown beside what was read, with who, when and why; contradictions across documents with both sentences."""

import json
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from comity.cli import status_view
from comity.knowledge import Knowledge
from comity.languages import languages
from comity.publishing.changed_copies import ChangedSentences, changed_record
from comity.publishing.labels import Labels
from comity.publishing.line_writer import LineWriter
from comity.publishing.report import report_page
from comity.reading import Reader
from comity.records import Act, Statement
from comity.register import Action, OfFinding, Register
from comity.register.copies import changed_from_named
from comity.tracking import build_overview
from comity.tracking.contradictions import contradictions
from comity.tracking.occurrences import occurrences
from made import claim, document, reading, register_of, small_pack

ONE = document("In all 34 UN agencies work with ASEAN today, the office said.", "2017-04-20")
OTHER = document("Only 21 UN agencies work with ASEAN, the ministry wrote.", "2017-06-02", publisher="Ministry")
TOLD = document("The chair noted that 97 of the 103 lines had been completed.", "2020-09-16")


@pytest.fixture
def register(tmp_path: Path, reader: Reader) -> Register:
    words = claim(TOLD, "97 of the 103 lines", numerator=97, denominator=103)
    said = Statement(evidence=TOLD.evidence(21, 59), speaker=("VNM",), cue=None, act=Act.INFORM)
    register = register_of(tmp_path, reader.read(ONE), reader.read(OTHER), reading(TOLD, progress=[words], statements=[said]))
    writer = register.writer()
    place = OfFinding("progress", TOLD.id, words.evidence.start, words.evidence.end)
    writer.decide(who="Lan", action=Action.CORRECT, subject=place, value={"numerator": 96}, why="a misprint <b>")
    writer.decide(who="Minh", action=Action.ACCEPT, subject=OfFinding("statements", TOLD.id, 21, 59))
    return register


def found_in(register: Register, knowledge: Knowledge):
    view = register.view()
    return contradictions(view, knowledge, occurrences(view, knowledge, today=date(2026, 1, 1)))


@pytest.mark.parametrize("language", languages())
def test_the_report(register: Register, knowledge: Knowledge, language: str):
    with register:
        view, pack = register.view(), small_pack()
        found = found_in(register, knowledge)
        page = report_page(build_overview(pack, view), knowledge, view, Labels(language), found)
    labels = Labels(language)
    assert "a misprint &lt;b&gt;" in page
    page = unescape(page)
    assert labels.say("decided_badge") in page
    assert {"en": "Corrected by Lan", "vi": "Lan đã sửa"}[language] in page
    assert {"en": "Accepted by Minh", "vi": "Minh đã xác nhận"}[language] in page
    assert labels.say("contradictions_title") in page
    assert "<mark>34 UN agencies</mark>" in page
    assert "<mark>21 UN agencies</mark>" in page
    assert labels.say("suggested") in page


@pytest.mark.parametrize("language", languages())
def test_the_screen(register: Register, knowledge: Knowledge, language: str, capsys: pytest.CaptureFixture[str]):
    labels = Labels(language)
    with register:
        found = found_in(register, knowledge)
        status_view.show_contradictions(found, LineWriter(small_pack(), knowledge, register.view(), labels), labels)
        shown = " ".join(capsys.readouterr().out.split())
        assert labels.say("contradictions_title") in shown
        assert "34 UN agencies" in shown
        assert "comity decide reject" in shown
        status_view.write_json(build_overview(small_pack(), register.view()), [], found, knowledge, register, labels)
        record = json.loads(capsys.readouterr().out)
        (one,) = record["contradictions"]
        assert set(one["reason"]) == set(languages())
        assert one["about"].startswith(f"contradiction:count:{ONE.id}:")
        assert record["plans"][0]["claims"][0]["sources"][0]["decisions"][0]["why"] == "a misprint <b>"
        register.writer().decide(who="Lan", action=Action.REJECT, subject=found[0].about, why="other things")
        status_view.show_contradictions(found_in(register, knowledge), LineWriter(small_pack(), knowledge, register.view(), labels), labels)
        assert capsys.readouterr().out == ""


def test_a_briefings_lines_say_who_decided(register: Register, knowledge: Knowledge):
    with register:
        view = register.view()
        line = LineWriter(small_pack(), knowledge, view, Labels("en")).statement([next(view.statements(actor="VNM"))])
    assert "Accepted by Minh" in line.note


@pytest.mark.parametrize(("language", "told"), [("en", "leaves out “97 of 103”"), ("vi", "bỏ “97 of 103”")])
def test_what_a_copy_changed(tmp_path: Path, knowledge: Knowledge, language: str, told: str):
    text = "Minister Lan said on Monday that 97 of 103 lines were done by the council. Both sides thanked the hosts for a warm welcome."
    first = document(f"{text} They will meet again in spring, when the new plan is to be ready.", "2020-01-30")
    second = document(first.text.replace("97 of 103 ", ""), "2020-01-31", publisher="Echo")
    with register_of(tmp_path, reading(first), reading(second)) as register:
        view, labels = register.view(), Labels(language)
        page = report_page(build_overview(small_pack(), view), knowledge, view, labels)
        changed = changed_from_named(view, second.id)
    assert told in page
    assert changed
    record = changed_record(changed)
    assert record["named"]["id"] == first.id
    (figure, *_) = [one for one in record["differences"] if one["kind"] == "figure"]
    start, end = figure["first"]["start"], figure["first"]["end"]
    assert (first.text[start:end], figure["second"]) == ("97 of 103", None)
    sentences = ChangedSentences(labels)
    assert told in sentences.say(changed, 5)[0]
    assert "Gazette" in sentences.head(changed)
