"""A path (or `-`) to the bytes of the file, whole or as a stream, and never more than the limit."""

import sys
import tempfile
from pathlib import Path
from typing import IO

from comity.errors import BadInputError
from comity.settings import collection_limit, megabytes_limit

STDIN = "-"
IN_MEMORY = 50_000_000
"""Standard input past this many bytes waits on the disk."""


def file_bytes(path: str | Path) -> bytes:
    """The file's bytes. Raises BadInputError where there is no such file, no right to read it, or too much of it."""
    limit = megabytes_limit()
    if str(path) == STDIN:
        return within(sys.stdin.buffer.read(limit + 1), "standard input", limit)
    with open_file(path) as file:
        return read_within(file, str(path), size=Path(path).stat().st_size)


def open_file(path: str | Path) -> IO[bytes]:
    """The file, open. Raises BadInputError where there is no such file or no right to read it."""
    try:
        if is_folder(path):
            raise BadInputError(f"{path}: is a folder; name a file in it, or give the folder to a command that reads folders.")
        return Path(path).open("rb")
    except FileNotFoundError as error:
        raise BadInputError(f"{path}: there is no such file; check the name.") from error
    except PermissionError as error:
        raise BadInputError(f"{path}: may not be read; ask for the right to read it.") from error
    except (OSError, ValueError) as error:
        raise BadInputError(f"{str(path)!r}: can't be read ({_reason(error)}).") from error


def standard_input() -> IO[bytes]:
    """All of standard input, so that it can be looked at twice. Raises BadInputError where it is larger than a collection may be."""
    kept = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  (the reader closes it)
    left = collection_limit()
    while piece := sys.stdin.buffer.read(min(1 << 20, left + 1)):
        left -= len(piece)
        if left < 0:
            raise BadInputError(too_large("standard input", collection_limit(), variable="COMITY_MAX_COLLECTION_MB"))
        kept.write(piece)
    return kept


def read_within(file: IO[bytes], name: str, *, size: int | None = None) -> bytes:
    """All that the file holds, if that is within the limit on one document. Raises BadInputError where it is not, or can't be read."""
    limit = megabytes_limit()
    if size is not None and size > limit:
        raise BadInputError(too_large(name, limit, size))
    try:
        return within(file.read(limit + 1), name, limit)
    except OSError as error:
        raise BadInputError(f"{name!r}: can't be read ({_reason(error)}).") from error


def is_folder(path: str | Path) -> bool:
    """Whether there is a folder of that name; a name that can't be one is none."""
    try:
        return Path(path).is_dir()
    except (OSError, ValueError):
        return False


def within(content: bytes, name: str, limit: int) -> bytes:
    """The content, if it is within the limit of so many bytes. Raises BadInputError where it is not."""
    if len(content) > limit:
        raise BadInputError(too_large(name, limit))
    return content


def too_large(name: str, limit: int, size: int | None = None, *, variable: str = "COMITY_MAX_MB") -> str:
    has = f"has {size / 1e6:.0f} MB" if size else "is larger"
    return f"{name}: {has}, more than the limit of {limit // 1_000_000} MB; split it, or raise the limit with {variable}."


def _reason(error: OSError | ValueError) -> str:
    return getattr(error, "strerror", None) or str(error)
