"""Which occurrences a register keeps: by month, party, kind or meeting, a page at a time, and where a former one went.

In come a view and what is wished; out come keys of occurrences in the order of time. Whoever asks builds them from their reports
(tracking/kept_occurrences.py).
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta
from typing import Any

from msgspec import Struct
from sqlalchemy import Select, and_, func, or_, select

from comity.intervals import IsoDate, first_day, last_day
from comity.records import ActorId, EventType, MechanismId
from comity.register.parts import in_parts
from comity.register.schema import documents
from comity.register.tracked_tables import occurrence_marks, occurrence_moves, occurrence_reports, occurrence_tags, occurrences
from comity.register.view import View

LONGEST = timedelta(days=370)
"""Between the first and the last day of an occurrence."""

MONTH = 31
HOPS = 20
"""So many times an occurrence may have gone elsewhere."""

IS_ITS_OWN = func.coalesce(occurrences.c.foretold, 0) == 0
"""No announcement that came true. Nearly all are such: written as `is null` it would lead SQLite to an index that holds them all."""

Cursor = tuple[str, int]
"""The day and the key of an entry."""


class Wished(Struct, frozen=True, kw_only=True):
    """What narrows a list of occurrences; `dated` leaves out those whose date is not known to the month."""

    since: IsoDate | None = None
    until: IsoDate | None = None
    mechanism: MechanismId | None = None
    actor: ActorId | None = None
    type: EventType | None = None
    dated: bool = False


class Kept:
    """The occurrences that a register keeps."""

    def __init__(self, view: View) -> None:
        self._asking = view.asking

    def marks(self) -> dict[str, str]:
        """By which version they were put together, up to which reading and decision."""
        return {row.name: row.value for row in self._asking.all(select(occurrence_marks))}

    def newest_reading(self) -> int:
        """The key of the newest reading that a document has."""
        return int(self._asking.all(select(func.max(documents.c.reading)))[0][0] or 0)

    def newest_day(self) -> str:
        return str(self._asking.all(select(func.max(documents.c.day)))[0][0] or "")

    def wished(self, wished: Wished) -> list[int]:
        """The keys of all that are wished, those of announcements that came true by what they came true in. An occurrence may overlap the
        time without being listed in it, so some more are given."""
        query = select(func.coalesce(occurrences.c.foretold, occurrences.c.key))
        within = _narrowed(query, wished, overlapping=True).distinct()
        keys = [int(row[0]) for row in self._asking.rows(within)]
        if wished.since or wished.until:
            planned = (occurrences.c.mechanism.is_not(None), occurrences.c.state == "planned", occurrences.c.foretold.is_(None))
            keys += [int(row[0]) for row in self._asking.rows(select(occurrences.c.key).where(*planned))]
        return sorted(set(keys))

    def told_in(self, ids: Collection[str]) -> list[int]:
        """The keys of those that some documents tell of, those of announcements that came true by what they came true in."""
        reports = occurrence_reports
        joined = occurrences.join(reports, reports.c.occurrence == occurrences.c.key)
        joined = joined.join(documents, documents.c.reading == reports.c.reading)
        query = select(func.coalesce(occurrences.c.foretold, occurrences.c.key)).select_from(joined)
        parts = in_parts(sorted(ids))
        return sorted({int(row[0]) for some in parts for row in self._asking.rows(query.where(documents.c.id.in_(some)))})

    def page(self, wished: Wished, *, after: Cursor | None, limit: int) -> list[Cursor]:
        """The places of the next occurrences behind one, in the order of time; an announcement that came true is no entry of its own."""
        day = occurrence_tags.c.day if wished.actor else occurrences.c.day
        key = occurrence_tags.c.occurrence if wished.actor else occurrences.c.key
        query = _narrowed(select(day, key), wished, overlapping=False).where(IS_ITS_OWN)
        if after is not None:
            query = query.where(day >= after[0], or_(day > after[0], key > after[1]))
        return [(str(row[0]), int(row[1])) for row in self._asking.all(query.order_by(day, key).limit(limit))]

    def count(self, wished: Wished) -> int:
        """How many there are. The index on days counts all of them; the few announcements that came true are counted by their own index
        (to look at each row for it took a second for half a million)."""
        every = _narrowed(select(func.count(occurrences.c.key)), wished, overlapping=False)
        told = _narrowed(select(func.count(occurrences.c.key)), wished, overlapping=False, day=occurrences.c.day + "")
        came_true = told.where(occurrences.c.foretold > 0)
        return int(self._asking.all(every)[0][0]) - int(self._asking.all(came_true)[0][0])

    def announcements(self, keys: Sequence[int]) -> dict[int, int]:
        """The announcements that came true in some occurrences, each with the one it came true in."""
        found: dict[int, int] = {}
        for some in in_parts(keys):
            query = select(occurrences.c.key, occurrences.c.foretold).where(occurrences.c.foretold.in_(some))
            found |= {int(row.key): int(row.foretold) for row in self._asking.rows(query)}
        return found

    def members(self, keys: Sequence[int]) -> Iterator[tuple[int, int, int]]:
        """The reports of some occurrences: reading, number, and the occurrence."""
        reports = occurrence_reports
        for some in in_parts(keys):
            query = select(reports.c.reading, reports.c.number, reports.c.occurrence).where(reports.c.occurrence.in_(some))
            for row in self._asking.rows(query):
                yield int(row.reading), int(row.number), int(row.occurrence)

    def telling(self) -> list[int]:
        """The keys of what was held or is planned of known meetings, and of what came true of announcements."""
        announced = select(occurrences.c.foretold).where(occurrences.c.foretold.is_not(None))
        meetings = select(occurrences.c.key).where(occurrences.c.mechanism.is_not(None), occurrences.c.foretold.is_(None))
        return sorted({int(row[0]) for query in (announced, meetings) for row in self._asking.rows(query)})

    def whereabouts(self, key: int) -> int | None:
        """The occurrence that a number leads to: the one that its report tells now, or where it went; None where nothing knows it."""
        for _ in range(HOPS):
            if self._asking.all(select(occurrences.c.key).where(occurrences.c.key == key)):
                return key
            now = self._asking.all(select(occurrence_reports.c.occurrence).where(occurrence_reports.c.own == key).limit(1))
            now = now or self._asking.all(select(occurrence_moves.c.new).where(occurrence_moves.c.old == key))
            if not now:
                return None
            key = int(now[0][0])
        return None


def _narrowed(query: Select[Any], wished: Wished, *, overlapping: bool, day: Any = occurrences.c.day) -> Select[Any]:
    """`overlapping` takes what began before the time and may last into it, else only what began in it. `day` is its column where the index
    on days leads."""
    if wished.actor:
        query = query.join(occurrence_tags, occurrence_tags.c.occurrence == occurrences.c.key).where(
            occurrence_tags.c.value == wished.actor
        )
        day = occurrence_tags.c.day
    conditions = []
    if wished.since:
        since = first_day(wished.since)
        conditions.append(day >= ((since - LONGEST) if overlapping and since.year > 2 else since).isoformat())
        if overlapping:
            conditions.append(occurrences.c.until >= since.isoformat())
    if wished.until:
        conditions.append(day <= last_day(wished.until).isoformat())
        conditions.append(day > "")
    if wished.mechanism:
        conditions.append(occurrences.c.mechanism == wished.mechanism)
    if wished.type:
        conditions.append(occurrences.c.type == wished.type.value)
    if wished.dated:
        conditions.append(occurrences.c.grain < MONTH)
    return query.where(and_(*conditions)) if conditions else query
