"""The documents that a command names: files with what the options say of them, folders with all below."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from comity.errors import BadInputError
from comity.intake import Unreadable, open_document, open_documents
from comity.intervals import IsoDate
from comity.records import Document, LanguageCode


def named_documents(
    paths: Iterable[str], *, language: LanguageCode | None = None, published: IsoDate | None = None
) -> Iterator[Document | Unreadable]:
    """Each document, or the fault in its place."""
    for path in paths:
        if Path(path).is_dir():
            yield from open_documents([path])
            continue
        try:
            yield open_document(path, language=language, published=published)
        except BadInputError as error:
            yield Unreadable(path, str(error))
