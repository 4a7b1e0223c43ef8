"""Documents that a person withdrew: what such a decision is about, and what it does while it stands.

A withdrawn document has no newest reading, so that nothing found in it counts in any view, list or sum; its text, readings and decisions
stay where they are. `withdrawals` says the same as `decisions`, to look up fast, so that a view as of an earlier day still shows it.
"""

from collections.abc import Collection

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, and_, delete, exists, func, insert, or_, select, update

from comity.errors import BadInputError
from comity.register.occurrence_records import TURN, delete_occurrences
from comity.register.places import as_place, place_at
from comity.register.schema import documents, readings, withdrawals
from comity.register.tracked_tables import (
    occurrence_contacts,
    occurrence_guesses,
    occurrence_marks,
    occurrence_readings,
    occurrence_reports,
)

DOCUMENT = "document"
INSTEAD = "instead"
"""Under this name a withdrawal's value holds the document that counts in its place, where there is one."""


class OfDocument(Struct, frozen=True, tag=DOCUMENT):
    """A whole document."""

    document: str


def check_withdrawal(connection: Connection, subject: OfDocument, why: str, instead: object) -> None:
    """Raises BadInputError where there is nothing to withdraw, or no reason is given."""
    row = connection.execute(select(documents.c.key, documents.c.reading).where(documents.c.id == subject.document)).first()
    if row is None:
        raise BadInputError(f"There is no document {subject.document}.")
    if row.reading is None:
        raise BadInputError(f"{subject.document} is withdrawn already.")
    if not why.strip():
        raise BadInputError("A document is withdrawn for a reason, which its page shows; give one.")
    if instead is not None:
        known = select(documents.c.reading).where(documents.c.id == str(instead))
        if instead == subject.document or connection.execute(known).scalar() is None:
            raise BadInputError(f"{instead} can't stand in its place; give another document of this register.")


def add_withdrawal(connection: Connection, subject: OfDocument, *, number: int, made: str) -> None:
    key = connection.execute(select(documents.c.key).where(documents.c.id == subject.document)).scalar_one()
    connection.execute(insert(withdrawals), [{"decision": number, "document": key, "made": made, "undone": None}])
    _forget_events(connection, key)
    keep_withdrawn(connection, [key])


def take_back_withdrawal(connection: Connection, number: int, undone: str | None) -> None:
    """`undone` is when the decision was taken back, None where it stands again."""
    connection.execute(update(withdrawals).where(withdrawals.c.decision == number).values(undone=undone))
    for key in connection.execute(select(withdrawals.c.document).where(withdrawals.c.decision == number)).scalars().all():
        newest = select(func.max(readings.c.key)).where(readings.c.document == key).scalar_subquery()
        connection.execute(update(documents).where(documents.c.key == key).values(reading=newest))
        _forget_events(connection, key)
        keep_withdrawn(connection, [key])


def keep_withdrawn(connection: Connection, keys: Collection[int]) -> None:
    """Withdrawn documents have no newest reading, also when they were read anew meanwhile."""
    standing = select(withdrawals.c.document).where(withdrawals.c.undone.is_(None), withdrawals.c.document.in_(keys))
    connection.execute(update(documents).where(documents.c.key.in_(standing)).values(reading=None))


def is_withdrawn(key: ColumnElement[int], before: str) -> ColumnElement[bool]:
    """Whether a document was withdrawn by a moment, and not taken back by then."""
    later = func.coalesce(withdrawals.c.undone, before) >= before
    return exists().where(withdrawals.c.document == key, withdrawals.c.made < before, later)


def _forget_events(connection: Connection, document: int) -> None:
    """What its reports tell is put together anew without it, or with it again, by the next `comity track`: with all that was near it, and
    the reports that it showed to be guesses."""
    own = select(readings.c.key).where(readings.c.document == document)
    of = select(occurrence_reports.c.occurrence).where(occurrence_reports.c.reading.in_(own))
    guessed = _forget_guesses(connection, connection.execute(own).scalars().all())
    own_keys = {*connection.execute(of).scalars(), *guessed}
    near = select(occurrence_contacts.c.other).where(occurrence_contacts.c.one.in_(own_keys))
    keys = sorted({*own_keys, *connection.execute(near).scalars()})
    told = (
        connection.execute(select(occurrence_reports.c.reading).where(occurrence_reports.c.occurrence.in_(keys)).distinct()).scalars().all()
    )
    delete_occurrences(connection, keys)
    connection.execute(delete(occurrence_readings).where(occurrence_readings.c.reading.in_([*told, *connection.execute(own).scalars()])))
    turn = connection.execute(select(occurrence_marks.c.value).where(occurrence_marks.c.name == TURN)).scalar()
    if turn is not None:  # whoever puts events together just now begins again
        connection.execute(update(occurrence_marks).where(occurrence_marks.c.name == TURN).values(value=str(int(turn) + 1)))


def _forget_guesses(connection: Connection, readings: Collection[int]) -> list[int]:
    """Lets go of guesses in some readings, and of those that these showed; gives the occurrences that such reports tell."""
    table = occurrence_guesses
    shown = or_(*(and_(column >= as_place(reading, 0), column < as_place(reading + 1, 0)) for reading in readings for column in table.c))
    places = connection.execute(select(table.c.place).where(shown)).scalars().all()
    connection.execute(delete(table).where(table.c.place.in_(places)))
    reports = occurrence_reports.c
    at = [
        select(reports.occurrence).where(reports.reading == reading, reports.number == number) for reading, number in map(place_at, places)
    ]
    return [key for one in at for key in connection.execute(one).scalars()]
