"""Files that commands write: whole or not at all, so that a full disk or Ctrl-C leaves what was there before."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from comity.errors import BadInputError

F = TypeVar("F")


@contextmanager
def written_whole(file: Path) -> Iterator[Path]:
    """Where to write meanwhile; it becomes `file` where the block ends well. Raises BadInputError where it can't be written."""
    beside = file.with_name(f"{file.name}.part")
    try:
        yield beside
        beside.replace(file)
    except OSError as error:
        raise BadInputError(f"{file} can't be written ({error.strerror or error}); name another file.") from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def write_whole(file: Path, content: bytes) -> None:
    """Writes a file, in a folder that is made where it is not there. Raises BadInputError where it can't be written."""
    with written_whole(file) as beside:
        beside.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(content)


def format_for(output: Path | None, given: F | None, endings: Mapping[str, F], *, screen: F) -> F:
    """The format that was given, else that of the file's ending. Raises BadInputError where neither tells."""
    if given is not None or output is None:
        return given or screen
    if output.suffix.lower() not in endings:
        raise BadInputError(f"{output}: its ending names no format; let it end in {', '.join(endings)}, or give --format.")
    return endings[output.suffix.lower()]
