"""Of which partnership a register is, and whom an option means: neither is to be typed twice, nor to be an id."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from comity.cli import main
from comity.cli.app import app
from comity.register import open_register
from made import PARTNERSHIP, SAMPLES

RUNNER = CliRunner()


def run(*arguments: object) -> str:
    done = RUNNER.invoke(app, [*map(str, arguments)], env={"COLUMNS": "180"})
    assert done.exit_code == 0, done.output
    return " ".join(done.stdout.split())


def fault_of(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    """What a command that can't be done says."""
    monkeypatch.setattr("sys.argv", ["comity", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    return capsys.readouterr().err


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pack in a folder, whose samples are not read here."""
    return Path(shutil.copytree(PARTNERSHIP, tmp_path_factory.mktemp("pack") / "my-pack"))


@pytest.fixture(scope="module")
def register(pack: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built with the pack, by the path somebody typed."""
    path = tmp_path_factory.mktemp("register") / "r.sqlite"
    run("build", SAMPLES / "2020-09-16-council.en.md", "--register", path, "--pack", pack)
    return path


@pytest.mark.parametrize("command", [("status",), ("digest", "--since", "2020-01-01"), ("due",), ("brief", "council"), ("contradictions",)])
def test_a_register_is_shown_as_that_of_the_pack_it_was_built_with(register: Path, pack: Path, command: tuple[str, ...]):
    assert run(*command, "--register", register) == run(*command, "--register", register, "--pack", pack)


def test_another_pack_is_another_partnership(register: Path):
    assert run("status", "--register", register) != run("status", "--register", register, "--pack", "asean-un")


def test_links_and_further_documents_are_of_its_pack(register: Path, pack: Path):
    run("build", SAMPLES, "--register", register)
    run("track", "--register", register)
    run("track", "--register", register, "--pack", pack)
    with open_register(register) as opened:
        assert opened.pack() == str(pack.resolve())


def test_naming_another_pack_once_does_not_change_whose_it_is(register: Path, pack: Path):
    run("build", SAMPLES / "2020-09-16-council.en.md", "--register", register, "--pack", "asean-un")
    with open_register(register) as opened:
        assert opened.pack() == str(pack.resolve())


def test_a_pack_that_ships_is_kept_by_its_name(tmp_path: Path):
    run("build", SAMPLES / "2020-09-16-council.en.md", "--register", tmp_path / "r.sqlite")
    with open_register(tmp_path / "r.sqlite") as opened:
        assert opened.pack() == "asean-un"


def test_a_pack_that_is_gone_is_told_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    pack, register = Path(shutil.copytree(PARTNERSHIP, tmp_path / "gone")), tmp_path / "r.sqlite"
    run("build", SAMPLES / "2020-09-16-council.en.md", "--register", register, "--pack", pack)
    shutil.rmtree(pack)
    told = fault_of(monkeypatch, capsys, "status", "--register", register)
    assert str(pack) in told
    assert "--pack" in told


def test_a_pack_that_is_none_leaves_no_register_behind(tmp_path: Path):
    done = RUNNER.invoke(app, ["build", str(SAMPLES), "--register", str(tmp_path / "r.sqlite"), "--pack", "no-such-pack"])
    assert done.exit_code != 0
    assert not (tmp_path / "r.sqlite").exists()


def test_the_pack_goes_with_an_export(register: Path, pack: Path, tmp_path: Path):
    run("export-register", tmp_path / "all.zip", "--register", register)
    run("import-register", tmp_path / "all.zip", "--register", tmp_path / "copy.sqlite")
    with open_register(tmp_path / "copy.sqlite") as opened:
        assert opened.pack() == str(pack.resolve())


@pytest.mark.parametrize(
    "command",
    [("brief", "council", "--for"), ("due", "--by"), ("events", "--actor")],
)
@pytest.mark.parametrize("name", ["Viet Nam", "việt nam", "Vietnam"])
def test_a_party_may_be_called_by_its_name(register: Path, command: tuple[str, ...], name: str):
    assert run(*command, name, "--register", register) == run(*command, "VNM", "--register", register)


@pytest.mark.parametrize(
    "command",
    [("brief", "council", "--for"), ("due", "--by"), ("events", "--actor"), ("events", "--mechanism")],
)
def test_one_that_nobody_knows_is_told_with_where_to_look(
    register: Path, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    told = fault_of(monkeypatch, capsys, *command, "Nobody", "--register", register)
    assert "'Nobody'" in told
    assert "comity knowledge find" in told
