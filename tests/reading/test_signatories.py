"""Who may stand behind an undertaking: names joined to one subject, the state somebody speaks for, and those who issue a text."""

import pytest
from given import page_of

from comity.knowledge import load_knowledge
from comity.reading.layout import layout_of
from comity.reading.names import NameGrammar
from comity.reading.signatories import Signatories, Subject
from comity.records import LanguageCode

KNOWLEDGE = load_knowledge()


@pytest.mark.parametrize(
    ("text", "language", "actors"),
    [
        ("The United States, Mexico, and Canada will open the port.", "en", ("USA", "MEX", "CAN")),
        ("Japan and Laos will open the port.", "en", ("JPN", "LAO")),
        ("In Japan, Laos will open the port.", "en", ("JPN",)),
        ("Việt Nam, Lào và Campuchia sẽ mở cảng.", "vi", ("VNM", "LAO", "KHM")),
        ("Việt Nam kêu gọi Lào mở cảng.", "vi", ("VNM",)),
    ],
)
def test_names_joined_to_each_other_are_one_subject(text: str, language: LanguageCode, actors: tuple[str, ...]) -> None:
    subject = first_subject(signatories(text, language))
    assert subject is not None
    assert subject.actors == actors


def test_a_minister_speaks_for_the_state_served() -> None:
    found = signatories("Japanese Foreign Minister Ana Duarte said the port will open.", "en")
    assert found.states(("ana-duarte",)) == ("JPN",)
    assert found.states(("MOFA-VNM",)) == ("VNM",)
    assert found.states(("VNM",)) == ()


def test_those_named_first_together_issue_the_text() -> None:
    found = signatories("We, the Governments of Japan and Laos, met today. We will open the port. We thank Iran.", "en")
    assert set(found.issuers) == {"JPN", "LAO"} or set(found.issuers) == {"GOV-JPN", "LAO"}
    assert found.speaks_itself


@pytest.mark.parametrize(
    ("text", "language", "actors"),
    [
        ("We, the Leaders of the Group of Seven (G7), alongside Iran, met in Oslo. We thank Peru.", "en", {"G7"}),
        ("Today, we – Prime Minister Ana Duarte of Peru, Prime Minister Lars Holm of Norway – met. We thank Iran.", "en", {"PER", "NOR"}),
        ("Iran was told. We, the Heads of State and Government of the Member States of ASEAN, met in Oslo.", "en", {"ASEAN"}),
        (
            "Chúng tôi, Nguyên thủ và Người đứng đầu các nước thành viên ASEAN và Liên hợp quốc, đã họp.",
            "vi",
            {"group:ASEAN-members", "UN"},
        ),
        ('"We, the leaders of Peru, met," he said.', "en", set()),
        ("Peru met Iran. We will open the port.", "en", set()),
    ],
)
def test_a_text_may_tell_who_we_are(text: str, language: LanguageCode, actors: set[str]) -> None:
    assert set(signatories(text, language).speaking) == actors


@pytest.mark.parametrize(
    ("title", "language", "speaking"),
    [
        ("Leaders' Joint Statement", "en", True),
        ("Tuyên bố chung Na Uy - Pê-ru", "vi", True),
        ("Norway meets Peru", "en", False),
    ],
)
def test_several_speak_in_what_its_title_calls_joint(title: str, language: LanguageCode, speaking: bool) -> None:
    text = {"en": "Norway and Peru are friends. We will open the port.", "vi": "Na Uy và Peru là bạn. Chúng tôi sẽ mở cảng."}[language]
    page = page_of(text, language, title=title)
    found = Signatories(page, layout_of(page, NameGrammar(KNOWLEDGE, language).find(page, [])))
    assert set(found.speaking) == ({"NOR", "PER"} if speaking else set())


def test_a_text_in_which_others_speak_does_not_speak_itself() -> None:
    found = signatories('Foreign Minister Ana Duarte said: "We will open the port." She left.', "en")
    assert not found.speaks_itself


def signatories(text: str, language: LanguageCode) -> Signatories:
    page = page_of(text, language)
    return Signatories(page, layout_of(page, NameGrammar(KNOWLEDGE, language).find(page, [])))


def first_subject(found: Signatories) -> Subject | None:
    return next((subject for index in range(40) if (subject := found.subject_at(index)) is not None), None)
