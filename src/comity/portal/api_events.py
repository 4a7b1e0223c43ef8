"""What happened or is to, however many documents tell it, as records: by month, party and kind, and one by its id."""

from typing import Annotated

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter
from msgspec import Struct

from comity.intervals import one_date
from comity.portal.addresses import id_of
from comity.portal.api_lists import After, As, Asked, Limit, Listed, in_form
from comity.portal.downloads import Format
from comity.portal.happenings import occurrence_at
from comity.portal.listing import Part
from comity.portal.snapshot import Snapshot
from comity.records import ActorId, EventType
from comity.register.occurrence_rows import Wished
from comity.tracking.occurrence import Occurrence
from comity.tracking.occurrence_pages import occurrence_page

Now = NamedDependency[Snapshot]


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
    request: Asked,
    since: FromQuery[str | None] = None,
    until: FromQuery[str | None] = None,
    actor: FromQuery[str | None] = None,
    type: FromQuery[EventType | None] = None,
    dated: Annotated[bool, QueryParameter(description="Only those whose date is known to the month at least.")] = False,
    after: After = None,
    limit: Limit = 50,
    form: As = Format.JSON,
) -> Response[Listed[OccurrenceRow]]:
    for day in (since, until):
        if day is not None:
            one_date(day)
    wished = Wished(since=since, until=until, actor=actor, type=type, dated=dated)
    page = occurrence_page(now.view, now.knowledge, wished, today=now.today, after=after, limit=limit, count=now.count_occurrences)
    part = Part(entries=list(page.entries), total=page.total, after=page.after)
    return in_form(part, occurrence_row, OccurrenceRow, request, form)


@get("/api/v1/events/{event:str}", sync_to_thread=True, summary="One of them by its id; 410 with where it went once it is part of another")
def event(now: Now, event: FromPath[str]) -> OccurrenceRow:
    return occurrence_row(occurrence_at(now, id_of(event)))


EVENTS = (events, event)


def occurrence_row(one: Occurrence) -> OccurrenceRow:
    """An event with the reports that tell it."""
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
