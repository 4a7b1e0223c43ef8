"""`comity pack`, as a person runs it."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from comity.cli.pack import pack_app
from comity.errors import BadInputError, KnowledgeError

RIVER = Path(__file__).parents[1] / "knowledge" / "river"


def run(*arguments: str, said: str | None = None):
    return CliRunner().invoke(pack_app, list(arguments), input=said)


def test_check_counts_what_a_pack_holds():
    done = run("check", str(RIVER))
    assert done.exit_code == 0, done.stderr
    assert done.stdout == "3 actors, 3 instruments, 1 mechanisms, 1 plans with 3 lines, no faults.\n"


def test_check_names_every_fault_and_ends_with_2(tmp_path):
    river = shutil.copytree(RIVER, tmp_path / "river")
    plans = river / "plans.yaml"
    plans.write_text(plans.read_text(encoding="utf-8").replace("[MRC, RIVER-LAB]", "[MRCX, RIVER-LABX]"), encoding="utf-8")
    done = run("check", str(river))
    assert done.exit_code == 2
    assert [line.split(" ")[0] for line in done.stdout.splitlines()] == [f"{plans}:21:", f"{plans}:21:"]


def test_check_of_no_pack():
    assert isinstance(run("check", "nowhere").exception, BadInputError)


def test_show_in_both_languages():
    shown = run("show", str(RIVER)).stdout
    for words in (
        "Accord of the Two Rivers",
        "Hiệp ước hai dòng sông",
        "Measure the water together",
        "Cùng đo mực nước",
        "FAO",
        "Flood bell",
    ):
        assert words in shown


def test_show_marks_paraphrases_and_what_is_not_confirmed():
    shown = run("show", str(RIVER)).stdout
    assert "1~" in shown
    assert "RIVER-LAB?" in shown


def test_show_in_one_language_marks_what_lacks_it(tmp_path):
    river = shutil.copytree(RIVER, tmp_path / "river")
    plans = river / "plans.yaml"
    plans.write_text(plans.read_text(encoding="utf-8").replace(", vi: Đếm cá", ""), encoding="utf-8")
    shown = run("show", str(river), "--lang", "vi").stdout
    assert "Count the fish [en]" in shown
    assert "Warn of floods" not in shown


def test_show_in_a_language_nobody_speaks():
    assert isinstance(run("show", str(RIVER), "--lang", "xx").exception, BadInputError)


def test_show_of_no_pack():
    assert isinstance(run("show", "nowhere").exception, KnowledgeError)


def test_new_asks_for_what_no_option_says(tmp_path):
    said = "Two Rivers\nHai dòng sông\nCampuchia, LAO\n2011\nDeclaration of Rivers\nTuyên bố dòng sông\n"
    done = run("new", str(tmp_path / "two-rivers"), said=said)
    assert done.exit_code == 0, done.output
    head = (tmp_path / "two-rivers" / "pack.yaml").read_text(encoding="utf-8")
    assert "id: two-rivers" in head
    assert "parties: [KHM, LAO]" in head
    assert run("check", str(tmp_path / "two-rivers")).exit_code == 0


def test_new_with_options_asks_nothing(tmp_path):
    options = ["--name-en", "X: y", "--name-vi", "Ích", "--parties", "KHM,LAO", "--since", "", "--framework-en", ""]
    done = run("new", str(tmp_path / "x"), "--id", "x", *options)
    assert done.exit_code == 0, done.output
    assert [path.name for path in (tmp_path / "x").iterdir()] == ["pack.yaml"]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--parties", "ATLANTIS"], "No actor is known"),
        (["--parties", "KHM,LAO", "--since", "May 2011"], "is no date"),
        (["--parties", "KHM,LAO"], "nobody to ask; give --since"),
    ],
)
def test_new_with_bad_answers(tmp_path, options, says):
    done = run("new", str(tmp_path / "x"), "--name-en", "X", "--name-vi", "X", *options, said="")
    assert isinstance(done.exception, BadInputError)
    assert says in str(done.exception)
    assert not (tmp_path / "x").exists()


def test_new_writes_over_no_pack(tmp_path):
    (tmp_path / "pack.yaml").write_text("")
    options = ["--name-en", "X", "--name-vi", "X", "--parties", "KHM,LAO", "--since", "", "--framework-en", ""]
    assert "holds a pack already" in str(run("new", str(tmp_path), *options).exception)


def test_the_schema_is_json():
    assert json.loads(run("schema").stdout)["title"] == "A file of a Comity pack"
