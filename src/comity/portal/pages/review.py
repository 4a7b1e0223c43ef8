"""Review: one suggestion a screen with its sentence and why it was made; accepted, turned down, taken back.

Whoever decides sees what others decided since the page was drawn before their own word is taken.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import quote

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.exceptions import HTTPException, NotFoundException
from msgspec.structs import replace

from comity.portal.accounts.names import shown_name
from comity.portal.accounts.visitor import NAME
from comity.portal.form import Form, is_here
from comity.portal.pages.review_view import VERDICTS, around, known, numbers, on, takers_of
from comity.portal.subjects import cursor_of, fields_of, place_in, subject_in
from comity.portal.threaded import threaded
from comity.portal.visit import Visit
from comity.register.accounts import Role
from comity.register.decisions import Action, Decision, OfActors, OfDecision, OfFinding, OfLine
from comity.register.overtaken import Overtaken
from comity.register.review import KINDS, Suggestion
from comity.register.verdicts import MOVED, OfLink


@get("/{language:str}/review", include_in_schema=False)
@threaded
def review_page(visit: NamedDependency[Visit]) -> Response[str]:
    """The suggestion that is named, else the next that waits."""
    review, subject = visit.desk.register.review(), subject_in(visit.first)
    if subject:
        found = review.find(subject)
        if found is None:
            raise NotFoundException
    else:
        found = next(iter(review.waiting(_kinds(visit.first("only")), after=place_in(visit.first("after")))), None)
    done = [one for one in (review.decision(number) for number in numbers(visit.every("done"))) if one]
    return suggestion_page(visit, found, done=[decision for decision, stands in done if stands])


@post("/{language:str}/review/decide", include_in_schema=False, status_code=200)
@threaded
def decide(visit: NamedDependency[Visit], sent: NamedDependency[Form]) -> Response[str]:
    subject, action = subject_in(sent.text), VERDICTS.get(sent.text("action"))
    found = visit.desk.register.review().find(subject) if subject else None
    if subject is None or action is None or found is None:
        raise NotFoundException
    try:
        taken = visit.writer().decide_together(
            [subject], who=visit.signature, action=action, why=sent.text("why"), seen=sent.number("seen")
        )
    except Overtaken as fault:
        again = visit.desk.register.review().find(subject) or found
        return suggestion_page(visit, again, status=409, since=fault.since, mine=action.value, why=sent.text("why"), back=sent.text("back"))
    return on(visit, sent, taken)


@post("/{language:str}/review/undo", include_in_schema=False, status_code=200)
@threaded
def undo(visit: NamedDependency[Visit], sent: NamedDependency[Form]) -> Response[str]:
    """Takes decisions back: one's own, and an editor those of others."""
    review = visit.desk.register.review()
    found = [one for one in (review.decision(number) for number in numbers(sent.every("decision"))) if one]
    standing = [decision for decision, stands in found if stands]
    if any(decision.who != visit.signature for decision in standing) and not visit.may(Role.EDITOR):
        raise HTTPException(status_code=403, detail="role")
    taken: Sequence[Decision] = ()
    if standing:
        subjects = [OfDecision(decision.number) for decision in standing]
        taken = visit.writer().decide_together(subjects, who=visit.signature, action=Action.UNDO)
        if any(isinstance(one.subject, OfActors | OfLine) for one in standing):
            visit.desk.look_anew()
    back = sent.text("back")
    if back and is_here(back):
        return visit.go(back)
    first = standing[0].subject if standing else None
    if isinstance(first, OfLink) and MOVED in standing[0].value:
        first = replace(first, target=str(standing[0].value[MOVED]))
    shown = fields_of(first) if isinstance(first, OfFinding | OfLink) and len(standing) == 1 else []
    kept = [(name, sent.text(name)) for name in ("only", "after")]
    return visit.go(visit.address.page("review", query=[*shown, *kept, *(("done", str(one.number)) for one in taken)]))


@post("/{language:str}/review/name", include_in_schema=False, status_code=200)
@threaded
def set_name(visit: NamedDependency[Visit], sent: NamedDependency[Form]) -> Response[str]:
    """The name that decisions carry in a portal without accounts."""
    if not visit.settings.accounts:
        visit.set_cookie(NAME, quote(shown_name(sent.text("name"))))
    return visit.go(visit.address.page("review"))


def suggestion_page(
    visit: Visit,
    found: Suggestion | None,
    *,
    status: int = 200,
    done: list[Decision] | None = None,
    since: list[Decision] | None = None,
    mine: str = "",
    why: str = "",
    back: str = "",
) -> Response[str]:
    review, today = visit.desk.register.review(), datetime.now(UTC).date().isoformat()
    count = review.done_since(visit.signature, today)
    return visit.page(
        "review.html",
        section="review",
        status=status,
        shown=around(visit, found) if found else None,
        found=found,
        kinds=KINDS,
        only=visit.first("only") or "",
        after=visit.first("after") or "",
        back=back or visit.first("back") or "",
        later=cursor_of(found.place) if found else "",
        done=done or [],
        since=since or [],
        mine=mine,
        why=why,
        seen=review.last(),
        today=count,
        goal=max(visit.settings.goal, count),
        subject_fields=fields_of,
        takers=list(takers_of(found)) if found else [],
        **known(visit),
    )


def _kinds(only: str | None) -> list[str]:
    return [only] if only in KINDS else list(KINDS)
