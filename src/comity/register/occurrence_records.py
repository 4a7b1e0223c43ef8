"""Occurrences on their way into a register, and their rows in all the tables that hold them: put in and taken out together."""

from collections.abc import Collection, Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, delete

from comity.intervals import IsoDate
from comity.register.bulk import insert_rows
from comity.register.parts import in_parts
from comity.register.places import as_place
from comity.register.tracked_tables import (
    occurrence_bonds,
    occurrence_contacts,
    occurrence_reports,
    occurrence_tags,
    occurrences,
)

TURN = "turn"
WRITTEN = (occurrences, occurrence_reports, occurrence_tags, occurrence_contacts, occurrence_bonds)
"""The tables that hold an occurrence."""

AWAITED = "="
"""Stands before what an announcement without a meeting's name awaits, among the tags."""


class NewOccurrence(Struct, frozen=True, kw_only=True, array_like=True):
    """An occurrence to keep. `members` are its reports (reading, number, own); `tags` its parties and what it awaits; `contacts` the others
    with a report that is tied to one of its own; `bonds` what their words made of ties to these and within, by the other's key (its own for
    those within)."""

    key: int
    type: str
    state: str
    when: IsoDate | None
    mechanism: str | None
    announced: str | None
    day: str
    until: str
    grain: int | None
    members: tuple[tuple[int, int, int], ...]
    tags: tuple[str, ...]
    contacts: tuple[int, ...] = ()
    bonds: tuple[tuple[int, bytes], ...] = ()


class OldMember(Struct, frozen=True):
    """A report that is kept as one of an occurrence."""

    reading: int
    number: int
    own: int
    occurrence: int

    @property
    def place(self) -> int:
        return as_place(self.reading, self.number)


def insert_occurrences(connection: Connection, new: Sequence[NewOccurrence]) -> None:
    """Puts in what is `new`, given in the order of its keys where it is much: then all goes into each table in its order."""
    rows = [
        (one.key, one.key, one.type, one.state, one.when, one.mechanism, one.announced, None, one.day, one.until, one.grain) for one in new
    ]
    members = [(reading, number, own, one.key) for one in new for reading, number, own in one.members]
    tags = [(value, one.day, one.key) for one in new for value in one.tags]
    contacts = {pair for one in new for other in one.contacts for pair in ((one.key, other), (other, one.key))}
    bonds = {(min(one.key, other), max(one.key, other)): bonds for one in new for other, bonds in one.bonds}
    held = [(*pair, some) for pair, some in sorted(bonds.items())]
    # by one number or text instead of part by part: in half of the time
    members.sort(key=lambda member: as_place(member[0], member[1]))
    tags.sort(key=lambda tag: f"{tag[0]}\0{tag[1]}")
    every: tuple[Sequence[Any], ...] = (rows, members, tags, sorted(contacts), held)
    for table, values in zip(WRITTEN, every, strict=True):
        insert_rows(connection, table, values)


def delete_occurrences(connection: Connection, keys: Collection[int]) -> None:
    """Takes occurrences out with all that hangs on them."""
    for some in in_parts(sorted(keys)):
        for column in (
            occurrence_reports.c.occurrence,
            occurrence_tags.c.occurrence,
            occurrence_contacts.c.one,
            occurrence_contacts.c.other,
            occurrence_bonds.c.one,
            occurrence_bonds.c.other,
            occurrences.c.key,
        ):
            connection.execute(delete(column.table).where(column.in_(some)))
