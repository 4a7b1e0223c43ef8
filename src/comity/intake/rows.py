"""One JSON object or CSV row to its document: which of its fields hold what is said by `Fields`."""

import re
from collections.abc import Mapping
from typing import Any

from comity.errors import BadInputError
from comity.intake.assemble import Found, document_of
from comity.intake.fields import Fields
from comity.intake.known import Given, Known
from comity.intake.written_days import day_written
from comity.intervals import IsoDate
from comity.records import Document

ESCAPED = re.compile(r"\\u(?![dD][89a-fA-F])([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})")
"""A letter that was written as its number and never read back; halves of pairs are none."""
INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\ufffc\x00-\x08\x0b-\x1f\x7f-\x9f]")
SHOWN = 12


def document_of_row(row: Mapping[str, Any], fields: Fields, given: Given, *, name: str, place: str) -> Document:
    """The document in the row. `name` is the file's, `place` the row's in it (`line 12`). Raises BadInputError."""
    text = value_of(row, fields.text)
    if not isinstance(text, str):
        raise BadInputError(
            f"{name}, {place}: has no text in a field {fields.text!r} (it has {_shown(row)}); name the one that holds it: --map text=FIELD."
        )
    identity = _words(row, fields.id)
    known = Known(
        title=_title(row, fields.title),
        publisher=_words(row, fields.publisher),
        published=_day(row, fields.published, f"{name}, {place}"),
        language=_words(row, fields.language),
        source=_words(row, fields.url),
    )
    return document_of(Found(text=text, known=known), name=f"{name}/{identity or place.replace(' ', '-')}", given=given)


def value_of(row: Mapping[str, Any], field: str) -> Any:
    """The field's value; `article.body` is the body in the article, unless there is a field of that very name."""
    if field in row:
        return row[field]
    value: Any = row
    for part in field.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _words(row: Mapping[str, Any], field: str) -> str | None:
    value = value_of(row, field)
    if value is None or isinstance(value, (dict, list, bool)):
        return None
    return " ".join(str(value).split()) or None


def _title(row: Mapping[str, Any], field: str) -> str | None:
    """A title in plain letters: lists that were escaped twice hold "Leaders\\u2019 Statement", and invisible marks stand in many."""
    words = _words(row, field)
    if words is None:
        return None
    plain = ESCAPED.sub(lambda escape: chr(int(escape[1] or escape[2], 16)), words)
    return " ".join(INVISIBLE.sub("", plain).split()) or None


def _day(row: Mapping[str, Any], field: str, place: str) -> IsoDate | None:
    value = _words(row, field)
    return None if value is None else day_written(value, field=field, place=place)


def _shown(row: Mapping[str, Any]) -> str:
    names = list(row)[:SHOWN]
    return ", ".join(names) + (" ..." if len(row) > SHOWN else "") if names else "no fields"
