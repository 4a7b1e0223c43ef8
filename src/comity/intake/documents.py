"""Texts, files, archives, mails, tables of texts and folders to Documents: one way in for whatever a person has.

A fault that costs a document is yielded as `Unreadable` in its place, and the next one is read.
"""

import gzip
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, cast

from msgspec import Struct
from msgspec.structs import replace

from comity.errors import BadInputError
from comity.intake.archive import Refused, is_document_name, members
from comity.intake.assemble import Found, document_of
from comity.intake.files import STDIN, is_folder
from comity.intake.formats import FORMATS, Format, ending_of, format_of, is_packed
from comity.intake.known import NOTHING, Given, Known
from comity.intake.source import Source, source_of_bytes, source_of_file
from comity.intake.texts import ONE_DOCUMENT, text_in
from comity.intervals import IsoDate
from comity.records import Document, LanguageCode

NOT_ASKED = Given()


class Unreadable(Struct, frozen=True):
    """A file, folder, line or row that could not be read, and the sentence that says why."""

    path: str
    sentence: str


def document_from_text(
    text: str,
    *,
    name: str = "",
    language: LanguageCode | None = None,
    published: IsoDate | None = None,
    title: str | None = None,
    publisher: str | None = None,
    source: str | None = None,
    note: str | None = None,
) -> Document:
    """A document from a text in hand. Raises BadInputError where it is empty or in a language that isn't read."""
    known = Known(title=title, publisher=publisher, source=source, note=note)
    given = Given(language=language, published=published)
    return document_of(Found(text=text, known=known, is_file_text=True), name=name, given=given, file_name=name)


def documents_from_bytes(
    content: bytes, *, name: str, given: Given = NOT_ASKED, around: Known = NOTHING
) -> Iterator[Document | Unreadable]:
    """Every document in a file in hand (an upload, a fetched page); `name` is the file's, whose ending tells its format."""
    yield from documents_in(source_of_bytes(content, name=name, around=around), given)


def open_document(path: str | Path, *, language: LanguageCode | None = None, published: IsoDate | None = None) -> Document:
    """The one document in a file (`-` is standard input). Raises BadInputError with a sentence that names the file and the mend."""
    source = unpacked(source_of_file(path))
    format = format_of(source)
    if format not in ONE_DOCUMENT:
        raise BadInputError(f"{path}: may hold several documents ({format}); give it to a command that reads several.")
    return _document(_found(source, format), source, Given(language=language, published=published))


def open_documents(paths: Iterable[str | Path], *, given: Given = NOT_ASKED) -> Iterator[Document | Unreadable]:
    """Every document in files and folders (with all below them, in the order of their names); each fault is yielded in its place."""
    for path in paths:
        for file in files_of(path):
            if isinstance(file, Unreadable):
                yield file
                continue
            try:
                source = source_of_file(file)
            except BadInputError as error:
                yield Unreadable(str(file), str(error))
            else:
                yield from documents_in(source, given)


def documents_in(source: Source, given: Given) -> Iterator[Document | Unreadable]:
    """The documents in one file, whatever its format."""
    try:
        source = unpacked(source)
        format = format_of(source)
        if format in ONE_DOCUMENT:
            found = _found(source, format)
            yield _document(found, source, given)
            if found.fault:
                yield Unreadable(source.name, found.fault)
        elif format is Format.ARCHIVE:
            yield from _archived(source, given)
        elif format is Format.MAIL:
            yield from _mailed(source, given)
        else:
            yield from _tabled(source, format, given)
    except BadInputError as error:
        yield Unreadable(source.name, str(error))


def files_of(path: str | Path) -> Iterator[str | Path | Unreadable]:
    """The path itself, or the files below a folder that are documents by their names; hidden ones are left out."""
    if str(path) == STDIN or not is_folder(path):
        yield path
        return
    faults: list[OSError] = []
    found = False
    for folder, below, names in os.walk(path, onerror=faults.append):
        below[:] = sorted(name for name in below if not name.startswith("."))
        for fault in faults:
            yield _closed(fault)
        found = found or bool(faults)
        faults.clear()
        for name in sorted(names):
            if not name.startswith(".") and is_document_name(name):
                found = True
                yield Path(folder) / name
    for fault in faults:
        found = True
        yield _closed(fault)
    if not found:
        yield Unreadable(str(path), f"{path}: holds no document; Comity reads {', '.join(FORMATS)}.")


def unpacked(source: Source) -> Source:
    """What a `.gz` holds; other files as they are."""
    if not is_packed(source.file_name):
        return source
    return replace(source, open=lambda: cast(IO[bytes], gzip.open(source.open())))


def _found(source: Source, format: Format) -> Found:
    return text_in(source.whole(), format, name=source.name, is_named=bool(ending_of(source.file_name)))


def _document(found: Found, source: Source, given: Given) -> Document:
    return document_of(found, name=source.name, given=given, around=source.around, file_name=source.file_name)


def _archived(source: Source, given: Given) -> Iterator[Document | Unreadable]:
    for member in members(source):
        if isinstance(member, Refused):
            yield Unreadable(member.name, member.sentence)
        else:
            yield from documents_in(member, given)


def _mailed(source: Source, given: Given) -> Iterator[Document | Unreadable]:
    from comity.intake.mail import attachments, mail_text, opened_mail

    message = opened_mail(source)
    inner = list(attachments(message, source))
    try:
        found = mail_text(message, source.name)
        if found is not None:
            yield document_of(found, name=source.name, given=given)
        elif not inner:
            raise BadInputError(f"{source.name}: has no text and no document attached; there is nothing to read in it.")
    except BadInputError as error:
        yield Unreadable(source.name, str(error))
    for attachment in inner:
        yield from documents_in(attachment, given)


def _tabled(source: Source, format: Format, given: Given) -> Iterator[Document | Unreadable]:
    from comity.intake.json_lines import json_documents
    from comity.intake.text_table import table_documents

    read = json_documents if format is Format.JSON_LINES else table_documents
    for found in read(source, given):
        yield Unreadable(source.name, str(found)) if isinstance(found, BadInputError) else found


def _closed(fault: OSError) -> Unreadable:
    return Unreadable(
        str(fault.filename), f"{fault.filename}: the folder can't be opened ({fault.strerror}); ask for the right to read it."
    )
