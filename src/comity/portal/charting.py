"""What a page's chart shows, from the things of the page: rows, the words beside them, a sentence for who can't see it, places to click."""

from collections.abc import Iterable, Sequence
from functools import partial
from textwrap import wrap

from msgspec import Struct
from msgspec.structs import replace

from comity.portal.visit import Visit
from comity.publishing.charts import PLOT, UNDER, Drawing, key_height, series_of
from comity.publishing.report import PlanPart
from comity.publishing.timeline import TOP, Mark, Timeline, draw_timeline, middle
from comity.records import LineStatus
from comity.register.theme_years import ThemeYear
from comity.tracking.judgements import OwnCount
from comity.tracking.meetings import Meeting
from comity.tracking.status import PlanStatus

THEMES = 8
"""Themes of an actor's chart, those it spoke on most."""
WIDTH = 920
SOME = 2
"""Fewer months make no chart: one bar would fill it."""
NARROW = 328
"""As wide as a phone's page: what a chart of this width shows needs no scrolling."""
LETTERS = 16
"""As many letters of a name stand on one line beside such a chart."""
KEY = {WIDTH: 52, NARROW: 46}
"""As many stand on one line of the key under a chart, in two columns or in one."""


class Spot(Struct, frozen=True, kw_only=True):
    """A place of a chart that leads to what it shows."""

    x: float
    y: float
    address: str
    says: str


class Shown(Struct, frozen=True, kw_only=True):
    """A chart for the page: the beginning of its address, its size, its name and what it says in a sentence."""

    name: str
    width: int
    height: int
    title: str
    says: str
    spots: tuple[Spot, ...] = ()
    narrow: "Shown | None" = None
    """The same for a phone."""


def ledger_chart(visit: Visit, part: PlanPart, meetings: Sequence[Meeting], own: OwnCount | None) -> Shown | None:
    """Every dated claim of a plan with what it can mean, and what Comity counts, for a page and for a phone; None where none is dated."""
    wide, narrow = (draw_timeline([part.ledger], meetings, width=width) for width in (WIDTH, NARROW))
    if wide is None or narrow is None:
        return None
    return replace(_ledger(visit, part, wide, own, WIDTH), narrow=_ledger(visit, part, narrow, own, NARROW))


def _ledger(visit: Visit, part: PlanPart, timeline: Timeline, own: OwnCount | None, width: int) -> Shown:
    say, sentences = visit.words.say, visit.sentences
    marks = [mark for period in timeline.periods for mark in period.marks]
    order = series_of([sentences.who(mark.claim) for mark in marks], say("chart_others"))
    keyed = partial(_fold, letters=KEY[width])
    fought = [claim for conflict in part.conflicts for claim in conflict.claims]
    rows = tuple(
        {
            "number": mark.number,
            "day": middle(mark.claim.when or "").isoformat(),
            "percent": _percent(timeline, mark.y),
            "stands": _percent(timeline, mark.circle),
            "low": _percent(timeline, mark.low),
            "high": _percent(timeline, mark.high),
            "who": keyed(who if (who := sentences.who(mark.claim)) in order else order[-1]),
            "conflict": mark.claim in fought,
        }
        for mark in marks
    )
    words = {"who": say("chart_who"), "from": timeline.first.isoformat(), "to": timeline.last.isoformat(), "floor": str(timeline.floor)}
    if own is not None and own.total and 100 * own.done / own.total >= timeline.floor:
        words |= {"counted": str(round(100 * own.done / own.total, 1)), "line": say("counted")}
    key = tuple(map(keyed, order))
    height = TOP + PLOT + UNDER + key_height(key, columns=2 if width == WIDTH else 1)
    drawing = Drawing(kind="ledger", rows=rows, words=words, order=key, width=width, height=height)
    return _shown(visit, drawing, "chart_ledger", _told_ledger(visit, marks), tuple(_spots(visit, part, marks)))


def bars_chart(visit: Visit, plans: Sequence[PlanPart], statuses: dict[str, PlanStatus]) -> Shown | None:
    """Of each plan the latest claim beside what Comity counts and what is suggested; None where there is neither."""
    say = visit.words.say
    kinds = (say("claimed"), say("counted"), say("suggested"))
    rows = [row for plan in plans for row in _bars_of(visit, plan, statuses.get(plan.ledger.plan.id), kinds)]
    if not rows:
        return None
    drawn = len({row["plan"] for row in rows})
    drawing = Drawing(kind="bars", rows=tuple(rows), words={"share": say("chart_share")}, order=kinds, width=WIDTH, height=110 + 70 * drawn)
    small = replace(drawing, rows=_broken(rows, "plan"), width=NARROW, height=150 + 80 * drawn)
    return _for_both(visit, drawing, small, "chart_bars", say("chart_bars_say", plans=visit.words.count("chart_plans", drawn)))


def months_chart(visit: Visit, months: Sequence[tuple[str, int, int]]) -> Shown | None:
    """Events by month: those that happened, those foreseen; None where there are none, or of one month alone."""
    say = visit.words.say
    kinds = (say("chart_happened"), say("chart_foreseen"))
    rows = tuple(
        {"month": f"{month}-01", "number": number, "kind": kind}
        for month, *numbers in months
        for kind, number in zip(kinds, numbers, strict=True)
        if number
    )
    if len({row["month"] for row in rows}) < SOME:
        return None
    drawing = Drawing(kind="months", rows=rows, words={"number": say("menu_events")}, order=kinds, width=WIDTH, height=230)
    most = max(months, key=lambda one: (one[1] + one[2], one[0]))
    date = visit.words.labels.date
    told = say("chart_months_say", first=date(months[0][0]), last=date(months[-1][0]), most=date(most[0]), number=most[1] + most[2])
    return _for_both(visit, drawing, replace(drawing, width=NARROW), "chart_months", told)


def themes_chart(visit: Visit, years: Iterable[ThemeYear]) -> Shown | None:
    """What somebody said by theme and year; None where it says nothing of a dated theme."""
    known = visit.desk.knowledge.themes
    dated = [one for one in years if one.year and one.theme in known]
    themes = most_themes(dated)
    if not themes:
        return None
    names = {theme: visit.label(known[theme].names) for theme, _ in themes}
    rows = tuple({"theme": names[one.theme], "year": one.year, "number": one.statements} for one in dated if one.theme in names)
    drawing = Drawing(
        kind="themes",
        rows=rows,
        words={"number": visit.words.say("menu_statements")},
        order=tuple(names.values()),
        width=WIDTH,
        height=50 + 40 * len(names),
    )
    theme, number = themes[0]
    span = sorted(one.year for one in dated)
    told = visit.words.say("chart_themes_say", first=span[0], last=span[-1], theme=names[theme], number=visit.words.labels.number(number))
    small = replace(drawing, rows=_broken(rows, "theme"), order=tuple(_fold(name) for name in drawing.order), width=NARROW)
    return _for_both(visit, drawing, small, "chart_themes", told)


def most_themes(years: Iterable[ThemeYear]) -> list[tuple[str, int]]:
    """The themes with the most statements, with their number."""
    sums: dict[str, int] = {}
    for one in years:
        sums[one.theme] = sums.get(one.theme, 0) + one.statements
    return sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))[:THEMES]


def _for_both(visit: Visit, drawing: Drawing, small: Drawing, title: str, says: str) -> Shown:
    """A chart for a page, and the one for a phone."""
    return replace(_shown(visit, drawing, title, says), narrow=_shown(visit, small, title, says))


def _broken(rows: Iterable[dict[str, object]], name: str) -> tuple[dict[str, object], ...]:
    """The rows with a name of theirs on several lines, so that it fits beside a small chart."""
    return tuple({**row, name: _fold(str(row[name]))} for row in rows)


def _fold(name: str, letters: int = LETTERS) -> str:
    return "\n".join(wrap(name, letters))


def _shown(visit: Visit, drawing: Drawing, title: str, says: str, spots: tuple[Spot, ...] = ()) -> Shown:
    name = visit.charts.offer(drawing)
    return Shown(name=name, width=drawing.width, height=drawing.height, title=visit.words.say(title), says=says, spots=spots)


def _percent(timeline: Timeline, y: float) -> float:
    """The percent that stands at a height of the timeline."""
    share = (TOP + PLOT - y) / PLOT
    return round(timeline.floor + share * (100 - timeline.floor), 2)


def _spots(visit: Visit, part: PlanPart, marks: Iterable[Mark]) -> Iterable[Spot]:
    for mark in marks:
        told = f"{mark.number}. {visit.sentences.claimed(mark.claim)}, {visit.words.date(mark.claim.when)}: "
        yield Spot(x=mark.x, y=mark.circle, address=f"#claim-{mark.number}", says=told + visit.sentences.means(mark.claim))


def _told_ledger(visit: Visit, marks: Sequence[Mark]) -> str:
    first, last = (min(marks, key=lambda mark: mark.x), max(marks, key=lambda mark: mark.x))
    fields = {
        name: value
        for side, mark in (("first", first), ("last", last))
        for name, value in ((f"{side}", visit.sentences.claimed(mark.claim)), (f"{side}_date", visit.words.date(mark.claim.when)))
    }
    which = visit.words.say("chart_ledger_several" if len(marks) > 1 else "chart_ledger_one", **fields)
    return visit.words.say("chart_ledger_say", claims=visit.words.count("claims", len(marks)), which=which)


def _bars_of(visit: Visit, plan: PlanPart, status: PlanStatus | None, kinds: tuple[str, str, str]) -> Iterable[dict[str, object]]:
    name = visit.naming.plan(plan.ledger.plan)
    if plan.latest and (done := plan.latest[1].done):
        low, high = (round(float(share) * 100, 2) for share in (done.low, done.high))
        width = max(high, low + 0.6)
        said = visit.sentences.claimed(plan.latest[1])
        yield {"plan": name, "kind": kinds[0], "low": min(low, 99.4), "high": width, "text": said, "brief": said}
    if status and status.lines:
        whole = len(status.lines)
        begun = sum(state.status in (LineStatus.COMPLETED, LineStatus.UNDER_WAY) for state in status.lines)
        hoped = sum(state.suggested.status in (LineStatus.COMPLETED, LineStatus.UNDER_WAY) for state in status.lines)
        for kind, number in ((kinds[1], begun), *([(kinds[2], hoped)] if hoped > begun else [])):
            told = visit.words.say("chart_of", number=number, total=visit.words.count("lines", whole))
            yield {
                "plan": name,
                "kind": kind,
                "low": 0,
                "high": round(100 * number / whole, 2),
                "text": told,
                "brief": f"{number}/{whole}",
            }
