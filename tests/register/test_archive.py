"""A register moves between databases without loss; a harmed or hostile archive is refused and leaves nothing behind."""

import json
import sqlite3
import zipfile
from pathlib import Path

import pytest
from postgres import fresh_database
from sqlalchemy import select

import made
from comity.errors import RegisterError
from comity.register import Action, OfFinding, Register, Wanted, open_register
from comity.register.backend import engine_of
from comity.register.schema import metadata
from made import claim, document, new_register, reading

OF = document("97 of the 103 lines were done in May. Hòa bình ở Biển Đông.", "2020-05-30", title="Lines", shifts=((0, 12),))
CLAIM = claim(OF, "97 of the 103 lines", numerator=97, denominator=103, percent=94.17475728155341)


def filled(register: Register) -> Register:
    register.writer().add_all(
        [reading(OF, progress=[CLAIM]), reading(document("other words")), reading(OF, reader="2+test", progress=[CLAIM])]
    )
    about = OfFinding("progress", OF.id, CLAIM.evidence.start, CLAIM.evidence.end)
    register.writer().decide(who="Lan", action=Action.CORRECT, subject=about, value={"percent": 94.2}, why="“ý”")
    return register


def rows(place: str) -> dict[str, list]:
    engine, _ = engine_of(place)
    with engine.connect() as connection:
        found = {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key.columns))]
            for table in metadata.sorted_tables
        }
    engine.dispose()
    return found


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    with filled(new_register(tmp_path / "first.sqlite")) as register:
        register.export_to(tmp_path / "register.zip")
    return tmp_path / "register.zip"


def test_there_and_back_is_the_same(archive: Path, place: str, tmp_path: Path):
    with open_register(place) as register:
        assert register.import_from(archive) == 2
        assert register.view().chain().broken_at is None
        assert len(register.view().search(Wanted(words="hoa binh")).hits) == 1
        assert len(register.view().search(Wanted(words='"other words"')).hits) == 1
        assert [found.finding.percent for found in register.view().findings("progress")] == [94.2]
        register.export_to(tmp_path / "again.zip")
        register.writer().add(reading(document("and it grows")))
        assert register.view().count_documents() == 3
    assert (tmp_path / "again.zip").read_bytes() == archive.read_bytes()
    with new_register(tmp_path / "third.sqlite") as register:
        register.import_from(tmp_path / "again.zip")
    assert rows(str(tmp_path / "third.sqlite")) == rows(str(tmp_path / "first.sqlite"))


def test_a_register_that_is_not_empty(archive: Path, tmp_path: Path):
    with open_register(tmp_path / "first.sqlite") as register, pytest.raises(RegisterError, match="a new one"):
        register.import_from(archive)


def refused(archive: Path, match: str) -> None:
    """The archive is refused and leaves nothing behind."""
    with new_register(archive.parent / "new.sqlite") as register:
        with pytest.raises(RegisterError, match=match):
            register.import_from(archive)
        assert register.view().count_documents() == 0


def changed(archive: Path, changes: dict[str, bytes | None]) -> Path:
    """The archive with other bytes for some of its files, or without them."""
    with zipfile.ZipFile(archive) as old:
        files = {name: old.read(name) for name in old.namelist()}
    other = archive.with_name("other.zip")
    with zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in {**files, **changes}.items():
            if content is not None:
                new.writestr(name, content)
    return other


def test_a_changed_row_shows(archive: Path):
    with zipfile.ZipFile(archive) as old:
        lines = old.read("tables/documents.jsonl").replace(b"other words", b"some others")
    refused(changed(archive, {"tables/documents.jsonl": lines}), "not as it was exported")


@pytest.mark.parametrize(
    ("changes", "match"),
    [
        ({"../escape.txt": b"x"}, "other files"),
        ({"/etc/escape": b"x"}, "other files"),
        ({"tables/readings.jsonl": None}, "other files"),
        ({"manifest.json": None}, "no archive"),
        ({"manifest.json": b"{"}, "manifest"),
        ({"manifest.json": json.dumps({"format": 1, "schema": 999, "tables": {}}).encode()}, "newer"),
        ({"tables/meta.jsonl": b"0" * 20_000_000}, "packed so tightly"),
        ({"tables/meta.jsonl": b"{\n"}, "can't be read"),
        ({"tables/meta.jsonl": b'{"a": 1}\n'}, "other columns"),
    ],
)
def test_a_hostile_archive_is_refused(archive: Path, changes: dict, match: str):
    refused(changed(archive, changes), match)


def test_a_file_that_is_no_archive(archive: Path):
    whole = archive.read_bytes()
    for content in (b"no zip", whole[: len(whole) // 2], b""):
        archive.write_bytes(content)
        refused(archive, "no archive|damaged")
    archive.unlink()
    refused(archive, "no file")


def test_a_backup_of_a_register_in_use(tmp_path: Path):
    with made.register_of(tmp_path, reading(OF, progress=[CLAIM])) as register:
        other = sqlite3.connect(tmp_path / "register.sqlite")
        other.execute("BEGIN IMMEDIATE")
        other.execute("DELETE FROM progress_claims")
        register.back_up_to(tmp_path / "copy.sqlite")
        other.rollback()
        other.close()
        with pytest.raises(RegisterError, match="itself"):
            register.back_up_to(tmp_path / "register.sqlite")
        with pytest.raises(RegisterError, match="is a folder"):
            register.back_up_to(Path("/"))
        with pytest.raises(RegisterError, match="can't be"):
            register.back_up_to(tmp_path / "none" / "copy.sqlite")
    assert not list(tmp_path.glob("*.part"))
    with open_register(tmp_path / "copy.sqlite", create=False) as copy:
        assert copy.view().count("progress") == 1


def test_a_server_has_its_own_backup(postgres: str, tmp_path: Path):
    with open_register(fresh_database(postgres)) as register, pytest.raises(RegisterError, match="pg_dump"):
        register.back_up_to(tmp_path / "copy.sqlite")
