"""The plans of the partnership; one plan by sections; its ledger; one of its lines."""

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from msgspec.structs import replace

from comity.knowledge import Plan
from comity.knowledge.schema import Line, Section
from comity.portal.addresses import id_of
from comity.portal.pages.overview import claim_addresses
from comity.portal.visit import Visit
from comity.publishing.report import PlanPart, plan_parts
from comity.publishing.timeline import draw_timeline
from comity.register import Narrow
from comity.tracking import Overview


@get("/{language:str}/plans", sync_to_thread=True, include_in_schema=False)
def plans_page(visit: NamedDependency[Visit]) -> Response[str]:
    plans = plan_parts(visit.now.overview)
    return visit.page("plans.html", section="plans", plans=plans, claim_address=claim_addresses(visit, plans))


@get("/{language:str}/plans/{step:str}", sync_to_thread=True, include_in_schema=False)
def plan_page(visit: NamedDependency[Visit], step: FromPath[str]) -> Response[str]:
    part = part_of_plan(visit, id_of(step))
    plan = part.ledger.plan
    order = visit.desk.pack.plans
    place = order.index(plan)
    return visit.page(
        "plan.html",
        section="plans",
        plans=[part],
        plan=plan,
        part=part,
        pillars={pillar.id: pillar for pillar in plan.pillars},
        before=order[place - 1] if place else None,
        following=order[place + 1] if place + 1 < len(order) else None,
        claim_address=lambda number: visit.address.ledger(plan.id, number),
    )


@get("/{language:str}/plans/{step:str}/ledger", sync_to_thread=True, include_in_schema=False)
def ledger_page(visit: NamedDependency[Visit], step: FromPath[str]) -> Response[str]:
    part = part_of_plan(visit, id_of(step))
    return visit.page(
        "ledger.html",
        section="plans",
        plan=part.ledger.plan,
        part=part,
        plans=[part],
        chart=draw_timeline([part.ledger], visit.now.overview.meetings),
    )


@get("/{language:str}/plans/{step:str}/lines/{line_step:str}", sync_to_thread=True, include_in_schema=False)
def line_page(visit: NamedDependency[Visit], step: FromPath[str], line_step: FromPath[str]) -> Response[str]:
    plan = part_of_plan(visit, id_of(step)).ledger.plan
    section, line = line_of(plan, id_of(line_step))
    themes = [visit.desk.knowledge.themes[theme] for theme in line.themes if theme in visit.desk.knowledge.themes]
    said = {theme.id: visit.now.view.count_of("statements", Narrow(theme=theme.id)) for theme in themes}
    lines = [one for part in plan.sections for one in part.lines]
    place = lines.index(line)
    return visit.page(
        "line.html",
        section="plans",
        plan=plan,
        part=section,
        line=line,
        themes=themes,
        said=said,
        before=lines[place - 1] if place else None,
        following=lines[place + 1] if place + 1 < len(lines) else None,
        instruments=visit.desk.knowledge.instruments,
    )


def part_of_plan(visit: Visit, plan: str) -> PlanPart:
    """A plan with its claims, numbered from 1. Raises NotFoundException."""
    overview = visit.now.overview
    for ledger, conflicts, verbs in zip(overview.ledgers, overview.conflicts, overview.verbs, strict=True):
        if ledger.plan.id == plan:
            alone: Overview = replace(overview, ledgers=(ledger,), conflicts=(conflicts,), verbs=(verbs,))
            return plan_parts(alone)[0]
    raise NotFoundException


def line_of(plan: Plan, line: str) -> tuple[Section, Line]:
    """A line and the section it stands in. Raises NotFoundException."""
    for section in plan.sections:
        for one in section.lines:
            if one.id == line:
                return section, one
    raise NotFoundException
