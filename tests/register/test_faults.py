"""Whatever is wrong with the file is one sentence, and nothing that was added is lost."""

import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from comity.errors import RegisterError
from comity.records import Slip
from comity.register import backend, open_register
from made import document, reading, register_of

ADD_FOR_EVER = """
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from made import document, reading
from comity.records import DateMention
from comity.register import open_register
with open_register({path!r}) as register:
    writer = register.writer()
    for number in range(100000):
        of = document(f"text {{number}} " * 20)
        writer.add(reading(of, dates=[DateMention(evidence=of.evidence(0, 4))] * 30))
        print(number, flush=True)
"""


def test_a_missing_register_says_how_to_make_one(tmp_path: Path):
    with pytest.raises(RegisterError, match="comity build"):
        open_register(tmp_path / "none.sqlite", create=False)
    assert not (tmp_path / "none.sqlite").exists()


def test_a_file_that_is_no_database(tmp_path: Path):
    path = tmp_path / "letter.txt"
    path.write_text("Dear Sir, " * 200)
    with pytest.raises(RegisterError, match="is no register"):
        open_register(path)
    assert path.read_text().startswith("Dear Sir")


def test_the_database_of_another_program(tmp_path: Path):
    path = tmp_path / "other.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("create table meta (key, value)")
    with pytest.raises(RegisterError, match="another program"):
        open_register(path)


def test_a_register_from_a_newer_version(tmp_path: Path):
    register_of(tmp_path).close()
    with sqlite3.connect(tmp_path / "register.sqlite") as connection:
        connection.execute("update meta set value = '999' where key = 'schema'")
    with pytest.raises(RegisterError, match="newer Comity"):
        open_register(tmp_path / "register.sqlite")


def test_a_register_that_another_program_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(backend, "WAIT_SECONDS", 0.1)
    with register_of(tmp_path) as register:
        other = sqlite3.connect(tmp_path / "register.sqlite")
        other.execute("begin immediate")
        with pytest.raises(RegisterError, match="another program"):
            register.writer().add(reading(document("some text")))
        other.rollback()
        other.close()
        register.writer().add(reading(document("some text")))
        assert register.view().count_documents() == 1


def test_two_writers_of_the_same_documents_wait_for_each_other(tmp_path: Path):
    path = tmp_path / "register.sqlite"
    script = ADD_FOR_EVER.format(tests=str(Path(__file__).parents[1]), path=str(path)).replace("range(100000)", "range(60)")
    writers = [subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) for _ in "ab"]
    assert [(writer.communicate()[1], writer.returncode) for writer in writers] == [("", 0)] * 2
    with open_register(path, create=False) as register:
        assert register.view().count_documents() == 60
        assert register.view().count("dates") == 60 * 30


@pytest.mark.parametrize("url", ["mysql://desk@db/register", "postgresql://desk@db", "sqlite://", "://"])
def test_an_address_that_is_not_understood(url: str):
    with pytest.raises(RegisterError, match="sqlite:///FILE"):
        open_register(url)


def test_a_folder_that_cant_be_made(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(RegisterError, match="register"):
        open_register(tmp_path / "file" / "register.sqlite")


def test_a_full_disk_loses_nothing_that_was_read(tmp_path: Path):
    with register_of(tmp_path, reading(document("the first text"))) as register:
        register._engine.pool.dispose()
        from sqlalchemy import event

        @event.listens_for(register._engine, "connect")
        def no_room(connection, _record):
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count={pages}")

        with pytest.raises(RegisterError, match="disk is full"):
            register.writer().add(reading(document("the second text " * 5000)))
        assert [head.id for head in register.view().documents()] == [document("the first text").id]


def test_a_fault_while_adding_leaves_no_half_document(tmp_path: Path):
    of = document("some text")
    broken = Slip(evidence=of.evidence(0, 4), reason="x", details={"no": object()})  # type: ignore[dict-item]
    with register_of(tmp_path) as register:
        with pytest.raises(Exception, match="unsupported|serializable"):
            register.writer().add(reading(of, slips=[broken]))
        assert register.view().count_documents() == 0


@pytest.mark.parametrize("delay", [0.0, 0.01, 0.03, 0.05, 0.08])
def test_a_killed_writer_leaves_whole_documents_only(tmp_path: Path, delay: float):
    path = tmp_path / "register.sqlite"
    script = ADD_FOR_EVER.format(tests=str(Path(__file__).parents[1]), path=str(path))
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    last = int(process.stdout.readline())
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    last = max([last, *(int(line) for line in process.stdout.read().split("\n")[:-1] if line.strip())])
    process.wait()
    with open_register(path, create=False) as register:
        documents = register.view().count_documents()
        assert documents >= last + 1
        assert register.view().count("dates") == 30 * documents
