"""Markdown's front matter to what it says of the document: the lines between two `---` at the top of the file."""

import re

from msgspec import Struct

from comity.errors import BadInputError, KnowledgeError
from comity.intake.known import Known
from comity.intervals import IsoDate, is_iso
from comity.knowledge.yaml_nodes import parse_yaml
from comity.records import LanguageCode

OPENING = re.compile(r"\ufeff?---[ \t]*\r?\n")
CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
KEY = re.compile(r"[ \t]*[\w-]+[ \t]*:(?:\s|$)")
PUBLISHED = re.compile(r"^published[ \t]*:", re.MULTILINE)


class FrontMatter(Struct, frozen=True, kw_only=True):
    """What a document says of itself. Other fields are allowed and left alone."""

    title: str | None = None
    publisher: str | None = None
    published: IsoDate | None = None
    language: LanguageCode | None = None
    source: str | None = None
    note: str | None = None


def split_front_matter(text: str, name: str) -> tuple[Known, int]:
    """The front matter, and where the body begins. Raises BadInputError with file and line where it is broken."""
    opening = OPENING.match(text)
    if not opening:
        return Known(), 0
    closing = CLOSING.search(text, opening.end())
    if not closing:
        if KEY.match(text, opening.end()):
            raise BadInputError(f"{name}:1: the front matter has no closing '---'; add that line after its last field.")
        return Known(), 0
    # A line end in place of the opening keeps the line numbers of the file in the messages.
    yaml = "\n" + text[opening.end() : closing.start()].replace("\r\n", "\n")
    try:
        known = parse_yaml(yaml, FrontMatter, name=name)
    except KnowledgeError as error:
        raise BadInputError(f"{str(error).rstrip('.')}; mend the front matter.") from error
    if known.published is not None and (not is_iso(known.published) or "/" in known.published):
        place = PUBLISHED.search(yaml)
        line = yaml.count("\n", 0, place.start()) + 1 if place else 1
        raise BadInputError(f"{name}:{line}: published is {known.published!r}; write a date such as 2020-01-30, 2020-01 or 2020.")
    said = Known(
        title=known.title,
        publisher=known.publisher,
        published=known.published,
        language=known.language,
        source=known.source,
        note=known.note,
    )
    return said, _after_blank_lines(text, closing.end())


def _after_blank_lines(text: str, position: int) -> int:
    while position < len(text) and text[position] in "\r\n":
        position += 1
    return position
