"""Pieces of the work of putting a register's occurrences together (occurrence_build.py), each done by whichever process is free.

In come a few readings, pairs of reports, or neighbourhoods; out come bonds between reports, named by reading and number, and rows for the
register. Nothing here writes.
"""

import pickle
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct

from comity.intervals import first_day, last_day
from comity.knowledge import Knowledge
from comity.register import open_register
from comity.register.occurrence_store import NewOccurrence
from comity.register.occurrences import documents_told, reports_of
from comity.register.sayings_kept import Row as SayingRow
from comity.tracking.grouping import Bond, are_likely, document_bonds, groups_of, joined, story_bonds
from comity.tracking.happening import MONTH, Traits
from comity.tracking.kept_sayings import rows_of
from comity.tracking.occurrence_row import rows_of_groups, traits_of_reports
from comity.tracking.stories import DAYS, Stories

Place = tuple[int, int]
"""A report: its reading and its number there."""

Tied = tuple[Place, Place, float]


class Part(Struct, frozen=True):
    """What a stretch of documents gives: bonds `within` a document, and `bonds` within a story; the reports that others may be tied to by
    their day or meeting; and the rows of reports that stand alone or are tied within their document, in case nothing else ties them."""

    within: list[Tied]
    bonds: list[Tied]
    dated: list[Traits]
    alone: list[tuple[list[Place], list[NewOccurrence]]]
    sayings: list[SayingRow]


class Work:
    """A register to read from, and what is known."""

    def __init__(self, address: str, known: str) -> None:
        """`known` is the file with the knowledge."""
        self._register = open_register(address, create=False)
        self.view = self._register.view()
        self.knowledge: Knowledge = pickle.loads(Path(known).read_bytes())

    def traits(self, readings: Sequence[int]) -> list[Traits]:
        """Those of all reports of some readings."""
        return traits_of_reports(self.view, self.knowledge, reports_of(self.view, readings))

    def close(self) -> None:
        self._register.close()


def put_together(work: Work, readings: Sequence[int]) -> Part:
    """What some documents say, and what ties them to each other and to documents before them. They are in the order of their days."""
    own = set(readings)
    new = work.traits(readings)
    every = [*new, *work.traits(list(_before(work, new, own)))]
    count = len(new)
    stories = Stories(work.view)
    stories.load({one.report.document for one in every})
    within = [Bond(strength, a, b) for a, b, strength in document_bonds(new, lambda a, b: True)]
    told = story_bonds(every, stories, lambda a, b: a < count or b < count)
    return Part(
        within=[(place_of(new[bond.a]), place_of(new[bond.b]), bond.strength) for bond in within],
        bonds=[(place_of(every[a]), place_of(every[b]), strength) for a, b, strength in told],
        dated=[one for one in new if (one.mechanism and one.last) or (one.sharp and len(one.represented) > 1)],
        alone=[([place_of(one) for group in groups for one in group], rows_of_groups(groups)) for groups in joined(new, within, stories)],
        sayings=list(rows_of(work.view, readings)),
    )


def likely(work: Work, pairs: Sequence[tuple[Traits, Traits, float]]) -> list[Tied]:
    """Of pairs of the same day and parties, those that may be of one occurrence by their words."""
    stories = Stories(work.view)
    stories.read({one.report.document for a, b, _ in pairs for one in (a, b)})
    return [(place_of(a), place_of(b), strength) for a, b, strength in pairs if are_likely(a, b, stories)]


def grouped(work: Work, several: Sequence[Sequence[Tied]]) -> list[NewOccurrence]:
    """The occurrences of some neighbourhoods."""
    places = {place for one in several for a, b, _ in one for place in (a, b)}
    traits = {place_of(one): one for one in work.traits(sorted({reading for reading, _ in places}))}
    stories = Stories(work.view)
    stories.read({one.report.document for one in traits.values()})
    rows: list[NewOccurrence] = []
    for one in several:
        members = sorted({place for a, b, _ in one for place in (a, b)} & traits.keys())
        number = {place: count for count, place in enumerate(members)}
        strongest: dict[tuple[int, int], float] = {}
        for a, b, strength in one:
            if a in number and b in number:
                pair = (min(number[a], number[b]), max(number[a], number[b]))
                strongest[pair] = max(strongest.get(pair, 0.0), strength)
        bonds = [Bond(strength, a, b) for (a, b), strength in sorted(strongest.items())]
        known = [traits[place] for place in members]
        rows += rows_of_groups(groups_of(known, list(range(len(known))), bonds, stories))
    return rows


def place_of(one: Traits) -> Place:
    return (one.report.reading, one.report.number)


def _before(work: Work, new: Sequence[Traits], own: set[int]) -> list[int]:
    """The readings of documents before some that may tell a story with one of them."""
    out = sorted((one.out[0], one.report.document) for one in new if one.out and one.out[1] - one.out[0] <= MONTH)
    if not out:
        return []
    begin, end = (date.fromordinal(out[place][0]) for place in (0, -1))
    window = (max(date.min.toordinal(), begin.toordinal() - MONTH - DAYS.days), end)
    told = documents_told(work.view, [(date.fromordinal(window[0]).isoformat()[:7], end.isoformat())])
    return [
        reading
        for id, published, reading in told
        if reading not in own and (first_day(published).toordinal(), id) < out[0] and last_day(published) + DAYS >= begin
    ]
