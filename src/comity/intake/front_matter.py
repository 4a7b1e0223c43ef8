"""Markdown's front matter to what it says of the document: the lines between two `---` at the top of the file."""

import re

from msgspec import Struct

from comity.errors import BadInputError, KnowledgeError
from comity.intake.known import Known
from comity.intake.written_days import day_written
from comity.knowledge.yaml_nodes import parse_yaml
from comity.records import LanguageCode

OPENING = re.compile(r"\ufeff?---[ \t]*\r?\n")
CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
KEY = re.compile(r"[ \t]*[\w-]+[ \t]*:(?:\s|$)")
DAY = re.compile(r"^(?:published|date)[ \t]*:", re.MULTILINE)


class FrontMatter(Struct, frozen=True, kw_only=True):
    """What a document says of itself; `date` is what others call `published`. Other fields are allowed and left alone."""

    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    date: str | None = None
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
    field = "published" if known.published is not None else "date"
    written = known.published if known.published is not None else known.date
    place = DAY.search(yaml)
    line = yaml.count("\n", 0, place.start()) + 1 if place else 1
    said = Known(
        title=known.title,
        publisher=known.publisher,
        published=None if written is None else day_written(written, field=field, place=f"{name}:{line}"),
        language=known.language,
        source=known.source,
        note=known.note,
    )
    return said, _after_blank_lines(text, closing.end())


def _after_blank_lines(text: str, position: int) -> int:
    while position < len(text) and text[position] in "\r\n":
        position += 1
    return position
