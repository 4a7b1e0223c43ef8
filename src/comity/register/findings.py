"""Findings with the document they stand in and what people decided about them, built from rows a batch at a time."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from msgspec import Struct
from sqlalchemy import Row, Select, select

from comity.records import ThemeId
from comity.register.asking import BATCH, Asking
from comity.register.cursors import write_cursor
from comity.register.decisions import Decision, corrected, decision_of
from comity.register.heads import DocumentHead, head_columns, head_of
from comity.register.rows import finding_of
from comity.register.schema import FINDINGS, decisions, finding_themes, fits, parties
from comity.register.tags import THEMED


class Found(Struct, frozen=True):
    """A finding, the document it stands in, and what people decided about it. `finding` is one of the structs of comity.records, `number`
    its place among those of its kind; `themes` are those that the words of a statement, event or commitment name."""

    document: DocumentHead
    finding: Any
    decisions: tuple[Decision, ...] = ()
    number: int = 0
    themes: tuple[ThemeId, ...] = ()

    @property
    def cursor(self) -> str:
        """Names this entry of a list of findings: `statements(after=...)` goes on behind it."""
        return write_cursor((self.document.published or "", self.document.id, self.number))


def select_findings(asking: Asking, kind: str) -> Select[Any]:
    """The findings of a kind that are seen, in no order yet."""
    table, documents = FINDINGS[kind], asking.documents
    joined = table.join(documents, asking.scope.is_of(kind, asking.rejecting()))
    return select(table, *head_columns(documents)).select_from(joined)


def found_by(asking: Asking, kind: str, query: Select[Any]) -> Iterator[Found]:
    """The findings of a query that `select_findings` began."""
    rows = asking.rows(query)
    while batch := list(islice(rows, BATCH)):
        yield from _built(asking, kind, batch)


def _built(asking: Asking, kind: str, batch: Collection[Row[Any]]) -> Iterator[Found]:
    """The findings of a batch of rows, with the actors that take part, their themes, and what was decided about them."""
    keys = {row._mapping["reading"] for row in batch}
    roles: dict[tuple[int, int], dict[str, list[str]]] = {}
    query = select(parties).where(parties.c.kind == kind, parties.c.reading.in_(keys))
    for party in asking.rows(query.order_by(parties.c.position)):
        roles.setdefault((party.reading, party.number), {}).setdefault(party.role, []).append(party.actor)
    yield from built_with(kind, batch, roles, _themes(asking, kind, keys), decided_on(asking, kind, keys))


def built_with(
    kind: str,
    batch: Collection[Row[Any]],
    roles: Mapping[tuple[int, int], dict[str, list[str]]],
    themes: Mapping[tuple[int, int], list[ThemeId]],
    decided: Mapping[tuple[int, int], list[Decision]],
) -> Iterator[Found]:
    """The findings of some rows with what stands beside them, each by reading and number."""
    for row in batch:
        values = row._mapping
        head = head_of(values)
        place = (values["reading"], values["number"])
        taken = decided.get(place, ())
        finding = corrected(kind, finding_of(kind, values, head.id, roles.get(place, {})), taken)
        yield Found(head, finding, tuple(taken), values["number"], tuple(themes.get(place, ())))


def _themes(asking: Asking, kind: str, readings: Iterable[int]) -> dict[tuple[int, int], list[ThemeId]]:
    found: defaultdict[tuple[int, int], list[ThemeId]] = defaultdict(list)
    if kind in THEMED:
        query = select(finding_themes).where(finding_themes.c.kind == kind, finding_themes.c.reading.in_(readings))
        for row in asking.rows(query.order_by(finding_themes.c.theme)):
            found[row.reading, row.number].append(row.theme)
    return found


def decided_on(asking: Asking, kind: str, readings: Iterable[int]) -> dict[tuple[int, int], list[Decision]]:
    """The decisions that stand on findings of some readings, in order."""
    query = select(decisions, fits.c.reading, fits.c.number.label("place"))
    query = query.select_from(decisions.join(fits, fits.c.decision == decisions.c.number))
    query = query.where(fits.c.kind == kind, fits.c.reading.in_(readings), asking.scope.decided())
    found: defaultdict[tuple[int, int], list[Decision]] = defaultdict(list)
    rows = asking.all(query.order_by(decisions.c.number))
    gone = asking.undone() if rows else set()
    for row in rows:
        if row.number not in gone:
            found[row.reading, row.place].append(decision_of(row._mapping))
    return found
