"""All languages have the same words, with the same fields, for everything that can be said."""

import re
import string
from itertools import chain

import pytest

from comity.errors import BadInputError
from comity.languages import HERE, languages, load_words
from comity.publishing.labels import LabelFile, Labels
from comity.reading.event_groups import GroupWords
from comity.reading.subject_words import SubjectWords
from comity.records import Act, ActorType, Bound, DateSource, EventType, Force, ProgressVerb, Reading, Status
from comity.register.rows import STRUCTS
from comity.tracking.brief import Stance
from comity.tracking.conflicts import ConflictKind
from comity.tracking.judgements import Beside, JudgementKind
from comity.tracking.ledger import DatedBy
from comity.tracking.occurrences import State
from comity.tracking.undertaking import How, Standing

SOURCES = [*(HERE.parent / "cli").glob("*.py"), *(HERE.parent / "publishing").rglob("*.py"), *(HERE.parent / "publishing").rglob("*.html")]
KEYED = {
    "act": Act,
    "actor": ActorType,
    "bound": Bound,
    "force": Force,
    "verb": ProgressVerb,
    "status": Status,
    "published": DateSource,
    "conflict": ConflictKind,
    "by": DatedBy,
    "judgement": tuple(kind for kind in JudgementKind if kind is not JudgementKind.CONFLICT),
    "beside": Beside,
    "standing": Standing,
    "followed_how": How,
    "stance": Stance,
    "state": State,
    "event": EventType,
    "kind": tuple(STRUCTS),
    "language": tuple(languages()),
    "corrects": sorted({field for shape in STRUCTS.values() for field in shape.__struct_fields__ if field != "cue"}),
    "decided": ("accept", "reject", "correct", "note", "set-status", "because", "badge"),
}


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.fixture(params=languages())
def labels(request) -> LabelFile:
    return load_words(request.param, "labels", LabelFile)


@pytest.fixture
def english() -> LabelFile:
    return load_words("en", "labels", LabelFile)


def test_the_same_keys(labels, english):
    assert set(labels.words) == set(english.words)
    assert set(labels.counted) == set(english.counted)


def test_the_same_fields(labels, english):
    assert {key: fields(text) for key, text in labels.words.items()} == {key: fields(text) for key, text in english.words.items()}


def test_a_counted_text_has_its_number_and_a_form_for_all(labels):
    assert all("other" in forms and all("n" in fields(text) for text in forms.values()) for forms in labels.counted.values())


def test_every_value_has_its_word(labels):
    keys = [f"{group}_{value}" for group, values in KEYED.items() for value in values]
    assert [key for key in keys if key not in labels.words] == []


def test_every_kind_of_a_reading_is_stored():
    assert {*STRUCTS} == {*Reading.__struct_fields__} - {"document", "reader"}


def test_every_word_that_the_code_asks_for_is_there_and_no_other(english):
    text = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    asked = set(re.findall(r"""say\(\s*"([\w-]+)"\s*[,)]""", text)) | set(re.findall(r"""(?:count|say)\(\s*"([\w-]+)",""", text))
    known = {*english.words, *english.counted}
    others = {
        key for file in (HERE / "en").glob("*.yaml") for key in re.findall(r"^ *([\w-]+):", file.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert asked <= known | others
    mentioned = set(re.findall(r"[\w-]+", text))
    groups = {*KEYED, "section", "conflict", "place", "group", "followed", "brief", "digest"}
    assert [key for key in known if key not in mentioned and key.split("_")[0] not in groups] == []


@pytest.mark.parametrize(
    ("language", "iso", "text"),
    [
        ("en", "2020-01-30", "30 January 2020"),
        ("vi", "2020-01-30", "30/1/2020"),
        ("en", "2019-09", "September 2019"),
        ("vi", "2019-09", "tháng 9/2019"),
        ("en", "2011", "2011"),
        ("vi", "2011", "năm 2011"),
        ("en", "2016/2020", "2016 to 2020"),
        ("vi", None, "không rõ ngày"),
    ],
)
def test_dates(language, iso, text):
    assert Labels(language).date(iso) == text


@pytest.mark.parametrize(
    ("language", "name", "text"),
    [
        ("en", "United Nations", "the United Nations"),
        ("en", "Government of Tanzania", "the Government of Tanzania"),
        ("en", "White House", "the White House"),
        ("en", "The Bahamas", "The Bahamas"),
        ("en", "ASEAN", "ASEAN"),
        ("en", "Freedom House", "Freedom House"),
        ("vi", "Liên hợp quốc", "Liên hợp quốc"),
    ],
)
def test_a_name_in_a_sentence(language, name, text):
    assert Labels(language).in_sentence(name) == text


def test_numbers_and_plurals():
    assert (Labels("en").number(81.4), Labels("vi").number(81.4)) == ("81.4", "81,4")
    assert [Labels("en").count("documents", number) for number in (1, 2, 1200)] == ["1 document", "2 documents", "1,200 documents"]


def test_a_language_without_a_folder():
    with pytest.raises(BadInputError, match="en, vi"):
        Labels("xx")


def test_no_text_is_empty(labels):
    assert all(chain(labels.words.values(), *(forms.values() for forms in labels.counted.values())))


@pytest.mark.parametrize("language", languages())
def test_every_group_that_the_word_lists_tell_of_has_a_name(language: str) -> None:
    groups = {
        group
        for one in languages()
        for path in (HERE / one).glob("*.yaml")
        for group in re.findall(r"group:([a-z][\w-]*)", path.read_text("utf-8"))
    }
    for one in languages():
        groups |= set(load_words(one, "event_groups", GroupWords).groups) | set(load_words(one, "subjects", SubjectWords).groups)
    labels = Labels(language)
    nameless = [group for group in sorted(groups) if not labels.has(f"group_{group}")]
    assert not nameless
