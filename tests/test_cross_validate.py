"""Each gold document is read once, by models that learned without it; only what is learned is scored."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))

import cross_validate
from linear_training import part_of

from comity.reading.commitments import CommitmentModels
from comity.reading.events import load_event_models
from comity.reading.statements import load_models
from comity.reading.themes import load_theme_model
from comity.reading.weights import load_weights

TEXTS = {
    "talks": "Talks in Lima\nPeru and Chile signed an agreement on trade in Lima.",
    "visit": "A visit\nThe President of Chile visited Peru.",
}
EVENTS = {"talks": ("signed", "AGREE"), "visit": ("visited", "CONSULT")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two gold documents, each in a part of its own."""
    assert [part_of(name, 2) for name in TEXTS] == [0, 1]
    for name, text in TEXTS.items():
        trigger, kind = EVENTS[name]
        event = {"trigger": trigger, "type": kind, "source": ["PER", "CHL"], "target": [], "when": None}
        records = {"actors": [], "statements": [], "events": [event], "commitments": [], "themes": ["trade"]}
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        (tmp_path / f"{name}.json").write_bytes(msgspec.json.encode(records))
    (tmp_path / "meta.json").write_bytes(msgspec.json.encode({name: {"lang": "en"} for name in TEXTS}))
    return tmp_path


@pytest.fixture
def learned_from(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[set[str]]]:
    """The names each trainer is given, call by call. It returns the models that ship, those of events so shy that they tell of none."""
    calls: dict[str, list[set[str]]] = {}
    shipped = {
        "train_statements": load_models(),
        "train_commitments": CommitmentModels(**load_weights("commitments")),
        "train_events": msgspec.structs.replace(load_event_models(), trigger_at=1.1),
        "train_themes": load_theme_model(),
    }

    def trainer(name: str) -> Callable[..., Any]:
        def train(examples: Sequence[Any], *others: Any, **more: Any) -> Any:
            calls.setdefault(name, []).append({one.name if name == "train_themes" else one.gold.name for one in examples})
            return shipped[name]

        return train

    for name in shipped:
        monkeypatch.setattr(cross_validate, name, trainer(name))
    monkeypatch.setattr(cross_validate, "FOLDS", 2)
    monkeypatch.setattr(cross_validate, "side_by_side", lambda work, count: [work(number) for number in range(count)])
    return calls


def test_each_document_is_read_by_models_that_learned_without_it(folder: Path, learned_from: dict[str, list[set[str]]]) -> None:
    table = cross_validate.cross_validated(cross_validate.read_material(folder, []))
    assert learned_from.keys() == {"train_statements", "train_commitments", "train_events", "train_themes"}
    for name, calls in learned_from.items():
        assert [names & TEXTS.keys() for names in calls] == [{"visit"}, {"talks"}], name
    rows = [[cell.strip() for cell in line.split("|")] for line in table.splitlines()]
    assert rows[0][6] == "F1 all (2)"
    assert {row[1].partition(".")[0] for row in rows[2:]} <= {"statements", "events", "commitments", "themes"}
    assert next(row for row in rows if row[1] == "events")[2:4] == ["2", "0"]
