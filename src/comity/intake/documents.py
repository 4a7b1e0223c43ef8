"""Placeholder of the intake room: text files only. To be replaced by the real one."""

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from comity.records import Document, IsoDate, LanguageCode, DateSource


def document_from_text(text: str, *, name: str = "", language: LanguageCode | None = None, published: IsoDate | None = None) -> Document:
    text = unicodedata.normalize("NFC", text)
    language = language or ("vi" if any(c in "ăđơưạảấầậắằặếềểệốồộớờợứừựỳ" for c in text) else "en")
    return Document(id=hashlib.sha256(text.encode()).hexdigest()[:16], text=text, language=language, name=name, published=published, published_from=DateSource.GIVEN if published else None)


def open_document(path: Path) -> Document:
    return document_from_text(path.read_text(encoding="utf-8"), name=str(path))


def open_documents(paths: Iterable[Path]) -> Iterator[Document]:
    for path in paths:
        yield open_document(path)
