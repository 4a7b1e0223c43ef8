"""The plans of the partnership; one plan by sections with how far its lines have come; its ledger."""

from collections.abc import Iterable

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from msgspec import Struct
from msgspec.structs import replace

from comity.intervals import first_day, last_day
from comity.knowledge import Plan
from comity.knowledge.schema import Section
from comity.portal.addresses import id_of
from comity.portal.charting import bars_chart, ledger_chart
from comity.portal.pages.overview import claim_addresses
from comity.portal.ties import aims_of_lines
from comity.portal.visit import Visit
from comity.publishing.rate_sentences import agreement_sentence, rate_sentences
from comity.publishing.report import PlanPart, plan_parts
from comity.records import LineStatus
from comity.register import LinkState, YearCount
from comity.tracking import Overview
from comity.tracking.judgements import OwnCount
from comity.tracking.rates import By, agreement
from comity.tracking.status import LineState, PlanStatus

FILTERS = ("section", "body", "theme", "status")
Years = dict[int, tuple[int, int]]
"""For each year how many accepted and how many suggested links a line has; 0 stands for no year."""


class Group(Struct, frozen=True, kw_only=True):
    """A section of a plan, and those of its lines that are asked for."""

    section: Section
    states: list[LineState]


@get("/{language:str}/plans", sync_to_thread=True, include_in_schema=False)
def plans_page(visit: NamedDependency[Visit]) -> Response[str]:
    plans = plan_parts(visit.now.overview)
    return visit.page(
        "plans.html",
        section="plans",
        plans=plans,
        chart=bars_chart(visit, plans, visit.now.statuses),
        claim_address=claim_addresses(visit, plans),
        statuses=visit.now.statuses,
        rated=rated(visit),
        untied=visit.now.overview.untied,
        untied_total=visit.now.overview.untied_total,
    )


@get("/{language:str}/plans/{step:str}", sync_to_thread=True, include_in_schema=False)
def plan_page(visit: NamedDependency[Visit], step: FromPath[str]) -> Response[str]:
    part = part_of_plan(visit, id_of(step))
    plan = part.ledger.plan
    order = visit.desk.pack.plans
    place = order.index(plan)
    asked = {name: visit.first(name) for name in FILTERS}
    status = visit.now.statuses.get(plan.id)
    years = years_of(visit.now.line_years(plan))
    return visit.page(
        "plan.html",
        section="plans",
        plans=[part],
        plan=plan,
        part=part,
        standing=status,
        rated=rated(visit),
        rates=rate_sentences(status, visit.words.labels, (By.PILLAR, By.SECTION, By.YEAR)) if status else [],
        agreed=[agreement_sentence(one, visit.words.labels) for one in agreement(status.lines)] if status else [],
        groups=_groups(status, asked),
        choices=_choices(visit, status),
        asked=asked,
        years=years,
        columns=_columns(plan, years),
        aims=aims_of_lines(visit.desk.knowledge, plan.id),
        pillars={pillar.id: pillar for pillar in plan.pillars},
        before=order[place - 1] if place else None,
        following=order[place + 1] if place + 1 < len(order) else None,
        claim_address=lambda number: visit.address.ledger(plan.id, number),
    )


@get("/{language:str}/plans/{step:str}/ledger", sync_to_thread=True, include_in_schema=False)
def ledger_page(visit: NamedDependency[Visit], step: FromPath[str]) -> Response[str]:
    part = part_of_plan(visit, id_of(step))
    plan, overview = part.ledger.plan, visit.now.overview
    judged = next(found for ledger, found in zip(overview.ledgers, overview.judgements, strict=True) if ledger.plan.id == plan.id)
    own = _own_count(visit.now.statuses.get(plan.id), plan)
    return visit.page(
        "ledger.html",
        section="plans",
        plan=plan,
        judged=judged,
        own=own,
        part=part,
        plans=[part],
        chart=ledger_chart(visit, part, overview.meetings, own),
        untied_total=overview.untied_total,
    )


def _own_count(status: PlanStatus | None, plan: Plan) -> OwnCount | None:
    """What stands beside a claim: the lines known to be completed; None where the plan's size or lines are not known, and where nobody has
    accepted any evidence yet: to say of a claim that none was found would be wrong then."""
    if status is None or not plan.lines_total or not any(state.accepted or state.decided for state in status.lines):
        return None
    return OwnCount(
        done=sum(state.status is LineStatus.COMPLETED for state in status.lines), known=len(status.lines), total=plan.lines_total
    )


def part_of_plan(visit: Visit, plan: str) -> PlanPart:
    """A plan with its claims, numbered from 1. Raises NotFoundException."""
    overview = visit.now.overview
    for ledger, conflicts, verbs in zip(overview.ledgers, overview.conflicts, overview.verbs, strict=True):
        if ledger.plan.id == plan:
            alone: Overview = replace(overview, ledgers=(ledger,), conflicts=(conflicts,), verbs=(verbs,))
            return plan_parts(alone)[0]
    raise NotFoundException


def rated(visit: Visit) -> dict[str, list[str]]:
    """Of each plan with lines its rates as sentences."""
    return {plan: rate_sentences(status, visit.words.labels) for plan, status in visit.now.statuses.items()}


def years_of(counts: Iterable[YearCount]) -> dict[str, Years]:
    """The counts by line and year, accepted and suggested apart."""
    found: dict[str, dict[int, list[int]]] = {}
    for count in counts:
        if count.state in (LinkState.ACCEPTED, LinkState.SUGGESTED):
            cell = found.setdefault(count.target, {}).setdefault(count.year or 0, [0, 0])
            cell[count.state is LinkState.SUGGESTED] += count.links
    return {line: {year: (cell[0], cell[1]) for year, cell in sorted(cells.items())} for line, cells in found.items()}


def _columns(plan: Plan, years: dict[str, Years]) -> list[int]:
    """The years of the plan, and others in which a line has a link."""
    own = range(first_day(plan.period).year, last_day(plan.period).year + 1) if "/" in plan.period else range(0)
    return sorted({*own, *(year for cells in years.values() for year in cells if year)})


def _groups(status: PlanStatus | None, asked: dict[str, str | None]) -> list[Group]:
    if status is None:
        return []
    fitting = [
        state
        for state in status.lines
        if (not asked["section"] or state.section.id == asked["section"])
        and (not asked["body"] or asked["body"] in state.line.responsible)
        and (not asked["theme"] or asked["theme"] in state.line.themes)
        and (not asked["status"] or state.status == asked["status"])
    ]
    groups = [
        Group(section=section, states=[state for state in fitting if state.section.id == section.id]) for section in status.plan.sections
    ]
    return [group for group in groups if group.states or not any(asked.values())]


def _choices(visit: Visit, status: PlanStatus | None) -> dict[str, list[tuple[str, str]]]:
    """What each filter can be set to, as value and name."""
    lines = status.lines if status else ()
    themes = visit.desk.knowledge.themes
    sections = {state.section.id: visit.label(state.section.names) for state in lines}
    bodies = {body: visit.naming.actor(body) for state in lines for body in state.line.responsible}
    named = {theme: visit.label(themes[theme].names) if theme in themes else theme for state in lines for theme in state.line.themes}
    found = [one for one in LineStatus if any(state.status is one for state in lines)]
    return {
        "section": list(sections.items()),
        "body": sorted(bodies.items(), key=lambda one: one[1].casefold()),
        "theme": sorted(named.items(), key=lambda one: one[1].casefold()),
        "status": [(one.value, "") for one in found],
    }
