"""The documents that a command names: files, archives, mails, tables of texts, folders with all below, each with what the options say."""

from collections.abc import Iterable, Iterator

from comity.intake import Given, Unreadable, fields_of, open_documents
from comity.intervals import IsoDate
from comity.records import Document, LanguageCode


def named_documents(
    paths: Iterable[str], *, language: LanguageCode | None = None, published: IsoDate | None = None, fields: Iterable[str] = ()
) -> Iterator[Document | Unreadable]:
    """Each document, or the fault in its place. `fields` are pairs such as `text=body`. Raises BadInputError where these mean nothing."""
    yield from open_documents(paths, given=Given(language=language, published=published, fields=fields_of(fields)))
