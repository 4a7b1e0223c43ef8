"""What is asked for and is not there is told from what has no answer yet, each with what to do next."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from comity.cli import main
from comity.cli.app import app
from made import SAMPLES

RUNNER = CliRunner()


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("register") / "r.sqlite"
    done = RUNNER.invoke(app, ["build", str(SAMPLES / "2020-09-16-council.en.md"), "--register", str(path)])
    assert done.exit_code == 0
    return path


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("goal:99", "known are 1, 2"),
        ("element:towers", "known are asean-2025"),
        ("area:moon", "known are"),
        ("document:none", "comity search"),
    ],
)
def test_a_target_that_there_is_not_is_told_with_those_there_are(
    register: Path, target: str, told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr("sys.argv", ["comity", "links", target, "--register", str(register)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert told in capsys.readouterr().err


@pytest.mark.parametrize("target", ["P1-A-03", "goal:16.1", "area:capacity"])
def test_without_links_it_is_told_where_they_may_be(register: Path, target: str):
    done = RUNNER.invoke(app, ["links", target, "--state", "rejected", "--register", str(register)])
    assert done.exit_code == 0
    assert "--state" in done.output
    assert "comity track" in done.output


def test_no_event_coded_is_said():
    done = RUNNER.invoke(app, ["code", "-"], input="The harbour is blue in the evening.\n")
    assert done.exit_code == 0
    assert done.stdout.splitlines() == ["file,language,sentence,source,source_id,type,root,target,target_id,words,probability"]
    assert "no row" in done.stderr
