"""Everyone whom the documents name, and one actor: who it is, its offices, what it said and undertook, where it meets."""

import re
from collections import Counter
from collections.abc import Iterable

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from comity.knowledge.folded import fold
from comity.portal.addresses import id_of
from comity.portal.charting import most_themes, themes_chart
from comity.portal.gone import check_actor
from comity.portal.listing import Part, cut
from comity.portal.pages.review_view import joined_just_now
from comity.portal.visit import Visit
from comity.records import ActorId, ActorType, ThemeId
from comity.register import Found, Named, Narrow
from comity.register.accounts import Role
from comity.register.joinable import is_there, joined_to
from comity.register.named import named_among, named_like
from comity.register.theme_years import ThemeYear
from comity.register.titles import titles

A_PAGE = 60
SHOWN = 6
TITLES = 200
"""The titles of an actor are those of its newest mentions, so many."""


@get("/{language:str}/actors", sync_to_thread=True, include_in_schema=False)
def actors_page(visit: NamedDependency[Visit]) -> Response[str]:
    kind, asked = visit.first("type"), visit.first("name")
    types = visit.now.types_named()
    return visit.page(
        "actors.html",
        section="actors",
        part=_part(visit, asked, ActorType(kind) if kind in types else None, types),
        types=[(type.value, types.get(type, 0)) for type in ActorType],
        kind=kind,
        asked=asked,
        all=sum(types.values()),
        began=visit.first("after") is None,
    )


@get("/{language:str}/actors/{step:str}", sync_to_thread=True, include_in_schema=False)
def actor_page(visit: NamedDependency[Visit], step: FromPath[str]) -> Response[str]:
    id = id_of(step)
    check_actor(visit.now.view, id)
    view, knowledge, his = visit.now.view, visit.desk.knowledge, Narrow(actor=id)
    numbers = {kind: visit.now.count_of(kind, his) for kind in ("statements", "commitments", "events")}
    mentioned = visit.now.named(id)
    if not (mentioned or id in knowledge.actors or any(numbers.values())):
        raise NotFoundException
    years = visit.now.theme_years(id)
    on = most_themes(years)
    return visit.page(
        "actor.html",
        section="actors",
        id=id,
        actor=knowledge.actors.get(id),
        mentioned=mentioned,
        title_of=visit.words.title,
        titles=_titles(list(titles(view, id, limit=TITLES))),
        said=[visit.quoted(found) for found in view.statements(actor=id, limit=SHOWN)],
        said_all=numbers["statements"],
        on=on,
        chart=themes_chart(visit, years),
        by_year=_by_year(on, years),
        promised=[visit.quoted(found) for found in view.commitments(by=id, limit=SHOWN)],
        promised_all=numbers["commitments"],
        did=[visit.quoted(found) for found in view.events(actor=id, limit=SHOWN)],
        did_all=numbers["events"],
        mechanisms=[mechanism for mechanism in visit.desk.pack.mechanisms if id in mechanism.participants],
        parts_of=_parts(visit, id),
        themes=knowledge.themes,
        known=knowledge.actors,
        distinct=_distinct,
        joined=list(joined_to(view.asking, id)),
        decides=visit.may(Role.REVIEWER) and not visit.as_of and is_there(view.asking, id),
        done=joined_just_now(visit),
    )


def _distinct(names: Iterable[str]) -> list[str]:
    """Without those that differ from one before by capitals, hyphens or spaces only ("South East Asian", "South-East Asian")."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(re.sub(r"[\W_]+", "", fold(name)), name)
    return list(found.values())


def _by_year(on: list[tuple[ThemeId, int]], years: list[ThemeYear]) -> tuple[list[str], dict[ThemeId, dict[str, int]]]:
    """The same as a table: the years, and for each theme its statements by year."""
    cells = {theme: {one.year: one.statements for one in years if one.theme == theme} for theme, _ in on}
    return sorted({year for row in cells.values() for year in row if year}), cells


def _part(visit: Visit, asked: str | None, type: ActorType | None, types: dict[str, int]) -> Part[Named]:
    """The most named first; of a name typed, the most named who bear it, in any language."""
    view = visit.now.counting
    if asked:
        wanted = fold(asked)
        known = visit.desk.knowledge.actors.values()
        among = [actor.id for actor in known if any(wanted in fold(name) for names in actor.names.values() for name in names)]
        found = named_like(view, asked, among=among, type=type, limit=A_PAGE)
        return Part(entries=found, total=len(found), after=None)
    total = types.get(type, 0) if type else sum(types.values())
    return cut(visit.now.most_named(type, visit.first("after"), A_PAGE + 1), total=total, limit=A_PAGE)


def _titles(found: list[Found]) -> list[tuple[str, int, Found]]:
    """Each title once, in small or large letters, as it stands most often; with how often it stands and the newest place."""
    places: dict[str, list[tuple[str, Found]]] = {}
    for one in found:
        title = " ".join(one.finding.evidence.quote.split())
        places.setdefault(title.casefold(), []).append((title, one))
    rows = ((Counter(title for title, _ in every).most_common(1)[0][0], len(every), every[0][1]) for every in places.values())
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def _parts(visit: Visit, id: ActorId) -> list[ActorId]:
    """The bodies that are part of it and that a document names."""
    below = [actor.id for actor in visit.desk.knowledge.actors.values() if actor.part_of == id]
    named = named_among(visit.now.counting, below)
    return [actor for actor in below if actor in named]
