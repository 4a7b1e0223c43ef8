"""Decisions about lines and goals that are not there are refused, and leave nothing behind."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from comity.cli.app import app
from comity.errors import BadInputError

PLAN = "asean-un-poa-2016-2020"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [*map(str, arguments)])


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("decide")
    (folder / "note.txt").write_text("ASEAN and the United Nations agreed on 3 May 2019 to train peacekeepers together.")
    assert run("build", folder / "note.txt", "--register", folder / "r.sqlite").exit_code == 0
    return folder / "r.sqlite"


@pytest.fixture(scope="module")
def place(register: Path) -> str:
    """The register's document, and where its first word stands."""
    found = re.search(r'"id": "([0-9a-f]{16})"', run("search", "ASEAN", "--format", "json", "--register", register).output)
    assert found
    return f"{found[1]}:0-{len('ASEAN')}"


@pytest.mark.parametrize(
    ("action", "about", "told"),
    [
        ("accept", f"link:line:{PLAN}:P1-Z-99:@", f"{PLAN} has no line 'P1-Z-99'; `comity plan show {PLAN}` lists its lines."),
        ("accept", "link:line:no-such-plan:P1-A-03:@", "There is no plan 'no-such-plan'; the partnership has"),
        ("accept", "link:goal:99:@", "There is no goal '99'; known are 1, 2, 3"),
        ("accept", "link:goal:16.77:@", "Goal 16 has no target '16.77'; it has 16.1, 16.2"),
        ("set-status", f"line:{PLAN}:P9-Z-99", f"{PLAN} has no line 'P9-Z-99'"),
        ("score", f"line:{PLAN}:P9-Z-99", f"{PLAN} has no line 'P9-Z-99'"),
    ],
)
def test_nothing_is_decided_about_what_is_not_there(register: Path, place: str, action: str, about: str, told: str):
    value = {"set-status": ("--set", "status=completed"), "score": ("--set", "score=1")}.get(action, ())
    done = run("decide", action, about.replace("@", place), *value, "--who", "Lan", "--register", register)
    assert isinstance(done.exception, BadInputError)
    assert str(done.exception).startswith(told)
    assert run("decisions", "--register", register).output.strip() == ""


def test_what_is_there_is_decided(register: Path, tmp_path: Path, place: str):
    kept = tmp_path / "kept.sqlite"
    kept.write_bytes(register.read_bytes())
    for about in (f"link:line:{PLAN}:P1-A-03:{place}", f"link:goal:16.1:{place}"):
        assert run("decide", "accept", about, "--who", "Lan", "--register", kept).exit_code == 0
