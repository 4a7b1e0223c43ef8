"""A mail (RFC 822, MIME) to its own text with subject, sender and day, and the files attached to it."""

import email
import email.errors
import email.policy
import email.utils
import io
import re
from collections.abc import Iterator
from email.message import EmailMessage, MIMEPart

from comity.errors import BadInputError
from comity.intake.archive import is_document_name
from comity.intake.assemble import Found
from comity.intake.blocks.webpage import webpage_blocks
from comity.intake.decoding import decoded
from comity.intake.known import Known
from comity.intake.printed import text_of
from comity.intake.source import Source
from comity.intervals import IsoDate
from comity.records import DateSource
from comity.settings import limit_of

PARTS_LIMIT = 1_000
BOUNDARIES_LIMIT = 10 * PARTS_LIMIT
"""Lines that may part one part from the next; the parser needs a tenth of a millisecond for each."""
HEADERS = {"from", "date", "subject", "message-id", "content-type"}
FAULTS = (LookupError, ValueError, TypeError, AttributeError, AssertionError, RecursionError, email.errors.MessageError)
"""What the parser of the standard library is known to raise on broken headers and parts."""


def opened_mail(source: Source) -> EmailMessage:
    """The mail. Raises BadInputError where it is none, or lies in too many others."""
    if source.depth >= limit_of("COMITY_MAX_DEPTH"):
        raise BadInputError(
            f"{source.name}: lies in too many mails; save it in a file of its own, or raise the limit with COMITY_MAX_DEPTH."
        )
    content = source.whole()
    if content.count(b"\n--") > BOUNDARIES_LIMIT:
        raise BadInputError(_too_many_parts(source.name))
    try:
        message = email.message_from_bytes(content.lstrip(), policy=email.policy.default)
    except FAULTS as error:
        raise BadInputError(f"{source.name}: is no whole mail ({error}); save what is in it in files of their own.") from error
    if not HEADERS & {key.lower() for key in message.keys()}:  # noqa: SIM118  (a message is no dictionary)
        raise BadInputError(f"{source.name}: is no mail (it has no sender, date or subject); save the mail again as .eml.")
    return message


def mail_text(message: EmailMessage, name: str) -> Found | None:
    """The mail's own text, None where it has nothing but attachments. Raises BadInputError where a part can't be read."""
    try:
        part = message.get_body(preferencelist=("plain", "html"))
        if part is None:
            return None
        content = _text(part, name)
    except FAULTS as error:
        raise BadInputError(f"{name}: has a part that can't be read ({error}); save its text as .txt.") from error
    text = text_of(webpage_blocks(content, name)) if part.get_content_subtype() == "html" else _flowed(content, part)
    if not text.strip():
        return None
    known = Known(
        title=_header(message, "Subject"), publisher=_sender(message), published=mail_day(message), published_from=DateSource.MAIL
    )
    return Found(text=text, known=known)


def attachments(message: EmailMessage, source: Source) -> Iterator[Source]:
    """The attached documents and mails, no pictures and signatures. Their day is the mail's, where they tell none. Raises BadInputError
    where parts can't be told apart."""
    around = Known(published=mail_day(message), published_from=DateSource.MAIL)
    try:
        named = [(part, _file_name(part, count)) for count, part in enumerate(_attached(message, source.name), 1)]
    except FAULTS as error:
        raise BadInputError(f"{source.name}: has parts that can't be told apart ({error}); save what is attached in files.") from error
    for part, name in named:
        if name is not None:
            content = _content(part, source.name)
            inner = source.below(name, lambda content=content: io.BytesIO(content))  # type: ignore[misc]
            yield Source(name=inner.name, file_name=inner.file_name, open=inner.open, budget=inner.budget, around=around, depth=inner.depth)


def mail_day(message: EmailMessage) -> IsoDate | None:
    """The day it was sent, where it was sent."""
    try:
        return email.utils.parsedate_to_datetime(str(message["Date"])).date().isoformat()
    except FAULTS:
        return None


def _attached(message: EmailMessage, name: str) -> list[EmailMessage]:
    """All parts that are files, those inside `multipart/related` too."""
    found: list[EmailMessage] = []
    waiting: list[EmailMessage] = [message]
    seen = 0
    while waiting:
        part = waiting.pop(0)
        seen += 1
        if seen > PARTS_LIMIT:
            raise BadInputError(_too_many_parts(name))
        if part.get_content_type() == "message/rfc822" or part.get_filename():
            found.append(part)
        elif part.is_multipart():
            waiting += [inner for inner in part.iter_parts() if isinstance(inner, EmailMessage)]
    return found if found != [message] else []


def _too_many_parts(name: str) -> str:
    return f"{name}: has more than {PARTS_LIMIT:,} parts; save what matters in it in files of their own."


def _file_name(part: EmailMessage, count: int) -> str | None:
    """The attachment's name, None where it is no document."""
    if part.get_content_type() == "message/rfc822":
        return f"{count}.eml"
    name = re.sub(r"[\x00-\x1f\x7f/\\]+", "_", part.get_filename() or "").strip()
    return name if name and is_document_name(name) else None


def _content(part: EmailMessage, name: str) -> bytes:
    try:
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload()
            return inner[0].as_bytes() if isinstance(inner, list) and inner else b""  # type: ignore[union-attr]
        content = part.get_payload(decode=True)
    except FAULTS as error:
        raise BadInputError(f"{name}: has an attachment that can't be unpacked ({error}); save it in a file of its own.") from error
    return content if isinstance(content, bytes) else b""


def _text(part: MIMEPart, name: str) -> str:
    """The part's text by the encoding it names, or by its bytes where it names none that is known."""
    content = part.get_payload(decode=True)
    content = content if isinstance(content, bytes) else str(part.get_payload()).encode("utf-8", "replace")
    charset = part.get_content_charset()
    if charset:
        try:
            return content.decode(charset).replace("\r\n", "\n")
        except (LookupError, UnicodeDecodeError):
            pass  # mails name the wrong encoding often enough: the bytes decide then
    return decoded(content, name).replace("\r\n", "\n")


def _flowed(text: str, part: MIMEPart) -> str:
    """The paragraphs of a text whose lines end in a blank where they go on (RFC 3676)."""
    if str(part.get_param("format") or "").lower() != "flowed":
        return text
    joined = re.sub(r"(?<!^--) \n(?![>\n])", " ", text, flags=re.MULTILINE)
    return re.sub(r"^ (?=[ >]|From )", "", joined, flags=re.MULTILINE)


def _sender(message: EmailMessage) -> str | None:
    """The sender's name, or else the address."""
    name, address = email.utils.parseaddr(_header(message, "From") or "")
    return name or address or None


def _header(message: EmailMessage, key: str) -> str | None:
    try:
        return " ".join(str(message[key] or "").split()) or None
    except FAULTS:
        return None
