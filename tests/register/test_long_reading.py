"""Who reads for long holds nothing up: not the log that others write, nor the answer that was asked for."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from listed import readings
from sqlalchemy import select

import small_register
from comity.cli.track import track_register
from comity.publishing.labels import Labels
from comity.register import asking, backend, long_log, open_register
from comity.register.schema import documents
from comity.tracking.track import Tracking
from made import small_pack


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing may be held for longer than one row, and any log is too long."""
    monkeypatch.setattr(asking, "HELD", 0)
    monkeypatch.setattr(asking, "BATCH", 2)
    monkeypatch.setattr(long_log, "LONGEST", 0)


@pytest.mark.usefixtures("impatient")
def test_a_long_answer_is_what_was_there_when_it_was_asked_for(register_of):
    with register_of(*readings(6)) as register:
        expected = list(register.view().documents())
        columns = select(documents).order_by(documents.c.key)
        whole = [(row.id, row.related, row._mapping["text"]) for row in register.view().asking.all(columns)]
        going = register.view().documents()
        begun = [next(going), next(going)]
        register.writer().add_all(readings(9))
        assert begun + list(going) == expected
        assert len(list(register.view().documents())) == 9
        assert [(row.id, row.related, row._mapping["text"]) for row in register.view().asking.rows(columns)][:6] == whole


@pytest.mark.usefixtures("impatient")
def test_the_log_is_emptied_beside_a_reader_that_never_ends(tmp_path: Path):
    place = tmp_path / "register.sqlite"
    with open_register(place) as register:
        register.writer().add_all(readings(8))
        endless = register.view().documents()
        next(endless)
        next(endless)
        register.writer().add_all(readings(12))
        assert Path(f"{place}-wal").stat().st_size == 0
        assert len(list(endless)) == 6


def test_a_short_log_is_left_alone(tmp_path: Path):
    place = tmp_path / "register.sqlite"
    with open_register(place) as register:
        register.writer().add_all(readings(2))
        assert Path(f"{place}-wal").stat().st_size > 0


@pytest.mark.usefixtures("impatient")
def test_a_log_that_another_program_keeps_long_is_told_once_and_nothing_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(backend, "WAIT_SECONDS", 0.05)
    place = tmp_path / "register.sqlite"
    with open_register(place) as register, closing(sqlite3.connect(place)) as shell:
        writer = register.writer()
        writer.add_all(readings(4))
        assert writer.remarks() == []
        shell.execute("begin")
        shell.execute("select count(*) from documents").fetchone()
        writer.add_all(readings(8))
        assert [remark.split(";")[0].partition(" has ")[0] for remark in writer.remarks()] == [f"The log of the register {place}"]
        assert writer.remarks() == []
        for more in (12, 16):
            writer.add_all(readings(more))
        assert writer.remarks() == []
        shell.rollback()
        writer.add_all(readings(20))
        writer.add_all(readings(24))
        assert Path(f"{place}-wal").stat().st_size == 0
        assert register.view().count_documents() == 24


@pytest.mark.usefixtures("impatient")
def test_tracking_says_it_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setattr(backend, "WAIT_SECONDS", 0.05)
    place = tmp_path / "register.sqlite"
    with open_register(place) as register, closing(sqlite3.connect(place)) as shell:
        register.writer().add_all(small_register.readings())
        shell.execute("begin")
        shell.execute("select count(*) from documents").fetchone()
        assert track_register(register, Tracking(small_pack()), Labels("en")) == 5
    assert capsys.readouterr().err.count("can't be brought into it") == 1
