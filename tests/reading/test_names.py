"""Persons, offices, states, bodies and references, each on sentences of its own."""

from pathlib import Path
from typing import Any

import pytest

from cases import load_cases
from comity.knowledge import Knowledge, load_knowledge
from comity.reading.mentions import Form, Mentions
from comity.reading.names import NameGrammar
from comity.reading.page import Page, sentence_words
from comity.records import ActorType, Document, Span

CASES = Path(__file__).parent / "cases"
LANGUAGES = ("vi", "en")


@pytest.fixture(scope="module")
def grammars() -> dict[str, NameGrammar]:
    knowledge: Knowledge = load_knowledge(packs=())
    return {language: NameGrammar(knowledge, language) for language in LANGUAGES}


def page_of(text: str, language: str, published: str | None = None, source: str | None = None) -> Page:
    return Page(Document(id="case", text=text, language=language, published=published, source=source), sentence_words(language))


def cases(topic: str) -> list[Any]:
    return [
        pytest.param(language, *case.values, id=case.id)
        for language in LANGUAGES
        for case in load_cases(CASES / f"{topic}.{language}.yaml")
    ]


def named(mentions: Mentions, text: str, *types: ActorType) -> dict[str, str]:
    found = [m for m in mentions.all if m.form is Form.NAME and m.type in types]
    return {" ".join(text[m.start : m.end].split()): m.actors[0] for m in found}


@pytest.mark.parametrize(("language", "case"), cases("names"))
def test_persons_and_offices(grammars: dict[str, NameGrammar], language: str, case: dict[str, Any]) -> None:
    mentions = grammars[language].find(page_of(case["text"], language), [])
    persons = named(mentions, case["text"], ActorType.PERSON)
    assert not persons.keys() & set(case.get("none", ())), persons
    assert persons == case.get("persons", {})
    if "offices" in case:
        offices = {office.evidence.quote: office.person for office in reversed(mentions.offices)}
        assert offices == case["offices"]


@pytest.mark.parametrize(("language", "case"), cases("actors"))
def test_states_and_bodies(grammars: dict[str, NameGrammar], language: str, case: dict[str, Any]) -> None:
    mentions = grammars[language].find(page_of(case["text"], language), [])
    found = named(mentions, case["text"], ActorType.STATE, ActorType.ORGANISATION)
    assert case.get("actors", {}).items() <= found.items()
    assert not found.keys() & set(case.get("absent", ())), found


@pytest.mark.parametrize(("language", "case"), cases("references"))
def test_references(grammars: dict[str, NameGrammar], language: str, case: dict[str, Any]) -> None:
    mentions = grammars[language].find(page_of(case["text"], language, case.get("published"), case.get("source")), [])
    text = case["text"]
    assert {text[m.start : m.end]: list(m.actors) for m in mentions.all if m.form is not Form.NAME} == case["means"]


def test_what_is_a_mechanism_is_no_actor(grammars: dict[str, NameGrammar]) -> None:
    text = "Lãnh đạo các nước dự Hội nghị Cấp cao ASEAN tại Bangkok."
    start = text.index("Hội nghị")
    mentions = grammars["vi"].find(page_of(text, "vi"), [Span(start, start + len("Hội nghị Cấp cao ASEAN"))])
    assert "Hội nghị Cấp cao ASEAN" not in named(mentions, text, ActorType.ORGANISATION)
    assert all(m.nested for m in mentions.all if m.form is Form.NAME and m.start > start and m.end <= start + 22)


def test_nothing_is_found_outside_the_article(grammars: dict[str, NameGrammar]) -> None:
    text = "Việt Nam ủng hộ.\nĐọc thêm: Tổng thống Mỹ Joe Biden gặp ông Scholz."
    document = Document(id="case", text=text, language="vi", related=(Span(17, len(text)),))
    mentions = grammars["vi"].find(Page(document, sentence_words("vi")), [])
    assert all(mention.start < 17 for mention in mentions.all)
    assert not mentions.offices


@pytest.mark.parametrize(
    ("text", "served"),
    [
        ("Tướng Harold Brandt và giáo sư Yang Mu Jin lên tiếng.", [None, None]),
        ("Thủ tướng Lý Hiển Long gặp Thủ tướng Nguyễn Xuân Phúc.", ["SGP", "VNM"]),
        ("Tổng Thư ký Ban Ki-moon đến Hà Nội.", ["UN"]),
        ("Đặc phái viên về vấn đề Triều Tiên Peter Madsen trở lại.", [None]),
    ],
)
def test_whom_an_office_serves(grammars: dict[str, NameGrammar], text: str, served: list[str | None]) -> None:
    """Where the text does not tell, the world knowledge of the person does; the home state only for a name of the language."""
    assert [office.of for office in grammars["vi"].find(page_of(text, "vi"), []).offices] == served
