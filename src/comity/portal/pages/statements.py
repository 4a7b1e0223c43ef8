"""Who said what: all statements by actor, theme and act; two to four actors side by side, year by year."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from litestar import Response, get
from litestar.di import NamedDependency
from msgspec import Struct

from comity.portal.choosing import actors_to_choose, themes_to_choose
from comity.portal.listing import Part, cut
from comity.portal.snapshot import Snapshot
from comity.portal.visit import Visit
from comity.records import Act, ActorId
from comity.register import Found, Narrow
from comity.tracking.overview import Quoted

A_PAGE = 25
SIDES = 4
BESIDE = 30
"""So many statements of each actor stand side by side, the newest; all of them are in the list of that actor's."""
NO_YEAR = ""


class Told(Struct, frozen=True, kw_only=True):
    """A statement for the page; `before` is the actor's earlier one on the same theme, where its act was another."""

    quoted: Quoted
    before: Found | None = None


class Year(Struct, frozen=True):
    """What each actor said in a year, in the order of the actors."""

    year: str
    columns: list[list[Told]]


@get("/{language:str}/statements", sync_to_thread=True, include_in_schema=False)
def statements_page(visit: NamedDependency[Visit]) -> Response[str]:
    asked = visit.every("actor")
    actors, theme, act = tuple(asked[:SIDES]), visit.first("theme"), visit.first("act")
    view, beside = visit.now.view, len(actors) > 1
    after = visit.first("after")
    columns = [list(view.statements(actor=actor, theme=theme, act=act, limit=BESIDE)) for actor in actors] if beside else []
    numbers = {actor: _count(visit.now, actor, theme, act) for actor in actors} if beside else {}
    part = None if beside else statements_part(visit.now, actors[0] if actors else None, theme, act, after=after, limit=A_PAGE)
    return visit.page(
        "statements.html",
        section="statements",
        actors=actors,
        too_many=len(asked) > SIDES,
        theme=theme,
        act=act,
        acts=[act.value for act in Act],
        part=part,
        total=sum(numbers.values()) if beside else part.total if part else 0,
        numbers=numbers,
        shown=BESIDE,
        told=[] if part is None else _told(part.entries, visit, marked=bool(theme) and len(actors) == 1),
        years=_years(columns, visit, marked=bool(theme)),
        speakers=actors_to_choose(visit, "statements", actors),
        themes=themes_to_choose(visit, "statements", theme),
        theme_names={theme.id: theme.names for theme in visit.desk.knowledge.themes.values()},
        began=after is None,
    )


def statements_part(
    now: Snapshot, actor: ActorId | None, theme: str | None, act: str | None, *, after: str | None, limit: int
) -> Part[Found]:
    """The statements by the actor, on the theme, of the act, the newest first; None asks for all."""
    found = now.view.statements(actor=actor, theme=theme, act=act, after=after, limit=limit + 1)
    return cut(found, total=_count(now, actor, theme, act), limit=limit)


def _count(now: Snapshot, actor: ActorId | None, theme: str | None, act: str | None) -> int:
    return now.count_of("statements", Narrow(actor=actor, theme=theme, act=act))


def _told(found: Iterable[Found], visit: Visit, *, marked: bool) -> list[Told]:
    """Statements, the newest first; where they are `marked`, with the one before of another act (affirmed, then proposed)."""
    entries = list(found)
    before = {id(one): older for one, older in pairwise(entries) if marked and older.finding.act != one.finding.act}
    return [Told(quoted=visit.quoted(one), before=before.get(id(one))) for one in entries]


def _years(columns: Sequence[Sequence[Found]], visit: Visit, *, marked: bool) -> list[Year]:
    years: dict[str, list[list[Told]]] = {}
    for place, column in enumerate(columns):
        for told in _told(column, visit, marked=marked):
            year = (told.quoted.found.document.published or NO_YEAR)[:4]
            years.setdefault(year, [[] for _ in columns])[place].append(told)
    return [Year(year, years[year]) for year in sorted(years, reverse=True)]
