"""One line of a plan: how far it has come, by which evidence (suggested apart from accepted), year by year, and what people decided; to
those who review also the forms by which they set its status and score it (`line_decided.py` takes them)."""

from collections.abc import Sequence

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from msgspec import Struct

from comity.knowledge import Plan
from comity.knowledge.schema import Line, Section
from comity.portal.addresses import id_of
from comity.portal.pages.line_decisions import Tried, decided_on
from comity.portal.pages.plans import part_of_plan, years_of
from comity.portal.ties import aims_of_lines
from comity.portal.visit import Visit
from comity.records import InstrumentId
from comity.register import LinkFound, LinkState, Narrow
from comity.register.accounts import Role
from comity.tracking.passages import Passage
from comity.tracking.plan_links import PlanLinks
from comity.tracking.status import LineState, following_plan, plan_status

A_PAGE = 20
STATES = (LinkState.ACCEPTED, LinkState.SUGGESTED, LinkState.REJECTED)


class Shown(Struct, frozen=True):
    """A link with the sentence its words stand in."""

    found: LinkFound
    passage: Passage


@get("/{language:str}/plans/{step:str}/lines/{line_step:str}", sync_to_thread=True, include_in_schema=False)
def line_page(visit: NamedDependency[Visit], step: FromPath[str], line_step: FromPath[str]) -> Response[str]:
    return show_line(visit, id_of(step), id_of(line_step))


def show_line(visit: Visit, plan_id: InstrumentId, line_id: str, *, tried: Tried | None = None, status: int = 200) -> Response[str]:
    """A line with its evidence; `tried` is what somebody typed into its form, with what is wrong with it."""
    plan = part_of_plan(visit, plan_id).ledger.plan
    section, line = line_of(plan, line_id)
    links = PlanLinks(plan, visit.now.links)
    states = _states(visit, links)
    state = next(state for state in states if state.line.id == line.id)
    numbers = {LinkState.ACCEPTED: state.accepted, LinkState.SUGGESTED: state.suggestions, LinkState.REJECTED: state.rejected}
    asked = next((one for one in STATES if one == visit.first("state")), next((one for one in STATES if numbers[one]), STATES[0]))
    page = links.of_line(line.id, asked, limit=A_PAGE, after=visit.first("after"))
    themes = [visit.desk.knowledge.themes[theme] for theme in line.themes if theme in visit.desk.knowledge.themes]
    lines = [one for part in plan.sections for one in part.lines]
    return visit.page(
        "line.html",
        section="plans",
        status=status,
        plan=plan,
        part=section,
        line=line,
        state=state,
        numbers={one.value: number for one, number in numbers.items()},
        asked=asked.value,
        shown=[Shown(found, visit.passage(found.link.evidence)) for found in page.links],
        next=page.next,
        began=visit.first("after") is None,
        years=years_of(visit.now.line_years(plan)).get(line.id, {}),
        least=links.least_of(line.id),
        themes=themes,
        said={theme.id: visit.now.count_of("statements", Narrow(theme=theme.id)) for theme in themes},
        before=_beside(lines, line, -1),
        following=_beside(lines, line, 1),
        aims=aims_of_lines(visit.desk.knowledge, plan.id).get(line.id),
        goals=visit.desk.knowledge.sdgs,
        visions=visit.desk.knowledge.visions,
        **decided_on(visit, links, states, state, tried),
    )


def _states(visit: Visit, links: PlanLinks) -> Sequence[LineState]:
    """The plan's lines as all pages show them. Who reviews sees what was decided a moment ago, whichever process answers."""
    now = visit.now
    if not visit.may(Role.REVIEWER) or visit.as_of or now.is_current(now.today):
        return now.statuses[links.plan.id].lines
    following = following_plan(links.plan, visit.desk.pack.plans)
    return plan_status(links, as_of=now.today.isoformat(), following=following).lines


def line_of(plan: Plan, line: str) -> tuple[Section, Line]:
    """A line and the section it stands in. Raises NotFoundException."""
    for section in plan.sections:
        for one in section.lines:
            if one.id == line:
                return section, one
    raise NotFoundException


def _beside(lines: Sequence[Line], line: Line, step: int) -> Line | None:
    place = next(number for number, one in enumerate(lines) if one.id == line.id) + step
    return lines[place] if 0 <= place < len(lines) else None
