"""The packs that ship are whole and quickly loaded; the second proves that nothing is hard-wired; packs of one's own have names."""

import shutil
import time
from pathlib import Path

import pytest

from comity.errors import KnowledgeError
from comity.knowledge import load_knowledge, load_pack, pack_names
from comity.knowledge.check import check_pack
from comity.knowledge.json_schema import pack_schema
from comity.knowledge.load import PACKS, pack_folder, shipped_packs
from comity.knowledge.schema import KnowledgeFile
from comity.knowledge.words import label
from comity.knowledge.yaml_nodes import parse_yaml

HERE = Path(__file__).parent
DOCS = HERE.parents[1] / "docs"


@pytest.mark.parametrize("name", ["asean-un", "asean-us"])
def test_a_pack_that_ships_has_no_faults(name):
    assert [str(fault) for fault in check_pack(PACKS / name)] == []


def test_what_asean_un_holds():
    pack = load_pack("asean-un")
    tied = {actor.id: [one for tie in actor.ties for one in tie.with_] for actor in pack.actors if actor.ties}
    assert len(tied) >= 55
    assert len({body for bodies in tied.values() for body in bodies}) >= 50
    assert len(pack.instruments) >= 52
    assert [area.number for area in pack.priority_areas] == [1, 2, 3, 4, 5, 6]
    assert len(pack.flagships) == 7
    assert {vision.id for vision in pack.visions} == {"asean-2025", "asean-2045"}
    lines = {line.id for plan in pack.plans for section in plan.sections for line in section.lines}
    assert {row.line for row in pack.alignments if row.line} == lines
    assert all(row.by == "ours" for row in pack.alignments)


def test_what_is_known_from_memory_only_says_so():
    pack = load_pack("asean-un")
    assert all(tie.source for actor in pack.actors for tie in actor.ties if tie.confirmed)
    assert not any(tie.source for actor in pack.actors for tie in actor.ties if not tie.confirmed)


def test_every_paragraph_of_the_joint_vision_statement_is_a_line():
    plan = next(plan for plan in load_pack("asean-us").plans if plan.id == "asean-us-joint-vision-2022")
    assert [len(section.lines) for section in plan.sections] == [1, 1, 6, 5, 2, 2, 3, 4, 5]
    lines = [line for section in plan.sections for line in section.lines]
    assert all(line.wording == "paraphrase" and line.numbering == "assigned" and set(line.words) == {"en", "vi"} for line in lines)


def test_the_goals_and_their_targets():
    goals = load_knowledge(()).sdgs
    assert len(goals) == 17
    targets = [target for goal in goals.values() for target in goal.targets]
    assert len(targets) == len({target.id for target in targets}) == 169
    assert all(set(target.words) == {"en", "vi"} for target in targets)


def test_a_pack_loads_in_no_time():
    load_pack("asean-un")
    begun = time.perf_counter()
    load_pack("asean-un")
    assert time.perf_counter() - begun < 0.15


def test_packs_of_ones_own_have_names(tmp_path, monkeypatch):
    shutil.copytree(HERE / "river", tmp_path / "packs" / "river")
    shutil.copytree(HERE / "river", tmp_path / "asean-us")
    monkeypatch.setenv("COMITY_PACKS", f"{tmp_path / 'packs'}:{tmp_path / 'asean-us'}")
    assert pack_names() == ["asean-un", "asean-us", "river"]
    assert load_pack("river").partnership.id == "river"
    assert pack_folder("asean-us") == tmp_path / "asean-us"  # one's own goes before the one that ships
    assert shipped_packs() == ["asean-un"]
    assert "river-plan" in load_knowledge().plans


def test_a_folder_of_packs_that_is_not_there(tmp_path, monkeypatch):
    monkeypatch.setenv("COMITY_PACKS", str(tmp_path / "nowhere"))
    with pytest.raises(KnowledgeError, match="COMITY_PACKS"):
        pack_names()


def test_a_label_that_lacks_a_language_is_marked():
    assert label({"en": ("Fish",), "vi": ("Cá",)}, "vi") == "Cá"
    assert label({"en": ("Fish",)}, "vi") == "Fish [en]"
    assert label("yearly", "vi") == "yearly [en]"
    assert label({"vi": "cá"}, "en") == "cá [vi]"
    assert label({}, "en") == label(None, "en") == ""


def test_the_schema_in_the_manual_is_the_one_printed():
    assert (DOCS / "pack.schema.json").read_text(encoding="utf-8") == pack_schema()


def test_every_sample_names_its_source():
    for sample in sorted((PACKS / "asean-us" / "samples").glob("*.md")):
        head = parse_head(sample)
        assert head["source"].startswith("https://"), sample.name
        assert head["note"].startswith("A digest written for Comity")


def parse_head(path: Path) -> dict[str, str]:
    return parse_yaml(path.read_text(encoding="utf-8").split("---\n")[1], dict[str, str], name=path.name)


def test_a_file_of_a_pack_fits_the_schema_it_is_printed_from():
    assert (
        parse_yaml((HERE / "river" / "plans.yaml").read_text(encoding="utf-8"), KnowledgeFile, name="plans.yaml").plans[0].id
        == "river-plan"
    )
