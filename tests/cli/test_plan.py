"""`comity plan` from end to end: import with review, re-import, export and back, compare."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from comity.cli.plan import plan_app
from comity.errors import ComityError
from comity.knowledge import load_pack
from comity.knowledge.schema import KnowledgeFile
from comity.knowledge.yaml_file import read_yaml

PACK = """\
partnership: {id: two, names: {en: [Two Organisations]}, parties: [ONE, TWO]}
actors:
- {id: ONE, type: organisation, names: {en: [First Organisation]}, acronyms: [ONE]}
- {id: TWO, type: organisation, names: {en: [Second Organisation]}, acronyms: [TWO]}
- {id: BODY, type: organisation, names: {en: [Body of Rivers]}, acronyms: [BODY]}
"""
PLAN = """\
# Plan of Action 2026-2030

## A. Rivers

1. Share early warnings on storms through the Body of Rivers.
2. Map flood plains together.

## B. Trade

3. Harmonise customs forms for goods carried by sea.
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "two"
    folder.mkdir()
    (folder / "pack.yaml").write_text(PACK, encoding="utf-8")
    return folder


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "plan.md"
    path.write_text(PLAN, encoding="utf-8")
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(plan_app, [str(argument) for argument in arguments], catch_exceptions=False)


def refused(*arguments: object) -> str:
    with pytest.raises(ComityError) as raised:
        run(*arguments)
    return str(raised.value)


def test_nothing_is_written_without_yes(pack: Path, document: Path):
    shown = run("import", document, "--plan", "poa", "--pack", pack)
    assert shown.exit_code == 0
    assert "3 lines in 2 sections" in shown.stdout
    assert "Share early warnings" in shown.stdout
    assert "Nothing is written yet" in shown.stdout
    assert not (pack / "plan-poa.yaml").exists()


def test_the_pack_holds_the_plan(pack: Path, document: Path):
    run("import", document, "--plan", "poa", "--pack", pack, "--yes")
    (plan,) = load_pack(pack).plans
    assert plan.period == "2026/2030"
    assert plan.names == {"en": ("Plan of Action 2026-2030",)}
    lines = [line for section in plan.sections for line in section.lines]
    assert [(line.id, line.number, line.wording) for line in lines] == [(f"poa-{n}", str(n), "official") for n in (1, 2, 3)]
    assert lines[0].responsible == ("BODY",)
    assert lines[0].place == "line 5"


def test_a_second_import_shows_what_changed_and_keeps_what_people_added(pack: Path, document: Path):
    run("import", document, "--plan", "poa", "--pack", pack, "--yes")
    file = pack / "plan-poa.yaml"
    file.write_text(
        file.read_text().replace("en: Map flood plains together.", "en: Map flood plains together.\n        vi: Cùng lập bản đồ.")
    )
    document.write_text(PLAN.replace("by sea", "by sea and by land"), encoding="utf-8")
    shown = run("import", document, "--plan", "poa", "--pack", pack, "--yes")
    assert "reworded" in shown.stdout
    (plan,) = load_pack(pack).plans
    assert plan.sections[0].lines[1].words == {"en": "Map flood plains together.", "vi": "Cùng lập bản đồ."}
    assert plan.sections[1].lines[0].words == {"en": "Harmonise customs forms for goods carried by sea and by land."}
    assert "Nothing has changed" in run("import", document, "--plan", "poa", "--pack", pack).stdout


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".docx", ".json"])
def test_out_and_back(suffix: str, pack: Path, document: Path, tmp_path: Path):
    run("import", document, "--plan", "poa", "--pack", pack, "--yes")
    before = (pack / "plan-poa.yaml").read_text().split("\n", 1)[1]
    matrix = tmp_path / f"matrix{suffix}"
    assert "3 lines of poa written" in run("export", "poa", matrix, "--pack", pack).stdout
    run("import", matrix, "--plan", "poa", "--pack", pack, "--yes")
    assert (pack / "plan-poa.yaml").read_text().split("\n", 1)[1] == before


def test_an_export_writes_over_nothing_unasked(pack: Path, document: Path, tmp_path: Path):
    run("import", document, "--plan", "poa", "--pack", pack, "--yes")
    run("export", "poa", tmp_path / "matrix.csv", "--pack", pack)
    assert "is there already" in refused("export", "poa", tmp_path / "matrix.csv", "--pack", pack)
    assert run("export", "poa", tmp_path / "matrix.csv", "--pack", pack, "--replace").exit_code == 0
    assert "is no format" in refused("export", "poa", tmp_path / "matrix.pdf", "--pack", pack)


def test_lines_that_are_not_known_may_be_no_news():
    """A desk that reads "dropped" out of two plans of which one line in five is known would mislead its minister."""
    shown = run("compare", "asean-un-poa-2016-2020", "asean-un-poa-2021-2025", "--lang", "vi").stdout
    assert "ở đây mới có 22 trên 103 dòng" in shown
    assert "ở đây mới có 18 trên 140 dòng" in shown


def test_compare(pack: Path, document: Path, tmp_path: Path):
    run("import", document, "--plan", "poa", "--pack", pack, "--yes")
    document.write_text(PLAN.replace("2. Map flood plains together.\n", ""), encoding="utf-8")
    run("import", document, "--plan", "poa-2", "--output", tmp_path / "new.yaml", "--yes")
    shown = run("compare", "poa", tmp_path / "new.yaml", "--pack", pack)
    assert "carried over: 2 · dropped: 1" in shown.stdout
    told = json.loads(run("compare", "poa", tmp_path / "new.yaml", "--pack", pack, "--format", "json").stdout)
    assert [item["change"] for item in told["renewals"]] == ["carried over", "carried over", "dropped"]
    assert "known here" not in shown.stdout
    assert "giữ nguyên: 2" in run("compare", "poa", tmp_path / "new.yaml", "--pack", pack, "--lang", "vi").stdout


def test_output_names_a_file_of_its_own(document: Path, tmp_path: Path):
    run("import", document, "--plan", "poa", "--output", tmp_path / "poa.yaml", "--yes")
    assert [plan.id for plan in read_yaml(tmp_path / "poa.yaml", KnowledgeFile).plans] == ["poa"]


def test_refusals(pack: Path, document: Path, tmp_path: Path):
    assert "Name the pack's folder with --pack" in refused("import", document, "--plan", "poa")
    assert "ships with Comity" in refused("import", document, "--plan", "poa", "--pack", "asean-un")
    assert "can't be a plan's id" in refused("import", document, "--plan", "../poa", "--output", tmp_path / "x.yaml")
    assert "let the name end in .yaml" in refused("import", document, "--plan", "poa", "--output", tmp_path / "x.txt")
    assert "There is no plan 'nix'" in refused("compare", "nix", "poa", "--pack", pack)
    assert "there is no such file" in refused("import", tmp_path / "nix.md", "--plan", "poa", "--pack", pack)
    assert "can't be written" in refused("import", document, "--plan", "poa", "--output", tmp_path / "no" / "x.yaml", "--yes")


def test_a_copied_row(pack: Path, document: Path, tmp_path: Path):
    run("import", document, "--plan", "poa", "--pack", pack, "--yes")
    matrix = tmp_path / "matrix.csv"
    run("export", "poa", matrix, "--pack", pack)
    text = matrix.read_bytes().decode("utf-8-sig")
    matrix.write_text(text + text.splitlines()[-1] + "\n", encoding="utf-8")
    assert "the line id 'poa-3' stands twice" in refused("import", matrix, "--plan", "poa", "--pack", pack)


def test_a_plan_described_elsewhere(pack: Path, document: Path):
    run("import", document, "--plan", "poa", "--pack", pack, "--yes")
    (pack / "plan-poa.yaml").rename(pack / "plans.yaml")
    assert "describes the plan 'poa' already" in refused("import", document, "--plan", "poa", "--pack", pack)
