"""What a new report may be tied to of all that a register holds: what is dated on its days, is of its meeting, or tells its story.

In comes a view with the traits of some reports; out come places in the register, more of them than will turn out to be tied.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np

from comity.intervals import first_day, last_day
from comity.knowledge import Knowledge
from comity.records import EventType
from comity.register import View
from comity.register.occurrences import Days, Place, documents_told, places_dated, places_of_meetings
from comity.tracking.happening import MONTH, SHARP, TELLING, Traits, days_told, names_of_meetings
from comity.tracking.stories import DAYS, Stories


def near_reports(view: View, knowledge: Knowledge, new: Sequence[Traits], stories: Stories) -> tuple[set[tuple[int, int]], set[int]]:
    """All that one of the new may be tied to: reports dated on its days or of its meeting, by reading and number, and whole readings of
    documents that tell its document's story."""
    places: set[tuple[int, int]] = set()
    dated: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    met: defaultdict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for one in new:
        if one.sharp:
            dated[one.report.type.value].append((one.first, one.last))
        if one.mechanism and one.last:
            met[one.report.type.value, one.mechanism].append((one.first, one.last))
    days = stretches((first - SHARP, last) for several in dated.values() for first, last in several)
    for place in places_dated(view, [EventType(type) for type in dated], days):
        if _overlaps(place, dated[place.type]):
            places.add((place.reading, place.number))
    meetings = names_of_meetings(knowledge)
    wanted = {mechanism for _, mechanism in met}
    if met:
        every = [days for several in met.values() for days in several]
        first, last = min(first for first, _ in every), max(last for _, last in every) + TELLING
        names = [name for name, mechanism in meetings.items() if mechanism in wanted]
        for place in places_of_meetings(view, names, _year(first), _year(last)):
            if _overlaps(place, met.get((place.type, meetings[place.mechanism or ""]), [])):
                places.add((place.reading, place.number))
    return places, set(_telling_the_same(view, new, stories))


def _overlaps(place: Place, several: Sequence[tuple[int, int]]) -> bool:
    first, last = days_told(place.when, place.published)
    return any(begin <= last and first <= end for begin, end in several)


def _telling_the_same(view: View, new: Sequence[Traits], stories: Stories) -> list[int]:
    """The readings of documents that tell the story of a new one."""
    own = {one.report.document: one.out for one in new if one.out and one.out[1] - one.out[0] <= MONTH}
    days = stretches((first - MONTH, last + DAYS.days) for first, last in own.values())
    beside = {id: (published, reading) for id, published, reading in documents_told(view, days) if id not in own}
    out = sorted((first_day(published).toordinal(), last_day(published).toordinal(), id) for id, (published, _) in beside.items())
    starts = [first for first, _, _ in out]
    documents = [*own, *(id for _, _, id in out)]
    at_once = [
        (place, len(own) + other)
        for place, (begin, end) in enumerate(own.values())
        for other in range(bisect_left(starts, begin - DAYS.days - MONTH), bisect_right(starts, end + DAYS.days))
        if out[other][1] >= begin - DAYS.days and out[other][1] - out[other][0] <= MONTH
    ]
    if not at_once:
        return []
    one, other = np.array(at_once, dtype=np.int64).T
    return [beside[told][1] for _, told, _ in stories.told_alike(documents, one, other)]


def _year(day: int) -> str:
    return _day(day)[:4]


def stretches(days: Iterable[tuple[int, int]]) -> list[Days]:
    """Days joined into as few stretches as hold them all; each begins with its month, so that what is known to the month alone is in it."""
    joined: list[list[int]] = []
    for first, last in sorted(days):
        if joined and first <= joined[-1][1] + MONTH:
            joined[-1][1] = max(joined[-1][1], last)
        else:
            joined.append([max(first, 1), last])
    return [(_day(first)[:7], _day(last)) for first, last in joined]


def _day(day: int) -> str:
    return date.fromordinal(min(max(1, day), date.max.toordinal())).isoformat()
