"""What stands beside each other, as records for programs: documents that contradict each other, two plans, a goal and an element of a
vision, two bodies; each with the sentences that the pages show."""

from typing import Annotated, Any

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, QueryParameter

from comity.errors import BadInputError
from comity.knowledge.schema import Line
from comity.knowledge.words import label
from comity.portal.addresses import id_of
from comity.portal.api_lists import After, As, Asked, records, whole
from comity.portal.desk import Desk, columns_of
from comity.portal.downloads import Format
from comity.portal.pages.contradictions import contradictions_part
from comity.portal.snapshot import Snapshot
from comity.publishing.contradiction_record import contradiction_record, in_all_languages
from comity.records import LanguageCode
from comity.register import Found
from comity.register.crossed import Crossed, clauses_crossed
from comity.register.together import events_together
from comity.tracking.renewal import Renewal

Now = NamedDependency[Snapshot]
Given = NamedDependency[Desk]
Few = Annotated[int, QueryParameter(ge=1, le=200, description="How many at most.")]
SOON = "10"
"""Seconds after which documents that are being held against each other are worth asking for again."""
CONTRADICTION = ("kind", "about", "subject", "certain", "accepted", "reason", "a", "b")
RENEWED = ("change", "old", "new", "old_words", "new_words", "score")
CROSSED = ("document", "published", "start", "end", "quote", "date", "accepted")
TOGETHER = ("document", "published", "start", "end", "quote", "type", "status", "when", "source", "target")
"""The fields of the records of each list, as a table has them."""


@get("/api/v1/contradictions", sync_to_thread=True, summary="Where documents contradict each other, with the words of both")
def contradictions(desk: Given, now: Now, request: Asked, after: After = None, limit: Few = 50, form: As = Format.JSON) -> Response[Any]:
    found = desk.against.of(now)
    if found is None:
        if fault := desk.against.untracked(now):
            raise fault
        said = "Documents are being held against each other just now; ask again in some seconds."
        return Response({"error": said}, status_code=503, headers={"Retry-After": SOON})
    part = contradictions_part(found, after, limit=limit)
    sentences = in_all_languages(now.knowledge, now.view)
    rows = [contradiction_record(one, sentences) for one in part.entries]
    return records(rows, CONTRADICTION, request, form, after=part.after, beside={"total": part.total})


@get("/api/v1/plans/{plan:str}/compare", sync_to_thread=True, summary="What became of the lines of the plan before; proposals")
def compare(desk: Given, now: Now, plan: FromPath[str], lang: FromQuery[str] = "en", form: As = Format.JSON) -> Response[dict[str, Any]]:
    plans = now.pack.plans
    place = next((number for number, one in enumerate(plans) if one.id == id_of(plan)), None)
    if not place or lang not in desk.words:
        raise NotFoundException
    old, new = plans[place - 1], plans[place]
    rows = [_renewed(one, lang) for one in desk.renewals(old, new)]
    return whole({"old": old.id, "new": new.id, "lines": rows}, rows, RENEWED, form)


@get(
    "/api/v1/alignment/sentences", sync_to_thread=True, summary="The clauses tied to a goal and to an element of a vision, the latest first"
)
def crossed(
    now: Now,
    request: Asked,
    goal: FromQuery[str],
    element: Annotated[str, QueryParameter(description="The vision and its element, as the cells of `/api/v1/alignment` have them.")],
    after: After = None,
    limit: Few = 50,
    form: As = Format.JSON,
) -> Response[dict[str, Any]]:
    vision = now.knowledge.visions.get(element.partition("/")[0])
    ids = columns_of(vision).get(element, [element]) if vision else []
    if vision is None or goal not in now.knowledge.sdgs or not {f"{vision.id}/{one.id}" for one in vision.elements} & {*ids}:
        raise BadInputError(f"There is no goal {goal!r} with an element {element!r}; give those of a cell of /api/v1/alignment.")
    found = clauses_crossed(now.view, goal, ids, limit=limit + 1, after=after)
    following = found[limit - 1].cursor if len(found) > limit else None
    return records(
        [_crossed(one) for one in found[:limit]], CROSSED, request, form, after=following, beside={"goal": goal, "element": element}
    )


@get("/api/v1/network/together", sync_to_thread=True, summary="The reports of something that two bodies took part in, the newest first")
def together(
    now: Now,
    request: Asked,
    a: FromQuery[str],
    b: FromQuery[str],
    theme: FromQuery[str | None] = None,
    limit: Few = 50,
    form: As = Format.JSON,
) -> Response[dict[str, Any]]:
    total, newest = now.count_together(a, b, theme), events_together(now.view, a, b, theme, limit=limit)
    return records([_together(one) for one in newest], TOGETHER, request, form, beside={"total": total})


BESIDE = (contradictions, compare, crossed, together)


def _renewed(one: Renewal, language: LanguageCode) -> dict[str, Any]:
    def words(lines: tuple[Line, ...]) -> list[str]:
        return [label(line.words, language) for line in lines]

    return {
        "change": one.change,
        "old": [line.id for line in one.old],
        "new": [line.id for line in one.new],
        "old_words": words(one.old),
        "new_words": words(one.new),
        "score": one.score,
    }


def _crossed(one: Crossed) -> dict[str, Any]:
    place = {"start": one.evidence.start, "end": one.evidence.end, "quote": one.evidence.quote}
    return {"document": one.document.id, "published": one.document.published, **place, "date": one.dated, "accepted": one.accepted}


def _together(found: Found) -> dict[str, Any]:
    done = found.finding
    place = {"start": done.evidence.start, "end": done.evidence.end, "quote": done.evidence.quote}
    what = {"type": done.type, "status": done.status, "when": done.when, "source": done.source, "target": done.target}
    return {"document": found.document.id, "published": found.document.published, **place, **what}
