"""Who said what: what several said together stands once, in every form; a sentence stands once, with all the words that prove the line."""

import io
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import docx
import pytest
import yaml

from comity.cli.brief import Format, content_of
from comity.knowledge import Knowledge
from comity.languages import languages
from comity.publishing.brief_paper import EACH, TOGETHER, brief_paper
from comity.publishing.labels import Labels
from comity.publishing.line_writer import LineWriter
from comity.publishing.lines import Paper, Part
from comity.publishing.naming import Naming
from comity.records import Act, Commitment, Force, Reading, Statement
from comity.register import Register
from comity.tracking.brief import build_brief
from comity.tracking.topic import topic_of
from made import document, reading, register_of, small_pack
from small_register import small_knowledge

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "voices.yaml").read_text(encoding="utf-8"))
FIRST = date(2020, 1, 1)
FOUR = ("AUS", "IND", "JPN", "USA")


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return small_knowledge()


def told(said: list[tuple[list[str], str]]) -> list[Reading]:
    """A document a day, each with one statement."""
    found = []
    for number, (speakers, text) in enumerate(said):
        of = document(text, (FIRST + timedelta(days=number)).isoformat())
        found.append(reading(of, statements=[statement_in(of, 0, len(text) - 1, speakers)]))
    return found


def statement_in(of: Any, start: int, end: int, speakers: Any, act: Act = Act.AFFIRM) -> Statement:
    return Statement(evidence=of.evidence(start, end), speaker=tuple(speakers), cue=None, act=act)


def paper_of(register: Register, known: Knowledge, language: str = "en", reader: str | None = None) -> Paper:
    labels = Labels(language)
    brief = build_brief(topic_of("dam", known), register, known, today=date(2020, 12, 31), reader=reader)
    return brief_paper(brief, LineWriter(small_pack(), known, register.view(), labels), known, labels)


def voices(paper: Paper) -> tuple[Part, ...]:
    return next(section for section in paper.sections if section.id == "voices").parts


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["what"])
def test_who_said_what(case: dict[str, Any], tmp_path: Path, known: Knowledge):
    with register_of(tmp_path, *told(case["said"])) as register:
        parts = voices(paper_of(register, known, reader=case.get("for")))
    shown = [(part.title, [line.passage.text for line in part.lines if line.passage]) for part in parts]
    assert shown == list(case["shown"].items())


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("format", [Format.TEXT, Format.HTML, Format.DOCX, Format.JSON])
def test_every_form_says_once_what_four_said_together(format: Format, language: str, tmp_path: Path, known: Knowledge):
    sentence, labels = "The four will share what the dam holds.", Labels(language)
    with register_of(tmp_path, *told([(list(FOUR), sentence), (["JPN"], "Every dam needs a keeper.")])) as register:
        content = content_of(paper_of(register, known, language), labels, format)
    text = written(content, format)
    together = labels.say("brief_together", names=Naming(known, labels).actors(FOUR))
    assert text.count(sentence) == 1
    assert text.count(together) == 1
    assert text.index(together) < text.index(sentence) < text.index("Every dam needs")


def written(content: bytes, format: Format) -> str:
    """What a person reads in the file, words apart by one blank."""
    if format is Format.DOCX:
        return " ".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs)
    if format is Format.JSON:
        sections = json.loads(content)["sections"]
        parts = (part for section in sections for part in section["parts"])
        return " ".join(f"{part['title']} {' '.join(line['passage']['text'] for line in part['lines'])}" for part in parts)
    text = content.decode().replace("<mark>", "").replace("</mark>", "")
    return " ".join(text.split())


def test_one_sentence_with_several_findings_is_one_line(tmp_path: Path, known: Knowledge):
    text = "They welcomed the dam, agreed on its height and pledged to open it."
    of = document(text, "2020-05-01")
    welcomed, agreed, opened = ((text.index(words), text.index(words) + len(words)) for words in ("the dam", "its height", "to open it"))
    of_both = [statement_in(of, *welcomed, FOUR, Act.WELCOME), statement_in(of, *agreed, FOUR, Act.AGREE)]
    pledged = [
        Commitment(evidence=of.evidence(*agreed), by=FOUR, force=Force.PLEDGED),
        Commitment(evidence=of.evidence(*opened), by=FOUR, force=Force.PLEDGED),
        Commitment(evidence=of.evidence(opened[0], opened[1] + 1), by=("JPN",), force=Force.PLEDGED),
    ]
    with register_of(tmp_path, reading(of, statements=of_both, commitments=pledged)) as register:
        paper = paper_of(register, known)
    (line,) = voices(paper)[0].lines
    assert "welcomed and agreed" in line.text
    assert [words for words, proves in line.pieces if proves] == ["the dam", "its height"]
    promised = [one for section in paper.sections if section.id == "promised" for part in section.parts for one in part.lines]
    assert sorted([words for words, proves in one.pieces if proves] for one in promised) == [["its height", "to open it"], ["to open it."]]


def test_what_is_left_out_is_told(tmp_path: Path, known: Knowledge):
    states = ("AUS", "IND", "JPN", "USA", "PHL", "VNM", "THA", "KOR")
    pairs = [([state, "SGP"], f"A dam is good for us, said the two of {state}.") for state in states]
    own = [(["USA"], f"The dam is good, we said {number} times.") for number in range(EACH + 2)]
    with register_of(tmp_path, *told([*pairs, *own])) as register:
        *parts, besides = voices(paper_of(register, known))
    assert len([part for part in parts if part.title.startswith("Jointly")]) == TOGETHER
    assert [part.more for part in parts if part.title == "United States"] == ["2 more in the register"]
    assert not besides.lines
    assert besides.more.count("(1)") == len(states) - TOGETHER
