"""The partnership on one page: each plan's claimed figure, the ledger as a chart, what is new, due and does not fit, and the meetings."""

from collections.abc import Iterable
from typing import Any

from litestar import Response, get
from litestar.di import NamedDependency

from comity.intervals import last_day
from comity.languages import languages
from comity.portal.charting import NARROW
from comity.portal.pages.papers import writer_of
from comity.portal.visit import Visit
from comity.publishing.rate_sentences import rate_sentences
from comity.publishing.report import PlanPart, plan_parts
from comity.publishing.timeline import draw_timeline
from comity.tracking.overview import Quoted

SHOWN = 5
FEW = 2


@get("/{language:str}", sync_to_thread=True, include_in_schema=False)
def overview_page(visit: NamedDependency[Visit]) -> Response[str]:
    overview, against = visit.now.overview, visit.desk.against.of(visit.now)
    writer = writer_of(visit) if against else None
    plans = plan_parts(overview)
    ahead = [meeting for meeting in overview.meetings if last_day(meeting.sitting.date) >= visit.now.today]
    past = [meeting for meeting in overview.meetings if last_day(meeting.sitting.date) < visit.now.today]
    return visit.page(
        "overview.html",
        section="overview",
        overview=overview,
        plans=plans,
        statuses=visit.now.statuses,
        rated={plan: rate_sentences(status, visit.words.labels) for plan, status in visit.now.statuses.items()},
        chart=draw_timeline(overview.ledgers, overview.meetings),
        narrow=draw_timeline(overview.ledgers, overview.meetings, width=NARROW),
        narrow_width=NARROW,
        claim_address=claim_addresses(visit, plans),
        ahead=ahead[:SHOWN],
        past=past[: -SHOWN - 1 : -1],
        due=[visit.quoted(found) for found in visit.now.due[:SHOWN]],
        new=_one_a_sentence(overview.statements)[:SHOWN],
        against=None if against is None else [writer.contradiction(one) for one in against[:FEW]] if writer else [],
        against_all=len(against or ()),
        read=[visit.words.say(f"language_{code}") for code in languages() if code in overview.languages],
    )


def _one_a_sentence(statements: Iterable[Quoted]) -> list[Quoted]:
    """The first statement of each sentence, as a page in short needs no more."""
    first: dict[tuple[str, int], Quoted] = {}
    for quoted in statements:
        first.setdefault((quoted.found.document.id, quoted.passage.offset), quoted)
    return list(first.values())


def claim_addresses(visit: Visit, plans: list[PlanPart]) -> Any:
    """Where a claim of the chart, by its number on this page, is told: on its plan's ledger, which counts from 1."""
    places = {}
    for plan in plans:
        for place, (number, _) in enumerate(plan.claims, 1):
            places[number] = visit.address.ledger(plan.ledger.plan.id, place)
    return places.__getitem__
