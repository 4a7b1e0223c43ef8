"""Whatever is wrong with the file is one sentence, and nothing that was added is lost."""

import random
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from kills import kill_often
from listed import readings
from postgres import fresh_database
from sqlalchemy.exc import IntegrityError

from comity.errors import RegisterError
from comity.records import Slip
from comity.register import Register, backend, open_register, writer
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
FILL_UP = (
    """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))
"""
    + ADD_FOR_EVER
)


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


def test_a_new_file_that_another_program_is_making_is_waited_for(tmp_path: Path):
    """The one who comes second finds a file without tables and without its log (WAL), held by the first."""
    path = tmp_path / "register.sqlite"
    first = sqlite3.connect(path, check_same_thread=False)
    first.execute("begin immediate")
    ending = threading.Timer(0.2, first.rollback)
    ending.start()
    with open_register(path) as register:
        assert register.view().count_documents() == 0
    ending.join()
    first.close()


def test_a_new_file_that_another_program_keeps_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(backend, "WAIT_SECONDS", 0.1)
    path = tmp_path / "register.sqlite"
    first = sqlite3.connect(path)
    first.execute("begin immediate")
    with pytest.raises(RegisterError, match="another program"):
        open_register(path)
    first.close()


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
        with pytest.raises(Exception, match="unsupported"):
            register.writer().add(reading(of, slips=[broken]))
        assert register.view().count_documents() == 0


def test_what_is_written_in_bulk_refers_to_what_is_there(tmp_path: Path):
    place = tmp_path / "register.sqlite"
    with open_register(place) as register:
        register.writer().add_all(readings(writer.MANY))
        with register._engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
            with pytest.raises(IntegrityError):
                connection.exec_driver_sql("INSERT INTO readings VALUES (9999, 9999, '1', '2020')")


def test_killed_writers_leave_whole_documents_only(tmp_path: Path):
    """Thirty kills here; `python tests/register/kills.py --times 300` for more."""
    assert kill_often(str(tmp_path / "register.sqlite"), 30, random.Random(7)) > 30


def test_killed_clients_and_ended_connections_leave_whole_documents_only(postgres: str):
    assert kill_often(fresh_database(postgres), 12, random.Random(7)) > 10


def test_a_clock_that_goes_back_changes_nothing_that_was_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("comity.register.batch.now", lambda: "2024-02-10T12:00:00+00:00")
    with register_of(tmp_path, reading(document("the first text"))) as register:
        monkeypatch.setattr("comity.register.batch.now", lambda: "2024-01-10T12:00:00+00:00")
        register.writer().add(reading(document("the second text")))
        assert register.view(known="2024-02-09").count_documents() == 0
        assert register.view(known="2024-02-10").count_documents() == 2


def test_a_file_that_may_not_grow_loses_nothing_that_was_read(tmp_path: Path):
    """The limit of the system itself, which SQLite meets in the middle of a write (RLIMIT_FSIZE)."""
    path = tmp_path / "register.sqlite"
    register_of(tmp_path, reading(document("the first text"))).close()
    script = FILL_UP.format(tests=str(Path(__file__).parents[1]), path=str(path), size=path.stat().st_size + 200_000)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    told = [int(line) for line in done.stdout.split()]
    assert "RegisterError" in done.stderr
    assert "disk" in done.stderr
    with open_register(path, create=False) as register:
        assert_whole_documents(register, 1 + len(told))


def assert_whole_documents(register: Register, count: int) -> None:
    assert register.view().count_documents() == count
    assert register.view().count("dates") == 30 * (count - 1)
