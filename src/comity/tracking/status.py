"""How far each line of a plan has come: by accepted links, by suggestions (always apart), and by what people decided.

In come a plan, the plan that follows it where there is one, and a register's links; out comes for each line its status with the date and
the link that shows it. A line is completed or dropped where an accepted link shows so (the later one counts), else under way, else
mentioned. What is told of before the plan begins is no progress on it: it mentions the line. What has not been completed or dropped when
its plan ended, and stands in the next plan, is carried over. A status that a person set is since the day that they gave, else since the day
they set it.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from comity.intervals import IsoDate, first_day, last_day
from comity.knowledge import Plan
from comity.knowledge.schema import Line, Section
from comity.records import LineStatus
from comity.register import Action, Decision, LinkCount, LinkFound, LinkState, LinkView, OfLine
from comity.register.line_values import SINCE
from comity.tracking.plan_links import PlanLinks
from comity.tracking.renewal import Change, compare_plans

FINAL = (LineStatus.COMPLETED, LineStatus.DROPPED)


class Counted(Struct, frozen=True, kw_only=True):
    """A status that follows from links, with the date of the link that shows it."""

    status: LineStatus
    date: IsoDate | None = None


class Scored(Struct, frozen=True):
    """What a coder gave a line: -1 not done, 0 in part, 1 done."""

    who: str
    score: int


class LineState(Struct, frozen=True, kw_only=True):
    """A line with its status. `status` is what counts: the `decided` one, else the `computed` one; `suggested` is what it would be if the
    suggestions were right. `accepted`, `suggestions` and `rejected` count links, `sources` and `last` are of accepted ones."""

    line: Line
    section: Section
    status: LineStatus
    date: IsoDate | None
    computed: Counted
    suggested: Counted
    decided: Decision | None = None
    carried_to: tuple[str, ...] = ()
    accepted: int = 0
    suggestions: int = 0
    rejected: int = 0
    sources: int = 0
    last: IsoDate | None = None
    last_suggested: IsoDate | None = None
    scores: tuple[Scored, ...] = ()


class PlanStatus(Struct, frozen=True, kw_only=True):
    """All lines of a plan; `above` is the score that suggestions had to reach, None: each line's least score."""

    plan: Plan
    as_of: IsoDate
    above: float | None
    lines: tuple[LineState, ...]


def plan_status(links: PlanLinks, *, as_of: IsoDate, following: Plan | None = None, above: float | None = None) -> PlanStatus:
    """The status of every line of a plan on a day."""
    plan = links.plan
    counts: dict[str, dict[LinkState, LinkCount]] = {}
    for count in links.counts(above):
        counts.setdefault(count.target, {})[count.state] = count
    decided = links.view.about_lines(plan.id)
    carried = _carried(plan, following, as_of)
    return PlanStatus(
        plan=plan,
        as_of=as_of,
        above=above,
        lines=tuple(
            _line_state(line, section, counts.get(line.id, {}), decided, carried.get(line.id, ()), plan)
            for section in plan.sections
            for line in section.lines
        ),
    )


def plans_status(plans: Sequence[Plan], view: LinkView, *, as_of: IsoDate) -> list[PlanStatus]:
    """The same for all plans that have lines."""
    return [plan_status(PlanLinks(plan, view), as_of=as_of, following=following_plan(plan, plans)) for plan in plans if plan.sections]


def evidence_of(links: PlanLinks, state: LineState) -> LinkFound | None:
    """The accepted link that shows a line's computed status, else the latest accepted, else the latest suggested one."""
    for link_state, shows in (
        (
            LinkState.ACCEPTED,
            state.computed.status if state.computed.status not in (LineStatus.NO_EVIDENCE, LineStatus.CARRIED_OVER) else None,
        ),
        (LinkState.ACCEPTED, None),
        (LinkState.SUGGESTED, None),
    ):
        if state.accepted or link_state is LinkState.SUGGESTED:
            page = links.of_line(state.line.id, link_state, shows=shows, limit=1)
            if page.links:
                return page.links[0]
    return None


def following_plan(plan: Plan, plans: Iterable[Plan]) -> Plan | None:
    """The plan with lines whose period begins next after a plan's period ends."""
    if "/" not in plan.period:
        return None
    later = [other for other in plans if other.sections and "/" in other.period and last_day(plan.period) < _begin(other)]
    return min(later, key=lambda other: (_begin(other), other.id), default=None)


def _begin(plan: Plan) -> date:
    return first_day(plan.period)


def _line_state(
    line: Line,
    section: Section,
    counts: dict[LinkState, LinkCount],
    decided: Sequence[Decision],
    carried_to: tuple[str, ...],
    plan: Plan,
) -> LineState:
    accepted, suggested, rejected = (counts.get(state) for state in (LinkState.ACCEPTED, LinkState.SUGGESTED, LinkState.REJECTED))
    computed = _counted([accepted], carried_to, plan)
    about = [decision for decision in decided if isinstance(decision.subject, OfLine) and decision.subject.line == line.id]
    status = next((decision for decision in reversed(about) if decision.action is Action.SET_STATUS), None)
    scores = {decision.who: Scored(decision.who, decision.value["score"]) for decision in about if decision.action is Action.SCORE}
    return LineState(
        line=line,
        section=section,
        status=LineStatus(status.value["status"]) if status else computed.status,
        date=status.value.get(SINCE, status.made[:10]) if status else computed.date,
        computed=computed,
        suggested=_counted([accepted, suggested], carried_to, plan),
        decided=status,
        carried_to=carried_to,
        accepted=accepted.links if accepted else 0,
        suggestions=suggested.links if suggested else 0,
        rejected=rejected.links if rejected else 0,
        sources=accepted.sources if accepted else 0,
        last=accepted.last if accepted else None,
        last_suggested=suggested.last if suggested else None,
        scores=tuple(scores.values()),
    )


def _counted(counts: Iterable[LinkCount | None], carried_to: tuple[str, ...], plan: Plan) -> Counted:
    shown: dict[LineStatus, IsoDate] = {}
    for count in counts:
        for told, (_, last) in (count.shown if count else {}).items():
            status = LineStatus.MENTIONED if last and last_day(last) < _begin(plan) else told
            shown[status] = max(shown.get(status, ""), last or "")
    final = [status for status in FINAL if status in shown]
    if final:
        best = max(final, key=lambda status: shown[status])
        return Counted(status=best, date=shown[best] or None)
    if carried_to:
        return Counted(status=LineStatus.CARRIED_OVER, date=last_day(plan.period).isoformat())
    for status in (LineStatus.UNDER_WAY, LineStatus.MENTIONED):
        if status in shown:
            return Counted(status=status, date=shown[status] or None)
    return Counted(status=LineStatus.NO_EVIDENCE)


def _carried(plan: Plan, following: Plan | None, as_of: IsoDate) -> dict[str, tuple[str, ...]]:
    """The lines that stand in the next plan, as soon as this one has ended, with the ids they have there."""
    if following is None or last_day(plan.period) >= last_day(as_of):
        return {}
    kept = (Change.CARRIED, Change.REWORDED, Change.MERGED, Change.SPLIT)
    return {
        line.id: tuple(new.id for new in renewal.new)
        for renewal in compare_plans(plan, following)
        if renewal.change in kept
        for line in renewal.old
    }
