"""Everything the pages show as records for programs under `/api/v1`, described in `/api/v1/openapi.json`.

Lists come in parts (`after`, `limit`) as JSON, or as JSON lines or CSV with `format`; the address of the next part stands in `next`
and in the `Link` header.
"""

from collections.abc import Callable
from typing import Annotated, Any
from urllib.parse import urlencode

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, QueryParameter
from msgspec import Struct

from comity.portal.addresses import id_of
from comity.portal.api_lists import After, As, Asked, Limit, Listed, in_form, listed, whole
from comity.portal.desk import Desk
from comity.portal.downloads import Format
from comity.portal.gone import check_actor, check_document
from comity.portal.listing import Key, cut
from comity.portal.pages.commitments import commitments_part
from comity.portal.pages.documents import documents_part
from comity.portal.pages.statements import statements_part
from comity.portal.rows import (
    ActorRow,
    CommitmentRow,
    DocumentRow,
    InstrumentRow,
    LineRow,
    MechanismRow,
    MeetingRow,
    PlanRow,
    StatementRow,
    actor_row,
    commitment_row,
    document_row,
    instrument_row,
    line_rows,
    mechanism_row,
    meeting_row,
    plan_row,
    statement_row,
)
from comity.portal.snapshot import Snapshot
from comity.portal.threaded import threaded
from comity.publishing.changed_copies import changed_record
from comity.publishing.naming import Naming
from comity.publishing.overview_record import overview_record
from comity.publishing.reading_lines import reading_record
from comity.publishing.sentences import Sentences
from comity.records import ActorType, Reading
from comity.register.copies import changed_from_named
from comity.register.named import types_named
from comity.register.rows import STRUCTS

Given = NamedDependency[Desk]
Now = NamedDependency[Snapshot]


class Index(Struct, frozen=True):
    """Where everything is."""

    addresses: dict[str, str]


CLAIM = ("when", "dated_by", "figure", "num", "den", "pct", "bound", "remaining", "verb", "claimants", "done", "sources")
"""The fields of a claim, as a table has them."""
LISTS = ("plans", "documents", "statements", "commitments", "actors", "meetings", "mechanisms", "instruments")
TRACKED = ("events", "search", "network", "alignment", "contradictions", "suggestions", "decisions")


@get("/api/v1", summary="Where everything is")
async def index() -> Index:
    return Index({name: f"/api/v1/{name}" for name in ("overview", *LISTS, *TRACKED, "openapi.json")})


@get("/api/v1/overview", sync_to_thread=True, summary="The partnership: every claim with its sentence, what does not fit, what is new")
def overview(desk: Given, now: Now, lang: FromQuery[str] = "en") -> dict[str, Any]:
    return _overview(desk, now, lang)


@get("/api/v1/plans", sync_to_thread=True, summary="The plans of action")
def plans(now: Now, request: Asked, after: After = None, limit: Limit = 100, form: As = Format.JSON) -> Response[Listed[PlanRow]]:
    found = now.overview
    rows = [
        plan_row(ledger.plan, len(ledger.claims), len(conflicts)) for ledger, conflicts in zip(found.ledgers, found.conflicts, strict=True)
    ]
    return listed(rows, PlanRow, lambda row: (row.period, row.id), request, after, limit, form)


@get("/api/v1/plans/{plan:str}/lines", sync_to_thread=True, summary="The action lines of a plan that the pack holds")
def lines(
    now: Now, request: Asked, plan: FromPath[str], after: After = None, limit: Limit = 100, form: As = Format.JSON
) -> Response[Listed[LineRow]]:
    found = next((one for one in now.pack.plans if one.id == id_of(plan)), None)
    if found is None:
        raise NotFoundException
    rows = list(line_rows(found))
    places = {row.id: f"{place:06}" for place, row in enumerate(rows)}
    return listed(rows, LineRow, lambda row: (places[row.id],), request, after, limit, form)


@get("/api/v1/plans/{plan:str}/ledger", sync_to_thread=True, summary="All claims on a plan with their sentences, and what does not fit")
def ledger(desk: Given, now: Now, plan: FromPath[str], lang: FromQuery[str] = "en", form: As = Format.JSON) -> Response[dict[str, Any]]:
    found: list[dict[str, Any]] = _overview(desk, now, lang)["plans"]
    one = next((one for one in found if one["id"] == id_of(plan)), None)
    if one is None:
        raise NotFoundException
    return whole(one, one["claims"], CLAIM, form)


@get("/api/v1/documents", summary="The documents, newest first")
@threaded
def documents(
    now: Now,
    request: Asked,
    language: FromQuery[str | None] = None,
    publisher: FromQuery[str | None] = None,
    year: FromQuery[str | None] = None,
    after: After = None,
    limit: Limit = 100,
    form: As = Format.JSON,
) -> Response[Listed[DocumentRow]]:
    part = documents_part(now, {"in": language, "publisher": publisher, "year": year}, after, limit)
    return in_form(part, document_row, DocumentRow, request, form)


@get("/api/v1/documents/{document:str}", sync_to_thread=True, summary="One document: its text and everything found in it")
def document(now: Now, document: FromPath[str]) -> dict[str, Any]:
    view = now.view
    check_document(view, id_of(document))
    found = view.document(id_of(document))
    if found is None:
        raise NotFoundException
    kinds = {kind: tuple(one.finding for one in view.findings_in(kind, found.id)) for kind in STRUCTS}
    record = reading_record(Reading(document=found, reader="", **kinds))
    del record["reader"]
    changed = changed_from_named(view, found.id)
    beside = {"changed": changed_record(changed) if changed else None}
    return {**record, "doc": found.id, "publisher": found.publisher, "source": found.source, "text": found.text, **beside}


@get("/api/v1/statements", sync_to_thread=True, summary="Who said what, newest first")
def statements(
    now: Now,
    request: Asked,
    actor: Annotated[str | None, QueryParameter(description="Who speaks.")] = None,
    theme: FromQuery[str | None] = None,
    act: FromQuery[str | None] = None,
    after: After = None,
    limit: Limit = 100,
    form: As = Format.JSON,
) -> Response[Listed[StatementRow]]:
    part = statements_part(now, actor, theme, act, after=after, limit=limit)
    return in_form(part, statement_row, StatementRow, request, form)


@get("/api/v1/commitments", sync_to_thread=True, summary="What was undertaken, agreed, proposed or asked for, newest first")
def commitments(
    now: Now,
    request: Asked,
    actor: FromQuery[str | None] = None,
    theme: FromQuery[str | None] = None,
    force: FromQuery[str | None] = None,
    after: After = None,
    limit: Limit = 100,
    form: As = Format.JSON,
) -> Response[Listed[CommitmentRow]]:
    part = commitments_part(now, actor, theme, force, after=after, limit=limit)
    return in_form(part, commitment_row, CommitmentRow, request, form)


@get("/api/v1/actors", sync_to_thread=True, summary="Everyone whom documents name, the most named first")
def actors(
    now: Now, request: Asked, type: FromQuery[str | None] = None, after: After = None, limit: Limit = 100, form: As = Format.JSON
) -> Response[Listed[ActorRow]]:
    view, names, types = now.view, now.knowledge.actors, types_named(now.view)
    chosen = ActorType(type) if type in types else None
    total = types.get(type, 0) if type else sum(types.values())
    found = view.mentions(type=chosen, after=after, limit=limit + 1) if chosen or not type else iter(())
    part = cut(found, total=total, limit=limit)
    said = now.counts("statements", "actor")
    return in_form(
        part,
        lambda one: actor_row(one, names[one.actor].names if one.actor in names else {}, said.get(one.actor, 0)),
        ActorRow,
        request,
        form,
    )


@get("/api/v1/actors/{actor:str}", sync_to_thread=True, summary="One actor: what the knowledge holds, and how often documents name it")
def actor(now: Now, actor: FromPath[str]) -> dict[str, Any]:
    id = id_of(actor)
    check_actor(now.view, id)
    known, entry = now.view.named(id), now.knowledge.actors.get(id)
    if known is None and entry is None:
        raise NotFoundException
    page = f"/api/v1/statements?{urlencode({'actor': id})}"
    return {"id": id, "named": known, "known": entry, "statements": page}


@get("/api/v1/meetings", sync_to_thread=True, summary="The sittings of the partnership's mechanisms, newest first")
def meetings(
    now: Now, request: Asked, mechanism: FromQuery[str | None] = None, after: After = None, limit: Limit = 100, form: As = Format.JSON
) -> Response[Listed[MeetingRow]]:
    found = [one for one in now.overview.meetings if mechanism is None or one.mechanism.id == mechanism]
    rows = [meeting_row(one) for one in found]
    key: Callable[[MeetingRow], Key] = lambda row: (row.date, row.mechanism, f"{row.number or 0:06}", row.place or "")  # noqa: E731
    return listed(rows, MeetingRow, key, request, after, limit, form, newest_first=True)


@get("/api/v1/mechanisms", sync_to_thread=True, summary="The standing formats of the partnership")
def mechanisms(now: Now, request: Asked, after: After = None, limit: Limit = 100, form: As = Format.JSON) -> Response[Listed[MechanismRow]]:
    return listed([mechanism_row(one) for one in now.pack.mechanisms], MechanismRow, lambda row: (row.id,), request, after, limit, form)


@get("/api/v1/instruments", sync_to_thread=True, summary="The documents the partnership rests on")
def instruments(
    now: Now, request: Asked, after: After = None, limit: Limit = 100, form: As = Format.JSON
) -> Response[Listed[InstrumentRow]]:
    named = now.counts("documents", "instrument")
    rows = [instrument_row(one, named.get(one.id, 0)) for one in now.pack.instruments]
    return listed(rows, InstrumentRow, lambda row: (row.date or "9999", row.id), request, after, limit, form)


API = (
    index,
    overview,
    plans,
    lines,
    ledger,
    documents,
    document,
    statements,
    commitments,
    actors,
    actor,
    meetings,
    mechanisms,
    instruments,
)


def _overview(desk: Desk, now: Snapshot, lang: str) -> dict[str, Any]:
    if lang not in desk.words:
        raise NotFoundException
    labels = desk.words[lang].labels
    return overview_record(now.overview, Sentences(now.pack, labels, Naming(now.knowledge, labels, now.view)))
