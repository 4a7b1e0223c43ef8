"""What a search finds, a page at a time: each hit with its document, its finding and the words around."""

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import select, tuple_

from comity.register.asked import terms_of
from comity.register.asking import Asking
from comity.register.decisions import Decision
from comity.register.faults import told_clearly
from comity.register.findings import Found, found_by, select_findings
from comity.register.heads import DocumentHead, head_columns, head_of
from comity.register.matching import Matching
from comity.register.passages import DOCUMENT
from comity.register.schema import FINDINGS
from comity.register.search import Facets, Place, cursor_of, facets, places
from comity.register.snippets import Snippet, snippet_of
from comity.register.wanted import Wanted
from comity.register.who import who_is


class Hit(Struct, frozen=True, kw_only=True):
    """What a search found: a document, or a finding in it with what people decided about it, and the words around. The higher the score
    the better."""

    document: DocumentHead
    kind: str
    finding: Any
    start: int
    end: int
    snippet: Snippet
    score: float
    decisions: tuple[Decision, ...] = ()


class Hits(Struct, frozen=True):
    """A page of hits, and where the next one begins, None after the last."""

    hits: tuple[Hit, ...]
    next: str | None


def search(asking: Asking, wanted: Wanted, *, limit: int, after: str | None) -> Hits:
    """The best hits behind the page before. Raises BadInputError where nothing can be looked for."""
    who = None if wanted.actor is None else who_is(asking, wanted.actor)
    rejecting = asking.rejecting()
    with told_clearly(asking.name), asking.engine.connect() as connection:
        found = places(Matching(connection, asking.scope, wanted, rejecting, who), limit=limit + 1, after=after)
    return Hits(tuple(_hits(asking, wanted, found[:limit])), cursor_of(found[limit - 1]) if len(found) > limit else None)


def newest_hits(asking: Asking, wanted: Wanted, *, best: int, limit: int) -> tuple[Hit, ...]:
    """Of so many of the best hits those published last, the newest first; only their texts are read. Raises BadInputError where nothing
    can be looked for."""
    who = None if wanted.actor is None else who_is(asking, wanted.actor)
    rejecting, documents = asking.rejecting(), asking.documents
    with told_clearly(asking.name), asking.engine.connect() as connection:
        found = places(Matching(connection, asking.scope, wanted, rejecting, who), limit=best, after=None)
    query = select(documents.c.key, documents.c.published, documents.c.id).where(documents.c.key.in_({place.document for place in found}))
    order = {row.key: (row.published or "", row.id) for row in asking.all(query)}
    found.sort(key=lambda place: (order[place.document], place.start), reverse=True)
    return tuple(_hits(asking, wanted, found[:limit]))


def facets_of(asking: Asking, wanted: Wanted) -> Facets:
    """How many hits a search has, by publisher, language and year."""
    who = None if wanted.actor is None else who_is(asking, wanted.actor)
    rejecting = asking.rejecting()
    with told_clearly(asking.name), asking.engine.connect() as connection:
        return facets(Matching(connection, asking.scope, wanted, rejecting, who), wanted.kind)


def _hits(asking: Asking, wanted: Wanted, places: Sequence[Place]) -> Iterator[Hit]:
    """The hits at some places, with two questions for all of them."""
    documents, terms = asking.documents, terms_of(wanted.words)
    query = select(documents.c.key, documents.c.text, *head_columns(documents)).where(
        documents.c.key.in_({place.document for place in places})
    )
    texts = {row.key: row._mapping for row in asking.all(query)}
    findings = {} if wanted.kind == DOCUMENT else _findings(asking, wanted.kind, places)
    for place in places:
        row = texts[place.document]
        head = head_of(row)
        found = findings.get((head.id, place.number))
        yield Hit(
            document=head,
            kind=wanted.kind,
            finding=found and found.finding,
            start=place.start,
            end=place.end,
            snippet=snippet_of(row["text"][place.start : place.end], terms),
            score=place.score,
            decisions=found.decisions if found else (),
        )


def _findings(asking: Asking, kind: str, places: Sequence[Place]) -> dict[tuple[str, int], Found]:
    """By document and number; what a search finds is always of a document's newest reading."""
    if not places:
        return {}
    table = FINDINGS[kind]
    at = [(place.reading, place.number) for place in places]
    here = (table.c.reading.in_(sorted({reading for reading, _ in at})), tuple_(table.c.reading, table.c.number).in_(at))
    return {(one.document.id, one.number): one for one in found_by(asking, kind, select_findings(asking, kind).where(*here))}
