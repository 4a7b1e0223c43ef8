"""Puts occurrences into a register: a part at a time in one transaction, in place of those that changed.

In comes what a part of the documents changes (`Changed`), worked out from what the register held at a *turn*; where somebody else wrote
meanwhile, nothing is written and the part has to be worked out anew.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Engine, Index, Table, bindparam, delete, insert, inspect, or_, select, update

from comity.register.backend import in_bulk, write_alone
from comity.register.bulk import insert_rows
from comity.register.faults import told_clearly
from comity.register.occurrence_records import (
    AWAITED,
    TURN,
    WRITTEN,
    NewOccurrence,
    OldMember,
    delete_occurrences,
    insert_occurrences,
)
from comity.register.parts import in_parts
from comity.register.sayings_kept import Row as SayingRow
from comity.register.schema import documents, readings
from comity.register.tracked_tables import (
    OCCURRENCES,
    occurrence_bonds,
    occurrence_contacts,
    occurrence_guesses,
    occurrence_marks,
    occurrence_moves,
    occurrence_readings,
    occurrence_reports,
    occurrence_tags,
    occurrences,
    sayings,
)


class Changed(Struct, frozen=True, kw_only=True):
    """What a part of the documents changes: occurrences in place of old ones, by their keys, and the readings that this was all for, in
    place of others of their documents, with what these say. `guesses` are the reports whose date is one, each with the two that
    show it, in place of what was known of those `looked_at`; all by their places."""

    old: tuple[int, ...]
    new: tuple[NewOccurrence, ...]
    readings: tuple[int, ...]
    sayings: tuple[SayingRow, ...] = ()
    guesses: tuple[tuple[int, int, int], ...] = ()
    looked_at: tuple[int, ...] = ()


class OccurrenceStore:
    """Takes occurrences in."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self._name = name

    def address(self) -> str:
        """Where the register is, for another process of this program."""
        return self._engine.url.render_as_string(hide_password=False)

    def is_empty(self) -> bool:
        """Whether no document's events are kept yet; occurrences may be left of what was broken off."""
        with told_clearly(self._name), self._engine.connect() as connection:
            return connection.execute(select(occurrence_readings.c.reading).limit(1)).first() is None

    def let_go(self) -> None:
        """Forgets the occurrences that are left of what was broken off, and the indexes of the tables that are to be filled: kept up to
        date row by row they took as long as the rows themselves."""
        with told_clearly(self._name), self._engine.begin() as connection:
            write_alone(connection)
            _forget(connection, but=(occurrence_moves, occurrence_marks))
            for index in _indexes():
                index.drop(connection, checkfirst=True)

    def make_indexes(self) -> None:
        """Makes those of the indexes that are not there, each by itself, so that nobody who wants to write waits for all of them."""
        with told_clearly(self._name):
            there = {index["name"] for table in WRITTEN for index in inspect(self._engine).get_indexes(table.name)}
        for index in (index for index in _indexes() if index.name not in there):
            with told_clearly(self._name), self._engine.connect() as connection, in_bulk(connection), connection.begin():
                write_alone(connection)
                index.create(connection, checkfirst=True)

    def marks(self) -> dict[str, str]:
        with told_clearly(self._name), self._engine.connect() as connection:
            return _marks(connection)

    def begin(self, version: str) -> None:
        """Forgets what another version put together."""
        with told_clearly(self._name), self._engine.begin() as connection:
            write_alone(connection)
            if _marks(connection).get("version") != version:
                _forget(connection, but=(occurrence_moves,))
                _mark(connection, {"version": version, TURN: "0"})

    def waiting(self) -> list[int]:
        """The newest readings whose events are not put together with the others yet, by the day of their documents."""
        done = select(occurrence_readings.c.reading)
        keys = self._keys(select(documents.c.reading).where(documents.c.reading.is_not(None), documents.c.reading.not_in(done)))
        # asked for in order, all documents would be looked at; as it is, an index answers, and most often with nothing
        heads = select(documents.c.day, documents.c.id, documents.c.reading)
        found: list[tuple[str, str, int]] = []
        with told_clearly(self._name), self._engine.connect() as connection:
            for some in in_parts(keys):
                found += map(tuple, connection.execute(heads.where(documents.c.reading.in_(some))))
        return [key for _, _, key in sorted(found)]

    def forget(self, documents_touched: Collection[str]) -> None:
        """Documents about whose events people decided are put together anew."""
        with told_clearly(self._name), self._engine.begin() as connection:
            write_alone(connection)
            for some in in_parts(sorted(documents_touched)):
                keys = select(documents.c.reading).where(documents.c.id.in_(some))
                connection.execute(delete(occurrence_readings).where(occurrence_readings.c.reading.in_(keys)))

    def members_of_documents(self, some_readings: Sequence[int]) -> list[OldMember]:
        """What is kept of the documents of some readings, by whatever reading."""
        beside = readings.alias("beside")
        found: list[OldMember] = []
        for some in in_parts(some_readings):
            of = select(beside.c.document).where(beside.c.key.in_(some))
            found += self._members(occurrence_reports.c.reading.in_(select(readings.c.key).where(readings.c.document.in_(of))))
        return found

    def members_of(self, keys: Collection[int]) -> list[OldMember]:
        """The reports of some occurrences."""
        return [one for some in in_parts(sorted(keys)) for one in self._members(occurrence_reports.c.occurrence.in_(some))]

    def contacts_of(self, keys: Collection[int]) -> set[int]:
        """The occurrences with a report that is tied to one of some others."""
        table = occurrence_contacts
        return {key for some in in_parts(sorted(keys)) for key in self._keys(select(table.c.other).where(table.c.one.in_(some)))}

    def bonds_of(self, keys: Collection[int]) -> list[bytes]:
        """What the words of their documents made of ties between reports of some occurrences, and to those of others, as it was written."""
        table, found = occurrence_bonds.c, dict[tuple[int, int], bytes]()
        with told_clearly(self._name), self._engine.connect() as connection:
            for some in in_parts(sorted(keys)):
                query = select(table.one, table.other, table.bonds).where(or_(table.one.in_(some), table.other.in_(some)))
                found |= {(one, other): bonds for one, other, bonds in connection.execute(query)}
        return [bonds for _, bonds in sorted(found.items())]

    def guesses_among(self, places: Collection[int]) -> set[int]:
        """Those of some places at which a guess stands."""
        guess = occurrence_guesses.c.place
        return {key for some in in_parts(sorted(places)) for key in self._keys(select(guess).where(guess.in_(some)))}

    def guesses_shown_by(self, places: Collection[int]) -> set[int]:
        """The places of guesses that some reports, by their places, show to be such."""
        table, found = occurrence_guesses, set[int]()
        for some in in_parts(sorted(places)):
            for column in (table.c.latest, table.c.earliest):
                found.update(self._keys(select(table.c.place).where(column.in_(some))))
        return found

    def members_at(self, places: Collection[tuple[int, int]]) -> list[OldMember]:
        """What is kept of some reports, by reading and number."""
        found: list[OldMember] = []
        with told_clearly(self._name), self._engine.connect() as connection:
            for some in in_parts(sorted({reading for reading, _ in places})):
                rows = connection.execute(select(occurrence_reports).where(occurrence_reports.c.reading.in_(some))).all()
                found += [OldMember(*row) for row in rows if row[:2] in places]
        return found

    def members_of_readings(self, some_readings: Collection[int]) -> list[OldMember]:
        return [one for some in in_parts(sorted(some_readings)) for one in self._members(occurrence_reports.c.reading.in_(some))]

    def write(self, changed: Changed, turn: str, moves: dict[int, int]) -> bool:
        """All of it or nothing; false where somebody wrote since that turn."""
        with told_clearly(self._name), self._engine.begin() as connection:
            write_alone(connection)
            if _marks(connection).get(TURN) != turn:
                return False
            delete_occurrences(connection, changed.old)
            insert_occurrences(connection, changed.new)
            for some in in_parts(changed.readings):
                same = select(readings.c.document).where(readings.c.key.in_(some))
                others = select(readings.c.key).where(readings.c.document.in_(same))
                for table in (occurrence_readings, sayings):
                    connection.execute(delete(table).where(table.c.reading.in_(others)))
            for some in in_parts(sorted(changed.looked_at)):
                connection.execute(delete(occurrence_guesses).where(occurrence_guesses.c.place.in_(some)))
            insert_rows(connection, occurrence_guesses, changed.guesses)
            insert_rows(connection, occurrence_readings, [(key,) for key in changed.readings])
            insert_rows(connection, sayings, changed.sayings)
            if moves:
                connection.execute(delete(occurrence_moves).where(occurrence_moves.c.old.in_(list(moves))))
                connection.execute(insert(occurrence_moves), [{"old": old, "new": new} for old, new in sorted(moves.items())])
            _mark(connection, {TURN: str(int(turn) + 1)})
            return True

    def write_many(self, new: Sequence[NewOccurrence], turn: str) -> bool:
        """Tens of thousands of occurrences in place of none; false where somebody wrote since that turn. They go in by their keys: what
        lies beside each other in the file is changed at once, where one after another each would change another of its pages."""
        with (
            told_clearly(self._name),
            self._engine.connect() as connection,
            in_bulk(connection),
            connection.begin(),
        ):
            write_alone(connection)
            if _marks(connection).get(TURN) != turn:
                return False
            insert_occurrences(connection, sorted(new, key=lambda one: one.key))
            _mark(connection, {TURN: str(int(turn) + 1)})
            return True

    def tie(self, foretold: dict[int, int | None]) -> None:
        """Sets in what announcements came true."""
        if not foretold:
            return
        with told_clearly(self._name), self._engine.begin() as connection:
            write_alone(connection)
            setting = update(occurrences).where(occurrences.c.key == bindparam("of")).values(foretold=bindparam("came"))
            connection.execute(setting, [{"of": key, "came": came} for key, came in sorted(foretold.items())])

    def awaited_by(self, keys: Collection[int]) -> set[str]:
        """What some occurrences await, or may be awaited as."""
        found: set[str] = set()
        with told_clearly(self._name), self._engine.connect() as connection:
            for some in in_parts(sorted(keys)):
                query = select(occurrences.c.mechanism).where(occurrences.c.key.in_(some), occurrences.c.mechanism.is_not(None))
                found.update(connection.execute(query).scalars())
                tag = occurrence_tags.c.value
                query = select(tag).where(occurrence_tags.c.occurrence.in_(some), tag.like(f"{AWAITED}%"))
                found.update(value.removeprefix(AWAITED) for value in connection.execute(query).scalars())
        return found

    def awaiting(self, keys: Collection[str] | None) -> Iterator[tuple[str, Any]]:
        """What awaits, or may be what is awaited: each key with the occurrences it is of. None asks for all that is awaited."""
        meetings = [None] if keys is None else list(in_parts(sorted(key for key in keys if " " not in key)))
        companies = [None] if keys is None else list(in_parts(sorted(AWAITED + key for key in keys if " " in key)))
        with told_clearly(self._name), self._engine.connect() as connection:
            awaited = occurrences.alias("awaited")
            states = occurrences.c.state.in_(("held", "planned"))
            for some in meetings:
                query = select(occurrences).where(occurrences.c.mechanism.is_not(None), occurrences.c.when.is_not(None), states)
                for row in connection.execute(query if some is None else query.where(occurrences.c.mechanism.in_(some))):
                    yield row.mechanism, row
            waits = select(occurrence_tags.c.value).join(awaited, awaited.c.key == occurrence_tags.c.occurrence)
            waits = waits.where(awaited.c.state == "planned", occurrence_tags.c.value.like(f"{AWAITED}%"))
            for some in companies:
                query = select(occurrence_tags.c.value, occurrences).join(
                    occurrence_tags, occurrence_tags.c.occurrence == occurrences.c.key
                )
                query = query.where(occurrence_tags.c.value.in_(waits if some is None else some), occurrences.c.when.is_not(None), states)
                for row in connection.execute(query):
                    yield row.value.removeprefix(AWAITED), row

    def finish(self, marks: dict[str, str]) -> None:
        """Says that all is put together."""
        with told_clearly(self._name), self._engine.begin() as connection:
            write_alone(connection)
            _mark(connection, marks)

    def _members(self, condition: Any) -> list[OldMember]:
        with told_clearly(self._name), self._engine.connect() as connection:
            return [OldMember(*row) for row in connection.execute(select(occurrence_reports).where(condition)).all()]

    def _keys(self, query: Any) -> list[int]:
        with told_clearly(self._name), self._engine.connect() as connection:
            return [int(key) for key in connection.execute(query).scalars()]


def _indexes() -> Iterator[Index]:
    """The indexes of what is written of each occurrence."""
    for table in WRITTEN:
        yield from sorted(table.indexes, key=lambda index: str(index.name))


def _forget(connection: Connection, but: Collection[Table]) -> None:
    for table in OCCURRENCES:
        if not any(table is other for other in but):
            connection.execute(delete(table))


def _marks(connection: Connection) -> dict[str, str]:
    return {row.name: row.value for row in connection.execute(select(occurrence_marks))}


def _mark(connection: Connection, marks: dict[str, str]) -> None:
    connection.execute(delete(occurrence_marks).where(occurrence_marks.c.name.in_(list(marks))))
    connection.execute(insert(occurrence_marks), [{"name": name, "value": value} for name, value in sorted(marks.items())])
