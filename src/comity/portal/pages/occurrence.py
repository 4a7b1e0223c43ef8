"""One thing that happened, or is to, with every report of it. Its address stays; where it became part of another, it says so (410)."""

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from msgspec import Struct

from comity.portal.addresses import id_of
from comity.portal.happenings import occurrence_at
from comity.portal.pages.papers import writer_of
from comity.portal.visit import Visit
from comity.records import Evidence
from comity.register import DocumentHead
from comity.tracking.passages import Passage

SHOWN = 40


class Told(Struct, frozen=True):
    """A report with the sentence it stands in."""

    document: DocumentHead
    evidence: Evidence
    passage: Passage
    when: str | None


@get("/{language:str}/events/{step:str}", sync_to_thread=True, include_in_schema=False)
def occurrence_page(visit: NamedDependency[Visit], step: FromPath[str]) -> Response[str]:
    found, view = occurrence_at(visit.now, id_of(step)), visit.now.view
    told = []
    for report in found.reports[:SHOWN]:
        head = view.document_head(report.document)
        evidence = Evidence(report.document, report.key[1], report.key[1] + len(report.words), report.words)
        if head is not None:
            told.append(Told(head, evidence, visit.passage(evidence), report.when))
    return visit.page(
        "occurrence.html",
        section="events",
        found=found,
        line=writer_of(visit).occurrence(found),
        told=told,
        more=len(found.reports) - len(told),
        meeting=visit.desk.knowledge.mechanisms.get(found.mechanism or ""),
        month=found.when[:7] if found.when and len(found.when) >= 7 else None,
    )
