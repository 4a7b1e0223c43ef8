"""Why a finding was made: each has grounds; what a ground says of the text and of the data files is so, whatever the text."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import comity
from comity.knowledge import load_knowledge, load_pack
from comity.languages import languages, load_words
from comity.reading import Reader
from comity.reading.why import Explainer, Ground, Whys
from comity.records import Document, Reading

HERE = Path(comity.__file__).parent
KNOWLEDGE = load_knowledge((load_pack("asean-un"),))
READER, EXPLAINER = Reader(KNOWLEDGE), Explainer(KNOWLEDGE)
VI = (
    "Tổng Thư ký Liên hợp quốc António Guterres sẽ thăm chính thức Lào vào tháng tới.\nBộ trưởng Trần Văn Khoa nhấn mạnh Việt Nam cam kết"
    " đóng góp 2 triệu USD trước năm 2025. Ông cho biết Kế hoạch hành động ASEAN-Liên hợp quốc giai đoạn 2016-2020 đạt trên 90%."
)
EN = (
    "Prime Minister Ana Kovac met Foreign Minister Samir Fahmy during the 36th ASEAN Summit, on 3 May. She said Croatia would give $2"
    " million by 2025. Over 90 per cent of the action lines of the Plan of Action have been addressed."
)


@pytest.mark.parametrize(("text", "language"), [(VI, "vi"), (EN, "en")])
def test_every_finding_has_grounds_and_each_entry_stands_in_the_line_named(text: str, language: str) -> None:
    reading, whys = explained(text, language)
    for kind, found in whys.items():
        assert len(found) == len(getattr(reading, kind))
        assert all(found), kind
    assert {"statements", "events", "actors", "dates", "progress"} <= {kind for kind, found in whys.items() if found}
    for ground in grounds_of(whys):
        check(ground, text)


@pytest.mark.parametrize(
    ("text", "language", "kind", "by", "file", "key"),
    [
        (VI, "vi", "statements", "cue", "languages/vi/cues.yaml", "act=affirm"),
        (VI, "vi", "events", "trigger", "languages/vi/events.yaml", "triggers.CONSULT.directed"),
        (VI, "vi", "events", "modality", "languages/vi/events.yaml", "scheduled"),
        (VI, "vi", "actors", "known", "knowledge/world/people.yaml", "antonio-guterres"),
        (VI, "vi", "actors", "title", "languages/vi/titles.yaml", "offices.minister"),
        (VI, "vi", "instruments", "known", "knowledge/partnerships/asean-un/instruments.yaml", "asean-un-poa-2016-2020"),
        (VI, "vi", "commitments", "cue", "languages/vi/commitments.yaml", "modals"),
        (VI, "vi", "dates", "date-form", "languages/vi/dates.yaml", "means"),
        (EN, "en", "mechanisms", "known", "knowledge/world/mechanisms.yaml", "asean-summit"),
        (EN, "en", "progress", "cue", "languages/en/progress.yaml", "figures.bounds.over"),
        (EN, "en", "offices", "title", "languages/en/titles.yaml", "offices.prime-minister"),
        (EN, "en", "themes", "term", "knowledge/world/themes.yaml", "themes"),
    ],
)
def test_the_entry_to_mend(text: str, language: str, kind: str, by: str, file: str, key: str) -> None:
    grounds = [ground for found in explained(text, language)[1][kind] for ground in found]
    assert any(g.by == by and g.place.startswith(f"{file}:") and key in g.key for g in grounds), grounds


def test_a_date_without_its_year_rests_on_the_day_of_publication() -> None:
    grounds = [ground for found in explained(EN, "en")[1]["dates"] for ground in found]
    assert any(ground.by == "published" and ground.entry == "2020-06-01" for ground in grounds)


def test_the_model_of_an_event_says_how_likely_and_what_weighed_most() -> None:
    model = next(ground for ground in explained(EN, "en")[1]["events"][0] if ground.by == "model")
    assert model.likely is not None
    assert model.at is not None
    assert model.likely >= model.at
    assert len(model.features) == 5
    assert (HERE / model.place).is_file()


def test_each_language_can_say_every_kind_of_ground() -> None:
    words = {language: load_words(language, "explain", dict[str, str]) for language in languages()}
    assert len({frozenset(known) for known in words.values()}) == 1
    for text, language in ((VI, "vi"), (EN, "en")):
        assert {ground.by for ground in grounds_of(explained(text, language)[1])} <= words[language].keys()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from([*VI.split(), *EN.split(), "\n", ".", "“", ";", "%"]), max_size=60), st.sampled_from(["vi", "en"]))
def test_whatever_the_text_its_findings_can_be_explained(words: list[str], language: str) -> None:
    text = " ".join(words) or "-"
    for ground in grounds_of(explained(text, language)[1]):
        check(ground, text)


def explained(text: str, language: str) -> tuple[Reading, Whys]:
    reading = READER.read(Document(id="case", text=text, language=language, published="2020-06-01"))
    return reading, EXPLAINER.explain(reading)


def grounds_of(whys: Whys) -> list[Ground]:
    return [ground for found in whys.values() for grounds in found for ground in grounds]


def check(ground: Ground, text: str) -> None:
    """The quote is a slice of the text; the line named holds the entry."""
    if ground.start is not None:
        assert " ".join(text[ground.start : ground.end].split()) == ground.quote
    if (place := re.fullmatch(r"(.+\.yaml):(\d+)", ground.place)) and ground.by not in ("slip", "known"):
        line = (HERE / place[1]).read_text(encoding="utf-8").splitlines()[int(place[2]) - 1]
        assert ground.entry.replace("'", "") in line.replace("'", "").replace("\\\\", "\\"), (ground, line)
