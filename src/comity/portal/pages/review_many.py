"""Review of many at once: what is the same in many documents, and what was decided."""

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException

from comity.portal.accounts.door import Door
from comity.portal.form import Form
from comity.portal.pages.review import suggestion_page
from comity.portal.pages.review_view import MANY, VERDICTS, around, known, numbers, on
from comity.portal.subjects import fields_of, subject_in
from comity.portal.threaded import threaded
from comity.portal.visit import Visit
from comity.publishing.rate_sentences import link_words
from comity.register.decisions import Action, Decision, OfActors, OfDecision, OfFinding, OfLine, Subject
from comity.register.overtaken import Overtaken
from comity.register.pairs import OfContradiction
from comity.register.review import KINDS
from comity.register.verdicts import OfLink
from comity.register.withdrawals import OfDocument

A_PAGE = 50


@get("/{language:str}/review/alike", include_in_schema=False)
@threaded
def alike_page(visit: NamedDependency[Visit]) -> Response[str]:
    """What has the same words, or the same actor, and waits too: a preview before many are decided at once."""
    subject, actor = subject_in(visit.first), visit.first("actor")
    review = visit.desk.register.review()
    found = review.find(subject) if isinstance(subject, OfFinding) else None
    if found is None or not isinstance(found.subject, OfFinding):
        raise NotFoundException
    same = review.alike(found.subject, actor=actor, limit=MANY + 1)
    return visit.page(
        "alike.html",
        section="review",
        found=found,
        actor=actor,
        same=[around(visit, one) for one in same[:MANY]],
        more=len(same) > MANY,
        seen=review.last(),
        subject_fields=fields_of,
        **known(visit),
    )


@post("/{language:str}/review/alike", include_in_schema=False, status_code=200)
@threaded
def decide_alike(visit: NamedDependency[Visit], door: NamedDependency[Door], sent: NamedDependency[Form]) -> Response[str]:
    action = VERDICTS.get(sent.text("action"))
    chosen = [subject for subject in map(_written, sent.every("one")[:MANY]) if subject]
    if action is None:
        raise NotFoundException
    if not chosen:
        return visit.go(visit.address.page("review"))
    try:
        taken = visit.writer().decide_together(
            chosen, who=visit.signature, action=action, why=visit.words.count("why_alike", len(chosen)), seen=sent.number("seen")
        )
    except Overtaken as fault:
        found = visit.desk.register.review().find(chosen[0])
        return suggestion_page(visit, found, status=409, since=fault.since, mine=action.value)
    door.note("alike_decided", who=visit.visitor.login, about=f"{action.value}: {len(taken)}", visitor=visit.visitor)
    return on(visit, sent, taken)


@get("/{language:str}/review/log", include_in_schema=False)
@threaded
def log_page(visit: NamedDependency[Visit]) -> Response[str]:
    before, who = next(iter(numbers(visit.every("before"))), None), visit.first("who")
    found = visit.desk.register.review().log(A_PAGE + 1, before=before, who=who)
    return visit.page(
        "review_log.html",
        section="review",
        log=found[:A_PAGE],
        following=found[A_PAGE - 1][0].number if len(found) > A_PAGE else None,
        began=before is None,
        who=who,
        about=lambda decision: _about(visit, decision),
        place_of=lambda subject: _place_of(visit, subject),
    )


def _about(visit: Visit, decision: Decision) -> str:
    """What was decided about, in few words: "Statement", "Line: P1-A-03, completed", "Lan = Trần Thị Lan", "Number 3: Statement"."""
    words = visit.words
    match decision.subject:
        case OfLink(target=target):
            return f"{words.say('one_link')}: {target}"
        case OfLine(line=line):
            return f"{words.say('line_id')}: {', '.join(part for part in (line, _set_to(visit, decision)) if part)}"
        case OfActors(actors=actors):
            return (" = " if decision.action is Action.MERGE else " ≠ ").join(visit.naming.actor(actor) for actor in actors)
        case OfDecision(number=number):
            before = _decision(visit, number)
            return words.say("log_of", n=number, about=_about(visit, before) if before else "")
        case OfContradiction():
            return words.labels.say("contradictions_title")
        case OfFinding(kind=kind) if kind in KINDS:
            return words.say(f"one_{kind}")
        case _:
            return ""


def _set_to(visit: Visit, decision: Decision) -> str:
    """The status or score that a line was given."""
    if decision.action is Action.SET_STATUS:
        return link_words(visit.language)[f"status_{decision.value['status']}"]
    return visit.words.say(f"score_{decision.value['score']}") if decision.action is Action.SCORE else ""


def _place_of(visit: Visit, subject: Subject) -> str:
    """The page of what was decided about, where it has one that stays."""
    match subject:
        case OfFinding() | OfLink():
            return visit.address.page("review", query=fields_of(subject))
        case OfLine(plan=plan, line=line):
            return visit.address.line(plan, line)
        case OfActors(actors=actors):
            return visit.address.actor(actors[0])
        case OfDocument(document=document):
            return visit.address.document(document)
        case OfDecision(number=number):
            before = _decision(visit, number)
            return _place_of(visit, before.subject) if before else ""
        case _:
            return ""


def _decision(visit: Visit, number: int) -> Decision | None:
    found = visit.desk.register.review().decision(number)
    return found[0] if found else None


def _written(text: str) -> OfFinding | None:
    """A finding as the preview writes it: `kind:document:start-end`."""
    parts = text.split(":")
    places = parts[2].split("-") if len(parts) == 3 else []
    if len(places) != 2:
        return None
    asked = dict(zip(("kind", "document", "start", "end"), (*parts[:2], *places), strict=True))
    subject = subject_in(asked.get)
    return subject if isinstance(subject, OfFinding) else None
