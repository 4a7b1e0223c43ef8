"""The documents the partnership rests on as a tree of what implements and succeeds what, and one of them."""

from collections.abc import Sequence

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from msgspec import Struct

from comity.knowledge import Instrument
from comity.portal.addresses import id_of
from comity.portal.visit import Visit
from comity.register import Narrow

SHOWN = 8
Above = dict[str, tuple[str, str] | None]
"""The tie of each instrument to the one above it."""


class Branch(Struct, frozen=True):
    """An instrument and what rests on it; `tie` says how it rests on the one above: `implements`, `succeeds`, or nothing at the root."""

    instrument: Instrument
    tie: str
    below: tuple["Branch", ...]


@get("/{language:str}/instruments", sync_to_thread=True, include_in_schema=False)
def instruments_page(visit: NamedDependency[Visit]) -> Response[str]:
    tree = tree_of(visit.desk.pack.instruments)
    return visit.page(
        "instruments.html",
        section="instruments",
        tied=[branch for branch in tree if branch.below],
        alone=[branch.instrument for branch in tree if not branch.below],
        named=visit.now.counts("documents", "instrument"),
    )


@get("/{language:str}/instruments/{step:str}", sync_to_thread=True, include_in_schema=False)
def instrument_page(visit: NamedDependency[Visit], step: FromPath[str]) -> Response[str]:
    known = visit.desk.knowledge.instruments
    instrument = known.get(id_of(step))
    if instrument is None:
        raise NotFoundException
    view, named = visit.now.view, Narrow(instrument=instrument.id)
    return visit.page(
        "instrument.html",
        section="instruments",
        instrument=instrument,
        known=known,
        implemented=[one for one in known.values() if one.implements == instrument.id],
        followed=[one for one in known.values() if one.succeeds == instrument.id],
        cited=[one for one in known.values() if instrument.id in one.cites],
        mentions=[visit.quoted(found) for found in view.listed("instruments", named, limit=SHOWN)],
        mentions_all=view.count_of("instruments", named),
        is_plan=any(plan.id == instrument.id for plan in visit.desk.pack.plans),
        mechanisms=[mechanism for mechanism in visit.desk.pack.mechanisms if instrument.id in mechanism.mandates],
    )


def tree_of(instruments: Sequence[Instrument]) -> list[Branch]:
    """Each instrument under the one it implements, else under the one it succeeds; those tied in a ring, or to none here, are roots."""
    ids = {instrument.id for instrument in instruments}
    above = {one.id: _tie(one, ids) for one in instruments}
    roots = [one for one in instruments if above[one.id] is None or _in_ring(one.id, above)]
    return [_branch(root, "", instruments, above, {one.id for one in roots}) for root in sorted(roots, key=_age)]


def _tie(one: Instrument, ids: set[str]) -> tuple[str, str] | None:
    """How it rests on another of these instruments, and on which."""
    ties = (("implements", one.implements), ("succeeds", one.succeeds))
    return next(((tie, up) for tie, up in ties if up in ids and up is not None), None)


def _in_ring(id: str, above: Above) -> bool:
    seen: set[str] = set()
    step: str | None = id
    while step is not None and step not in seen:
        seen.add(step)
        tie = above.get(step)
        step = tie[1] if tie else None
    return step == id


def _branch(instrument: Instrument, tie: str, all: Sequence[Instrument], above: Above, roots: set[str]) -> Branch:
    below = [one for one in all if one.id not in roots and (up := above[one.id]) and up[1] == instrument.id]
    return Branch(
        instrument, tie, tuple(_branch(one, up[0], all, above, roots) for one in sorted(below, key=_age) if (up := above[one.id]))
    )


def _age(instrument: Instrument) -> tuple[str, str]:
    return instrument.date or "9999", instrument.id
