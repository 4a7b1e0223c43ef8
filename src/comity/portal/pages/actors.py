"""Everyone whom the documents name, and one actor: who it is, its offices, what it said and undertook, where it meets."""

from collections import Counter

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from comity.knowledge.folded import fold
from comity.portal.addresses import id_of
from comity.portal.listing import part_of
from comity.portal.snapshot import Known
from comity.portal.visit import Visit
from comity.records import ActorId, ActorType
from comity.register import Found

A_PAGE = 60
SHOWN = 6


@get("/{language:str}/actors", sync_to_thread=True, include_in_schema=False)
def actors_page(visit: NamedDependency[Visit]) -> Response[str]:
    kind, asked = visit.first("type"), visit.first("name")
    known = visit.now.actors.values()
    named = [one for one in known if not asked or fold(asked) in fold(visit.naming.actor(one.id))]
    fitting = [one for one in named if kind is None or one.type == kind]
    return visit.page(
        "actors.html",
        section="actors",
        part=part_of(fitting, order_of, after=visit.first("after"), limit=A_PAGE, newest_first=True),
        types=[(type.value, sum(one.type is type for one in named)) for type in ActorType],
        kind=kind,
        asked=asked,
        all=len(known),
        began=visit.first("after") is None,
    )


@get("/{language:str}/actors/{step:str}", sync_to_thread=True, include_in_schema=False)
def actor_page(visit: NamedDependency[Visit], step: FromPath[str]) -> Response[str]:
    id = id_of(step)
    now, knowledge = visit.now, visit.desk.knowledge
    said = [heard for heard in now.heard if id in heard.found.finding.speaker]
    promised = [found for found in now.commitments if id in found.finding.by]
    did = [found for found in now.events if id in (*found.finding.source, *found.finding.target)]
    mentioned = now.actors.get(id)
    if not (mentioned or id in knowledge.actors or said or promised or did):
        raise NotFoundException
    return visit.page(
        "actor.html",
        section="actors",
        id=id,
        actor=knowledge.actors.get(id),
        mentioned=mentioned,
        title_of=visit.words.title,
        titles=_titles(now.offices.get(id, [])),
        said=[visit.quoted(heard.found) for heard in said[:SHOWN]],
        said_all=len(said),
        on=Counter(theme for heard in said for theme in heard.themes).most_common(8),
        promised=[visit.quoted(found) for found in promised[:SHOWN]],
        promised_all=len(promised),
        did=[visit.quoted(found) for found in did[:SHOWN]],
        did_all=len(did),
        mechanisms=[mechanism for mechanism in visit.desk.pack.mechanisms if id in mechanism.participants],
        parts_of=_parts(visit, id),
        themes=knowledge.themes,
        known=knowledge.actors,
    )


def order_of(known: Known) -> tuple[str, ...]:
    return f"{known.mentions:09}", known.id


def _titles(found: list[Found]) -> list[tuple[str, int, Found]]:
    """Each title once, with how often it stands and the newest place."""
    places: dict[str, list[Found]] = {}
    for one in found:
        places.setdefault(" ".join(one.finding.evidence.quote.split()), []).append(one)
    return sorted(((title, len(all), all[0]) for title, all in places.items()), key=lambda row: (-row[1], row[0]))


def _parts(visit: Visit, id: ActorId) -> list[ActorId]:
    """The bodies that are part of it and that a document names."""
    return [actor.id for actor in visit.desk.knowledge.actors.values() if actor.part_of == id and actor.id in visit.now.actors]
