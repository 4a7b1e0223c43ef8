"""Each fault seeded into a pack is found, with its file and line; a pack without faults has none."""

import shutil
from pathlib import Path

import pytest

from cases import load_cases
from comity.knowledge.check import check_pack

HERE = Path(__file__).parent
FAULTS = load_cases(HERE / "cases" / "pack_faults.yaml")


@pytest.fixture
def river(tmp_path: Path) -> Path:
    return shutil.copytree(HERE / "river", tmp_path / "river")


def test_the_pack_has_no_fault(river):
    assert [str(fault) for fault in check_pack(river)] == []


@pytest.mark.parametrize("case", FAULTS)
def test_a_seeded_fault_is_found(river, case):
    path = river / case["file"]
    text = path.read_text(encoding="utf-8")
    assert case.get("find", "") in text
    seeded = text.replace(case["find"], case["put"], 1) if "find" in case else text + case["put"] + "\n"
    path.write_text(seeded, encoding="utf-8")
    at = case.get("at", case["put"])
    line = seeded[: seeded.rindex(at)].count("\n") + 1
    told = [str(fault) for fault in check_pack(river)]
    assert [fault for fault in told if fault.startswith(f"{path}:{line}: ") and case["says"] in fault], (line, told)


def test_there_are_at_least_sixty():
    assert len({case.values[0]["text"] for case in FAULTS}) >= 60


def test_several_faults_are_told_at_once(river):
    (river / "actors.yaml").write_text("actors:\n- {id: X}\n- {id: Y, type: organisation, names: {en: [Y club]}}\n", encoding="utf-8")
    told = " ".join(str(fault) for fault in check_pack(river))
    assert "actors.yaml:2" in told
    assert "actors.yaml:3: Y names has no vi" in told
    assert "RIVER-LAB" in told  # a line is in the care of a body that is no longer described


def test_official_words_in_one_language_are_a_gap_and_no_fault(river):
    plans = river / "plans.yaml"
    plans.write_text(plans.read_text(encoding="utf-8").replace(", vi: Cảnh báo lũ", ""), encoding="utf-8")
    (gap,) = check_pack(river)
    assert gap.gap
    assert str(gap).endswith("plans.yaml:2: river-plan has 1 of 1 official lines without vi; another language is shown, with a mark.")


def test_a_folder_without_head(tmp_path):
    (tmp_path / "more.yaml").write_text("actors: []\n", encoding="utf-8")
    assert [fault.message for fault in check_pack(tmp_path)] == ["is missing; write the head of the partnership there."]


def test_a_head_that_says_nothing(tmp_path):
    (tmp_path / "pack.yaml").write_text("", encoding="utf-8")
    assert [fault.message for fault in check_pack(tmp_path)] == ["is missing; one file must hold the head."]


def test_a_file_that_is_no_text(river):
    (river / "notes.yaml").write_bytes("actors: [ñ]".encode("latin-1"))
    assert "UTF-8" in str(check_pack(river)[0])
