"""What waits for a person's word and what was decided, as records for the programs of reviewers.

`subject` and `seen` are as `POST /api/v1/decisions` takes them, so that a program can show a suggestion and send back the word on it.
"""

from typing import Annotated, Any

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter

from comity.errors import BadInputError
from comity.portal.api_lists import After, As, Asked, records
from comity.portal.asking import Unfit
from comity.portal.desk import Desk
from comity.portal.downloads import Format
from comity.portal.subjects import cursor_of, place_in
from comity.portal.threaded import threaded
from comity.register.review import KINDS, Suggestion

Given = NamedDependency[Desk]
Few = Annotated[int, QueryParameter(ge=1, le=200, description="How many at most.")]
SUGGESTION = ("kind", "document", "published", "quote", "plan", "shows", "subject", "finding")
DECISION = ("number", "made", "who", "action", "subject", "value", "why", "stands")
"""The fields of the records, as a table has them."""


@get("/api/v1/suggestions", sync_to_thread=True, summary="What waits for a reviewer's word, the most worth deciding first")
def suggestions(
    desk: Given,
    request: Asked,
    kind: Annotated[str | None, QueryParameter(description=f"One of {', '.join(KINDS)}.")] = None,
    after: After = None,
    limit: Few = 50,
    form: As = Format.JSON,
) -> Response[dict[str, Any]]:
    if kind is not None and kind not in KINDS:
        raise BadInputError(f"Nothing of the kind {kind!r} waits; give one of {', '.join(KINDS)}.")
    place = place_in(after)
    if after and place is None:
        raise Unfit("This place in the list can't be read; begin again at the list's first page.", "asked_no_place")
    review = desk.register.review()
    seen = review.last()
    found = review.waiting([kind] if kind else KINDS, after=place, limit=limit + 1)
    following = cursor_of(found[limit - 1].place) if len(found) > limit else None
    rows = [_suggestion(one) for one in found[:limit]]
    return records(rows, SUGGESTION, request, form, after=following, beside={"seen": seen})


@get("/api/v1/decisions", summary="Who decided what, the latest first")
@threaded
def decisions(
    desk: Given, request: Asked, who: FromQuery[str | None] = None, after: After = None, limit: Few = 50, form: As = Format.JSON
) -> Response[dict[str, Any]]:
    if after and not (after.isascii() and after.isdigit() and len(after) < 16):
        raise Unfit("This place in the list can't be read; begin again at the list's first page.", "asked_no_place")
    found = desk.register.review().log(limit + 1, before=int(after) if after else None, who=who)
    rows = [{**msgspec.to_builtins(decision), "stands": stands} for decision, stands in found[:limit]]
    shown = [{field: row[field] for field in DECISION} for row in rows]
    return records(shown, DECISION, request, form, after=str(rows[-1]["number"]) if len(found) > limit else None, beside={})


REVIEW = (suggestions, decisions)


def _suggestion(one: Suggestion) -> dict[str, Any]:
    return {
        "kind": one.place.kind,
        "document": one.document.id,
        "published": one.document.published,
        "quote": one.finding.evidence.quote,
        "plan": one.plan or None,
        "shows": one.shows,
        "subject": msgspec.to_builtins(one.subject),
        "finding": one.finding,
    }
