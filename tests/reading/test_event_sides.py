"""Which side of an event somebody is on, by table: what the words say plainly, and what they leave open; and who is told to a reader."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from given import lexicon_of
from msgspec.structs import replace

from cases import load_cases
from comity.intake import document_from_text
from comity.reading import Reader
from comity.reading.event_candidates import Candidate
from comity.reading.event_doubts import doubtful, is_aside
from comity.reading.event_lists import in_list_with
from comity.reading.event_parties import Party
from comity.reading.event_scene import Scene, Trigger
from comity.reading.event_sides import is_another, is_place, only_attends, only_tells, plainly_acts
from comity.reading.event_voice import passive_from
from comity.reading.events import EventGrammar
from comity.reading.mentions import Mention, Mentions
from comity.reading.page import Page, sentence_words
from comity.records import ActorType, Document, EventReport, EventType

CASES = Path(__file__).parent / "cases"
STATES = {"Peru": "PER", "Malta": "MLT", "Chile": "CHL"}


@pytest.mark.parametrize("case", load_cases(CASES / "event_sides.vi.yaml"))
def test_vietnamese(case: dict[str, Any]) -> None:
    assert told(case, "vi") == case["says"]


@pytest.mark.parametrize("case", load_cases(CASES / "event_sides.en.yaml"))
def test_english(case: dict[str, Any]) -> None:
    assert told(case, "en") == case["says"]


def test_a_meeting_called_after_two_has_no_third_party() -> None:
    text = "Bà Duarte bình luận sau cuộc gặp thượng đỉnh Peru - Malta."
    (report,) = read(text, {"Duarte": "duarte", "Peru": "PER", "Malta": "MLT"})
    assert set(report.source) == {"PER", "MLT"}


def test_a_meeting_called_after_two_by_name_has_both_and_no_third(reader: Reader) -> None:
    text = "Trước thềm cuộc gặp thượng đỉnh Chile - Peru, Brazil kêu gọi kiềm chế."
    (report,) = [event for event in reader.read(document_from_text(text, name="case")).events if event.type == "CONSULT"]
    assert set(report.source) == {"CHL", "PER"}


def test_a_newspaper_meets_nobody() -> None:
    text, people = "Tổng thống Duarte hội đàm với Lima Post.", {"Duarte": "ana-duarte", "Lima Post": "LIMA-POST"}
    assert [set(report.source) for report in read(text, people)] == [{"ana-duarte", "LIMA-POST"}]
    assert [set(report.source) for report in read(text, people, outlets=frozenset({"LIMA-POST"}))] == [{"ana-duarte"}]


@pytest.mark.parametrize(("text", "passive"), [("Hai tàu bị tấn công.", True), ("Malta đang chuẩn bị tấn công.", False)])
def test_what_is_prepared_is_not_suffered(text: str, passive: bool) -> None:
    page = Page(Document(id="case", text=text, language="vi"), sentence_words("vi"))
    scene = Scene(lexicon_of("vi"), page, Mentions([]), (), (), ())
    (trigger,) = scene.triggers
    assert (passive_from(scene, trigger) is not None) is passive


def test_talks_called_after_a_city_are_not_with_its_state() -> None:
    text, people = "Tổng thống Duarte trở lại vòng đàm phán Lima.", {"Duarte": "ana-duarte", "Lima": "PER"}
    assert [set(report.source) for report in read(text, people)] == [{"ana-duarte", "PER"}]
    assert [set(report.source) for report in read(text, people, seats={"Lima": "PER"})] == [{"ana-duarte"}]


@pytest.mark.parametrize(
    ("text", "people", "visited"),
    [
        ("Tổng thống Duarte đã đến thăm Lima hôm qua.", {"Duarte": "ana-duarte"}, ("PER",)),
        ("Tổng thống Duarte đã đến thăm Lima hôm qua.", {"Duarte": "ana-duarte", "Lima": "PER"}, ("PER",)),
        ("Peru đã đến thăm Lima hôm qua.", {"Peru": "PER"}, ()),
        ("Tổng thống Duarte đã đến thăm hải cảng Lima hôm qua.", {"Duarte": "ana-duarte"}, ()),
        ("Tổng thống Duarte đã hội đàm tại Lima hôm qua.", {"Duarte": "ana-duarte"}, ()),
    ],
)
def test_a_visit_to_a_seat_of_government_is_paid_to_its_state(text: str, people: dict[str, str], visited: tuple[str, ...]) -> None:
    (report,) = read(text, people, seats={"Lima": "PER"})
    assert report.target == visited


@pytest.mark.parametrize(
    ("text", "told", "others"),
    [
        ("They met with Peru, Malta and Chile.", {"PER"}, ("MLT", "CHL")),
        ("They met with Peru, Malta and Chile.", {"BRA"}, ()),
        ("They met with Peru and Malta.", {"PER"}, ("MLT",)),
        ("They met with Peru, Malta said.", {"PER"}, ()),
        ("They met in the capital of Peru and Malta.", {"PER"}, ()),
        ("Peru and Malta met in May.", {"PER"}, ()),
        ("They met with Peru, Malta in the hall of Chile.", {"PER"}, ()),
        ("Despite Peru and Malta, Chile met them.", {"CHL"}, ()),
        ("Peru and Malta and Chile met them.", {"CHL"}, ("PER", "MLT")),
        ("Peru, Malta and the Chile team met in May.", {"MLT"}, ("PER", "CHL")),
        ("After the dinner of Peru, Malta and Chile and the talks they met.", {"MLT"}, ()),
        ("After the dinner of Peru, Malta and Chile and the talks they met.", {"MLT", "CHL"}, ("PER",)),
    ],
)
def test_who_stands_in_a_list_with_a_party_takes_part_too(text: str, told: set[str], others: tuple[str, ...]) -> None:
    scene = scene_of(text, [mention(text, name, state) for name, state in STATES.items() if name in text])
    assert in_list_with(scene, met_in(scene), told) == others


def test_nobody_of_the_other_side_stands_in_a_list_of_this_one() -> None:
    text = "They met with Peru, Malta and Chile."
    scene = scene_of(text, [mention(text, name, state) for name, state in STATES.items()])
    assert in_list_with(scene, met_in(scene), {"PER"}, others={"CHL"}) == ()


def test_the_first_of_a_list_may_be_part_of_a_title() -> None:
    text = "The ministers of Peru, Malta and Chile met in May."
    first, *others = (mention(text, name, state) for name, state in STATES.items())
    scene = scene_of(text, [replace(first, nested=True), *others])
    assert in_list_with(scene, met_in(scene), {"MLT"}) == ("PER", "CHL")


def test_the_state_in_a_persons_title_is_none_of_a_list() -> None:
    text = "Peru president Ana Duarte, Malta and Chile met in May."
    state, *others = (mention(text, name, actor) for name, actor in STATES.items())
    person = replace(mention(text, "Ana Duarte", "ana-duarte"), outer_start=0)
    scene = scene_of(text, [replace(state, nested=True), person, *others])
    assert in_list_with(scene, met_in(scene), {"MLT"}) == ()


def told(case: dict[str, Any], language: str) -> dict[str, str]:
    """What the words say of each name."""
    page = Page(Document(id="case", text=case["text"], language=language), sentence_words(language))
    mentions = {name: mention(case["text"], name, name.upper()) for name in case["says"]}
    scene = Scene(lexicon_of(language), page, Mentions(mentions.values()), (), (), ())
    (trigger,) = [one for one in scene.triggers if case["text"][one.start : one.end] == case["trigger"]]
    kind, says = EventType(case["type"]), {}
    for name, named in mentions.items():
        party = Party(name, named.type, 0.5, Candidate(named, named.start < trigger.start, ()))
        acts = plainly_acts(scene, trigger, kind, party)
        says[name] = bystander(scene, trigger, kind, party) or ("open" if acts is None else ("acts" if acts else "suffers"))
        if says[name] == "open" and doubtful(scene, trigger, kind, party, acts=case.get("acts", party.before), plain=False):
            says[name] = "doubtful"
    return says


def bystander(scene: Scene, trigger: Trigger, kind: EventType, party: Party) -> str:
    """Why a name is no party, if it is none."""
    if is_place(scene, party):
        return "place"
    if is_another(scene, party):
        return "another"
    if is_aside(scene, trigger, kind, party):
        return "aside"
    if only_attends(scene, trigger, party):
        return "attends"
    return "tells" if only_tells(scene, trigger, kind, party) else ""


def scene_of(text: str, mentions: list[Mention]) -> Scene:
    page = Page(Document(id="case", text=text, language="en"), sentence_words("en"))
    return Scene(lexicon_of("en"), page, Mentions(mentions), (), (), ())


def met_in(scene: Scene) -> Trigger:
    return next(trigger for trigger in scene.triggers if trigger.word.startswith("met"))


def read(
    text: str, people: dict[str, str], outlets: frozenset[str] = frozenset(), seats: Mapping[str, str] = MappingProxyType({})
) -> tuple[EventReport, ...]:
    page = Page(Document(id="case", text=text, language="vi"), sentence_words("vi"))
    named = [mention(text, name, actor) for name, actor in people.items()]
    return EventGrammar("vi", outlets=outlets, seats=seats).find(page, Mentions(named), (), (), ())


def mention(text: str, name: str, actor: str) -> Mention:
    start = text.index(name)
    kind = ActorType.PERSON if actor.islower() else (ActorType.STATE if len(actor) == 3 else ActorType.ORGANISATION)
    return Mention(start=start, end=start + len(name), outer_start=start, outer_end=start + len(name), actors=(actor,), type=kind)
