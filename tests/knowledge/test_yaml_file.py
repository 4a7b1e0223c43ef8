"""A fault in a YAML file is told with file, line and field; a file read before is not parsed again."""

from pathlib import Path

import pytest

from cases import load_cases
from comity.errors import KnowledgeError
from comity.knowledge.schema import KnowledgeFile
from comity.knowledge.yaml_file import read_yaml
from comity.knowledge.yaml_nodes import parse_yaml

FAULTY = load_cases(Path(__file__).parent / "cases" / "faulty.yaml")


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    monkeypatch.setenv("COMITY_HOME", str(folder))
    return folder


@pytest.mark.parametrize("case", FAULTY)
def test_a_fault_is_told_with_file_and_line(case):
    with pytest.raises(KnowledgeError) as told:
        parse_yaml(case["yaml"], KnowledgeFile, name="world/x.yaml")
    assert str(told.value).startswith(f"world/x.yaml:{case['line']}: ")
    assert case["says"] in str(told.value)


def test_the_field_is_named():
    with pytest.raises(KnowledgeError, match=r"field actors\[0\].names\[...\]"):
        parse_yaml("actors:\n- {id: X, type: state, names: {en: X}}", KnowledgeFile, name="x")


def test_texts_stay_texts():
    file = parse_yaml("actors:\n- {id: NO, type: state, names: {en: [on, 2011]}, source: 2011-11}", KnowledgeFile, name="x")
    assert file.actors[0].id == "NO"
    assert file.actors[0].names["en"] == ("on", "2011")
    assert file.actors[0].source == "2011-11"


def test_an_empty_file_says_nothing():
    assert parse_yaml("", KnowledgeFile, name="x") == KnowledgeFile()


def test_a_file_that_is_no_utf8(tmp_path):
    (tmp_path / "x.yaml").write_bytes("actors: [ñ]".encode("latin-1"))
    with pytest.raises(KnowledgeError, match="UTF-8"):
        read_yaml(tmp_path / "x.yaml", KnowledgeFile)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(KnowledgeError, match=r"x\.yaml"):
        read_yaml(tmp_path / "x.yaml", KnowledgeFile)


def test_deep_nesting_is_a_sentence_not_a_crash():
    with pytest.raises(KnowledgeError):
        parse_yaml("[" * 50_000, KnowledgeFile, name="x")


def test_what_was_read_is_kept_and_a_change_is_seen(tmp_path, data_folder):
    path = tmp_path / "x.yaml"
    path.write_text("actors:\n- {id: X, type: state}", encoding="utf-8")
    first = read_yaml(path, KnowledgeFile)
    assert len(list((data_folder / "cache").glob("x-*.msgpack"))) == 1
    assert read_yaml(path, KnowledgeFile) == first
    path.write_text("actors:\n- {id: Y, type: state}", encoding="utf-8")
    assert read_yaml(path, KnowledgeFile).actors[0].id == "Y"
    assert len(list((data_folder / "cache").glob("x-*"))) == 1


def test_a_damaged_cache_is_parsed_again(tmp_path, data_folder):
    path = tmp_path / "x.yaml"
    path.write_text("actors:\n- {id: X, type: state}", encoding="utf-8")
    first = read_yaml(path, KnowledgeFile)
    (kept,) = (data_folder / "cache").glob("x-*.msgpack")
    kept.write_bytes(b"\x81\xa1a")
    assert read_yaml(path, KnowledgeFile) == first


def test_a_folder_that_cannot_be_written_costs_nothing(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("COMITY_HOME", str(tmp_path / "file"))
    path = tmp_path / "x.yaml"
    path.write_text("actors:\n- {id: X, type: state}", encoding="utf-8")
    assert read_yaml(path, KnowledgeFile).actors[0].id == "X"
