"""What is known of a document besides its text: from the file itself, from what it came with (a mail, a feed), from whoever gives it."""

from msgspec import Struct

from comity.intake.fields import Fields
from comity.intervals import IsoDate
from comity.records import DateSource, LanguageCode


class Known(Struct, frozen=True, kw_only=True):
    """What a file, or what it came with, says of the document."""

    title: str | None = None
    publisher: str | None = None
    published: IsoDate | None = None
    published_from: DateSource = DateSource.METADATA
    language: LanguageCode | None = None
    source: str | None = None
    note: str | None = None


class Given(Struct, frozen=True, kw_only=True):
    """What whoever asks says of all documents, which nothing else overrules; `fields` name the columns of tables of texts."""

    language: LanguageCode | None = None
    published: IsoDate | None = None
    fields: Fields = Fields()


NOTHING = Known()
"""Nothing is known."""
