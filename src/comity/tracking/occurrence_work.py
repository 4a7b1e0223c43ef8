"""Pieces of the work of putting a register's occurrences together (occurrence_build.py), each done by whichever process is free.

In come a few readings, pairs of reports, or neighbourhoods; out come bonds between reports, named by their places (dated_alike.py), and
rows for the register. Nothing here writes.
"""

import pickle
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from pathlib import Path

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from comity.intervals import last_day
from comity.knowledge import Knowledge
from comity.register import open_register
from comity.register.occurrence_records import NewOccurrence
from comity.register.occurrences import documents_told, reports_at, reports_of
from comity.register.places import place_at
from comity.register.sayings_kept import Row as SayingRow
from comity.tracking.bonds import Bonds, all_of, are_likely, bonds_of, telling
from comity.tracking.dated_alike import Packed, Sighting, place_of, sighting_of
from comity.tracking.grouping import document_bonds, joined, story_bonds
from comity.tracking.groups import best_of_stories, groups_of, is_story
from comity.tracking.guesses import guesses
from comity.tracking.happening import MONTH, Traits
from comity.tracking.kept_sayings import rows_of
from comity.tracking.neighbourhoods import Days, tops
from comity.tracking.occurrence_row import row_of, rows_of_groups, traits_of_reports
from comity.tracking.stories import DAYS, Stories


class Part(Struct, frozen=True):
    """What a stretch of documents gives: the rows of neighbourhoods that nothing else ties for `sure`. Of what is left: bonds `within` a
    document, and `bonds` within a story; the `days` of dated reports; those that others may be tied to by their day or meeting; and the
    rows of reports that stand `alone` or are tied within their document, in case nothing else ties them."""

    within: Packed
    bonds: Packed
    days: Days
    dated: bytes
    sure: bytes
    alone: bytes


class Alone(Struct, frozen=True, array_like=True):
    """The rows of one stretch, each with the place of a report in it."""

    rows: list[tuple[int, list[NewOccurrence]]]


SIGHTINGS, ALONE = msgspec.msgpack.Decoder(list[Sighting]), msgspec.msgpack.Decoder(Alone)


class Work:
    """A register to read from, and what is known."""

    def __init__(self, address: str, known: str) -> None:
        """`known` is the file with the knowledge."""
        self._register = open_register(address, create=False)
        self.view = self._register.view()
        self.knowledge: Knowledge = pickle.loads(Path(known).read_bytes())
        self.stories = Stories(self.view)

    def traits(self, readings: Sequence[int]) -> list[Traits]:
        """Those of all reports of some readings."""
        return traits_of_reports(self.view, self.knowledge, reports_of(self.view, readings))

    def traits_at(self, places: Collection[int]) -> dict[int, Traits]:
        """Those of the reports at some places."""
        reports = reports_at(self.view, set(map(place_at, places)))
        return {place_of(one): one for one in traits_of_reports(self.view, self.knowledge, reports)}

    def close(self) -> None:
        self._register.close()


def put_together(work: Work, readings: Sequence[int]) -> Part:
    """What some documents say, and what ties them to each other and to documents before them. They are in the order of their days."""
    own = set(readings)
    new = work.traits(readings)
    every = [*new, *work.traits(list(_before(work, new, own)))]
    count, stories = len(new), work.stories
    stories.forget_documents()
    stories.read({one.report.document for one in new})
    within, told = bonds_of(document_bonds(new, count)), bonds_of(story_bonds(every, stories, count))
    sightings = [sighting for one in new if (sighting := sighting_of(one, lambda one: telling(one, stories)))]
    may_be_tied = {one.place for one in sightings}.union(map(place_of, _within_reach(new)))
    whole = _whole(every, within, told, [place_of(one) in may_be_tied for one in new])
    sure = _rows(work, [every[one] for one in np.flatnonzero(whole)], [_packed(every, some.only(whole[some.a])) for some in (within, told)])
    bonds = _packed(every, told.only(~whole[told.a]))
    left, within = _left(new, within, ~whole[:count])
    may_be_tied.update(bonds.a, bonds.b)
    alone: list[tuple[int, list[NewOccurrence]]] = []
    neighbourhoods = joined(left, within, stories)
    beside = iter(rows_of_groups([group for groups in neighbourhoods if len(groups) > 1 for group in groups], left, within))
    for groups in neighbourhoods:
        rows = [next(beside) for _ in groups] if len(groups) > 1 else [row_of(groups[0])]
        if may_be_tied.isdisjoint(place_of(one) for group in groups for one in group):
            sure += rows
        else:
            alone.append((place_of(groups[0][0]), rows))
    days = Days()
    for one in left:
        if one.dated:
            days.add(place_of(one), one.first, one.last)
    return Part(
        days=days,
        within=_packed(left, within),
        bonds=bonds,
        dated=msgspec.msgpack.encode(sightings),
        sure=msgspec.msgpack.encode(sure),
        alone=msgspec.msgpack.encode(Alone(alone)),
    )


def likely(work: Work, pairs: Sequence[tuple[int, int]]) -> list[bool]:
    """Whether pairs of reports of the same day and parties may be of one occurrence by their words."""
    traits = work.traits_at({place for pair in pairs for place in pair})
    work.stories.forget_documents()
    work.stories.read({one.report.document for one in traits.values()})
    return are_likely([(traits[a], traits[b]) for a, b in pairs], work.stories)


def grouped(work: Work, several: Sequence[Packed]) -> bytes:
    """The occurrences of some neighbourhoods."""
    traits = work.traits_at({place for one in several for side in (one.a, one.b) for place in side})
    work.stories.forget_documents()
    return msgspec.msgpack.encode(_rows(work, list(traits.values()), several))


def said(work: Work, readings: Sequence[int]) -> list[SayingRow]:
    """What some documents say that others may contradict."""
    return list(rows_of(work.view, readings))


def _whole(every: Sequence[Traits], within: Bonds, told: Bonds, may_be_tied: Sequence[bool]) -> NDArray[np.bool_]:
    """Which reports are in neighbourhoods that stories make and that nothing else may tie: all of their reports are of these documents. One
    in which a date may be a guess is left to be put together when all bonds are known."""
    bonds = all_of([within, told])
    top = tops(len(every), bonds.a, bonds.b)
    apart = np.ones(len(every), dtype=bool)
    apart[: len(may_be_tied)] = may_be_tied
    apart[list(guesses(every, bonds))] = True
    whole: NDArray[np.bool_] = np.isin(top, top[told.a]) & ~np.isin(top, top[apart])
    return whole


def _left(new: Sequence[Traits], within: Bonds, which: NDArray[np.bool_]) -> tuple[list[Traits], Bonds]:
    """Those of some reports that a mask leaves, and the bonds between these."""
    number, kept = np.cumsum(which) - 1, within.only(which[within.a])
    return [one for one, is_left in zip(new, which.tolist(), strict=True) if is_left], Bonds(number[kept.a], number[kept.b], kept.strength)


def _rows(work: Work, traits: Sequence[Traits], several: Sequence[Packed]) -> list[NewOccurrence]:
    """The occurrences of some neighbourhoods, with all of their reports and bonds."""
    known = sorted(traits, key=place_of)
    members = np.array([place_of(one) for one in known], dtype=np.int64)
    bonds = _strongest(several, members)
    best = best_of_stories(bonds, members)
    by_story = best.only(is_story(best))
    work.stories.read({known[one].report.document for side in (by_story.a, by_story.b) for one in side.tolist()})
    return rows_of_groups(groups_of(known, bonds, best, work.stories), known, bonds)


def _strongest(several: Sequence[Packed], members: NDArray[np.int64]) -> Bonds:
    """The strongest bond of each pair, between the numbers of its reports among the members; reports that are no members have none."""
    a, b = (
        np.concatenate([np.array(side, dtype=np.int64) for side in sides])
        for sides in zip(*((one.a, one.b) for one in several), strict=True)
    )
    strength = np.concatenate([np.array(one.strength) for one in several])
    there = np.isin(a, members) & np.isin(b, members)
    a, b, strength = np.searchsorted(members, a[there]), np.searchsorted(members, b[there]), strength[there]
    pair = np.minimum(a, b) * len(members) + np.maximum(a, b)
    order = np.lexsort((-strength, pair))
    first = order[np.diff(pair[order], prepend=-1) > 0]
    a, b = np.divmod(pair[first], len(members))
    return Bonds(a[a != b], b[a != b], strength[first][a != b])


def _packed(traits: Sequence[Traits], bonds: Iterable[tuple[int, int, float]]) -> Packed:
    packed = Packed()
    for a, b, strength in bonds:
        packed.add(place_of(traits[a]), place_of(traits[b]), strength)
    return packed


def _within_reach(new: Sequence[Traits]) -> list[Traits]:
    """Those whose documents may tell a story with one of a later stretch: no day of that is before the last of this."""
    last = max((one.out[0] for one in new if one.out), default=0)
    return [one for one in new if one.out and one.out[1] + DAYS.days >= last]


def _before(work: Work, new: Sequence[Traits], own: set[int]) -> list[int]:
    """The readings of documents before some that may tell a story with one of them."""
    out = [(one.report.published or "", one.report.document, one.out[0]) for one in new if one.out and one.out[1] - one.out[0] <= MONTH]
    if not out:
        return []
    # by the words of their days, as documents are taken: `2020-02` before `2020-02-01`, whichever id is first
    first, days = min(out)[:2], [day for *_, day in out]
    begin, end = date.fromordinal(min(days)), date.fromordinal(max(days))
    window = (max(date.min.toordinal(), begin.toordinal() - MONTH - DAYS.days), end)
    told = documents_told(work.view, [(date.fromordinal(window[0]).isoformat()[:7], end.isoformat())])
    return [
        reading for id, published, reading in told if reading not in own and (published, id) < first and last_day(published) + DAYS >= begin
    ]
