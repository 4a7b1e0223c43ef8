"""A copy of a register's file while it is in use, whole and of one moment."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from comity.errors import RegisterError
from comity.register.faults import told_clearly


def back_up(source: Path, file: Path) -> None:
    """Copies a SQLite register; what others write meanwhile is in the copy whole or not at all. Replaces `file` only by a sound copy.
    Raises RegisterError where there can be none."""
    if file.is_dir():
        raise RegisterError(f"{file} is a folder; name a file for the copy.")
    if file.exists() and file.samefile(source):
        raise RegisterError(f"{file} is the register itself; name another file for the copy.")
    part = file.with_name(f"{file.name}.part")
    try:
        with told_clearly(str(file)), closing(sqlite3.connect(source)) as register, closing(sqlite3.connect(part)) as copy:
            register.backup(copy, pages=-1)
            copy.execute("PRAGMA journal_mode=DELETE")
            sound = copy.execute("PRAGMA quick_check").fetchone()[0]
        if sound != "ok":
            raise RegisterError(f"The register {source} is damaged ({sound}); the copy was not kept.")
        part.replace(file)
    except OSError as error:
        raise RegisterError(f"{file} can't be written ({error.strerror or error}); name another file.") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
