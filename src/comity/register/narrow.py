"""What narrows a list: who takes part, which theme, what act, when, published by whom. Each is a condition of the query, and where the list
is of what is known now, the rarest of them leads it (`tags` are in the order of lists)."""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, exists, or_

from comity.errors import BadInputError
from comity.intervals import first_day, last_day, one_date
from comity.register.rows import ROLES
from comity.register.schema import FINDINGS, finding_themes
from comity.register.tags import CODES, DOCUMENTS, LISTED, THEMED
from comity.register.who import Who, named_in, takes_part

AFTER_ALL = "~"
"""Sorts after every ISO date that begins the same: 2020-01 and all its days are not after `2020-01~`."""

Between = tuple[str | None, str | None]
"""The first and the last day, month or year of publication; None where that side is open."""


OPEN: Between = (None, None)


class Narrow(Struct, frozen=True, kw_only=True):
    """What is wanted of a kind of finding, or of documents.

    `act` is a statement's act, an event's type, a commitment's force or a slip's reason. `theme` is one that the finding's own words name,
    or that a document is about. `mechanism`, `instrument` and `office` (the body that is served) are named in the document. `due_after` and
    `due_before` are about commitments, `subjects` about progress claims: those on one of them, `untied` those on none of these. `copies`
    are left out unless they are wanted.
    """

    actor: str | None = None
    theme: str | None = None
    act: str | None = None
    mechanism: str | None = None
    instrument: str | None = None
    office: str | None = None
    publisher: str | None = None
    language: str | None = None
    between: Between = OPEN
    document: str | None = None
    due_after: str | None = None
    due_before: str | None = None
    subjects: tuple[str, ...] = ()
    untied: tuple[str, ...] = ()
    copies: bool = False

    def __post_init__(self) -> None:
        for day in (*self.between, self.due_after, self.due_before):
            if day is not None:
                one_date(day)


EVERYTHING = Narrow()

OWN = {
    "actors": ("actor", "actor"),
    "offices": ("actor", "person"),
    "themes": ("theme", "theme"),
    "instruments": ("instrument", "instrument"),
    "mechanisms": ("mechanism", "mechanism"),
    "progress": ("instrument", "subject"),
}
"""Kinds of mention that are themselves of an actor, a theme ...: the filter, and the column that it is about."""

NAMED_IN = (("mechanism", "mechanisms", "mechanism"), ("instrument", "instruments", "instrument"), ("office", "offices", "of"))
"""Filters about the whole document: the filter, the kind of mention, and its column."""


def conditions(kind: str, narrow: Narrow, documents: Any, who: Who | None) -> Iterator[ColumnElement[bool]]:
    """The conditions on a kind of finding (or `documents`) and the document it stands in. Raises BadInputError for an act of what
    has none."""
    own, column = OWN.get(kind, ("", ""))
    table = FINDINGS.get(kind)
    if own and table is not None and own != "actor" and (value := getattr(narrow, own)):
        yield table.c[column] == value
    if who is not None:
        if own == "actor" and table is not None:
            yield table.c[column].in_(sorted(who.names))
        elif table is None or kind not in ROLES:
            yield named_in(documents.c.reading, who)
        else:
            yield takes_part(kind, table.c.reading, table.c.number, who)
    if narrow.theme and own != "theme":
        yield is_of_theme(kind, narrow.theme, documents)
    if narrow.act:
        if table is None or not CODES.get(kind):
            raise BadInputError(f"{kind} have no act; ask for statements, events, commitments or slips.")
        yield table.c[CODES[kind][0]] == narrow.act
    if narrow.subjects:
        yield FINDINGS["progress"].c.subject.in_(narrow.subjects)
    if narrow.untied:
        subject = FINDINGS["progress"].c.subject
        yield or_(subject.is_(None), subject.not_in(narrow.untied))
    if narrow.due_after:
        yield FINDINGS["commitments"].c.due + AFTER_ALL >= first_day(narrow.due_after).isoformat()
    if narrow.due_before:
        yield FINDINGS["commitments"].c.due <= last_day(narrow.due_before).isoformat()
    for name, mentions, field in NAMED_IN:
        if name != own and (value := getattr(narrow, name)):
            yield is_named(mentions, field, value, documents)
    yield from _of_document(narrow, documents)


def leads(kind: str, narrow: Narrow, who: Who | None) -> Iterator[tuple[str, str]]:
    """The facets and values that every entry of the list has in `tags`; the rarest leads the list."""
    own, _ = OWN.get(kind, ("", ""))
    yield (kind if kind in LISTED else DOCUMENTS), ""
    if who is not None and len(who.names) == 1:
        yield (f"{kind}.actor" if kind in ROLES else f"{DOCUMENTS}.actor"), next(iter(who.names))
    if len(narrow.subjects) == 1:
        yield "progress.subject", narrow.subjects[0]
    if narrow.theme:
        yield (f"{kind}.theme" if kind in THEMED else f"{DOCUMENTS}.theme"), narrow.theme
    if narrow.act:
        yield f"{kind}.{CODES[kind][0]}", narrow.act
    for name in ("mechanism", "instrument", "office", "publisher", "language"):
        if value := getattr(narrow, name):
            yield (f"{kind}.subject" if name == own and kind == "progress" else f"{DOCUMENTS}.{name}"), value


def within(between: Between, day: Any) -> Iterator[ColumnElement[bool]]:
    """Whether a day of publication lies between two: of `2015` too where only the year is known."""
    since, until = between
    if since is not None:
        first = first_day(since).isoformat()
        yield day >= first[:4]
        yield day + AFTER_ALL >= first
    if until is not None:
        yield day > ""
        yield day <= last_day(until).isoformat()


def is_named(mentions: str, field: str, value: str, documents: Any) -> ColumnElement[bool]:
    """Whether a document names something, by its id or in its very words."""
    words = FINDINGS[mentions].c.quote if mentions == "offices" else FINDINGS[mentions].c.name
    here = FINDINGS[mentions].c.reading == documents.c.reading
    return exists().where(here, or_(FINDINGS[mentions].c[field] == value, words == value))


def is_of_theme(kind: str, theme: str, documents: Any) -> ColumnElement[bool]:
    """Whether the words of a finding name a theme, or its document is about it where its kind has no themes of its own."""
    if kind not in THEMED:
        themes = FINDINGS["themes"]  # by its reading: the index on themes has 30,000 documents of one theme, gone through for each of them
        return exists().where(themes.c.reading == documents.c.reading, themes.c.theme + "" == theme)
    table = FINDINGS[kind]
    of = (finding_themes.c.reading == table.c.reading, finding_themes.c.kind == kind, finding_themes.c.number == table.c.number)
    return exists().where(*of, finding_themes.c.theme == theme)


def _of_document(narrow: Narrow, documents: Any) -> Iterator[ColumnElement[bool]]:
    for name in ("publisher", "language"):
        if (value := getattr(narrow, name)) is not None:
            yield documents.c[name] == value
    yield from within(narrow.between, documents.c.day)
    if narrow.document is not None:
        yield documents.c.id == narrow.document
