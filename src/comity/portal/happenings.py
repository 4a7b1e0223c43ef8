"""One occurrence by its id, from wherever it is kept: or what it is part of now, where it was told anew together with another."""

import re

from litestar.exceptions import NotFoundException

from comity.portal.gone import gone_occurrence
from comity.portal.snapshot import Snapshot
from comity.register.occurrence_rows import Kept
from comity.tracking.kept_occurrences import are_kept, built
from comity.tracking.occurrence import Occurrence, id_of
from comity.tracking.occurrences import occurrences

ID = re.compile(r"[0-9a-f]{15}")


def occurrence_at(now: Snapshot, id: str) -> Occurrence:
    """The occurrence. Raises Gone where another one holds its reports now, NotFoundException where nothing knows it."""
    if not ID.fullmatch(id):
        raise NotFoundException
    found = _kept(now, id) if are_kept(now.view, now.knowledge, now.today) else _on_the_spot(now, id)
    if found is None:
        raise NotFoundException
    if found.id != id:
        raise gone_occurrence(found.id, now.today.isoformat())
    return found


def _kept(now: Snapshot, id: str) -> Occurrence | None:
    """What a number leads to: itself, what it became part of, or what an announcement came true in."""
    key = Kept(now.view).whereabouts(int(id, 16))
    if key is None:
        return None
    return next(iter(built(now.view, now.knowledge, now.today, [key])), None) or _on_the_spot(now, id_of(key))


def _on_the_spot(now: Snapshot, id: str) -> Occurrence | None:
    every = occurrences(now.view, now.knowledge, today=now.today)
    own = int(id, 16)
    told = (one for one in every if any(report.own == own for report in one.reports))
    return next((one for one in every if one.id == id), None) or next(told, None)
