"""An address to the document behind it: a web page, a PDF, a Word file or a text."""

from email.message import Message
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from msgspec.structs import replace

from comity.errors import BadInputError
from comity.intake.assemble import document_of
from comity.intake.formats import FORMATS, Format, ending_of, format_of
from comity.intake.known import NOTHING, Given, Known
from comity.intake.source import source_of_bytes
from comity.intake.texts import ONE_DOCUMENT, text_in
from comity.intake.web.address import FetchError, Hosts, host_of, hosts_of_settings, joined
from comity.intake.web.fetch import Answer, fetched
from comity.records import Document

ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "text/markdown": ".md",
    "text/plain": ".txt",
}


def fetch_page(address: str, *, hosts: Hosts | None = None, given: Given | None = None) -> Document:
    """The document at an address. `hosts` are those that may be asked, by default those of the settings. Raises BadInputError (FetchError
    where it can't or may not be fetched)."""
    return document_of_answer(fetched(address, hosts_of_settings() if hosts is None else hosts), given=given or Given())


def document_of_answer(answer: Answer, *, given: Given, around: Known = NOTHING) -> Document:
    """The document in an answer; its address is the one the page itself names, where that is on the same host. Raises BadInputError."""
    kind, charset = _kind(answer.headers.get("content-type", ""))
    last = PurePosixPath(urlsplit(answer.address).path).name
    ending = ENDINGS.get(kind) or (ending_of(last) if ending_of(last) in FORMATS else "")
    content = _in_utf8(answer.content, charset) if kind.startswith("text/") else answer.content
    source = replace(source_of_bytes(content, name=answer.address), file_name=PurePosixPath(last).stem + ending if ending else "")
    format = format_of(source)
    if format not in ONE_DOCUMENT:
        raise BadInputError(f"{answer.address}: may hold several documents ({format}); save it and give the file.")
    found = text_in(content, format, name=answer.address, is_named=bool(ending))
    if format is Format.WEBPAGE and not found.text.strip():
        raise BadInputError(f"{answer.address}: holds no article text.")
    found = replace(found, known=replace(found.known, source=_own_address(found.known.source, answer.address)))
    return document_of(found, name=answer.address, given=given, around=around, file_name=last)


def _kind(content_type: str) -> tuple[str, str | None]:
    message = Message()
    message["Content-Type"] = content_type or "application/octet-stream"
    return message.get_content_type(), message.get_content_charset()


def _in_utf8(content: bytes, charset: str | None) -> bytes:
    """The bytes in UTF-8, where the server names another encoding and they are in it."""
    if charset in (None, "utf-8", "utf8", "us-ascii", "iso-8859-1"):  # the last is what servers say without looking
        return content
    try:
        return content.decode(charset or "utf-8").encode()
    except (LookupError, UnicodeError):
        return content


def _own_address(named: str | None, address: str) -> str:
    """The address without what trackers add, as the page names it; not one that would pass it off as another host's."""
    try:
        own = joined(address, named or address)
    except FetchError:
        return address
    return own if own.startswith(("http://", "https://")) and host_of(own) == host_of(address) else address
