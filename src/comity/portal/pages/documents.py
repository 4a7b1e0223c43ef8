"""The documents of the register with facets, and the reader: one document with all that was found in it."""

from collections import Counter
from collections.abc import Callable, Sequence

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from msgspec import Struct

from comity.portal.addresses import id_of
from comity.portal.listing import Key, Part, part_of
from comity.portal.pages.review_view import marks_of
from comity.portal.reading_room import NAMED, NOTED, Aside, Paragraph, lay_out
from comity.portal.visit import Visit
from comity.register import DocumentHead

A_PAGE = 50
NOBODY = "-"
"""What stands in an address for "publisher not known", "no date"."""


class Facet(Struct, frozen=True):
    """One way to narrow a list, with each value and how many entries it would leave."""

    name: str
    chosen: str | None
    values: list[tuple[str, int]]


FACETS: dict[str, Callable[[DocumentHead], str]] = {
    "in": lambda head: head.language,
    "year": lambda head: (head.published or NOBODY)[:4],
    "publisher": lambda head: head.publisher or NOBODY,
}
"""`in` is the document's language: `language` is the page's."""


@get("/{language:str}/documents", sync_to_thread=True, include_in_schema=False)
def documents_page(visit: NamedDependency[Visit]) -> Response[str]:
    heads = visit.now.overview.documents
    chosen = {name: visit.first(name) for name in FACETS}
    return visit.page(
        "documents.html",
        section="documents",
        part=documents_part(heads, chosen, visit.first("after"), A_PAGE),
        facets=facets_of(heads, chosen),
        chosen=chosen,
        all=len(heads),
        nobody=NOBODY,
        began=visit.first("after") is None,
    )


@get("/{language:str}/documents/{step:str}", sync_to_thread=True, include_in_schema=False)
def document_page(visit: NamedDependency[Visit], step: FromPath[str]) -> Response[str]:
    id = id_of(step)
    heads = visit.now.overview.documents
    document, head = visit.now.view.document(id), next((head for head in heads if head.id == id), None)
    if document is None or head is None:
        raise NotFoundException
    findings = {kind: [found.finding for found in visit.now.view.findings_in(kind, id)] for kind in (*NOTED, *NAMED)}
    parts = lay_out(document, findings)
    place = heads.index(head)
    return visit.page(
        "document.html",
        section="documents",
        document=document,
        head=head,
        parts_of=parts,
        aside=[isinstance(part, Aside) for part in parts],
        notes=[note for part in parts if isinstance(part, Paragraph) for note in part.notes],
        numbers={kind: len(findings[kind]) for kind in NOTED},
        copies=[other for other in heads if other.family == head.family and other.id != id],
        older=heads[place - 1] if place else None,
        newer=heads[place + 1] if place + 1 < len(heads) else None,
        instruments=visit.desk.knowledge.instruments,
        mechanisms={name: one for one in visit.desk.knowledge.mechanisms.values() for name in (one.id, one.name)},
        themes=visit.desk.knowledge.themes,
        plans={plan.id: plan for plan in visit.desk.pack.plans},
        **marks_of(visit, id),
    )


def documents_part(heads: Sequence[DocumentHead], chosen: dict[str, str | None], after: str | None, limit: int) -> Part[DocumentHead]:
    """The newest documents that fit all facets chosen, undated ones last."""
    return part_of(fitting(heads, chosen), order_of, after=after, limit=limit, newest_first=True)


def fitting(heads: Sequence[DocumentHead], chosen: dict[str, str | None]) -> list[DocumentHead]:
    """The documents with every value chosen; None chooses nothing."""
    asked = {name: value for name, value in chosen.items() if value is not None}
    return [head for head in heads if all(FACETS[name](head) == value for name, value in asked.items())]


def facets_of(heads: Sequence[DocumentHead], chosen: dict[str, str | None]) -> list[Facet]:
    """Each facet counts what is left by the others."""
    return [Facet(name, chosen[name], _values(name, heads, chosen)) for name in FACETS]


def order_of(head: DocumentHead) -> Key:
    return head.published or "", head.id


def _values(name: str, heads: Sequence[DocumentHead], chosen: dict[str, str | None]) -> list[tuple[str, int]]:
    counts = Counter(FACETS[name](head) for head in fitting(heads, {**chosen, name: None}))
    by_value = sorted(counts.items(), reverse=True) if name == "year" else sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [pair for pair in by_value if pair[0] != NOBODY] + [pair for pair in by_value if pair[0] == NOBODY]
