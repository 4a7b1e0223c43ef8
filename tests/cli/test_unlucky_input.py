"""Hostile and unlucky input as a person meets it: one clear sentence, exit code 2, and nothing that was there or beside it is lost."""

import io
import os
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import docx
import pytest
import typst

from comity.register import open_register
from local_server import LocalServer, endless, serving
from made import PARTNERSHIP, SAMPLES, empty_register
from quick_command import AS_IF

ENGLISH = SAMPLES / "2020-09-16-council.en.md"
ENTITIES = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
BOMB = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{ENTITIES}]>'

OTHERWISE = """
from comity.register import {module}
{module}.{name} = {value}
"""
"""What is otherwise on this machine: a command's patience, its clock."""


class Desk:
    """Runs commands on a register of its own; what is kept of parsed YAML is shared by all."""

    def __init__(self, folder: Path, shared: Path, program: Path) -> None:
        self.folder = folder
        self.program = str(program)
        self.register = folder / "register.sqlite"
        self.register.write_bytes(empty_register())
        self.environment = {**os.environ, "COMITY_HOME": str(shared), "PYTHONIOENCODING": "utf-8", "COLUMNS": "200"}

    def run(self, *arguments: object, as_if: str = "", **environment: str) -> tuple[int, list[str], str]:
        """The exit code, the sentences on standard error, and standard output."""
        command = [self.program, *map(str, arguments), "--home", str(self.folder), "--pack", str(PARTNERSHIP)]
        environment = {**self.environment, AS_IF: as_if, **environment}
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=120)
        assert "Traceback" not in done.stderr
        return done.returncode, done.stderr.strip().splitlines(), done.stdout

    def documents(self) -> int:
        with closing(sqlite3.connect(self.register)) as connection:
            return int(connection.execute("select count(*) from documents where reading is not null").fetchone()[0])


@pytest.fixture(scope="session")
def shared_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def desk(tmp_path: Path, shared_home: Path, program: Path) -> Desk:
    return Desk(tmp_path, shared_home, program)


def zipped(**members: bytes | str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return file.getvalue()


def exploding_word() -> bytes:
    file = io.BytesIO()
    docx.Document().save(file)
    with zipfile.ZipFile(file) as whole:
        members = {name: whole.read(name) for name in whole.namelist()}
    body = members["word/document.xml"].decode()
    members["word/document.xml"] = (BOMB + body[body.index("<w:document") :]).encode()
    return zipped(**members)


def test_hostile_files_cost_no_other_its_reading(desk: Desk) -> None:
    folder = desk.folder / "in"
    folder.mkdir()
    scan = typst.compile(b"#set page(width: 200pt, height: 100pt)\n" + b"#rect()\n#pagebreak()\n" * 500)
    for name, content in {
        "bomb.zip": zipped(a__txt=b"\0" * 40_000_000),
        "out.zip": zipped(**{"../../out.txt": "The council met.", "good__txt": "The council met on 30 January 2020 and agreed on rice."}),
        "entities.docx": exploding_word(),
        "scan.pdf": scan,
        "good.md": ENGLISH.read_bytes(),
    }.items():
        (folder / name).write_bytes(content)
    code, told, _ = desk.run("build", folder, PATH=str(Path(sys.executable).parent))
    assert code == 2
    assert told[-1] == "2 documents read, 0 already there, 4 failed."
    said = {Path(line.split(": ")[0]).name: line for line in told[:-1]}
    assert [name for name, words in SAID.items() if words not in said[name]] == [], told
    assert (len(told), desk.documents(), list(desk.folder.glob("**/out.txt"))) == (5, 2, [])


SAID = {
    "a.txt": "would unpack to more than",
    "out.txt": "leads out of its archive",
    "entities.docx": "declares entities of its own, as an XML bomb does",
    "scan.pdf": "has no text in it, only pictures",
}


@pytest.fixture
def server() -> Iterator[LocalServer]:
    with serving() as running:
        yield running


def test_hostile_feeds_cost_no_other_its_reading(desk: Desk, server: LocalServer) -> None:
    page = "<html><body>" + "<p>The council met on 30 January 2020 and agreed to report on health, item 1.</p>" * 5 + "</body></html>"
    server.put("/round-1", page)
    feeds = [
        server.put("/endless.xml", handler=endless),
        server.put("/bomb.xml", f"{BOMB}<rss><channel><title>&j;</title></channel></rss>"),
        server.put("/inside.xml", status=302, headers={"Location": "http://169.254.169.254/feed.xml"}),
        server.put(
            "/good.xml",
            f"<rss version='2.0'><channel><title>Gazette</title><item><link>{server.address}/round-1</link></item></channel></rss>",
        ),
    ]
    given = {"COMITY_LOCAL_HOSTS": server.host, "COMITY_FEED_PAUSE": "0", "COMITY_WEB_SECONDS": "30", "COMITY_WEB_MB": "1"}
    code, told, _ = desk.run("watch", *feeds, "--once", "--allow", "169.254.169.254", **given)
    assert code == 2
    for name, words in (
        ("endless.xml", "larger than the limit of 1 MB"),
        ("bomb.xml", "declares entities"),
        ("169.254.169.254", "an address of the local network"),
        ("inside.xml", "0 documents read, 0 already there, 1 failed."),
        ("good.xml", "1 document read, 0 already there, 0 failed."),
    ):
        assert any(name in line and words in line for line in told), "\n".join(told)
    assert desk.documents() == 1


def test_a_register_of_a_newer_version_is_left_as_it_is(desk: Desk) -> None:
    with closing(sqlite3.connect(desk.register)) as connection, connection:
        connection.execute("update meta set value = '999' where key = 'schema'")
    before = desk.register.read_bytes()
    for arguments in (["status"], ["build", ENGLISH]):
        code, told, _ = desk.run(*arguments)
        assert (code, len(told), "newer Comity (schema 999" in told[0]) == (2, 1, True)
    assert desk.register.read_bytes() == before


def test_a_second_writer_waits_and_then_says_so(desk: Desk) -> None:
    impatient = OTHERWISE.format(module="backend", name="WAIT_SECONDS", value="0.2")
    with closing(sqlite3.connect(desk.register)) as other:
        other.execute("begin immediate")
        code, told, _ = desk.run("build", ENGLISH, as_if=impatient)
        assert (code, len(told), "is being written by another program; try again" in told[0]) == (2, 1, True)
        other.rollback()
    assert desk.run("build", ENGLISH)[:2] == (0, ["1 document read, 0 already there, 0 failed."])


def test_a_clock_that_goes_back_changes_nothing_that_was_known(desk: Desk) -> None:
    later = OTHERWISE.format(module="batch", name="now", value="lambda: '2124-02-10T12:00:00+00:00'")
    assert desk.run("build", ENGLISH, as_if=later)[0] == 0
    other = desk.folder / "other.txt"
    other.write_text("The council met on 30 January 2020 and agreed on rice.")
    assert desk.run("build", other)[:2] == (0, ["1 document read, 0 already there, 0 failed."])
    with open_register(desk.register) as register:
        counts = [register.view(known=day).count_documents() for day in ("2124-02-09", "2124-02-10")]
    assert counts == [0, 2]
