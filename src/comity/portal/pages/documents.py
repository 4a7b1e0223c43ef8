"""The documents of the register with facets, and the reader: one document with all that was found in it."""

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from msgspec import Struct

from comity.portal.addresses import id_of
from comity.portal.asking import date_in
from comity.portal.gone import check_document
from comity.portal.listing import Part, cut
from comity.portal.pages.review_view import marks_of
from comity.portal.reading_room import ASKED, DIFFERS, NAMED, NOTED, Aside, Paragraph, lay_out
from comity.portal.snapshot import Snapshot
from comity.portal.ties import ties_of
from comity.portal.visit import Visit
from comity.records import Document, Span
from comity.register import DocumentHead, Narrow
from comity.register.copies import changed_from_named, copies_of
from comity.register.one_document import findings_of

A_PAGE = 50
SHOWN = 40
"""So many differences of a copy are listed; all are marked in its text."""
FACETS = {"in": "language", "year": "year", "publisher": "publisher"}
"""The names of the facets in an address, and of what is counted: `in` is the document's language, `language` is the page's."""


class Facet(Struct, frozen=True):
    """One way to narrow a list, with each value and how many entries it would leave."""

    name: str
    chosen: str | None
    values: list[tuple[str, int]]


@get("/{language:str}/documents", sync_to_thread=True, include_in_schema=False)
def documents_page(visit: NamedDependency[Visit]) -> Response[str]:
    chosen = {name: visit.first(name) for name in FACETS}
    return visit.page(
        "documents.html",
        section="documents",
        part=documents_part(visit.now, chosen, visit.first("after"), A_PAGE),
        facets=facets_of(visit.now, chosen),
        chosen=chosen,
        all=visit.now.count_of("documents"),
        began=visit.first("after") is None,
    )


@get("/{language:str}/documents/{step:str}", sync_to_thread=True, include_in_schema=False)
def document_page(visit: NamedDependency[Visit], step: FromPath[str]) -> Response[str]:
    id, view = id_of(step), visit.now.view
    check_document(view, id)
    document, head = view.document(id), view.document_head(id)
    if document is None or head is None:
        raise NotFoundException
    findings = {kind: [found.finding for found in found_here] for kind, found_here in findings_of(view, (*NOTED, *NAMED), id).items()}
    asked, changed = _asked(visit, document), changed_from_named(view, id)
    differing = [one.second for one in changed.differences if one.second] if changed else []
    parts = lay_out(document, findings, {DIFFERS: differing, ASKED: [asked] if asked else []})
    notes = [note for part in parts if isinstance(part, Paragraph) for note in part.notes]
    return visit.page(
        "document.html",
        section="documents",
        document=document,
        head=head,
        parts_of=parts,
        aside=[isinstance(part, Aside) for part in parts],
        notes=notes,
        ties=ties_of(visit, id, notes),
        numbers={kind: len(findings[kind]) for kind in NOTED},
        copies=copies_of(view, head),
        changed=changed,
        shown_differences=SHOWN,
        older=next(view.documents(newest_first=True, after=head.cursor, limit=1), None),
        newer=next(view.documents(newest_first=False, after=head.cursor, limit=1), None),
        instruments=visit.desk.knowledge.instruments,
        mechanisms={name: one for one in visit.desk.knowledge.mechanisms.values() for name in (one.id, one.name)},
        themes=visit.desk.knowledge.themes,
        plans={plan.id: plan for plan in visit.desk.pack.plans},
        **marks_of(visit, id),
    )


def _asked(visit: Visit, document: Document) -> Span | None:
    """The words that `?at=12-30` asks for; what can't be is nothing."""
    start, _, end = (visit.first("at") or "").partition("-")
    if not (start.isdecimal() and end.isdecimal() and len(start) < 10 and len(end) < 10):
        return None
    return Span(int(start), int(end)) if int(start) < int(end) <= len(document.text) else None


def documents_part(now: Snapshot, chosen: dict[str, str | None], after: str | None, limit: int) -> Part[DocumentHead]:
    """The newest documents that fit all facets chosen, undated ones last."""
    narrow = narrowed(chosen)
    found = now.view.documents(
        publisher=narrow.publisher, language=narrow.language, between=narrow.between, newest_first=True, after=after, limit=limit + 1
    )
    return cut(found, total=now.count_of("documents", narrow), limit=limit)


def narrowed(chosen: dict[str, str | None]) -> Narrow:
    """What is asked for; None chooses nothing."""
    year = date_in(chosen["year"]) if chosen["year"] else None
    return Narrow(language=chosen["in"], publisher=chosen["publisher"], between=(year, year))


def facets_of(now: Snapshot, chosen: dict[str, str | None]) -> list[Facet]:
    """Each facet counts what is left by the others; what is not known can't be chosen."""
    return [Facet(name, chosen[name], _values(now, name, chosen)) for name in FACETS]


def _values(now: Snapshot, name: str, chosen: dict[str, str | None]) -> list[tuple[str, int]]:
    counts = now.counts("documents", FACETS[name], narrowed({**chosen, name: None}))
    found = [(value, number) for value, number in counts.items() if value]
    return sorted(found, reverse=True) if name == "year" else found
