"""A search as a feed: whoever keeps its address sees what is new, in any program that reads Atom."""

import re

from litestar import Response, get
from litestar.di import NamedDependency

from comity.portal.feed import Item, atom
from comity.portal.pages.search import question_of
from comity.portal.visit import Visit
from comity.publishing.acts import act_key
from comity.publishing.naming import called
from comity.register import Hit

ENTRIES = 50
BEST = 300
"""A feed has the newest of so many best hits."""
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Signs that XML can't hold."""


@get("/{language:str}/search.atom", sync_to_thread=True, include_in_schema=False)
def search_feed(visit: NamedDependency[Visit]) -> Response[bytes]:
    question = question_of(visit)
    newest = visit.now.view.newest_hits(question.wanted, best=BEST, limit=ENTRIES) if question.wanted else ()
    asked = " · ".join(value for _, value in question.fields)
    content = atom(
        [_item(visit, hit) for hit in newest],
        title=_clean(f"{visit.words.say('menu_search')}: {asked}"),
        address=visit.whole(visit.here()),
        page=visit.whole(visit.address.page("search", query=question.fields)),
        language=visit.language,
    )
    return Response(content, media_type="application/atom+xml; charset=utf-8")


def _item(visit: Visit, hit: Hit) -> Item:
    document = hit.document
    title = called(document)
    if hit.kind == "statements":
        title = f"{visit.naming.actors(hit.finding.speaker) or visit.words.say('no_speaker')}: {visit.words.say(act_key(hit.finding))}"
    return Item(
        id=f"urn:comity:{document.id}:{hit.kind}:{hit.start}-{hit.end}",
        title=_clean(title),
        address=visit.whole(visit.address.document(document.id, hit.start if hit.finding is None else hit.finding.evidence.start)),
        published=document.published,
        author=_clean(document.publisher or visit.words.say("unknown_publisher")),
        summary=_clean(hit.snippet.text),
        language=document.language,
    )


def _clean(text: str) -> str:
    return CONTROL.sub(" ", text)
