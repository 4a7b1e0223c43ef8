"""Texts, files and folders to Documents: one way in for whatever a person points at.

What can't be read raises BadInputError with one sentence; `open_documents` yields that as `Unreadable` and goes on with the next file.
"""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from comity.errors import BadInputError
from comity.intake.article import related_spans
from comity.intake.decoding import decoded
from comity.intake.files import STDIN, file_bytes, is_folder
from comity.intake.front_matter import FrontMatter, split_front_matter
from comity.intake.guess import checked_language
from comity.intake.normalise import normalise
from comity.intake.published import published_in
from comity.intervals import IsoDate, is_iso
from comity.records import DateSource, Document, LanguageCode

TEXT, MARKDOWN, WEBPAGE = "text", "Markdown", "HTML"
FORMATS = {".txt": TEXT, ".text": TEXT, ".md": MARKDOWN, ".markdown": MARKDOWN, ".html": WEBPAGE, ".htm": WEBPAGE, ".xhtml": WEBPAGE}
HTML_START = re.compile(
    r"\ufeff?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
MARKDOWN_START = re.compile(r"\ufeff?---[ \t]*\r?\n[ \t]*[\w-]+[ \t]*:")


class Unreadable(Struct, frozen=True):
    """A file or folder that could not be read, and the sentence that says why."""

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
    known = FrontMatter(title=title, publisher=publisher, source=source, note=note, language=language)
    return _document(text, name=name, known=known, given=published)


def open_document(path: str | Path, *, language: LanguageCode | None = None, published: IsoDate | None = None) -> Document:
    """The document in a file (`-` is standard input). Raises BadInputError with a sentence that names the file and the mend."""
    name = str(path)
    kind = _format(name)
    text = decoded(file_bytes(path), name)
    if (kind or _sniffed(text)) is WEBPAGE:
        # Imported here: the two extractors take half a second to load, and most files are text.
        from comity.intake.webpage import article_of

        page = article_of(text, name)
        known = FrontMatter(title=page.title, publisher=page.publisher, published=page.published, source=page.source, language=language)
        return _document(page.text, name=name, known=known, given=published, captions=page.captions, head=page.head, is_file_text=False)
    if (kind or _sniffed(text)) is MARKDOWN:
        known, body = split_front_matter(text, name)
        if language:
            known = known.with_language(language)
        return _document(text, name=name, known=known, given=published, body=body)
    return _document(text, name=name, known=FrontMatter(language=language), given=published)


def document_id(text: str, *, publisher: str | None, source: str | None) -> str:
    """A hash of the text, with its publisher and address where they are known: the same words of two publishers are two documents."""
    parts = [text, publisher or "", source or ""] if publisher or source else [text]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def open_documents(paths: Iterable[str | Path]) -> Iterator[Document | Unreadable]:
    """Every document in files and folders (with all below them, in the order of their names); each fault is yielded in its place."""
    for path in paths:
        for file in _files(path):
            if isinstance(file, Unreadable):
                yield file
                continue
            try:
                yield open_document(file)
            except BadInputError as error:
                yield Unreadable(str(file), str(error))


def _document(
    text: str,
    *,
    name: str,
    known: FrontMatter,
    given: IsoDate | None,
    body: int = 0,
    captions: frozenset[str] = frozenset(),
    head: str = "",
    is_file_text: bool = True,
) -> Document:
    """`body` is where the document's own text begins in the file's; `head` are lines above it that may tell its date."""
    normal = normalise(text, start=body)
    if normal.is_blank():
        raise BadInputError(f"{name or 'The text'}: is empty; there is nothing to read in it.")
    language = checked_language(normal.text, named=known.language, name=name)
    published, how = _published(normal.text, given=given, head=head, known=known, name=name, language=language)
    return Document(
        id=document_id(normal.text, publisher=known.publisher, source=known.source),
        text=normal.text,
        language=language,
        name=name,
        title=known.title or _headline(normal.text),
        publisher=known.publisher,
        published=published,
        published_from=how,
        source=known.source,
        note=known.note,
        related=related_spans(normal.text, language, captions=captions),
        shifts=normal.shifts if is_file_text else None,
    )


def _published(
    text: str, *, given: IsoDate | None, head: str, known: FrontMatter, name: str, language: LanguageCode
) -> tuple[IsoDate | None, DateSource | None]:
    """The best-known publication date: what the caller says, then metadata, then the text's own date line, then the file's name."""
    if given is not None:
        if not is_iso(given) or "/" in given:
            raise BadInputError(f"{name or 'The text'}: {given!r} is no publication date; give one such as 2020-01-30, 2020-01 or 2020.")
        return given, DateSource.GIVEN
    if known.published:
        return known.published, DateSource.METADATA
    return published_in(text, head=head, language=language, name=name)


def _headline(text: str) -> str | None:
    """The first line, where it stands alone and is no sentence; a Markdown heading without its marks."""
    first, _, rest = text.strip().partition("\n")
    first = first.strip()
    if first.startswith("#"):
        return first.strip("# ") or None
    alone = not rest.strip() or not rest.split("\n", 1)[0].strip()
    return first if alone and rest and len(first) <= 250 and not first.endswith((".", ":", ";", ",")) else None


def _format(name: str) -> str | None:
    """The format by the file's ending; None where there is none to go by (standard input, a pipe)."""
    suffix = Path(name).suffix.lower()
    if name == STDIN or not suffix or is_folder(name):
        return None
    if suffix not in FORMATS:
        raise BadInputError(f"{name}: Comity does not read {suffix} files; it reads {', '.join(FORMATS)}. Save the text as one of these.")
    return FORMATS[suffix]


def _sniffed(text: str) -> str:
    if HTML_START.match(text):
        return WEBPAGE
    return MARKDOWN if MARKDOWN_START.match(text) else TEXT


def _files(path: str | Path) -> Iterator[str | Path | Unreadable]:
    """The path itself, or the files below a folder that end as one that is read; hidden ones are left out."""
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
            if not name.startswith(".") and Path(name).suffix.lower() in FORMATS:
                found = True
                yield Path(folder) / name
    for fault in faults:
        found = True
        yield _closed(fault)
    if not found:
        yield Unreadable(str(path), f"{path}: holds no document; Comity reads {', '.join(FORMATS)}.")


def _closed(fault: OSError) -> Unreadable:
    return Unreadable(
        str(fault.filename), f"{fault.filename}: the folder can't be opened ({fault.strerror}); ask for the right to read it."
    )
