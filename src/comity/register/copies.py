"""The near copies of a document: the other members of its family, which of them stands for all, and what another one changed.

The named member is the earliest that an official publisher put out (a secretariat, a ministry), else the earliest of all, whichever the
register got first.
"""

from collections import defaultdict
from collections.abc import Iterable

from msgspec import Struct
from sqlalchemy import func, select

from comity.knowledge.publishers import PublisherKinds, publisher_kinds
from comity.register.differences import Difference
from comity.register.heads import DocumentHead, head_columns, head_of
from comity.register.view import View


class Changed(Struct, frozen=True, kw_only=True):
    """What a copy changed: `differences` have the words and spans of both sides, `first` in the named member, `second` in the copy; none
    where the copy is in another language."""

    named: DocumentHead
    copy: DocumentHead
    differences: tuple[Difference, ...]


def copies_of(view: View, head: DocumentHead) -> list[DocumentHead]:
    """The others of its family, the earliest first."""
    documents = view.asking.documents
    query = select(*head_columns(documents)).where(documents.c.family == head.family, documents.c.id != head.id)
    order = (documents.c.published.is_(None), documents.c.published, documents.c.id)
    return [head_of(row._mapping) for row in view.asking.rows(query.order_by(*order))]


def named_member(members: Iterable[DocumentHead], kinds: PublisherKinds | None = None) -> DocumentHead:
    """The one of a family that stands for all: the earliest official one, else the earliest; undated ones come last."""
    known = kinds or publisher_kinds()
    return min(members, key=lambda head: (not known.is_official(head.publisher, head.source), not head.published, head.published, head.id))


def families_of(view: View) -> list[DocumentHead]:
    """The named member of each family that has several, the earliest first."""
    documents = view.asking.documents
    several = select(documents.c.family).where(documents.c.reading.is_not(None)).group_by(documents.c.family).having(func.count() > 1)
    members: defaultdict[str, list[DocumentHead]] = defaultdict(list)
    for row in view.asking.rows(select(*head_columns(documents)).where(documents.c.family.in_(several))):
        head = head_of(row._mapping)
        members[head.family].append(head)
    named = (named_member(family) for family in members.values())
    return sorted(named, key=lambda head: (not head.published, head.published or "", head.id))


def changed_copies_of(view: View, named: DocumentHead) -> list[Changed]:
    """What each copy says otherwise than the member that stands for all."""
    found = (changed_from_named(view, copy.id) for copy in copies_of(view, named))
    return [changed for changed in found if changed]


def changed_from_named(view: View, document: str) -> Changed | None:
    """What a document says otherwise than the named member of its family: figures dropped, names reversed, words added, in the order of the
    named member's text. None where it is the named member itself, has no copies, or is not there.

        if changed := changed_from_named(view, document.id):
            for one in changed.differences:     # one.kind: date, figure, name or words
                one.first, one.first_words      # Span | None in changed.named, and its words
                one.second, one.second_words    # Span | None in changed.copy (the document asked for), and its words
    """
    members = view.family_of(document)
    if len(members) < 2:
        return None
    named, copy = named_member(members), next(head for head in members if head.id == document)
    if named.id == copy.id:
        return None
    same_language = named.language == copy.language
    return Changed(named=named, copy=copy, differences=tuple(view.differences(named.id, copy.id)) if same_language else ())
