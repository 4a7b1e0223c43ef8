"""What somebody sees who has just typed `make run`: commands that they can type, and a table that cuts no word in two."""

from pathlib import Path

import pytest

from comity.cli.ledger_view import show_ledgers
from comity.cli.options import called
from comity.languages import languages
from comity.publishing.labels import Labels
from comity.records import ProgressVerb
from made import claim, document, reading, register_of
from small_register import overview_of, small_knowledge

LONG = "Plenipotentiaries"


@pytest.mark.parametrize(("on_the_path", "expected"), [(False, ".venv/bin/comity"), (True, "comity")])
def test_a_command_is_told_as_it_can_be_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, on_the_path: bool, expected: str):
    (tmp_path / "comity").write_text("#!/bin/sh\n")
    (tmp_path / "comity").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path) if on_the_path else str(tmp_path / "elsewhere"))
    monkeypatch.setattr("sys.argv", [".venv/bin/comity", "demo"])
    assert called() == expected


def test_a_module_is_told_by_the_command(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sys.argv", ["/somewhere/comity/__main__.py", "demo"])
    assert called() == "comity"


@pytest.mark.parametrize("language", languages())
def test_no_word_of_who_says_so_is_cut_on_eighty_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys, language: str):
    monkeypatch.setenv("COLUMNS", "80")
    of = document("They noted that 97 of the 103 action lines had been completed.", "2020-09-16")
    made = claim(of, "97 of the 103 action lines", numerator=97, denominator=103, verb=ProgressVerb.COMPLETED, claimant=(f"The {LONG}",))
    with register_of(tmp_path, reading(of, progress=[made])) as register:
        show_ledgers(overview_of(register), small_knowledge(), register, Labels(language))
    lines = capsys.readouterr().out.splitlines()
    assert any(LONG in line for line in lines)
    assert max(map(len, lines)) <= 80
