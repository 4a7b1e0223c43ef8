"""A text with what is known of it to a Document: its composed letters, language, title, publication date and what is not the article."""

import hashlib
from pathlib import PurePath

from msgspec import Struct

from comity.errors import BadInputError
from comity.intake.article import related_spans
from comity.intake.guess import checked_language
from comity.intake.known import NOTHING, Given, Known
from comity.intake.normalise import normalise
from comity.intake.published import published_in
from comity.intervals import IsoDate, is_one_date
from comity.records import DateSource, Document, LanguageCode


class Found(Struct, frozen=True, kw_only=True):
    """A document's text as it was found in its file.

    `body` is where the document's own text begins in it; `head` are lines above it that may tell its date; `captions` lines known to be
    captions; `made` the day the file's properties give, which counts last. `is_file_text`: whether the text is the file's, character by
    character. `fault` is the sentence about a part of the file that could not be read.
    """

    text: str
    known: Known = NOTHING
    body: int = 0
    head: str = ""
    captions: frozenset[str] = frozenset()
    made: IsoDate | None = None
    is_file_text: bool = False
    fault: str | None = None


def document_of(found: Found, *, name: str, given: Given, around: Known = NOTHING, file_name: str = "") -> Document:
    """The document. Raises BadInputError where its text is empty or in a language that isn't read."""
    known = found.known
    normal = normalise(found.text, start=found.body)
    if normal.is_blank():
        raise BadInputError(f"{name or 'The text'}: is empty; there is nothing to read in it.")
    language = checked_language(normal.text, named=given.language or known.language, name=name)
    published, how = _published(normal.text, found, given.published, around, language=language, name=name, file_name=file_name)
    publisher, source = known.publisher or around.publisher, known.source or around.source
    return Document(
        id=document_id(normal.text, publisher=publisher, source=source),
        text=normal.text,
        language=language,
        name=name,
        title=known.title or around.title or _headline(normal.text),
        publisher=publisher,
        published=published,
        published_from=how,
        source=source,
        note=known.note,
        related=related_spans(normal.text, language, captions=found.captions),
        shifts=normal.shifts if found.is_file_text else None,
    )


def document_id(text: str, *, publisher: str | None, source: str | None) -> str:
    """A hash of the text, with its publisher and address where they are known: the same words of two publishers are two documents."""
    parts = [text, publisher or "", source or ""] if publisher or source else [text]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def checked_day(given: IsoDate, name: str) -> IsoDate:
    """The date, if it is one that a document can be published on. Raises BadInputError where it is not."""
    if not is_one_date(given):
        raise BadInputError(f"{name or 'The text'}: {given!r} is no publication date; give one such as 2020-01-30, 2020-01 or 2020.")
    return given


def _published(
    text: str, found: Found, given: IsoDate | None, around: Known, *, language: LanguageCode, name: str, file_name: str
) -> tuple[IsoDate | None, DateSource | None]:
    """The best-known publication date: what the caller says, then the file itself, then the text's own date line, then the file's name,
    then the feed that announced it, the day the file was made, the mail it was attached to."""
    if given is not None:
        return checked_day(given, name), DateSource.GIVEN
    if found.known.published:
        return found.known.published, found.known.published_from
    day, how = published_in(text, head=found.head, language=language, name=PurePath(file_name).name)
    if day:
        return day, how
    weaker = [(around.published, around.published_from), (found.made, DateSource.PROPERTIES)]
    if around.published_from is DateSource.MAIL:  # what is attached is often older than the mail
        weaker.reverse()
    return next(((day, how) for day, how in weaker if day), (None, None))


def _headline(text: str) -> str | None:
    """The first line, where it stands alone and is no sentence; a Markdown heading without its marks."""
    first, _, rest = text.strip().partition("\n")
    first = first.strip()
    if first.startswith("#"):
        return first.strip("# ") or None
    alone = not rest.strip() or not rest.split("\n", 1)[0].strip()
    return first if alone and rest and len(first) <= 250 and not first.endswith((".", ":", ";", ",")) else None
