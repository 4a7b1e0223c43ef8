"""By whom a joint text is, as its title tells, and who "we" in it are."""

import pytest

from comity.knowledge import load_knowledge
from comity.reading.names import NameGrammar
from comity.reading.page import sentence_words
from comity.reading.reader import Reader
from comity.reading.titled import titled
from comity.records import Document, LanguageCode

KNOWLEDGE = load_knowledge(packs=())


@pytest.mark.parametrize(
    ("title", "language", "parties"),
    [
        ("Joint Statement between Peru, Norway, and Japan on Ports", "en", {"PER", "NOR", "JPN"}),
        ("Joint Statement of the Leaders of Peru and Norway", "en", {"PER", "NOR"}),
        ("Peru and Norway meet: Joint Statement", "en", set()),
        ("Norway-Peru Joint Statement", "en", {"PER", "NOR"}),
        ("Peru and Norway Joint Declaration on Ports", "en", {"PER", "NOR"}),
        ("Joint Statement by President Ana Duarte and Prime Minister Lars Holm", "en", {"ana-duarte", "lars-holm"}),
        ("Joint Leaders’ Statement of Peru and Norway", "en", {"PER", "NOR"}),
        ("Joint Statement on Peru and Norway", "en", set()),
        ("Peru and Norway discuss ports", "en", set()),
        ("Joint Statement on Ports", "en", set()),
        ("Tuyên bố chung Việt Nam - Na Uy", "vi", {"VNM", "NOR"}),
        ("Tuyên bố chung giữa Việt Nam và Na Uy về cảng biển", "vi", {"VNM", "NOR"}),
        ("Tuyên bố chung về Việt Nam và Na Uy", "vi", set()),
    ],
)
def test_a_title_tells_by_whom_a_joint_text_is(title: str, language: LanguageCode, parties: set[str]) -> None:
    document = Document(id="title", text="Ports.", language=language, title=title)
    assert set(titled(document, NameGrammar(KNOWLEDGE, language), sentence_words(language))) == parties


def test_what_we_undertake_is_by_those_whom_the_title_names() -> None:
    text = "The ports were closed by Iran in May. We commit to reopening the ports by June. We thank Iran. We will give two ferries."
    title = "Joint Statement between Peru, Norway, and Japan on Ports"
    reading = Reader(KNOWLEDGE).read(Document(id="a", text=text, language="en", title=title))
    assert {frozenset(one.by) for one in reading.commitments} - {frozenset()} == {frozenset({"PER", "NOR", "JPN"})}
    assert {frozenset(one.speaker) for one in reading.statements} - {frozenset()} == {frozenset({"PER", "NOR", "JPN"})}
