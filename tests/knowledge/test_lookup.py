"""`comity knowledge`: what a name means and why, and the faults of a pack on the command line."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from cases import load_cases
from comity.cli.knowledge import knowledge as commands
from comity.knowledge.lookup import look_up
from comity.knowledge.schema import KnowledgeFile
from comity.knowledge.yaml_nodes import parse_yaml

DOCS = Path(__file__).parents[2] / "docs"
MEANINGS = load_cases(Path(__file__).parent / "cases" / "meanings.yaml")


@pytest.mark.parametrize("case", MEANINGS)
def test_a_name_means(knowledge, case):
    found = look_up(knowledge, case["text"])
    assert [meaning.id for meaning in found] == case["means"]
    assert all(meaning.places for meaning in found)
    if found and "how" in case:
        assert found[0].how == case["how"]


def test_parents_are_shown(knowledge):
    (meaning,) = look_up(knowledge, "UNAMA")
    assert meaning.above == ("DPPA", "UN-SECRETARIAT", "UN")


def test_the_command_shows_the_entry():
    shown = CliRunner().invoke(commands, ["find", "HĐBA"])
    assert shown.exit_code == 0
    assert shown.stdout.startswith("UNSC  United Nations Security Council")


def test_the_command_checks_a_pack(tmp_path):
    (tmp_path / "pack.yaml").write_text("partnership:\n  id: x\n  names: {en: [X]}\n  parties: [MARS]\n")
    shown = CliRunner().invoke(commands, ["check", "--pack", str(tmp_path)])
    assert shown.exit_code == 2
    assert f"{tmp_path}/pack.yaml:4: x parties[0] 'MARS' is no known actor.\n" in shown.stdout


def test_the_shipped_data_passes():
    assert "no faults" in CliRunner().invoke(commands, ["check"]).stdout


@pytest.mark.parametrize("page", ["knowledge.md", "packs.md"])
def test_the_examples_of_the_manual_fit_the_schema(page):
    blocks = (DOCS / page).read_text(encoding="utf-8").split("```yaml\n")[1:]
    assert blocks
    for block in blocks:
        parse_yaml(block.split("```")[0], KnowledgeFile, name=page)
