"""Where documents contradict each other, with both sentences, and a person's word on one: rejected for good, or accepted."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException

from comity.portal.form import Form, is_here
from comity.portal.pages.review_view import VERDICTS
from comity.portal.threaded import threaded
from comity.portal.visit import Visit
from comity.publishing.line_writer import LineWriter
from comity.publishing.lines import Paper, Part, Section
from comity.register.decisions import Decision
from comity.register.overtaken import Overtaken
from comity.register.pairs import contradiction_of

NOTHING: Mapping[str, str] = MappingProxyType({})


@get("/{language:str}/contradictions", sync_to_thread=True, include_in_schema=False)
def contradictions_page(visit: NamedDependency[Visit]) -> Response[str]:
    return _page(visit)


@post("/{language:str}/contradictions/decide", include_in_schema=False, status_code=200)
@threaded
def decide_contradiction(visit: NamedDependency[Visit], sent: NamedDependency[Form]) -> Response[str]:
    """Takes a person's word, and goes back to where it was said. What another decided meanwhile is shown first, and the note stays."""
    about, action, why = sent.text("about"), VERDICTS.get(sent.text("action")), sent.text("why")
    subject = contradiction_of(about)
    if subject is None or action is None:
        raise NotFoundException
    try:
        visit.writer().decide_together([subject], who=visit.signature, action=action, why=why, seen=sent.number("seen"))
    except Overtaken as fault:
        return _page(visit, since=fault.since, mine=action.value, noted={about: why}, status=409)
    back = sent.text("back")
    return visit.go(back if back and is_here(back) else visit.address.page("contradictions"))


def _page(
    visit: Visit, *, since: Sequence[Decision] = (), mine: str = "", noted: Mapping[str, str] = NOTHING, status: int = 200
) -> Response[str]:
    seen = visit.desk.register.review().last()
    labels, found = visit.words.labels, visit.desk.against.of(visit.now)
    if found is None and (fault := visit.desk.against.untracked(visit.now)):
        raise fault
    writer = LineWriter(visit.desk.pack, visit.desk.knowledge, visit.now.view, labels)
    section = Section(
        id="contradictions",
        title=labels.count("conflicts", len(found or ())),
        parts=(Part(lines=tuple(writer.contradiction(one) for one in found or ())),),
        empty=visit.words.say("against_under_way") if found is None else labels.say("no_conflicts"),
    )
    lead = (labels.say("contradictions_lead"),)
    paper = Paper(language=visit.language, title=labels.say("contradictions_title"), lead=lead, sections=(section,), foot="")
    return visit.page(
        "contradictions.html",
        section="contradictions",
        status=status,
        paper=paper,
        before=None,
        after=None,
        seen=seen,
        since=since,
        mine=mine,
        noted=noted,
    )
