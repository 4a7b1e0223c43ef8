"""Event reports as they are merged into occurrences: the newest readings' reports with what is known of their documents, and by which day.

In comes a view of the register; out come reports in a fixed order.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from msgspec import Struct
from sqlalchemy import Select, and_, func, or_, select, true, tuple_

from comity.intervals import IsoDate
from comity.records import ActorId, EventType, LanguageCode, Status
from comity.register.parts import in_parts
from comity.register.schema import FINDINGS, identities, parties
from comity.register.tracked_tables import occurrence_reports
from comity.register.view import View

EVENTS = "events"
TABLE = FINDINGS[EVENTS]
PARTIES = (
    select(parties.c.reading, parties.c.number, parties.c.role, parties.c.actor)
    .where(parties.c.kind == EVENTS)
    .order_by(*parties.primary_key)
)
"""In the order in which they lie: nothing is sorted."""

Days = tuple[str, str]
"""The first and the last day of a stretch of time."""


class Report(Struct, frozen=True, kw_only=True):
    """An event report and what is known of its document. `key` is its place: document, then start in the text; `own` a number made of
    all it tells, the same in every register. `early` is set by those who see that it tells of a day to come as if it were past."""

    key: tuple[str, int]
    own: int
    reading: int
    number: int
    type: EventType
    source: tuple[ActorId, ...]
    target: tuple[ActorId, ...]
    when: IsoDate | None
    status: Status
    mechanism: str | None
    words: str
    family: str
    published: IsoDate | None
    language: LanguageCode
    early: bool = False

    @property
    def document(self) -> str:
        return self.key[0]

    @property
    def parties(self) -> tuple[ActorId, ...]:
        return (*self.source, *self.target)


class Place(Struct, frozen=True):
    """Where a report stands, and the little that says whether it is worth a look."""

    reading: int
    number: int
    type: str
    when: IsoDate | None
    mechanism: str | None
    published: IsoDate | None


def event_reports(view: View, first: str | None = None, last: str | None = None, mechanisms: Collection[str] = ()) -> list[Report]:
    """The reports dated, or else published, between two days, and those of some mechanisms whatever their date; by document and place."""
    documents = view.asking.documents
    if first is None and last is None:
        return _reports(view, true(), everything=True)
    inside = [_between(TABLE.c.when, first, last), and_(TABLE.c.when.is_(None), _between(documents.c.published, first, last))]
    return _reports(view, or_(*inside, TABLE.c.mechanism.in_(mechanisms)), everything=False)


def count_reports(view: View, first: str | None = None, last: str | None = None) -> int:
    """How many reports the register has that are dated, or else published, between two days; near copies and rejected ones count too."""
    documents = view.asking.documents
    query = select(func.count()).select_from(TABLE.join(documents, documents.c.reading == TABLE.c.reading))
    if first is not None or last is not None:
        inside = (_between(TABLE.c.when, first, last), and_(TABLE.c.when.is_(None), _between(documents.c.published, first, last)))
        query = query.where(or_(*inside))
    return int(next(iter(view.asking.rows(query)))[0])


def reports_of(view: View, readings: Iterable[int], places: Collection[tuple[int, int]] | None = None) -> list[Report]:
    """All reports of some readings."""
    parts = in_parts(sorted(set(readings)))
    return [one for some in parts for one in _reports(view, TABLE.c.reading.in_(some), everything=False)]


def reports_at(view: View, places: Collection[tuple[int, int]]) -> list[Report]:
    """The reports that stand at some places, by reading and number."""
    found: list[Report] = []
    for some in in_parts(sorted(places)):
        readings = {reading for reading, _ in some}  # places alone are looked for by no index
        there, taking = (
            and_(table.c.reading.in_(readings), tuple_(table.c.reading, table.c.number).in_(some)) for table in (TABLE, parties)
        )
        rows = view.asking.all(_asked(view).where(there))
        taking_part = _by_role(view.asking.all(PARTIES.where(taking)))
        found += [_report(row, taking_part) for row in rows]
    return sorted(found, key=lambda one: (*one.key, one.number))


def reports_telling(view: View, occurrences: Collection[int]) -> list[Report]:
    """The reports that the register keeps as those of some occurrences, by their keys; those rejected since then are left out."""
    told = occurrence_reports
    found: list[Report] = []
    for some in in_parts(sorted(occurrences)):
        there = and_(told.c.reading == TABLE.c.reading, told.c.number == TABLE.c.number, told.c.occurrence.in_(some))
        rows = view.asking.all(_asked(view).join(told, there))
        taking = and_(told.c.reading == parties.c.reading, told.c.number == parties.c.number, told.c.occurrence.in_(some))
        taking_part = _by_role(view.asking.all(PARTIES.join(told, taking)))
        found += [_report(row, taking_part) for row in rows]
    return sorted(found, key=lambda one: (*one.key, one.number))


def documents_told(view: View, stretches: Sequence[Days]) -> Iterator[tuple[str, IsoDate, int]]:
    """The documents that were published in some stretches of time: id, date of publication, reading."""
    documents = view.asking.documents
    for first, last in stretches:
        query = select(documents.c.id, documents.c.published, documents.c.reading).where(_between(documents.c.day, first, last))
        for row in view.asking.rows(query.where(documents.c.reading.is_not(None))):
            yield str(row.id), str(row.published), int(row.reading)


def places_dated(view: View, types: Collection[EventType], stretches: Sequence[Days]) -> Iterator[Place]:
    """The reports of some kinds that are themselves dated in some stretches of time."""
    for first, last in stretches:
        yield from _places(view, and_(TABLE.c.type.in_([type.value for type in types]), _between(TABLE.c.when, first, last)))


def places_of_meetings(view: View, names: Collection[str], first: str, last: str) -> Iterator[Place]:
    """The reports of some meetings that are dated in some years, or else published in them; what lasts into them too."""
    documents = view.asking.documents
    into = and_(TABLE.c.when >= f"{int(first) - 1:04}", TABLE.c.when < first, TABLE.c.when.like("%/%"))
    undated = and_(TABLE.c.when.is_(None), _between(documents.c.published, first, last))
    for some in in_parts(sorted(names)):
        yield from _places(view, and_(TABLE.c.mechanism.in_(some), or_(_between(TABLE.c.when, first, last), into, undated)))


def bodies_named(view: View, reports: Iterable[Report]) -> dict[tuple[int, ActorId], frozenset[ActorId]]:
    """Whom the persons in some reports serve, as the documents of each say."""
    table = FINDINGS["offices"]
    taking_part = {(one.reading, party) for one in reports for party in one.parties}
    bodies: defaultdict[tuple[int, ActorId], set[ActorId]] = defaultdict(set)
    for some in in_parts(sorted({reading for reading, _ in taking_part})):
        query = select(table.c.reading, table.c.person, table.c.of).where(table.c.reading.in_(some), table.c.of.is_not(None))
        for reading, person, body in view.asking.all(query):
            if (reading, person) in taking_part:
                bodies[reading, person].add(body)
    return {place: frozenset(found) for place, found in bodies.items()}


def bodies_served(view: View, actors: Collection[ActorId]) -> dict[ActorId, frozenset[ActorId]]:
    """Whom persons serve, as all documents together say."""
    bodies: defaultdict[ActorId, set[ActorId]] = defaultdict(set)
    for some in in_parts(sorted(actors)):
        query = select(identities.c.actor, identities.c.body).where(identities.c.actor.in_(some), identities.c.body.is_not(None))
        for row in view.asking.rows(query):
            bodies[row.actor].add(row.body)
    return {actor: frozenset(found) for actor, found in bodies.items()}


def _places(view: View, condition: Any) -> Iterator[Place]:
    documents = view.asking.documents
    columns = (TABLE.c.reading, TABLE.c.number, TABLE.c.type, TABLE.c.when, TABLE.c.mechanism, documents.c.published)
    query = select(*columns).select_from(TABLE.join(documents, documents.c.reading == TABLE.c.reading)).where(condition)
    for row in view.asking.rows(query):
        yield Place(*row)


def _reports(view: View, condition: Any, *, everything: bool) -> list[Report]:
    """`everything` asks for all parties in one question, where nearly all reports are wanted, and takes them bit by bit."""
    query = _asked(view).where(condition)
    rows = list(view.asking.rows(query) if everything else view.asking.all(query))
    rows.sort(key=lambda row: (row[8], row[2], row[1]))
    taking_part = _taking_part(view, {row[0] for row in rows}, everything=everything)
    return [_report(row, taking_part) for row in rows]


def _asked(view: View) -> Select[Any]:
    """The reports that count, with what is asked of their documents."""
    documents = view.asking.documents
    columns = (TABLE.c.reading, TABLE.c.number, TABLE.c.start, TABLE.c.quote, TABLE.c.type, TABLE.c.when, TABLE.c.status, TABLE.c.mechanism)
    query: Select[Any] = select(*columns, documents.c.id, documents.c.family, documents.c.published, documents.c.language).select_from(
        TABLE.join(documents, view.asking.scope.is_of(EVENTS, view.asking.rejecting()))
    )
    return query


def _report(row: Any, taking_part: dict[tuple[int, int, str], list[ActorId]]) -> Report:
    reading, number, start, quote, type, when, status, mechanism, document, family, published, language = row
    source = tuple(taking_part.get((reading, number, "source"), ()))
    target = tuple(taking_part.get((reading, number, "target"), ()))
    told = (document, start, type, when, status, mechanism, source, target)
    return Report(
        key=(document, start),
        own=int.from_bytes(hashlib.sha256(repr(told).encode()).digest()[:8], "big") >> 4,
        reading=reading,
        number=number,
        type=EventType(type),
        source=source,
        target=target,
        when=when,
        status=Status(status),
        mechanism=mechanism,
        words=quote,
        family=family,
        published=published,
        language=language,
    )


def _between(column: Any, first: str | None, last: str | None) -> Any:
    """Texts compare like the dates they begin with: a range `2020-01-30/2020-02-02` by its first day, a month by its name."""
    conditions = []
    if first is not None:
        conditions.append(column >= first)
    if last is not None:
        conditions.append(column <= f"{last}~")
    return and_(*conditions)


def _taking_part(view: View, readings: set[int], *, everything: bool) -> dict[tuple[int, int, str], list[ActorId]]:
    if everything:
        return _by_role(view.asking.rows(PARTIES))
    answers = (view.asking.all(PARTIES.where(parties.c.reading.in_(some))) for some in in_parts(sorted(readings)))
    return _by_role(chain.from_iterable(answers))


def _by_role(answers: Iterable[Any]) -> dict[tuple[int, int, str], list[ActorId]]:
    rows: defaultdict[tuple[int, int, str], list[ActorId]] = defaultdict(list)
    for reading, number, role, actor in answers:
        rows[reading, number, role].append(actor)
    return rows
