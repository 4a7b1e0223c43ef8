"""A file to read wherever it lies: on disk, in an archive, in a mail, in memory, on the web. What is read of it is counted and bounded."""

import io
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import IO, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from comity.errors import BadInputError
from comity.intake.files import STDIN, open_file, read_within, standard_input, too_large
from comity.intake.known import NOTHING, Known
from comity.settings import collection_limit, limit_of

T = TypeVar("T")
FAULTS = (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError)
"""What unpacking is known to raise on broken or encrypted content."""


class Budget:
    """What all archives below one file may hold together, counted down as they are opened."""

    def __init__(self) -> None:
        self.members = limit_of("COMITY_MAX_MEMBERS")
        self.unpacked = collection_limit()

    def spend(self, members: int, unpacked: int, name: str) -> None:
        """Raises BadInputError where that is more than what is left."""
        self.members -= members
        self.unpacked -= unpacked
        if self.members < 0:
            limit = limit_of("COMITY_MAX_MEMBERS")
            raise BadInputError(f"{name}: holds more than {limit:,} files; split it, or raise the limit with COMITY_MAX_MEMBERS.")
        if self.unpacked < 0:
            limit = collection_limit() // 1_000_000
            raise BadInputError(
                f"{name}: would unpack to more than the limit of {limit:,} MB; split it, or raise the limit with COMITY_MAX_COLLECTION_MB."
            )


class Source(Struct, frozen=True, kw_only=True):
    """`name` is what messages and the document call it, `file_name` its last part, which tells the format and maybe the date.
    `around` is known from what it came with; `depth` counts the archives and mails it lies in."""

    name: str
    file_name: str
    open: Callable[[], IO[bytes]]
    budget: Budget
    around: Known = NOTHING
    depth: int = 0

    def whole(self) -> bytes:
        """All of it. Raises BadInputError where it is more than one document may have, or broken."""
        with self.open() as file:
            return broken_told(lambda: read_within(file, self.name), self.name)

    def stream(self) -> io.BufferedReader:
        """What it holds, piece by piece, up to the limit on collections."""
        return io.BufferedReader(_Counted(self.open(), self.name))

    def start(self, length: int = 4096) -> bytes:
        with self.open() as file:
            return broken_told(lambda: file.read(length), self.name)

    def below(self, name: str, open: Callable[[], IO[bytes]]) -> "Source":
        """A file inside this one."""
        return replace(self, name=f"{self.name}/{name}", file_name=PurePosixPath(name).name, open=open, depth=self.depth + 1)


def source_of_file(path: str | Path) -> Source:
    """A file on disk, or standard input, which is read when it is first looked at."""
    name = str(path)
    if name == STDIN:
        kept = standard_input()
        return Source(name=name, file_name="", open=lambda: _again(kept), budget=Budget())
    return Source(name=name, file_name=Path(name).name, open=lambda: open_file(path), budget=Budget())


def source_of_bytes(content: bytes, *, name: str, around: Known = NOTHING) -> Source:
    """Bytes in hand under the name they came with."""
    file_name = PurePosixPath(name.replace("\\", "/")).name
    return Source(name=name, file_name=file_name, open=lambda: io.BytesIO(content), budget=Budget(), around=around)


def broken_told(read: Callable[[], T], name: str) -> T:
    """What `read` gives. Raises BadInputError where the file is broken or encrypted."""
    try:
        return read()
    except FAULTS as error:
        if "assword" in str(error):
            raise BadInputError(f"{name}: is encrypted; pack it again without a password.") from error
        raise BadInputError(f"{name}: is broken and can't be unpacked ({error}); make it again, or fetch it again.") from error


class _Counted(io.RawIOBase):
    """Counts what is read, and turns faults into one sentence."""

    def __init__(self, file: IO[bytes], name: str) -> None:
        self._file = file
        self._name = name
        self._left = collection_limit()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        piece = broken_told(lambda: self._file.read(len(buffer)), self._name)
        self._left -= len(piece)
        if self._left < 0:
            raise BadInputError(too_large(self._name, collection_limit(), variable="COMITY_MAX_COLLECTION_MB"))
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        self._file.close()
        super().close()


def _again(kept: IO[bytes]) -> IO[bytes]:
    """Standard input from its start; closing it would lose it."""
    kept.seek(0)
    return _Kept(kept)  # type: ignore[return-value]


class _Kept(io.RawIOBase):
    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        piece = self._file.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)
