"""What documents name, for who looks through all of them: the instruments and actors of some readings as they were found, in few questions.

In come a view and readings; out come mentions by document. What people decided about a mention is not told.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, exists, select

from comity.records import ActorMention, ActorType, Evidence, InstrumentMention
from comity.register.parts import in_parts
from comity.register.schema import FINDINGS
from comity.register.view import View

ACTORS, INSTRUMENTS = FINDINGS["actors"], FINDINGS["instruments"]


def instruments_named(view: View, readings: Sequence[int]) -> dict[str, list[InstrumentMention]]:
    """All instruments in those documents that name one that is known."""
    known = INSTRUMENTS.alias("known")
    is_there = exists().where(known.c.reading == INSTRUMENTS.c.reading, known.c.instrument.is_not(None))
    named: defaultdict[str, list[InstrumentMention]] = defaultdict(list)
    for some in in_parts(readings):
        query = _mentions(view, "instruments", some, ("name", "year", "instrument")).where(is_there)
        for document, start, end, quote, name, year, instrument in view.asking.all(query):
            evidence = Evidence(document, start, end, quote)
            named[document].append(InstrumentMention(evidence=evidence, name=name, year=year, instrument=instrument))
    return named


def actors_named(view: View, readings: Sequence[int]) -> dict[str, list[ActorMention]]:
    """All actors in the documents."""
    named: defaultdict[str, list[ActorMention]] = defaultdict(list)
    for some in in_parts(readings):
        for document, start, end, quote, type, actor in view.asking.all(_mentions(view, "actors", some, ("type", "actor"))):
            named[document].append(ActorMention(evidence=Evidence(document, start, end, quote), type=ActorType(type), actor=actor))
    return named


def _mentions(view: View, kind: str, readings: Sequence[int], more: Sequence[str]) -> Select[Any]:
    table, documents = FINDINGS[kind], view.asking.documents
    columns = [table.c[name] for name in ("start", "end", "quote", *more)]
    joined = table.join(documents, view.asking.scope.is_of(kind, view.asking.rejecting()))
    query = select(documents.c.id, *columns).select_from(joined)
    return query.where(table.c.reading.in_(readings)).order_by(table.c.reading, table.c.number)
