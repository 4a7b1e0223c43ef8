"""Where documents contradict each other, with both sentences, and a person's word on one: rejected for good, or accepted."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException

from comity.portal import listing
from comity.portal.asking import Unfit
from comity.portal.form import Form, is_here
from comity.portal.pages.papers import writer_of
from comity.portal.pages.review_view import VERDICTS
from comity.portal.threaded import threaded
from comity.portal.visit import Visit
from comity.publishing.lines import Paper, Part, Section
from comity.register.decisions import Decision, address_of
from comity.register.overtaken import Overtaken
from comity.register.pairs import contradiction_of
from comity.tracking.contradiction import Contradiction

A_PAGE = 40
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
    writer, part = writer_of(visit), contradictions_part(found or (), visit.first("after"), limit=A_PAGE)
    section = Section(
        id="contradictions",
        title=labels.count("conflicts", part.total),
        parts=(Part(lines=tuple(writer.contradiction(one) for one in part.entries)),),
        empty=visit.words.say("against_under_way") if found is None else labels.say("no_conflicts"),
    )
    lead = (labels.say("contradictions_lead"),)
    paper = Paper(language=visit.language, title=labels.say("contradictions_title"), lead=lead, sections=(section,), foot="")
    return visit.page(
        "contradictions.html",
        section="contradictions",
        status=status,
        paper=paper,
        part=part,
        began=not visit.first("after"),
        before=None,
        after=None,
        seen=seen,
        since=since,
        mine=mine,
        noted=noted,
    )


def contradictions_part(found: Sequence[Contradiction], after: str | None, *, limit: int) -> listing.Part[Contradiction]:
    """Those behind the one that `after` names as decisions do. Raises Unfit where there is no such."""
    places = {address_of(one.about): place for place, one in enumerate(found)} if after else {}
    if after and after not in places:
        raise Unfit("This place in the list can't be read; begin again at the list's first page.", "asked_no_place")
    begin = places[after] + 1 if after else 0
    shown = list(found[begin : begin + limit])
    goes_on = begin + limit < len(found)
    return listing.Part(entries=shown, total=len(found), after=address_of(shown[-1].about) if goes_on else None)
