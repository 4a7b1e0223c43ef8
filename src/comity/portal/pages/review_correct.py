"""Correcting a suggestion: other fields or words of a finding, another line of the plan for a link."""

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from msgspec.structs import replace

from comity.portal.asking import typed_of
from comity.portal.corrections import FIELDS, Actors, Fault, value_of
from comity.portal.form import Form
from comity.portal.pages.review_view import around, known, on, takers_of
from comity.portal.subjects import fields_of, subject_in
from comity.portal.threaded import threaded
from comity.portal.visit import Visit
from comity.register.decisions import Action, Decision
from comity.register.overtaken import Overtaken
from comity.register.review import Suggestion
from comity.register.verdicts import MOVED, OfLink


@get("/{language:str}/review/correct", include_in_schema=False)
@threaded
def correct_page(visit: NamedDependency[Visit]) -> Response[str]:
    subject = subject_in(visit.first)
    found = visit.desk.register.review().find(subject) if subject else None
    if found is None:
        raise NotFoundException
    return _correct(visit, found, typed=None)


@post("/{language:str}/review/correct", include_in_schema=False, status_code=200)
@threaded
def correct(visit: NamedDependency[Visit], sent: NamedDependency[Form]) -> Response[str]:
    """A finding gets other fields or words; a link is moved to another line of its plan by one decision."""
    subject, review = subject_in(sent.text), visit.desk.register.review()
    found = review.find(subject) if subject else None
    if found is None or subject is None:
        raise NotFoundException
    if isinstance(subject, OfLink):
        return _move(visit, sent, found, subject)
    document = visit.now.view.document(subject.document)
    if document is None:
        raise NotFoundException
    value = value_of(found, sent, document, _actors(visit, found))
    if isinstance(value, Fault):
        return _correct(visit, found, typed=sent, fault=value)
    action, why, seen = Action.CORRECT if value else Action.ACCEPT, sent.text("why"), sent.number("seen")
    try:
        taken = visit.writer().decide_together([subject], who=visit.signature, action=action, value=value, why=why, seen=seen)
    except Overtaken as fault:
        return _correct(visit, review.find(subject) or found, typed=sent, since=fault.since, status=409)
    return on(visit, sent, taken)


def _correct(
    visit: Visit,
    found: Suggestion,
    *,
    typed: Form | None,
    fault: Fault | None = None,
    since: list[Decision] | None = None,
    status: int = 200,
) -> Response[str]:
    lines = next((plan for plan in visit.desk.pack.plans if plan.id == found.plan), None)
    return visit.page(
        "correct.html",
        section="review",
        status=422 if fault else status,
        shown=around(visit, found),
        found=found,
        fields=FIELDS.get(found.place.kind, ()),
        value=lambda name: typed.text(name) if typed else _value(visit, found, name),
        fault=fault,
        since=since or [],
        seen=visit.desk.register.review().last(),
        subject_fields=fields_of,
        lines=[line for section in lines.sections for line in section.lines] if lines else [],
        offered=sorted({visit.naming.actor(actor) for actor in list(visit.now.actors)[:200]}),
        back=typed.text("back") if typed else visit.first("back") or "",
        only=typed.text("only") if typed else visit.first("only") or "",
        after=typed.text("after") if typed else visit.first("after") or "",
        **known(visit),
    )


def _move(visit: Visit, sent: Form, found: Suggestion, subject: OfLink) -> Response[str]:
    line, who, why = sent.text("line"), visit.signature, sent.text("why")
    plan = next((plan for plan in visit.desk.pack.plans if plan.id == subject.plan), None)
    if plan is None or line not in {one.id for section in plan.sections for one in section.lines}:
        return _correct(visit, found, typed=sent, fault=Fault("line", "choice_odd", line))
    moved = {} if line == subject.target else {MOVED: subject.target}
    to, seen = replace(subject, target=line), sent.number("seen")
    try:
        taken = visit.writer().decide_together([to], who=who, action=Action.ACCEPT, value=moved, why=why, seen=seen)
    except Overtaken as fault:
        return _correct(visit, found, typed=sent, since=fault.since, status=409)
    return on(visit, sent, taken)


def _value(visit: Visit, found: Suggestion, name: str) -> str:
    """A field of the finding as a person would type it."""
    if name == "words":
        return " ".join(found.finding.evidence.quote.split())
    if name == "line":
        return str(found.finding.target)
    if name == "why":
        return ""
    value = getattr(found.finding, name)
    if any(field.name == name and field.typed == "date" for field in FIELDS[found.place.kind]):
        return typed_of(value) if value else ""
    if isinstance(value, tuple):
        return "; ".join(visit.naming.actor(actor) for actor in value)
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _actors(visit: Visit, found: Suggestion) -> Actors:
    return Actors(visit.desk.knowledge, [*takers_of(found), *visit.now.actors], visit.naming.actor)
