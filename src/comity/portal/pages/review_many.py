"""Review of many at once: what is the same in many documents, what was decided, and where reviewers differ."""

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
from comity.register.decisions import OfFinding, OfLine
from comity.register.overtaken import Overtaken
from comity.register.pairs import OfContradiction
from comity.register.review import KINDS
from comity.register.verdicts import OfLink

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
        fields_of=lambda subject: fields_of(subject) if isinstance(subject, OfFinding | OfLink) else None,
        about=lambda subject: _about(visit, subject),
    )


@get("/{language:str}/review/differ", include_in_schema=False)
@threaded
def differ_page(visit: NamedDependency[Visit]) -> Response[str]:
    found = [around(visit, one) for one in visit.desk.register.review().differing()]
    return visit.page("differ.html", section="review", found=found, subject_fields=fields_of, **known(visit))


def _about(visit: Visit, subject: object) -> str:
    """What was decided about, in few words: "Statement", "Tie to a line: P1-A-03"."""
    if isinstance(subject, OfLink):
        return f"{visit.words.say('one_link')}: {subject.target}"
    if isinstance(subject, OfLine):
        return f"{visit.words.say('line_id')}: {subject.line}"
    if isinstance(subject, OfContradiction):
        return visit.words.labels.say("contradictions_title")
    return visit.words.say(f"one_{subject.kind}") if isinstance(subject, OfFinding) and subject.kind in KINDS else ""


def _written(text: str) -> OfFinding | None:
    """A finding as the preview writes it: `kind:document:start-end`."""
    parts = text.split(":")
    places = parts[2].split("-") if len(parts) == 3 else []
    if len(places) != 2:
        return None
    asked = dict(zip(("kind", "document", "start", "end"), (*parts[:2], *places), strict=True))
    subject = subject_in(asked.get)
    return subject if isinstance(subject, OfFinding) else None
