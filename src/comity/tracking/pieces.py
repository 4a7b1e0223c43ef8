"""The clauses of a reading that may be tied to something, each with the findings that it stands in.

In comes a reading as it is linked; out come pieces of its text: the clauses of what is said, promised and claimed in it, and of the
sentences that tell of its events, none twice, in order.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import NamedTuple

from msgspec import Struct

from comity.intervals import IsoDate, first_day, last_day
from comity.records import Evidence, Span, Status
from comity.register import ToLink, Unlinked
from comity.register.words import Sentences
from comity.tracking.clauses import clauses_in

EVENTS = "events"


Place = tuple[int, int]


class Part(NamedTuple):
    """A clause of a stretch of text, and whether it tells of something."""

    start: int
    end: int
    tells: bool


class Piece(Struct, frozen=True):
    """A clause of a reading, and the findings that it stands in."""

    span: Span
    findings: tuple[ToLink, ...]


def pieces_of(reading: Unlinked) -> list[Piece]:
    """All clauses of a reading."""
    text, language = reading.text, reading.language

    def cut(start: int, end: int) -> list[Part]:
        return [Part(clause.start - start, clause.end - start, True) for clause in clauses_in(text, Span(start, end), language)]

    return pieces_telling(reading, cut)


def pieces_telling(reading: Unlinked, cut: Callable[[int, int], Sequence[Part]]) -> list[Piece]:
    """Those that tell of something. `cut` gives the clauses of a stretch from start to end, by their places in it; none where all of it
    tells of nothing."""
    said = [(finding.start, finding.end, finding) for finding in reading.findings if finding.kind != EVENTS]
    sentences = Sentences(reading.text)
    told = [(*sentences.around(finding.start, finding.end), finding) for finding in reading.findings if finding.kind == EVENTS]
    taken: list[Place] = []
    telling: list[Place] = []
    for start, end in _joined([(start, end) for start, end, _ in said]):
        parts = cut(start, end)
        taken += [(start + part.start, start + part.end) for part in parts] if parts else [(start, end)]
        telling += [(start + part.start, start + part.end) for part in parts if part.tells]
    for place in _joined([(start, end) for start, end, _ in told]):
        for start, end in _gaps(place, taken):
            telling += [(start + part.start, start + part.end) for part in cut(start, end) if part.tells]
    telling.sort()
    starts, ends = [start for start, _ in telling], [end for _, end in telling]
    standing: list[list[ToLink]] = [[] for _ in telling]
    for start, end, finding in (*said, *told) if telling else ():
        for number in range(bisect_right(ends, start), bisect_left(starts, end)):
            standing[number].append(finding)
    return [Piece(Span(*place), tuple(findings)) for place, findings in zip(telling, standing, strict=True)]


def _joined(places: list[Place]) -> list[Place]:
    """The places, those that overlap as one."""
    joined: list[Place] = []
    for start, end in sorted(places):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _gaps(place: Place, taken: Sequence[Place]) -> list[Place]:
    """What of a place no clause has taken yet. The clauses are in order, none overlapping another."""
    start, end = place
    gaps: list[Place] = []
    for first, last in taken[bisect_right(taken, start, key=_end) : bisect_left(taken, end, key=_start)]:
        if first > start:
            gaps.append((start, first))
        start = last
    if end > start:
        gaps.append((start, end))
    return gaps


def _start(place: Place) -> int:
    return place[0]


def _end(place: Place) -> int:
    return place[1]


def dated(reading: Unlinked, piece: Piece) -> IsoDate | None:
    """When what a clause tells of happened, where that is known to the month and was before the document, else when that was published."""
    days = (finding.when for finding in piece.findings if finding.when and finding.status == Status.HAPPENED)
    return next((day for day in days if _is_past(day, reading.published)), reading.published)


def evidence_of(reading: Unlinked, piece: Piece) -> Evidence:
    """The words of a clause."""
    return Evidence(reading.document, piece.span.start, piece.span.end, reading.text[piece.span.start : piece.span.end])


def _is_past(day: IsoDate, published: IsoDate | None) -> bool:
    return "/" not in day and len(day) >= len("2020-01") and (published is None or first_day(day) <= last_day(published))
