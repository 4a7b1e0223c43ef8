"""One finding under an address that stays: it leads to the words in their document, or says what stands in their place (410)."""

import re

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from comity.portal.addresses import id_of
from comity.portal.gone import check_document, gone_finding
from comity.portal.reading_room import NOTED
from comity.portal.visit import Visit
from comity.register import Found, View
from comity.register.gone import reread

PLACE = re.compile(r"(\d{1,9})-(\d{1,9})", re.ASCII)


@get("/{language:str}/findings/{kind:str}/{document:str}/{place:str}", sync_to_thread=True, include_in_schema=False)
def finding_page(
    visit: NamedDependency[Visit], kind: FromPath[str], document: FromPath[str], place: FromPath[str]
) -> Redirect | Response[str]:
    found = finding_at(visit.now.view, kind, id_of(document), place)
    return visit.go(visit.address.evidence(found.finding.evidence))


def finding_at(view: View, kind: str, document: str, place: str) -> Found:
    """The finding of a kind at a place (`12-30`) of a document. Raises Gone where a reading had it, NotFoundException where none."""
    match = PLACE.fullmatch(place)
    if kind not in NOTED or match is None:
        raise NotFoundException
    check_document(view, document)
    start, end = int(match[1]), int(match[2])
    here = [one for one in view.findings_in(kind, document) if (one.finding.evidence.start, one.finding.evidence.end) == (start, end)]
    if here:
        return here[0]
    before = reread(view, kind, document, start, end)
    if before is None:
        raise NotFoundException
    raise gone_finding(kind, document, before)
