"""A ZIP to the files in it, each opened only when it is read; bombs, tricks with paths, links and passwords are told in one sentence.

Nothing is ever written to the disk. What a header promises is checked before anything is unpacked, and what is unpacked is counted.
"""

import io
import re
import stat
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO

from msgspec import Struct

from comity.errors import BadInputError
from comity.intake.formats import FORMATS, SAVE_AS, ending_of
from comity.intake.source import FAULTS, Source
from comity.settings import limit_of

ENCRYPTED, UTF8_NAME = 0x1, 0x800
SMALL = 1_000_000
"""Below this size a file may be packed as tight as it likes: a page of blanks is no bomb."""
LEFT_OUT = ("__macosx", "thumbs.db")
DRIVE = re.compile(r"[A-Za-z]:")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class Refused(Struct, frozen=True):
    """A file in the archive that is not read, and why."""

    name: str
    sentence: str


def members(source: Source) -> Iterator[Source | Refused]:
    """The files in the archive that are documents by their names, in its order. Raises BadInputError where it is no ZIP, or too much."""
    if source.depth >= limit_of("COMITY_MAX_DEPTH"):
        raise BadInputError(f"{source.name}: lies in too many archives; unpack it first, or raise the limit with COMITY_MAX_DEPTH.")
    with _opened(source) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir() and not _is_left_out(entry)]
        source.budget.spend(len(entries), sum(entry.file_size for entry in entries), source.name)
        wanted = [entry for entry in entries if is_document_name(shown_name(entry))]
        if not wanted:
            raise BadInputError(f"{source.name}: holds no document; Comity reads {', '.join(FORMATS)}.")
        for entry in wanted:
            name = shown_name(entry)
            why = _refused(entry)
            if why:
                yield Refused(f"{source.name}/{name}", f"{source.name}/{CONTROL.sub('?', name)}: {why}")
            else:
                yield source.below(name, lambda entry=entry: _bytes(archive, entry))  # type: ignore[misc]


def count_members(source: Source) -> int:
    """How many files of it are documents by their names; 1 where it can't be told."""
    try:
        with _opened(source) as archive:
            return sum(
                not entry.is_dir() and not _is_left_out(entry) and is_document_name(shown_name(entry)) for entry in archive.infolist()
            )
    except BadInputError:
        return 1


def is_document_name(file_name: str) -> bool:
    """Whether a file in a folder or archive is meant as a document, to be read or to be told that it can't be: pictures are not."""
    ending = ending_of(file_name)
    return ending in FORMATS or ending in SAVE_AS


def shown_name(entry: zipfile.ZipInfo) -> str:
    """The member's name; some programs write UTF-8 without saying so, which is read as an old encoding then."""
    if entry.flag_bits & UTF8_NAME:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename


def _opened(source: Source) -> zipfile.ZipFile:
    # An archive in an archive is held in memory, within the limit on one file: to seek in a packed file would unpack it over and over.
    file = io.BytesIO(source.whole()) if source.depth else source.open()
    try:
        return zipfile.ZipFile(file)
    except FAULTS as error:
        raise BadInputError(f"{source.name}: is no whole ZIP ({error}); make it again, or fetch it again.") from error


def _bytes(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> IO[bytes]:
    try:
        return archive.open(entry)
    except FAULTS as error:
        raise BadInputError(
            f"{archive.filename or 'the archive'}/{shown_name(entry)}: is broken and can't be unpacked ({error})."
        ) from error


def _is_left_out(entry: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(entry.filename.replace("\\", "/")).parts
    return any((part.startswith(".") and part not in (".", "..")) or part.lower() in LEFT_OUT for part in parts)


def _refused(entry: zipfile.ZipInfo) -> str | None:
    name = entry.filename.replace("\\", "/")
    if name.startswith("/") or DRIVE.match(name) or ".." in name.split("/") or CONTROL.search(name):
        return "has a path that leads out of its archive; it is not read."
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "is a link to another file; it is not read."
    if entry.flag_bits & ENCRYPTED:
        return "is encrypted; pack it again without a password."
    ratio = limit_of("COMITY_MAX_RATIO")
    if entry.file_size > SMALL and entry.file_size > ratio * max(1, entry.compress_size):
        return f"would unpack to more than {ratio} times its size, as a bomb does; unpack it yourself, or raise COMITY_MAX_RATIO."
    return None
