"""`comity code` as a function: tables and texts in, CSV and JSON Lines out, faults named without costing other rows."""

import csv
import io
import json
from importlib.util import find_spec
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from comity.cli.code import COLUMNS, code
from comity.errors import BadInputError

APP = typer.Typer()
APP.command()(code)


def run(*arguments: object, stdin: str | None = None):
    return CliRunner().invoke(APP, [str(argument) for argument in arguments], input=stdin)


def rows(output: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(output)))


def test_a_table_gives_a_row_for_each_of_its_rows(tmp_path: Path):
    table = tmp_path / "in.csv"
    table.write_text(
        "sentence,source,target\nKenya closed its embassy in Peru.,Kenya,Peru\nGhana kêu gọi Togo mở cửa biên giới.,Ghana,Togo\n", "utf-8"
    )
    done = run(table)
    assert done.exit_code == 0
    assert [(row["source"], row["type"], row["root"], row["target"]) for row in rows(done.stdout)] == [
        ("Kenya", "SANCTION", "16", "Peru"),
        ("Ghana", "REQUEST", "10", "Togo"),
    ]
    assert tuple(rows(done.stdout)[0]) == COLUMNS


def test_a_bad_row_is_named_and_costs_no_other(tmp_path: Path):
    table = tmp_path / "in.tsv"
    table.write_text("sentence\tsource\ttarget\nNothing here.\tPeru\t\n\t\t\nKenya closed its embassy in Peru.\tKenya\tPeru\n", "utf-8")
    done = run(table)
    assert done.exit_code == 2
    assert len(rows(done.stdout)) == 1
    assert "row 1: 'Peru' is not in the sentence" in " ".join(done.stderr.split())
    assert "row 2 has no sentence" in " ".join(done.stderr.split())


def test_json_lines_in_and_out(tmp_path: Path):
    lines, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines.write_text(json.dumps({"sentence": "Mali withdrew its troops from Gao.", "source": "Mali", "target": "Gao"}) + "\n", "utf-8")
    assert run("--format", "jsonl", "--out", out, lines).exit_code == 0
    assert json.loads(out.read_text("utf-8"))["type"] == "RETREAT"


def test_a_line_that_is_no_json_is_one_sentence(tmp_path: Path):
    lines = tmp_path / "in.jsonl"
    lines.write_text("{not json\n", "utf-8")
    done = run(lines)
    assert done.exit_code == 2
    assert "line 1 is no JSON object" in " ".join(done.stderr.split())


def test_a_text_is_coded_sentence_by_sentence(tmp_path: Path):
    text = tmp_path / "news.txt"
    text.write_text("Ghana condemned Togo over the dam.\nThe river is 400 kilometres long.\n", "utf-8")
    [row] = rows(run(text).stdout)
    assert (row["source_id"], row["type"], row["target_id"]) == ("GHA", "ACCUSE", "TGO")


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path):
    for name in ("no.txt", "no.csv"):
        done = run(tmp_path / name)
        assert done.exit_code == 2
        assert name in "".join(done.stderr.split())


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_a_file_is_written_whole_or_one_sentence_says_why_not(tmp_path: Path, form: str):
    text, out = tmp_path / "news.txt", tmp_path / "events"
    text.write_text("Ghana condemned Togo over the dam.\n", "utf-8")
    assert run("--format", form, "--out", out, text).exit_code == 0
    assert "Ghana condemned Togo" in out.read_text("utf-8")
    done = run("--format", form, "--out", tmp_path / "no" / "events", text)
    assert isinstance(done.exception, BadInputError)
    assert "can't be written" in str(done.exception)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["events", "news.txt"]


def test_parquet_needs_a_file_and_its_library(tmp_path: Path):
    assert "--out" in str(run("--format", "parquet", tmp_path / "in.txt").exception)
    if find_spec("pyarrow") is None:
        assert "pyarrow" in str(run("--format", "parquet", "--out", tmp_path / "x", tmp_path / "in.txt").exception)
