"""The real command, as a person runs it: what it prints where, its exit codes, and that nothing it was given is lost."""

import json
import os
import pty
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

import comity
from made import PARTNERSHIP, SAMPLES
from quick_command import AS_IF

ENGLISH = SAMPLES / "2020-09-16-council.en.md"
MANY = 3000
"""More documents than are read before Ctrl-C reaches the command, on any machine."""
WITH_REGISTER = ("build", "status", "report", "demo")


class Home:
    """Runs commands with a data folder of their own; what is kept of parsed YAML is shared by all."""

    def __init__(self, folder: Path, shared: Path, program: Path) -> None:
        self.folder = folder
        self.program = program
        self.register = folder / "register.sqlite"
        self.environment = {**os.environ, "COMITY_HOME": str(shared), "PYTHONIOENCODING": "utf-8", "COLUMNS": "200"}

    def run(self, *arguments: object, stdin: bytes | None = None, as_if: str = "") -> subprocess.CompletedProcess[str]:
        """What the command does."""
        return self._done([str(self.program), *self._all(arguments)], stdin, as_if)

    def run_from_nothing(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        """What the command does where nothing has been loaded before it."""
        return self._done(self.command(*arguments))

    def command(self, *arguments: object) -> list[str]:
        return [sys.executable, "-m", "comity", *self._all(arguments)]

    def _all(self, arguments: tuple[object, ...]) -> list[str]:
        return [*map(str, arguments), *(["--home", str(self.folder)] if arguments[0] in WITH_REGISTER else [])]

    def _done(self, command: list[str], stdin: bytes | None = None, as_if: str = "") -> subprocess.CompletedProcess[str]:
        environment = {**self.environment, AS_IF: as_if}
        done = subprocess.run(command, input=stdin, capture_output=True, env=environment, cwd=self.folder, check=False)
        return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def words(text: str) -> str:
    """A terminal breaks lines where it likes."""
    return " ".join(text.split())


@pytest.fixture(scope="session")
def shared_home(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def home(tmp_path: Path, shared_home: Path, program: Path) -> Home:
    return Home(tmp_path, shared_home, program)


@pytest.fixture(scope="session")
def built(tmp_path_factory, shared_home, program) -> Path:
    """The register of the two samples, for tests of what is done with one."""
    home = Home(tmp_path_factory.mktemp("built"), shared_home, program)
    home.run("build", SAMPLES, "--pack", PARTNERSHIP)
    return home.register


@pytest.fixture
def filled(home: Home, built: Path) -> Home:
    shutil.copy(built, home.register)
    return home


def test_version(home):
    done = home.run_from_nothing("--version")
    assert (done.returncode, done.stdout) == (0, f"comity {comity.__version__}\n")


@pytest.mark.parametrize(
    "arguments",
    [["--version"], ["--help"], ["read", ENGLISH], ["read", "gone.txt"], ["read", "x", "--format", "xml"], ["links", "P9-Z-99"]],
    ids=lambda arguments: " ".join(map(str, arguments[:2])),
)
def test_what_is_loaded_before_changes_nothing_that_a_command_says(home, arguments):
    """Most tests of commands rest on it: they run `quick_command`."""
    quick, slow = home.run(*arguments), home.run_from_nothing(*arguments)
    assert (quick.returncode, quick.stdout) == (slow.returncode, slow.stdout.replace("python -m comity", "comity"))
    assert quick.stderr == slow.stderr.replace("python -m comity", "comity")


@pytest.mark.parametrize("arguments", [["--no-such-option"], ["build"], ["read", "x", "--format", "xml"], ["nothing"]])
def test_a_wrong_call_is_exit_code_2(home, arguments):
    assert home.run(*arguments).returncode == 2


def test_read_shows_the_head_and_what_was_found(home):
    done = home.run("read", ENGLISH)
    assert done.returncode == 0, done.stderr
    assert "Publisher: Harbour Gazette" in done.stdout
    assert "16 September 2020 (from the page or file)" in done.stdout
    vietnamese = home.run("read", ENGLISH, "--lang", "vi")
    assert "Nơi đăng: Harbour Gazette" in vietnamese.stdout


def test_a_terminal_sees_the_text_itself_with_its_findings_marked(home):
    home.environment["FORCE_COLOR"] = "1"
    done = home.run("read", ENGLISH)
    assert "The two sides" in done.stdout
    assert "\x1b[" in done.stdout


def test_json_lines_are_only_json_and_offsets_count_in_the_file(home):
    done = home.run("read", SAMPLES, "--format", "jsonl")
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [record["language"] for record in records] == ["en", "vi"]
    for record in records:
        text = Path(record["doc"]).read_text(encoding="utf-8")
        for kind in ("actors", "dates", "statements", "progress", "events"):
            assert all(text[found["start"] : found["end"]] == found["quote"] for found in record[kind]), kind


def test_json_is_one_list(home):
    assert len(json.loads(home.run("read", SAMPLES, "--format", "json").stdout)) == 2


def test_a_table_of_findings(home):
    assert "2020-09" in home.run("read", SAMPLES, "--format", "table").stdout


def test_standard_input_with_a_date_and_a_language(home):
    done = home.run(
        "read", "-", "--format", "jsonl", "--published", "2020-01-31", "--language", "en", stdin=b"The council met on 30 January."
    )
    record = json.loads(done.stdout)
    assert (record["published"], record["published_from"], record["language"]) == ("2020-01-31", "given", "en")


def test_what_cant_be_read_is_named_and_the_others_are_kept(home):
    (home.folder / "empty.txt").write_text("")
    (home.folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    done = home.run("read", "empty.txt", "gone.txt", "binary.txt", ENGLISH, "--format", "jsonl")
    assert done.returncode == 2
    assert len(done.stdout.splitlines()) == 1
    assert [name for name in ("empty.txt", "gone.txt", "binary.txt") if name not in done.stderr] == []
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["status"], "comity build"),
        (["build", str(SAMPLES), "--pack", "no-such-pack"], "no pack 'no-such-pack'"),
        (["status", "--lang", "xx"], "give one of these"),
        (["build", str(SAMPLES), "--register", "letter.txt"], "is no register"),
        (["read", str(ENGLISH), "--published", "soon"], "no publication date"),
    ],
)
def test_a_fault_is_one_sentence_and_exit_code_2(home, arguments, sentence):
    (home.folder / "letter.txt").write_text("Dear Sir, " * 200)
    done = home.run(*arguments)
    assert done.returncode == 2
    assert sentence in words(done.stderr)
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_report_that_cant_be_written(filled):
    (filled.folder / "letter.txt").write_text("Dear Sir")
    done = filled.run("report", "-o", "letter.txt/report.html", "--pack", PARTNERSHIP)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert "can't be written" in words(done.stderr)


def test_build_twice_adds_once(home):
    first = home.run("build", SAMPLES, "--pack", PARTNERSHIP)
    assert (first.returncode, first.stderr, first.stdout) == (0, "2 documents read, 0 already there, 0 failed.\n", "")
    second = home.run("build", SAMPLES, "--pack", PARTNERSHIP)
    assert second.stderr == "0 documents read, 2 already there, 0 failed.\n"


def test_build_names_what_failed_and_keeps_the_rest(home):
    (home.folder / "empty.md").write_text("")
    done = home.run("build", "empty.md", ENGLISH, "--pack", PARTNERSHIP, "--register", "other.sqlite")
    assert done.returncode == 2
    assert "empty.md" in done.stderr
    assert "1 document read, 0 already there, 1 failed." in done.stderr
    status = json.loads(home.run("status", "--register", "other.sqlite", "--pack", PARTNERSHIP, "--format", "json").stdout)
    assert status["counts"]["documents"] == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_without_rights(home):
    closed = home.folder / "closed"
    closed.mkdir(mode=0o000)
    done = home.run("build", closed, ENGLISH, "--pack", PARTNERSHIP)
    assert done.returncode == 2
    assert "closed" in done.stderr
    assert "1 document read" in done.stderr


def test_a_full_disk_while_building_loses_nothing(filled):
    texts = filled.folder / "texts"
    texts.mkdir()
    for number in range(12):
        (texts / f"{number:02}.txt").write_text(f"The council met on 30 January 2020 in room {number}.\n\n" * 100)
    limit = filled.register.stat().st_size + 40_000
    full = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))"
    done = filled.run("build", texts, "--pack", PARTNERSHIP, as_if=full)
    assert done.returncode == 2
    assert "nothing read so far is lost" in words(done.stderr)
    assert "Traceback" not in done.stderr
    with sqlite3.connect(filled.register) as connection:
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
        assert connection.execute("select count(*) from documents").fetchone()[0] >= 1
    again = filled.run("build", texts, "--pack", PARTNERSHIP)
    assert again.returncode == 0
    counts = [int(number) for number in re.findall(r"\d+", again.stderr)]
    assert counts[0] + counts[1] == 12


def test_ctrl_c_keeps_what_was_read_and_says_how_to_go_on(home):
    texts = home.folder / "texts"
    texts.mkdir()
    for number in range(MANY):
        (texts / f"{number:04}.txt").write_text(
            f"The council of ASEAN met on 30 January 2020 in room {number}. It agreed on plan {number}.\n\n" * 4
        )
    process = subprocess.Popen(
        home.command("build", texts, "--pack", PARTNERSHIP), env=home.environment, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    deadline = time.monotonic() + 120  # a machine with much else to do
    while time.monotonic() < deadline and documents_in(home.register) < 2:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, remarks = process.communicate(timeout=120)
    assert process.returncode == 130, remarks
    assert "run the same command again" in words(remarks)
    assert 2 <= documents_in(home.register) < MANY


def documents_in(register: Path) -> int:
    if not register.exists():
        return 0
    try:
        with sqlite3.connect(f"file:{register}?mode=ro", uri=True) as connection:
            return int(connection.execute("select count(*) from documents").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def test_a_progress_bar_is_for_terminals_only(home):
    leader, follower = pty.openpty()
    arguments = ("build", SAMPLES, "--pack", PARTNERSHIP, "--home", home.folder)
    process = subprocess.Popen([home.program, *arguments], env=home.environment, stderr=follower, stdout=subprocess.PIPE)
    os.close(follower)
    seen = b""
    while True:
        try:
            seen += os.read(leader, 4096)
        except OSError:
            break
        if b"already there" in seen:
            break
    os.close(leader)
    assert process.wait(timeout=30) == 0
    assert "2/2" in seen.decode(errors="replace")


@pytest.mark.parametrize(("language", "total"), [("en", "103 action lines"), ("vi", "103 dòng hành động")])
def test_status_in_each_language(filled, language, total):
    done = filled.run("status", "--pack", PARTNERSHIP, "--lang", language)
    assert done.returncode == 0, done.stderr
    assert total in done.stdout


def test_status_fits_a_narrow_terminal(filled):
    filled.environment["COLUMNS"] = "80"
    done = filled.run("status", "--pack", PARTNERSHIP)
    assert done.returncode == 0
    assert max(len(line) for line in done.stdout.splitlines()) <= 80


def test_status_names_the_figures_that_no_plan_has(home):
    page = home.folder / "ferries.txt"
    page.write_text(
        "# Ferries\n\nOf the 52 measures of the Ferry Programme, 40 have been completed, the ministry said.\n", encoding="utf-8"
    )
    home.run("build", page, "--register", "ferries.sqlite", "--pack", PARTNERSHIP)
    said = words(home.run("status", "--register", "ferries.sqlite", "--pack", PARTNERSHIP, "--lang", "en").stdout)
    assert "Figures tied to no plan: 1" in said
    assert "40 have been completed" in said.partition("Figures tied to no plan")[2]
    status = json.loads(home.run("status", "--register", "ferries.sqlite", "--pack", PARTNERSHIP, "--format", "json").stdout)
    (one,) = status["untied"]
    assert (one["about"], "40 have been completed" in one["sentence"]) == ("Ferry Programme", True)


def test_status_as_json_is_the_same_each_time(filled):
    outputs = {filled.run("status", "--pack", PARTNERSHIP, "--format", "json").stdout for _ in range(2)}
    assert len(outputs) == 1
    assert [plan["id"] for plan in json.loads(outputs.pop())["plans"]] == ["plan-one", "plan-two"]


def test_a_report_is_written_and_said(filled):
    done = filled.run("report", "-o", "out/page.html", "--lang", "vi", "--pack", PARTNERSHIP)
    assert done.returncode == 0, done.stderr
    page = (filled.folder / "out" / "page.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "Quan hệ đối tác hai Liên minh" in page
    assert list((filled.folder / "out").iterdir()) == [filled.folder / "out" / "page.html"]


def test_demo_twice_reads_once_and_writes_the_same_reports(home):
    first = home.run("demo", "--pack", PARTNERSHIP)
    assert first.returncode == 0, first.stderr
    assert "2 documents read" in first.stdout
    reports = [home.folder / f"report.{language}.html" for language in ("en", "vi")]
    assert all(str(path) in first.stdout for path in reports)
    pages = [path.read_bytes() for path in reports]
    start = time.monotonic()
    second = home.run("demo", "--pack", PARTNERSHIP, "--lang", "vi")
    assert time.monotonic() - start < 10
    assert "Không có gì mới: 2 văn bản mẫu" in second.stdout
    assert [path.read_bytes() for path in reports] == pages


def test_the_demo_of_the_pack_that_ships(home, samples_built):
    """What `make run` runs: `samples_built` has run it."""
    shutil.copy(samples_built / "register.sqlite", home.register)
    status = json.loads(home.run("status", "--format", "json").stdout)
    claims = {plan["id"]: plan["claims"] for plan in status["plans"]}
    assert status["counts"]["documents"] >= 24
    assert {(claim["num"], claim["den"]) for claim in claims["asean-un-poa-2016-2020"]} >= {(97, 103)}
    assert {(claim["num"], claim["den"]) for claim in claims["asean-un-poa-2021-2025"]} >= {(114, 140), (120, 140)}
    assert {claim["bound"] for claim in claims["asean-un-poa-2016-2020"]} >= {"exactly", "over"}
    assert any(conflict["kind"] == "credited" for plan in status["plans"] for conflict in plan["conflicts"])


def test_the_second_demo_does_not_build_the_grammars(home):
    home.run("demo", "--pack", PARTNERSHIP)
    arguments = ["comity", "demo", "--home", str(home.folder), "--pack", str(PARTNERSHIP)]
    script = (
        "import sys; from comity.reading.reader import Grammars; Grammars.__init__ = lambda *a: sys.exit('grammars were built');"
        f" sys.argv = {arguments!r}; from comity.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", script], env=home.environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_closed_pipe_is_no_fault(home):
    line = f"{' '.join(home.command('read', SAMPLES))} | head -c 10"
    done = subprocess.run(line, shell=True, env=home.environment, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert len(done.stdout) == 10
