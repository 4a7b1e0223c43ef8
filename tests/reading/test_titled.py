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


def test_the_leaders_of_a_joint_text_are_those_who_issue_it() -> None:
    text = "Peru and Norway met in May. The leaders welcomed the new ferries. Iranian officials thanked the leaders of the port."
    title = "Joint Statement between Peru and Norway on Ports"
    reading = Reader(KNOWLEDGE).read(Document(id="a", text=f"{text} We commit to it.", language="en", title=title))
    said = {one.cue.quote: set(one.speaker) for one in reading.statements if one.cue}
    assert said["welcomed"] == {"PER", "NOR"}
    assert said.get("thanked") != {"PER", "NOR"}


def test_an_office_that_is_a_label_is_who_holds_it_by_the_title() -> None:
    text = "THE VICE PRESIDENT:  I welcome the new port.\n\nQ  When will it open?\n\nTHE VICE PRESIDENT:  I said it will open in May."
    title = "Remarks by Vice President Ana Lund in Lima"
    read = Reader(KNOWLEDGE).read
    titled_text = read(Document(id="a", text=text, language="en", title=title))
    assert {one.speaker for one in titled_text.statements} == {("ana-lund",)}
    untitled = read(Document(id="a", text=text, language="en", title="Remarks in Lima"))
    assert {one.speaker for one in untitled.statements} == {()}


@pytest.mark.parametrize(
    ("title", "speaker"),
    [
        ("Statement by Foreign Minister Ana Lund on the Ports", ("ana-lund",)),
        ("Press Statement by the Harbour Minister Ana Lund", ("ana-lund",)),
        ("Remarks by Foreign Minister Ana Lund at a Dinner with Minister Ivo Holm", ("ana-lund",)),
        ("Statement by Foreign Minister Ana Lund and Minister Ivo Holm", ()),
        ("Statement on Foreign Minister Ana Lund", ()),
        ("Ports: a visit and a statement by Foreign Minister Ana Lund", ()),
        ("Statement of the Chair", ()),
    ],
)
def test_a_title_tells_who_says_i_and_we(title: str, speaker: tuple[str, ...]) -> None:
    text = 'We condemn the closing of the ports.\n\n"I welcome the talks," Minister Ivo Holm said.'
    reading = Reader(KNOWLEDGE).read(Document(id="d", text=text, title=title, language="en"))
    said = {one.cue.quote: one.speaker for one in reading.statements if one.cue is not None}
    assert said["condemn"] == speaker
    assert said["said"] == ("ivo-holm",)
