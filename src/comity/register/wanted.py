"""What is looked for in a register by words and filters. What was typed is understood by `asked`."""

from msgspec import Struct

from comity.errors import BadInputError
from comity.intervals import one_date
from comity.register.passages import DOCUMENT, KINDS


class Wanted(Struct, frozen=True, kw_only=True):
    """What is looked for. `words` as a person types them; the rest narrows it. `theme` is one that the words of a statement, event or
    commitment name, or that a document is about; `office` the body that somebody named serves, or the title. `since` and `until` are about
    publication."""

    words: str = ""
    kind: str = DOCUMENT
    actor: str | None = None
    theme: str | None = None
    act: str | None = None
    mechanism: str | None = None
    instrument: str | None = None
    office: str | None = None
    publisher: str | None = None
    language: str | None = None
    since: str | None = None
    until: str | None = None

    def __post_init__(self) -> None:
        if self.kind not in (DOCUMENT, *KINDS):
            raise BadInputError(f"{self.kind!r} can't be searched by words; give one of {', '.join((DOCUMENT, *KINDS))}.")
        if self.act is not None and self.kind != "statements":
            raise BadInputError("Only statements have an act; search them with kind statements.")
        for day in (self.since, self.until):
            if day is not None:
                one_date(day)
