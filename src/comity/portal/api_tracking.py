"""What is tracked, as records for programs: line status with its rates, the sentences tied to a line, search, network and alignment."""

from typing import Annotated, Any

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, QueryParameter

from comity.errors import BadInputError
from comity.knowledge import Plan
from comity.portal.addresses import id_of
from comity.portal.api_lists import After, As, Asked, records, whole
from comity.portal.desk import Desk
from comity.portal.downloads import Format
from comity.portal.snapshot import Snapshot
from comity.publishing.line_record import link_record, status_record
from comity.register import LinkState, Wanted
from comity.tracking.plan_links import PlanLinks

Now = NamedDependency[Snapshot]
Few = Annotated[int, QueryParameter(ge=1, le=200, description="How many at most.")]
LINE: tuple[str, ...] = ("id", "section", "words", "wording", "status", "date", "computed", "if_suggestions_are_right", "decided")
LINE += ("carried_to", "links", "newest_accepted", "newest_suggested", "scores")
LINK: tuple[str, ...] = ("address", "kind", "plan", "target", "state", "score", "least_score", "rank", "words", "shows", "date", "quote")
LINK += ("start", "end", "document", "findings", "decisions")
HIT = ("document", "kind", "start", "end", "snippet", "marks", "score", "finding")
PAIR = ("a", "b", "ties", "reports")
CELL = ("goal", "element", "clauses", "accepted")
"""The fields of the records of each list, as a table has them."""


@get("/api/v1/plans/{plan:str}/status", sync_to_thread=True, summary="How far each line of a plan has come, and the rates that follow")
def status(now: Now, plan: FromPath[str], form: As = Format.JSON) -> Response[dict[str, Any]]:
    found = now.statuses.get(_plan(now, plan).id)
    if found is None:
        raise NotFoundException
    record = status_record(found)
    return whole(record, record["lines"], LINE, form)


@get("/api/v1/plans/{plan:str}/lines/{line:str}/links", sync_to_thread=True, summary="The sentences tied to a line, by state")
def links(
    now: Now,
    request: Asked,
    plan: FromPath[str],
    line: FromPath[str],
    of_state: Annotated[str, QueryParameter(name="state", description="accepted, suggested, rejected or held-back.")] = "accepted",
    after: After = None,
    limit: Few = 50,
    form: As = Format.JSON,
) -> Response[dict[str, Any]]:
    found = _plan(now, plan)
    if id_of(line) not in {one.id for section in found.sections for one in section.lines}:
        raise NotFoundException
    if of_state not in set(LinkState):
        raise BadInputError(f"{of_state!r} is no state of a link; give one of {', '.join(LinkState)}.")
    of_plan = PlanLinks(found, now.links)
    page = of_plan.of_line(id_of(line), LinkState(of_state), limit=limit, after=after)
    rows, beside = [link_record(one) for one in page.links], {"least_score": of_plan.least_of(id_of(line))}
    return records(rows, LINK, request, form, after=page.next, beside=beside, named="links")


@get("/api/v1/search", sync_to_thread=True, summary="Documents or findings by words and filters, best first")
def search(
    now: Now,
    request: Asked,
    q: FromQuery[str] = "",
    kind: Annotated[str, QueryParameter(description="document, statements, events, commitments or slips.")] = "document",
    actor: FromQuery[str | None] = None,
    theme: FromQuery[str | None] = None,
    act: FromQuery[str | None] = None,
    publisher: FromQuery[str | None] = None,
    language: FromQuery[str | None] = None,
    since: FromQuery[str | None] = None,
    until: FromQuery[str | None] = None,
    after: After = None,
    limit: Few = 20,
    form: As = Format.JSON,
) -> Response[dict[str, Any]]:
    wanted = Wanted(words=q, kind=kind, actor=actor, theme=theme, act=act, publisher=publisher, language=language, since=since, until=until)
    view = now.view
    hits, facets = view.search(wanted, limit=limit, after=after), now.facets(wanted)
    items = [
        {
            "document": hit.document,
            "kind": hit.kind,
            "start": hit.start,
            "end": hit.end,
            "snippet": hit.snippet.text,
            "marks": hit.snippet.marks,
            "score": hit.score,
            "finding": hit.finding,
        }
        for hit in hits.hits
    ]
    return records(items, HIT, request, form, after=hits.next, beside={"facets": facets})


@get("/api/v1/network", sync_to_thread=True, summary="Bodies of the two parties and what ties them")
def network(
    now: Now, theme: FromQuery[str | None] = None, year: FromQuery[int | None] = None, form: As = Format.JSON
) -> Response[dict[str, Any]]:
    found = now.network(theme, year)
    if found is None:
        raise NotFoundException
    pairs = [
        {"a": pair.a, "b": pair.b, "ties": pair.ties, "reports": {str(one): number for one, number in pair.reports.items()}}
        for pair in found.pairs
    ]
    return whole({"parties": found.parties, "pairs": pairs}, pairs, PAIR, form)


@get("/api/v1/alignment", sync_to_thread=True, summary="Clauses tied to a goal and to an element of a vision")
def alignment(
    desk: NamedDependency[Desk], now: Now, vision: FromQuery[str | None] = None, form: As = Format.JSON
) -> Response[dict[str, Any]]:
    visions = now.knowledge.visions
    one = visions.get(vision) if vision else next(iter(visions.values()), None)
    if one is None:
        raise NotFoundException
    found = desk.crossings(now, one)
    cells = [{"goal": cell.row, "element": cell.column, "clauses": cell.clauses, "accepted": cell.accepted} for cell in found]
    return whole({"vision": one.id, "cells": cells}, cells, CELL, form)


TRACKING = (status, links, search, network, alignment)


def _plan(now: Snapshot, step: str) -> Plan:
    """A plan of the pack. Raises NotFoundException."""
    plan = next((plan for plan in now.pack.plans if plan.id == id_of(step)), None)
    if plan is None:
        raise NotFoundException
    return plan
