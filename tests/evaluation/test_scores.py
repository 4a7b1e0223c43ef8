"""The scorer counts what the guide says counts."""

from pathlib import Path

import msgspec
import pytest

from comity.errors import BadInputError
from comity.evaluation import Scores, load_gold, score_document
from comity.evaluation.mistakes import Mistake, in_context
from comity.evaluation.run import evaluate, worst_errors
from comity.reading import Reader

TEXT = "Meeting in Hanoi\nMinister Lan Pham said Freedonia will pay. Sylvania praised Freedonia on 3 May 2019. Read more: sport"
GOLD = {
    "actors": [
        {"quote": "Lan Pham", "type": "person", "id": "lan-pham"},
        {"quote": "Freedonia", "type": "state", "id": "FRE"},
        {"quote": "Sylvania", "type": "state", "id": "SYL"},
    ],
    "offices": [{"person": "lan-pham", "quote": "Minister", "of": None}],
    "statements": [
        {"speaker": ["lan-pham"], "cue": "said", "content": {"start": "Freedonia will", "end": "pay"}, "direct": False, "act": "commit"},
        {"speaker": ["SYL"], "cue": "praised", "content": {"start": "Freedonia on", "end": "2019"}, "direct": False, "act": "welcome"},
    ],
    "events": [{"trigger": "Meeting", "type": "CONSULT", "source": ["FRE", "SYL"], "target": [], "when": "2019-05", "status": "happened"}],
    "commitments": [{"quote": {"start": "Freedonia will", "end": "pay"}, "by": ["FRE"], "force": "pledged", "due": None}],
    "instruments": [],
    "mechanisms": [],
    "progress": [],
    "dates": [{"quote": "3 May 2019", "iso": "2019-05-03"}],
    "themes": ["finance"],
    "related": [{"start": "Read more", "end": "sport"}],
    "slips": [],
}


@pytest.fixture
def gold(tmp_path: Path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.json").write_bytes(msgspec.json.encode(GOLD))
    return next(load_gold(tmp_path))


def place(words: str, **fields):
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), **fields}


def scored(gold, **reading):
    scores = Scores()
    errors = score_document(gold, reading, scores)
    return scores.kinds, errors


def test_a_perfect_reading_scores_one(gold):
    reading = {
        "actors": [
            place("Lan Pham", type="person", id="lan-pham"),
            place("Freedonia", type="state", id="FRE"),
            place("Sylvania", type="state", id="SYL"),
        ],
        "offices": [place("Minister", person="lan-pham")],
        "statements": [
            place("Freedonia will pay", speaker=["lan-pham"], cue="said", act="commit"),
            place("Freedonia on 3 May 2019", speaker=["SYL"], cue="praised", act="welcome"),
        ],
        "events": [place("Meeting", type="CONSULT", source=["SYL"], target=["FRE"], when="2019-05-03")],
        "commitments": [place("Freedonia will pay", by=["FRE"])],
        "dates": [place("3 May 2019", iso="2019-05-03")],
        "themes": ["finance"],
        "related": [place("Read more: sport")],
    }
    kinds, errors = scored(gold, **reading)
    assert {kind: score.f1 for kind, score in kinds.items() if score.gold} == {kind: 1.0 for kind, score in kinds.items() if score.gold}
    assert not any(errors.wrong.values())
    assert not any(errors.missed.values())


def test_an_empty_reading_misses_all_and_is_wrong_nowhere(gold):
    kinds, errors = scored(gold)
    assert all(score.right == 0 and score.found == 0 for score in kinds.values())
    assert [mistake.words for mistake in errors.missed["statements"]] == ["Freedonia will pay", "Freedonia on 3 May 2019"]


def test_half_the_words_of_a_statement_are_enough_and_less_is_not(gold):
    half, _ = scored(gold, statements=[place("Freedonia will", speaker=["lan-pham"], cue="said", act="inform")])
    less, _ = scored(gold, statements=[place("pay", speaker=["lan-pham"], cue="said", act="commit")])
    assert (half["statements"].right, half["statements.speaker"].right, half["statements.act"].right) == (1, 1, 0)
    assert less["statements"].right == 0


def test_the_wrong_type_or_a_far_trigger_is_no_event(gold):
    wrong_type, _ = scored(gold, events=[place("Meeting", type="AID", source=["FRE", "SYL"], target=[], when=None)])
    right, _ = scored(gold, events=[place("Meeting", type="CONSULT", source=["FRE"], target=["XYZ"], when="2018")])
    assert wrong_type["events.type"].right == 0
    assert (right["events.type"].right, right["events"].right) == (1, 1)
    assert right["events.when"].right == 0


def test_what_stands_in_the_related_part_is_not_counted(gold):
    kinds, _ = scored(gold, actors=[place("Read", type="person", id="read")])
    assert kinds["actors"].found == 0


def test_a_folder_without_gold_is_refused_in_a_sentence(tmp_path):
    with pytest.raises(BadInputError, match="holds no gold documents"):
        next(load_gold(tmp_path))


@pytest.mark.parametrize(
    ("kind", "reading", "told"),
    [
        ("statements.speaker", {"statements": [place("Freedonia will pay", speaker=["x-y"])]}, "['x-y'], not ['lan-pham']"),
        ("statements.act", {"statements": [place("Freedonia will pay", speaker=["lan-pham"], act="agree")]}, "agree, not commit"),
        ("commitments.by", {"commitments": [place("Freedonia will pay", by=["SYL"])]}, "['SYL'], not ['FRE']"),
        ("events.when", {"events": [place("Meeting", type="CONSULT", source=["FRE", "SYL"], when="2020")]}, "2020, not 2019-05"),
        ("dates.iso", {"dates": [place("3 May 2019", iso="2019-03-05")]}, "2019-03-05, not 2019-05-03"),
    ],
)  # fmt: skip
def test_a_wrong_field_is_told_beside_the_right_one(gold, kind, reading, told):
    assert [mistake.what for mistake in scored(gold, **reading)[1].wrong[kind]] == [told]


def test_a_mistake_is_shown_with_the_words_about_it():
    start = TEXT.index("praised")
    shown = in_context(TEXT, Mistake("praised", "", (start, start + 7)))
    assert "Sylvania «praised» Freedonia" in shown
    assert shown.startswith("…") is (start > 70)


def test_the_errors_of_every_kind_scored_can_be_listed(gold, tmp_path: Path, reader: Reader):
    done: list[tuple[int, int]] = []
    evaluation = evaluate(tmp_path, reader, lambda *of: done.append(of))
    assert done[-1] == (evaluation.documents["all"], evaluation.documents["all"])
    for kind in evaluation.scores["all"].kinds:
        if kind not in ("actors.person", "actors.state", "actors.organisation", "statements.full"):  # parts and sums of those listed
            lines = list(worst_errors(evaluation, kind, 9))
            assert not lines or lines[0] == "a"
    with pytest.raises(BadInputError, match="there are those of actors, "):
        list(worst_errors(evaluation, "verbs", 9))
