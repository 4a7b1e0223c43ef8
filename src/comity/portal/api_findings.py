"""One finding as a record, under an address that stays; 410 with where it went once a newer reading or a person has it otherwise."""

from typing import Any

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath

from comity.portal.addresses import id_of
from comity.portal.pages.findings import finding_at
from comity.portal.snapshot import Snapshot


@get(
    "/api/v1/findings/{kind:str}/{document:str}/{place:str}",
    sync_to_thread=True,
    summary="One finding by its kind, document and place (`81-89`); 410 with where it went where it is not there any more",
)
def finding(now: NamedDependency[Snapshot], kind: FromPath[str], document: FromPath[str], place: FromPath[str]) -> dict[str, Any]:
    found = finding_at(now.view, kind, id_of(document), place)
    return {"kind": kind, "document": found.document.id, "published": found.document.published, "finding": found.finding}


FINDINGS = (finding,)
