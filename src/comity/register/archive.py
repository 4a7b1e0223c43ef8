"""A register as a ZIP of JSON lines, with checksums: from SQLite to PostgreSQL and back without loss, readable without Comity.

`manifest.json` names the schema, and for each table how many rows it has and the SHA-256 of its lines; `tables/NAME.jsonl` holds the rows.
Nothing of an archive is ever written to a path that it names.
"""

import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, Engine, Table, func, insert, select

from comity.errors import RegisterError
from comity.register.backend import is_sqlite, write_alone
from comity.register.chain import check_chain
from comity.register.derived import DERIVED, derive
from comity.register.faults import told_clearly
from comity.register.schema import SCHEMA, documents, meta, metadata

FORMAT = 1
BATCH = 500
KEPT = [table for table in metadata.sorted_tables if table not in DERIVED]
"""What follows from the rest is made anew."""

LONGEST_LINE = 256_000_000
"""Bytes of one row. The longest text that is read has 20 MB by default."""

RATIO = 200
"""A table may be so many times larger than its compressed form. JSON lines reach 20; a ZIP bomb 1,000 and more."""

SMALL = 10_000_000
"""Bytes under which nothing is a bomb."""


def _shared() -> list[Table]:
    """The tables that leave the register: all but those of the people who use it."""
    return [table for table in KEPT if not table.info.get("private")]


class TableLines(Struct, frozen=True):
    rows: int
    sha256: str


class Manifest(Struct, frozen=True):
    format: int
    schema: int
    tables: dict[str, TableLines]


def export_register(engine: Engine, name: str, file: Path) -> int:
    """Writes the archive whole or not at all, of one moment even while others write; gives the number of documents. Raises RegisterError
    where the file can't be written."""
    part = file.with_name(f"{file.name}.part")
    with told_clearly(name), engine.connect() as connection:
        if not is_sqlite(connection):
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        else:
            connection.exec_driver_sql("BEGIN")
        try:
            with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
                tables = {table.name: _write_table(connection, table, archive) for table in _shared()}
                archive.writestr(_entry("manifest.json"), msgspec.json.encode(Manifest(FORMAT, SCHEMA, tables)))
            part.replace(file)
        except OSError as error:
            raise RegisterError(f"{file} can't be written ({error.strerror or error}); name another file.") from error
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)
    return tables["documents"].rows


def import_register(engine: Engine, name: str, file: Path) -> int:
    """Fills an empty register from an archive, all or nothing; gives the number of documents. Raises RegisterError where the archive is
    damaged, of a newer version or no archive, or where the register is not empty."""
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = _manifest(archive, file)
            with told_clearly(name), engine.begin() as connection:
                write_alone(connection)
                if connection.execute(select(func.count()).select_from(documents)).scalar():
                    raise RegisterError(f"The register {name} holds documents already; import into a new one.")
                for table in _shared():
                    _read_table(connection, table, archive, manifest.tables[table.name], file)
                derive(connection)
                if check_chain(connection).broken_at is not None:
                    raise RegisterError(f"{file}: its decisions are not as they were taken; export the register again.")
    except FileNotFoundError as error:
        raise RegisterError(f"There is no file {file}.") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise RegisterError(f"{file} is no archive of a register, or is damaged ({error}); export the register again.") from error
    except OSError as error:
        raise RegisterError(f"{file} can't be read ({error.strerror or error}).") from error
    return manifest.tables["documents"].rows


def _write_table(connection: Connection, table: Table, archive: zipfile.ZipFile) -> TableLines:
    digest, rows = hashlib.sha256(), 0
    query = select(table).order_by(*table.primary_key.columns)
    with archive.open(_entry(f"tables/{table.name}.jsonl"), "w", force_zip64=True) as out:
        for row in connection.execution_options(yield_per=BATCH).execute(query):
            line = msgspec.json.encode(dict(row._mapping)) + b"\n"
            digest.update(line)
            out.write(line)
            rows += 1
    return TableLines(rows, digest.hexdigest())


def _entry(name: str) -> zipfile.ZipInfo:
    """The same register gives the same bytes, whenever it is exported."""
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _manifest(archive: zipfile.ZipFile, file: Path) -> Manifest:
    """Checks what the archive holds before a row of it is read."""
    expected = {"manifest.json", *(f"tables/{table.name}.jsonl" for table in _shared())}
    names = archive.namelist()
    if "manifest.json" not in names or archive.getinfo("manifest.json").file_size > SMALL:
        raise RegisterError(f"{file} is no archive of a register; make one with `comity export-register FILE.zip`.")
    try:
        manifest = msgspec.json.decode(archive.read("manifest.json"), type=Manifest)
    except msgspec.MsgspecError as error:
        raise RegisterError(f"{file}: its manifest can't be read ({error}); export the register again.") from error
    if manifest.format != FORMAT or manifest.schema > SCHEMA:
        raise RegisterError(f"{file} is of a newer Comity (schema {manifest.schema}, here {SCHEMA}); install the newer version.")
    if manifest.schema < SCHEMA:
        raise RegisterError(f"{file} is of an older Comity (schema {manifest.schema}); open the register here once and export it again.")
    if set(names) != expected or len(names) != len(expected) or set(manifest.tables) != {table.name for table in _shared()}:
        raise RegisterError(f"{file} holds other files than those of a register; export the register again.")
    for entry in archive.infolist():
        if entry.file_size > SMALL and entry.file_size > RATIO * max(1, entry.compress_size):
            raise RegisterError(f"{file}: {entry.filename} is packed so tightly that it can't be a register's; it was not opened.")
    return manifest


def _read_table(connection: Connection, table: Table, archive: zipfile.ZipFile, told: TableLines, file: Path) -> None:
    digest, rows = hashlib.sha256(), 0
    batch: list[dict[str, Any]] = []
    with archive.open(f"tables/{table.name}.jsonl") as lines:
        for number, line in enumerate(_lines(lines, file), 1):
            digest.update(line)
            batch.append(_row(line, table, f"{file}, {table.name} line {number}"))
            rows += 1
            if len(batch) == BATCH:
                _insert(connection, table, batch)
                batch = []
    _insert(connection, table, batch)
    if (rows, digest.hexdigest()) != (told.rows, told.sha256):
        raise RegisterError(f"{file}: the table {table.name} is not as it was exported; export the register again.")


def _lines(lines: IO[bytes], file: Path) -> Iterator[bytes]:
    while line := lines.readline(LONGEST_LINE + 1):
        if len(line) > LONGEST_LINE:
            raise RegisterError(f"{file}: a line is longer than any row of a register; it was not read.")
        yield line


def _row(line: bytes, table: Table, place: str) -> dict[str, Any]:
    try:
        row = msgspec.json.decode(line, type=dict[str, Any])
    except msgspec.MsgspecError as error:
        raise RegisterError(f"{place} can't be read ({error}); export the register again.") from error
    if set(row) != {column.name for column in table.columns}:
        raise RegisterError(f"{place} has other columns than a register; export the register again.")
    return row


def _insert(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    if table is meta:  # a new register has some of these rows already
        connection.execute(meta.delete().where(meta.c.key.in_([row["key"] for row in rows])))
    if rows:
        connection.execute(insert(table), rows)
