"""A path (or `-`) to the bytes of the file: once, whole, and never more than the limit."""

import sys
from pathlib import Path

from comity.errors import BadInputError
from comity.settings import megabytes_limit

STDIN = "-"


def file_bytes(path: str | Path) -> bytes:
    """The file's bytes. Raises BadInputError where there is no such file, no right to read it, or too much of it."""
    limit = megabytes_limit()
    if str(path) == STDIN:
        return _within(sys.stdin.buffer.read(limit + 1), "standard input", limit)
    try:
        if is_folder(path):
            raise BadInputError(f"{path}: is a folder; name a file in it, or give the folder to a command that reads folders.")
        size = Path(path).stat().st_size
        if size > limit:
            raise BadInputError(_too_large(str(path), limit, size))
        with Path(path).open("rb") as file:
            return _within(file.read(limit + 1), str(path), limit)
    except FileNotFoundError as error:
        raise BadInputError(f"{path}: there is no such file; check the name.") from error
    except PermissionError as error:
        raise BadInputError(f"{path}: may not be read; ask for the right to read it.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BadInputError(f"{str(path)!r}: can't be read ({reason}).") from error


def is_folder(path: str | Path) -> bool:
    """Whether there is a folder of that name; a name that can't be one is none."""
    try:
        return Path(path).is_dir()
    except (OSError, ValueError):
        return False


def _within(content: bytes, name: str, limit: int) -> bytes:
    if len(content) > limit:
        raise BadInputError(_too_large(name, limit))
    return content


def _too_large(name: str, limit: int, size: int | None = None) -> str:
    has = f"has {size / 1e6:.0f} MB" if size else "is larger"
    return f"{name}: {has}, more than the limit of {limit // 1_000_000} MB; split it, or raise the limit with COMITY_MAX_MB."
