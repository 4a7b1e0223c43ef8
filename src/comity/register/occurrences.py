"""Event reports as light rows, to be put together by what happened: who, what kind, when, at which meeting, told by which document.

A register of 100,000 documents holds some 200,000 reports; a row here costs a tenth of a `Found`. What a person rejected is left out.
Whoever shows a report gets its `Found` by `found_reports`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from msgspec import Struct
from sqlalchemy import Select, and_, or_, select, true

from comity.intervals import IsoDate
from comity.records import ActorId, EventType, LanguageCode, Status
from comity.register.findings import Found
from comity.register.schema import FINDINGS, identities, parties
from comity.register.view import View

EVENTS = "events"
AT_ONCE = 400
"""Keys in one question: SQLite takes some thousand."""


class Report(Struct, frozen=True, kw_only=True):
    """An event report and what is known of its document. `key` is its place: document, then start in the text. `early` is set by those who
    see that it tells of a day to come as if it were past."""

    key: tuple[str, int]
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


def event_reports(view: View, first: str | None = None, last: str | None = None, mechanisms: Collection[str] = ()) -> list[Report]:
    """The reports dated, or else published, between two days, and those of some mechanisms whatever their date; by document and place."""
    table, documents = FINDINGS[EVENTS], view.asking.documents
    inside = [] if first is None and last is None else [_between(table.c.when, first, last)]
    if inside:
        inside.append(and_(table.c.when.is_(None), _between(documents.c.published, first, last)))
        inside.append(table.c.mechanism.in_(mechanisms))
    columns = (table.c.reading, table.c.number, table.c.start, table.c.quote, table.c.type, table.c.when, table.c.status, table.c.mechanism)
    query: Select[Any] = (
        select(*columns, documents.c.id, documents.c.family, documents.c.published, documents.c.language)
        .select_from(table.join(documents, view.asking.scope.is_of(EVENTS, view.asking.rejecting())))
        .where(or_(*inside) if inside else true())
    )
    rows = list(view.asking.rows(query))
    taking_part = _taking_part(view, {row.reading for row in rows}, everything=not inside)
    reports = [
        Report(
            key=(row.id, row.start),
            reading=row.reading,
            number=row.number,
            type=EventType(row.type),
            source=tuple(taking_part[row.reading, row.number, "source"]),
            target=tuple(taking_part[row.reading, row.number, "target"]),
            when=row.when,
            status=Status(row.status),
            mechanism=row.mechanism,
            words=row.quote,
            family=row.family,
            published=row.published,
            language=row.language,
        )
        for row in rows
    ]
    return sorted(reports, key=lambda report: (report.key, report.number))


def bodies_served(view: View, actors: Collection[ActorId]) -> dict[ActorId, frozenset[ActorId]]:
    """Whom persons serve, as the documents say."""
    bodies: defaultdict[ActorId, set[ActorId]] = defaultdict(set)
    for some in _some(sorted(actors)):
        query = select(identities.c.actor, identities.c.body).where(identities.c.actor.in_(some), identities.c.body.is_not(None))
        for row in view.asking.rows(query):
            bodies[row.actor].add(row.body)
    return {actor: frozenset(found) for actor, found in bodies.items()}


def found_reports(view: View, reports: Iterable[Report]) -> Iterator[Found]:
    """The findings themselves, with their documents and what people decided about them, in the order given."""
    reports = list(reports)
    table = FINDINGS[EVENTS]
    found: dict[tuple[str, int], list[Found]] = defaultdict(list)
    for some in _some(sorted({report.reading for report in reports})):
        for one in view.findings_where(EVENTS, table.c.reading.in_(some)):
            found[one.document.id, one.finding.evidence.start].append(one)
    for report in reports:
        yield from found[report.key][:1]


def _between(column: Any, first: str | None, last: str | None) -> Any:
    """Texts compare like the dates they begin with: a range `2020-01-30/2020-02-02` by its first day, a month by its name."""
    conditions = []
    if first is not None:
        conditions.append(column >= first)
    if last is not None:
        conditions.append(column <= f"{last}~")
    return and_(*conditions)


def _taking_part(view: View, readings: set[int], *, everything: bool) -> dict[tuple[int, int, str], list[ActorId]]:
    rows: defaultdict[tuple[int, int, str], list[ActorId]] = defaultdict(list)
    query = select(parties.c.reading, parties.c.number, parties.c.role, parties.c.actor).where(parties.c.kind == EVENTS)
    query = query.order_by(parties.c.position)
    questions = [query] if everything else [query.where(parties.c.reading.in_(some)) for some in _some(sorted(readings))]
    for question in questions:
        for row in view.asking.rows(question):
            rows[row.reading, row.number, row.role].append(row.actor)
    return rows


def _some(keys: list[Any]) -> Iterator[list[Any]]:
    yield from (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))
