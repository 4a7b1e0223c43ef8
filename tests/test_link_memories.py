"""What the models of links remember is what is judged now: a clause judged since is remembered by neither until they are trained anew."""

import sys
from pathlib import Path
from shutil import copytree

import msgspec
import pytest

from comity.tracking import link_model, second_look

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))

from link_gold import JUDGED, ROOT, state_of_judged

Model = type[link_model.LinkModel] | type[second_look.SecondModel]


@pytest.mark.parametrize(
    ("path", "model", "tool"),
    [
        (link_model.MODEL, link_model.LinkModel, "train_links.py FOLDER"),
        (second_look.MODEL, second_look.SecondModel, "train_rerank.py FOLDER --keep-table"),
    ],
)
def test_the_models_have_learned_from_what_is_judged(path: Path, model: Model, tool: str):
    learned_from = msgspec.msgpack.decode(path.read_bytes(), type=model).learned_from
    assert learned_from == state_of_judged(), f"{path.name} has not learned from what was judged since: python tools/{tool}"


@pytest.mark.parametrize("name", JUDGED)
def test_each_judged_file_counts(name: str, tmp_path: Path):
    for folder in ("tests/real", "tests/tracking/cases", "tools/lessons"):
        copytree(ROOT / folder, tmp_path / folder)
    before = state_of_judged(tmp_path)
    with (tmp_path / name).open("a", encoding="utf-8") as file:
        file.write("# one more\n")
    assert before == state_of_judged() != state_of_judged(tmp_path)
