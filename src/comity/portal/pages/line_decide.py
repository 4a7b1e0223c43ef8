"""A person's word on a line of a plan: its status, since when and by which sentence; and a coder's score."""

from typing import Any

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from comity.intervals import first_day, is_one_date
from comity.portal.addresses import id_of
from comity.portal.asking import iso_of
from comity.portal.corrections import Fault
from comity.portal.form import Form
from comity.portal.pages.line_decisions import Tried
from comity.portal.pages.lines import line_of, show_line
from comity.portal.threaded import threaded
from comity.portal.visit import Visit
from comity.records import LineStatus
from comity.register import Action, OfLine
from comity.register.line_values import EVIDENCE, SCORES, SINCE, STATUS
from comity.register.overtaken import Overtaken


@post("/{language:str}/plans/{step:str}/lines/{line_step:str}/status", include_in_schema=False, status_code=200)
@threaded
def set_status(visit: NamedDependency[Visit], sent: NamedDependency[Form], step: FromPath[str], line_step: FromPath[str]) -> Response[str]:
    line = _line(visit, step, line_step)
    value = _status(visit, sent)
    if isinstance(value, Fault):
        return show_line(visit, line.plan, line.line, tried=Tried(typed=sent, fault=value), status=422)
    return _decide(visit, sent, line, Action.SET_STATUS, value)


@post("/{language:str}/plans/{step:str}/lines/{line_step:str}/score", include_in_schema=False, status_code=200)
@threaded
def score(visit: NamedDependency[Visit], sent: NamedDependency[Form], step: FromPath[str], line_step: FromPath[str]) -> Response[str]:
    line = _line(visit, step, line_step)
    given = next((one for one in SCORES if str(one) == sent.text("score")), None)
    if given is None:
        return show_line(visit, line.plan, line.line, tried=Tried(typed=sent, fault=Fault("score", "score_none", "")), status=422)
    return _decide(visit, sent, line, Action.SCORE, {"score": given})


def _line(visit: Visit, step: str, line_step: str) -> OfLine:
    """The line that an address names. Raises NotFoundException."""
    plan = next((plan for plan in visit.desk.pack.plans if plan.id == id_of(step)), None)
    if plan is None:
        raise NotFoundException
    _, line = line_of(plan, id_of(line_step))
    return OfLine(plan.id, line.id)


def _decide(visit: Visit, sent: Form, line: OfLine, action: Action, value: dict[str, Any]) -> Response[str]:
    """Takes the decision, and goes back to the line, which says what was done and how to take it back."""
    why, seen = sent.text("why"), sent.number("seen")
    try:
        (taken,) = visit.writer().decide_together([line], who=visit.signature, action=action, value=value, why=why, seen=seen)
    except Overtaken as fault:
        return show_line(visit, line.plan, line.line, tried=Tried(typed=sent, since=fault.since), status=409)
    visit.desk.look_anew()
    return visit.go(visit.address.page("plans", line.plan, "lines", line.line, query=[("done", str(taken.number))]))


def _status(visit: Visit, sent: Form) -> dict[str, Any] | Fault:
    """What the form sets, or what is wrong with it."""
    status, typed, place = sent.text(STATUS), sent.text(SINCE), sent.text(EVIDENCE)
    if status not in list(LineStatus):
        return Fault(STATUS, "choice_odd", status)
    value: dict[str, Any] = {STATUS: status}
    if typed:
        iso = iso_of(typed)
        if not is_one_date(iso):
            return Fault(SINCE, "date_odd", typed)
        if first_day(iso) > visit.now.today:
            return Fault(SINCE, "date_to_come", typed)
        value[SINCE] = iso
    if place:
        words = _words(visit, place)
        if words is None:
            return Fault(EVIDENCE, "choice_odd", place)
        value[EVIDENCE] = words
    return value


def _words(visit: Visit, place: str) -> dict[str, Any] | None:
    """The words that stand in a document from one place to another, as the form writes them: `document:start-end`."""
    id, _, span = place.rpartition(":")
    start, _, end = span.partition("-")
    document = visit.now.view.document(id) if id and start.isdecimal() and end.isdecimal() and len(span) < 30 else None
    if document is None or not 0 <= int(start) < int(end) <= len(document.text):
        return None
    return {"document": id, "start": int(start), "end": int(end), "quote": document.text[int(start) : int(end)]}
