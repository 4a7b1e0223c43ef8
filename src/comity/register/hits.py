"""What a search finds, a page at a time: each hit with its document, its finding and the words around."""

from typing import Any

from msgspec import Struct
from sqlalchemy import and_, select

from comity.register.asked import terms_of
from comity.register.asking import Asking
from comity.register.faults import told_clearly
from comity.register.findings import found_by, select_findings
from comity.register.heads import DocumentHead, head_columns, head_of
from comity.register.schema import FINDINGS
from comity.register.search import Facets, Place, Search, Snippet, Wanted, cursor_of, snippet_of
from comity.register.who import who_is


class Hit(Struct, frozen=True, kw_only=True):
    """What a search found: a document, or a finding in it, and the words around. The higher the score the better."""

    document: DocumentHead
    kind: str
    finding: Any
    start: int
    end: int
    snippet: Snippet
    score: float


class Hits(Struct, frozen=True):
    """A page of hits, and where the next one begins, None after the last."""

    hits: tuple[Hit, ...]
    next: str | None


def search(asking: Asking, wanted: Wanted, *, limit: int, after: str | None) -> Hits:
    """The best hits behind the page before. Raises BadInputError where nothing can be looked for."""
    who = None if wanted.actor is None else who_is(asking, wanted.actor)
    rejecting = asking.rejecting()
    with told_clearly(asking.name), asking.engine.connect() as connection:
        found = list(Search(connection, asking.scope, wanted, rejecting, who).places(limit=limit + 1, after=after))
    hits = tuple(_hit(asking, wanted, place) for place in found[:limit])
    return Hits(hits, cursor_of(found[limit - 1]) if len(found) > limit else None)


def facets_of(asking: Asking, wanted: Wanted) -> Facets:
    """How many hits a search has, by publisher, language and year."""
    who = None if wanted.actor is None else who_is(asking, wanted.actor)
    rejecting = asking.rejecting()
    with told_clearly(asking.name), asking.engine.connect() as connection:
        return Search(connection, asking.scope, wanted, rejecting, who).facets()


def _hit(asking: Asking, wanted: Wanted, place: Place) -> Hit:
    documents = asking.documents
    query = select(documents.c.text, *head_columns(documents)).where(documents.c.key == place.document)
    row = asking.all(query)[0]._mapping
    finding = None
    if place.reading is not None:
        table = FINDINGS[wanted.kind]
        here = and_(table.c.reading == place.reading, table.c.number == place.number, documents.c.key == place.document)
        found = next(found_by(asking, wanted.kind, select_findings(asking, wanted.kind).where(here)))
        finding = found.finding
    return Hit(
        document=head_of(row),
        kind=wanted.kind,
        finding=finding,
        start=place.start,
        end=place.end,
        snippet=snippet_of(row["text"][place.start : place.end], terms_of(wanted.words)),
        score=place.score,
    )
