"""What programs change under `/api/v1` with a token of scope `write`: a decision taken, a document given."""

from typing import Any

from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import Struct

from comity.errors import BadInputError
from comity.intake import Known
from comity.intake.alone import Order
from comity.intervals import one_date
from comity.portal.accounts.names import mixes_alphabets, shown_name
from comity.portal.accounts.visitor import Visitor
from comity.portal.desk import Desk
from comity.portal.guard import VISITOR, scope_of
from comity.portal.intake import Intake, Item
from comity.portal.pages.upload import LONGEST_TITLE
from comity.portal.telling import ENGLISH
from comity.portal.threaded import threaded
from comity.register.decisions import Action, Decision, OfDecision, OfFinding
from comity.register.overtaken import Overtaken
from comity.register.verdicts import OfLink
from comity.tracking.decided_targets import check_target

ALLOWED = (Action.ACCEPT, Action.REJECT, Action.CORRECT, Action.UNDO)


class Ruling(Struct, frozen=True, kw_only=True):
    """A decision to take. `seen` is the number of the last decision known; one taken on the same thing since is answered with 409."""

    action: Action
    subject: OfFinding | OfLink | OfDecision
    value: dict[str, Any] = {}
    why: str = ""
    seen: int | None = None


class Given(Struct, frozen=True, kw_only=True):
    """A document as a text, or at an address."""

    text: str = ""
    address: str = ""
    title: str | None = None
    publisher: str | None = None
    published: str | None = None


class Taken(Struct, frozen=True, kw_only=True):
    """What became of a document: `new`, `there` already, `held` until an editor lets it in, or `refused` with a sentence."""

    state: str
    document: str
    found: dict[str, int]
    sentence: str


@post("/api/v1/decisions", summary="Accept, reject, correct or take back", status_code=201)
@threaded
def take_decision(
    data: JSONBody[Ruling], request: Request[Any, Any, Any], desk: NamedDependency[Desk]
) -> Response[Decision | dict[str, Any]]:
    if data.action not in ALLOWED:
        raise BadInputError(f"A program can {', '.join(ALLOWED)}.")
    check_target(data.action, data.subject, desk.knowledge)
    visitor: Visitor = scope_of(request)[VISITOR]
    writer = desk.register.writer(desk.knowledge.themes.values())
    try:
        (taken,) = writer.decide_together(
            [data.subject], who=visitor.signature, action=data.action, value=data.value, why=data.why, seen=data.seen
        )
    except Overtaken as fault:
        return Response({"error": str(fault), "since": fault.since}, status_code=409)
    return Response(taken, status_code=201)


@post("/api/v1/documents", summary="Give a document", status_code=201)
@threaded
def take_document(
    data: JSONBody[Given], request: Request[Any, Any, Any], intake: NamedDependency[Intake], desk: NamedDependency[Desk]
) -> list[Taken]:
    if bool(data.text.strip()) == bool(data.address.strip()):
        raise BadInputError("Give either a text or an address.")
    if data.publisher and mixes_alphabets(data.publisher):
        raise BadInputError(f"{data.publisher!r} mixes letters of alphabets that look alike; write the publisher's name anew.")
    published = one_date(data.published.strip()) if data.published else None
    visitor: Visitor = scope_of(request)[VISITOR]
    title = shown_name(data.title or "", longest=LONGEST_TITLE) or None
    known = Known(title=title, publisher=shown_name(data.publisher or "") or None, published=published)
    items = intake.take_now(Order(name=title or "", text=data.text, address=data.address, known=known), who=visitor.signature)
    return [Taken(state=item.state, document=item.document, found=item.found, sentence=_why(desk, item)) for item in items]


def _why(desk: Desk, item: Item) -> str:
    """Why it was refused, in English as all that programs are told."""
    return item.sentence or (desk.words[ENGLISH].say(item.problem, name=item.name) if item.problem else "")


CHANGES = (take_decision, take_document)
