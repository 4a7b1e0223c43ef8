"""Who said what: all statements by actor, theme and act; two to four actors side by side, year by year."""

from collections.abc import Sequence

from litestar import Response, get
from litestar.di import NamedDependency
from msgspec import Struct

from comity.portal.listing import Key, Part, part_of
from comity.portal.snapshot import Heard
from comity.portal.visit import Visit
from comity.records import Act, ActorId
from comity.tracking.overview import Quoted

A_PAGE = 25
SIDES = 4
NO_YEAR = ""


class Told(Struct, frozen=True, kw_only=True):
    """A statement for the page; `before` is the actor's earlier one on the same theme, where its act was another."""

    quoted: Quoted
    heard: Heard
    before: Heard | None = None


class Year(Struct, frozen=True):
    """What each actor said in a year, in the order of the actors."""

    year: str
    columns: list[list[Told]]


@get("/{language:str}/statements", sync_to_thread=True, include_in_schema=False)
def statements_page(visit: NamedDependency[Visit]) -> Response[str]:
    asked = visit.every("actor")
    actors, theme, act = tuple(asked[:SIDES]), visit.first("theme"), visit.first("act")
    heard = statements_of(visit.now.heard, actors, theme, act)
    beside = len(actors) > 1
    part = part_of(heard, order_of, after=visit.first("after"), limit=A_PAGE if not beside else 200, newest_first=True)
    return visit.page(
        "statements.html",
        section="statements",
        actors=actors,
        too_many=len(asked) > SIDES,
        theme=theme,
        act=act,
        acts=[act.value for act in Act],
        part=part,
        told=[] if beside else [_told(one, heard, visit, theme, actors) for one in part.entries],
        years=_years(part, actors, heard, visit, theme) if beside else [],
        speakers=_speakers(visit, actors),
        themes=_themes(visit, theme),
        theme_names={theme.id: theme.names for theme in visit.desk.knowledge.themes.values()},
        began=visit.first("after") is None,
    )


def statements_of(heard: Sequence[Heard], actors: Sequence[ActorId], theme: str | None, act: str | None) -> list[Heard]:
    """The statements by any of the actors, on the theme, of the act; None or nobody asks for all."""
    return [
        one
        for one in heard
        if (not actors or set(actors) & set(one.found.finding.speaker))
        and (theme is None or theme in one.themes)
        and (act is None or one.found.finding.act == act)
    ]


def order_of(heard: Heard) -> Key:
    return heard.found.document.published or "", heard.found.document.id, f"{heard.found.finding.evidence.start:09}"


def _speakers(visit: Visit, actors: Sequence[ActorId]) -> list[tuple[ActorId, str, int]]:
    """Everyone who speaks, by name, and whoever is asked for."""
    numbers = {**dict.fromkeys(actors, 0), **visit.now.speakers}
    return sorted(
        ((actor, visit.naming.actor(actor), number) for actor, number in numbers.items()), key=lambda one: (one[1].casefold(), one[0])
    )


def _themes(visit: Visit, theme: str | None) -> list[tuple[str, str, int]]:
    numbers = {**({theme: 0} if theme else {}), **visit.now.themes}
    known = visit.desk.knowledge.themes
    named = [(id, visit.label(known[id].names) if id in known else id, number) for id, number in numbers.items()]
    return sorted(named, key=lambda one: (one[1].casefold(), one[0]))


def _told(one: Heard, heard: Sequence[Heard], visit: Visit, theme: str | None, actors: Sequence[ActorId]) -> Told:
    before = _before(one, heard, actors) if theme and len(actors) == 1 else None
    return Told(quoted=visit.quoted(one.found), heard=one, before=before)


def _years(part: Part[Heard], actors: Sequence[ActorId], heard: Sequence[Heard], visit: Visit, theme: str | None) -> list[Year]:
    years: dict[str, list[list[Told]]] = {}
    for one in part.entries:
        columns = years.setdefault((one.found.document.published or NO_YEAR)[:4], [[] for _ in actors])
        for column, actor in zip(columns, actors, strict=True):
            if actor in one.found.finding.speaker:
                before = _before(one, heard, (actor,)) if theme else None
                column.append(Told(quoted=visit.quoted(one.found), heard=one, before=before))
    return [Year(year, columns) for year, columns in years.items()]


def _before(one: Heard, heard: Sequence[Heard], actors: Sequence[ActorId]) -> Heard | None:
    """The nearest older statement of the actor, where it did something else by speaking (affirmed, then proposed)."""
    older = [other for other in heard if order_of(other)[0] < order_of(one)[0] and set(actors) & set(other.found.finding.speaker)]
    last = max(older, key=order_of, default=None)
    return last if last and last.found.finding.act != one.found.finding.act else None
