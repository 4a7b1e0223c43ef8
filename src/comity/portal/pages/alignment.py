"""What serves what: the Sustainable Development Goals against the elements of a vision, by the sentences tied to both."""

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from msgspec import Struct

from comity.portal.desk import columns_of
from comity.portal.visit import Visit
from comity.register.crossed import Crossed, Crossing, clauses_crossed
from comity.tracking.passages import Passage

SHOWN = 40
SHADES = 4


class Shown(Struct, frozen=True):
    """A clause with the sentence it stands in."""

    found: Crossed
    passage: Passage


@get("/{language:str}/alignment", sync_to_thread=True, include_in_schema=False)
def alignment_page(visit: NamedDependency[Visit]) -> Response[str]:
    knowledge = visit.desk.knowledge
    visions = list(knowledge.visions.values())
    vision = next((one for one in visions if one.id == visit.first("vision")), visions[0] if visions else None)
    if vision is None:
        return visit.page("nothing.html", section="alignment", heading="menu_alignment", sentence="alignment_no_vision")
    columns = columns_of(vision)
    found = visit.desk.crossings(visit.now, vision)
    most = max((one.clauses for one in found), default=0)
    return visit.page(
        "alignment.html",
        section="alignment",
        vision=vision,
        visions=visions,
        columns=[element for element in vision.elements if f"{vision.id}/{element.id}" in columns],
        goals=list(knowledge.sdgs.values()),
        cells={(one.row, one.column): one for one in found},
        shade=lambda one: _shade(one, most),
        written={
            (goal, element.partition("/")[2].partition(".")[0])
            for row in knowledge.alignments
            for goal in row.sdgs
            for element in row.elements
        },
        total=sum(one.clauses for one in found),
    )


@get("/{language:str}/alignment/sentences", sync_to_thread=True, include_in_schema=False)
def crossed_page(visit: NamedDependency[Visit]) -> Response[str]:
    knowledge = visit.desk.knowledge
    goal = knowledge.sdgs.get(visit.first("goal") or "")
    vision_id, _, element_id = (visit.first("element") or "").partition("/")
    vision = knowledge.visions.get(vision_id)
    element = next((one for one in vision.elements if one.id == element_id), None) if vision else None
    if goal is None or vision is None or element is None:
        raise NotFoundException
    ids = columns_of(vision).get(f"{vision.id}/{element.id}", [f"{vision.id}/{element.id}"])
    after = visit.first("after")
    found = clauses_crossed(visit.now.view, goal.id, ids, limit=SHOWN + 1, after=after)
    return visit.page(
        "crossed.html",
        section="alignment",
        goal=goal,
        vision=vision,
        element=element,
        shown=[Shown(one, visit.passage(one.evidence)) for one in found[:SHOWN]],
        next=found[SHOWN - 1].cursor if len(found) > SHOWN else None,
        began=after is None,
    )


def _shade(one: Crossing, most: int) -> int:
    """1 to SHADES: the darker, the more sentences."""
    return max(1, round(SHADES * (one.clauses / most) ** 0.5)) if most else 0
