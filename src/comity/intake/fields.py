"""Which field of a JSON object, or column of a CSV file, holds what of a document: `text=body,published=date`."""

from collections.abc import Iterable

from msgspec import Struct

from comity.errors import BadInputError


class Fields(Struct, frozen=True, kw_only=True):
    """The names of the fields; a dot leads into an object (`article.body`)."""

    id: str = "id"
    title: str = "title"
    text: str = "text"
    published: str = "published"
    url: str = "url"
    publisher: str = "publisher"
    language: str = "language"


NAMES = Fields.__struct_fields__


def fields_of(pairs: Iterable[str]) -> Fields:
    """The fields that `text=body` names, one pair or several divided by commas in each string. Raises BadInputError."""
    named: dict[str, str] = {}
    for pair in (part for several in pairs for part in several.split(",") if part.strip()):
        field, sign, column = (part.strip() for part in pair.partition("="))
        if field not in NAMES or not sign or not column:
            raise BadInputError(f"--map {pair.strip()}: say which field holds what, such as text=body; there are {', '.join(NAMES)}.")
        if field in named:
            raise BadInputError(f"--map names {field} twice ({named[field]} and {column}); give one.")
        named[field] = column
    return Fields(**named)
