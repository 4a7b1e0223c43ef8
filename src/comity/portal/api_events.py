"""What happened or is to, however many documents tell it, as records: by month, party and kind, and one by its id."""

from typing import Annotated, Any

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter
from msgspec import Struct

from comity.errors import BadInputError
from comity.intervals import is_iso
from comity.portal.addresses import id_of
from comity.portal.happenings import occurrence_at
from comity.portal.listing import part_of
from comity.portal.snapshot import Snapshot
from comity.records import ActorId, EventType
from comity.register.occurrence_rows import Wished
from comity.tracking.kept_occurrences import are_kept, page_of
from comity.tracking.occurrence import Occurrence
from comity.tracking.occurrences import occurrences

Now = NamedDependency[Snapshot]
Limit = Annotated[int, QueryParameter(ge=1, le=200, description="How many at most.")]


class ReportRow(Struct, frozen=True, kw_only=True):
    """Where a document tells of it."""

    document: str
    start: int
    quote: str
    published: str | None


class OccurrenceRow(Struct, frozen=True, kw_only=True):
    """One occurrence. `sources` counts near copies once; `planned` is another date once announced."""

    id: str
    type: str
    state: str
    when: str | None
    planned: str | None
    mechanism: str | None
    parties: tuple[ActorId, ...]
    sources: int
    reports: tuple[ReportRow, ...]


@get(
    "/api/v1/events", sync_to_thread=True, summary="What happened or is planned, each however many documents tell it, in the order of time"
)
def events(
    now: Now,
    since: FromQuery[str | None] = None,
    until: FromQuery[str | None] = None,
    actor: FromQuery[str | None] = None,
    type: FromQuery[EventType | None] = None,
    after: Annotated[str | None, QueryParameter(description="The `next` of the part before.")] = None,
    limit: Limit = 50,
) -> dict[str, Any]:
    for day in (since, until):
        if day is not None and (not is_iso(day) or "/" in day):
            raise BadInputError(f"{day!r} is no date; give one such as 2020-01-30, 2020-01 or 2020.")
    wished = Wished(since=since, until=until, actor=actor, type=type)
    if are_kept(now.view, now.knowledge, now.today):
        page = page_of(now.view, now.knowledge, now.today, wished, after=after, limit=limit)
        return {"items": [occurrence_row(one) for one in page.occurrences], "next": page.next}
    every = occurrences(now.view, now.knowledge, today=now.today, since=since, until=until, actor=actor)
    fitting = [one for one in every if type is None or one.type == type]
    part = part_of(fitting, lambda one: (one.when or "9999", one.id), after=after, limit=limit, newest_first=False)
    return {"items": [occurrence_row(one) for one in part.entries], "next": part.after}


@get("/api/v1/events/{event:str}", sync_to_thread=True, summary="One of them by its id; 410 with where it went once it is part of another")
def event(now: Now, event: FromPath[str]) -> OccurrenceRow:
    return occurrence_row(occurrence_at(now, id_of(event)))


EVENTS = (events, event)


def occurrence_row(one: Occurrence) -> OccurrenceRow:
    reports = tuple(
        ReportRow(document=report.document, start=report.key[1], quote=report.words, published=report.published) for report in one.reports
    )
    return OccurrenceRow(
        id=one.id,
        type=one.type,
        state=one.state,
        when=one.when,
        planned=one.planned,
        mechanism=one.mechanism,
        parties=one.parties,
        sources=one.families,
        reports=reports,
    )
