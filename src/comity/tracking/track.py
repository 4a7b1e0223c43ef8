"""Ties all that a register holds to what a pack names: plan lines, goals, elements of visions, priority areas.

In come a register and a pack; the links go into the register. Only readings that this version of linker and pack has not linked yet are
taken, so that a new document or a decision costs no more than what it touches. Many readings are divided among processes.
"""

import hashlib
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from itertools import pairwise
from pathlib import Path

from msgspec import Struct

from comity.intervals import IsoDate, first_day, last_day
from comity.knowledge import Pack, knowledge_version, load_knowledge, load_pack
from comity.languages import languages
from comity.records import Evidence, Span, Status
from comity.register import Linked, LinkWriter, NewLink, Register, ToLink, Unlinked
from comity.register.words import sentence_around
from comity.tracking.aims import AimLinker
from comity.tracking.clauses import clauses_in
from comity.tracking.links import Asked, Linker, Tie
from comity.tracking.occurrence_update import keep_occurrences
from comity.tracking.partnership_scope import PartnershipScope
from comity.tracking.second_look import load_second_look, takes_second_look
from comity.tracking.shows import shown_by

LINKER = "9"
"""Raised when the code of the linker finds other links than before; its data are in the version by themselves."""
TOGETHER = 200
"""Readings in one transaction."""
MANY = 1000
"""From so many readings on they are divided among processes: each takes two seconds to begin."""
EVENTS = "events"


class Piece(Struct, frozen=True):
    """A clause of a reading, and the findings that it stands in."""

    span: Span
    findings: tuple[ToLink, ...]


class Tracker:
    """Ties readings to what one pack names."""

    def __init__(self, pack: Pack) -> None:
        knowledge = load_knowledge((pack,))
        self._lines = Linker(knowledge, pack.plans, second=load_second_look())
        self._aims = AimLinker(knowledge)
        self._scope = PartnershipScope(knowledge, pack)

    def linked(self, readings: Sequence[Unlinked]) -> list[Linked]:
        """The links of some readings."""
        pieces = [list(pieces_of(reading)) if reading.language in languages() else [] for reading in readings]
        asked = [self._asked(reading, parts) for reading, parts in zip(readings, pieces, strict=True)]
        ties = iter(self._lines.ties([one for parts in asked for one in parts if one is not None]))
        return [
            self._linked(reading, parts, [(one, next(ties)) if one is not None else None for one in prepared])
            for reading, parts, prepared in zip(readings, pieces, asked, strict=True)
        ]

    def _asked(self, reading: Unlinked, pieces: list[Piece]) -> list[Asked | None]:
        if not pieces:
            return []
        clauses = [
            (
                Evidence(reading.document, piece.span.start, piece.span.end, reading.text[piece.span.start : piece.span.end]),
                frozenset(actor for finding in piece.findings for actor in finding.actors),
                _dated(reading, piece),
            )
            for piece in pieces
        ]
        return self._lines.asked_of(reading.text, clauses, reading.language, scope=self._scope, title=reading.title or "")

    def _linked(self, reading: Unlinked, pieces: list[Piece], found: list[tuple[Asked, list[Tie]] | None]) -> Linked:
        links: list[NewLink] = []
        findings: list[tuple[int, str, int]] = []
        for number, (piece, one) in enumerate(zip(pieces, found, strict=True), 1):
            if one is None:
                continue
            before = len(links)
            links += self._new_links(number, reading, piece, *one)
            if len(links) > before:
                findings += [(number, finding.kind, finding.number) for finding in piece.findings]
        return Linked(reading=reading.reading, links=links, findings=findings)

    def _new_links(self, number: int, reading: Unlinked, piece: Piece, asked: Asked, ties: list[Tie]) -> Iterator[NewLink]:
        lines = [(tie.target.plan, tie.target.id, tie.score) for tie in ties]
        links = [(self._lines.link(asked, tie), tie.target.plan) for tie in ties]
        aims = (
            self._aims.goals_of(asked.evidence, asked.view, reading.language)
            if asked.hopeless
            else self._aims.links_of(asked.evidence, asked.view, reading.language, lines)
        )
        links += [(link, "") for link in aims]
        if not links:
            return
        shows = shown_by(asked.evidence.quote, reading.language, piece.findings).value
        ranks: dict[tuple[str, str], int] = {}
        for link, plan in links:
            ranks[link.kind, plan] = rank = ranks.get((link.kind, plan), 0) + 1
            yield NewLink(clause=number, link=link, plan=plan, rank=rank, shows=shows, dated=_dated(reading, piece))


def track(register: Register, pack: Pack, step: Callable[[int], None] = lambda _: None) -> int:
    """Links the readings of a register that are not linked yet and puts their events together; gives their number. `step` is told how many
    more are done."""
    writer, version = register.link_writer(), linker_version(pack)
    keys = writer.to_link(pack.partnership.id, version)
    batches = [keys[start : start + TOGETHER] for start in range(0, len(keys), TOGETHER)]
    for readings, linked in _batches(pack, writer, batches, many=len(keys) >= MANY) if keys else ():
        writer.write(pack.partnership.id, version, linked)
        step(readings)
    keep_occurrences(register, pack)
    return len(keys)


def track_document(register: Register, pack: Pack, document: str) -> bool:
    """Links one document, as soon as it was added; a tenth of a second beyond the first time. Whether there was something to do: not where
    it is linked already, or not known."""
    writer, version = register.link_writer(), linker_version(pack)
    keys = writer.to_link_in(document, pack.partnership.id, version)
    if keys:
        writer.write(pack.partnership.id, version, Tracker(pack).linked(writer.take(keys)))
    keep_occurrences(register, pack)
    return bool(keys)


@cache
def _models_version() -> str:
    """A hash of the data that the linker works with."""
    here = Path(__file__).parent
    files = [*sorted((here / "models").glob("*.msgpack"))]
    files += [
        here.parent / "languages" / language / f"{name}.yaml"
        for language in languages()
        for name in ("concepts", "clauses", "line_status", "partnership")
    ]
    return hashlib.sha256(b"".join(hashlib.sha256(file.read_bytes()).digest() for file in files)).hexdigest()[:8]


def linker_version(pack: Pack) -> str:
    """The version of linker, its data, and the pack: where it changes, links are made anew."""
    second = "+second-look" if takes_second_look() else ""
    return f"{LINKER}.{_models_version()}{second}+{knowledge_version((pack,))}"


def pieces_of(reading: Unlinked) -> Iterator[Piece]:
    """The clauses of what is said, promised and claimed in a reading, and of the sentences that tell of events, none twice, in order."""
    said = [finding for finding in reading.findings if finding.kind != EVENTS]
    told = [(sentence_around(reading.text, finding.start, finding.end), finding) for finding in reading.findings if finding.kind == EVENTS]
    spans = [Span(finding.start, finding.end) for finding in said]
    clauses = [clause for span in _joined(spans) for clause in clauses_in(reading.text, span, reading.language)]
    sentences = _joined([Span(*place) for place, _ in told])
    for span in sentences:
        clauses += [clause for gap in _gaps(span, clauses) for clause in clauses_in(reading.text, gap, reading.language)]
    reach = [(finding.start, finding.end, finding) for finding in said] + [(*place, finding) for place, finding in told]
    for clause in sorted(clauses):
        yield Piece(clause, tuple(finding for start, end, finding in reach if start < clause.end and clause.start < end))


def _joined(spans: list[Span]) -> list[Span]:
    """The spans, those that overlap as one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def _gaps(span: Span, taken: list[Span]) -> list[Span]:
    """What of a span no clause has taken yet."""
    inside = sorted(one for one in taken if one.overlaps(span))
    edges = [span.start, *(edge for one in inside for edge in (one.start, one.end)), span.end]
    return [Span(start, end) for start, end in list(pairwise(edges))[::2] if end > start]


def _dated(reading: Unlinked, piece: Piece) -> IsoDate | None:
    """When what a clause tells of happened, where that is known to the month and was before the document, else when that was published."""
    days = (finding.when for finding in piece.findings if finding.when and finding.status == Status.HAPPENED)
    return next((day for day in days if _is_past(day, reading.published)), reading.published)


def _is_past(day: IsoDate, published: IsoDate | None) -> bool:
    return "/" not in day and len(day) >= len("2020-01") and (published is None or first_day(day) <= last_day(published))


def _batches(pack: Pack, writer: LinkWriter, batches: list[list[int]], *, many: bool) -> Iterator[tuple[int, list[Linked]]]:
    """How many readings, and their links, batch after batch in order."""
    workers = _processors() if many else 1
    if workers == 1:
        tracker = Tracker(pack)
        for keys in batches:
            yield len(keys), tracker.linked(writer.take(keys))
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        waiting = []
        for keys in batches:
            waiting.append((len(keys), pool.submit(_work, pack.folder, writer.take(keys))))
            if len(waiting) > workers * 2:
                count, future = waiting.pop(0)
                yield count, future.result()
        for count, future in waiting:
            yield count, future.result()


def _work(folder: str, readings: list[Unlinked]) -> list[Linked]:
    return _tracker(folder).linked(readings)


@cache
def _tracker(folder: str) -> Tracker:
    """Made once in each process."""
    return Tracker(load_pack(folder))


def _processors() -> int:
    """Those that this process may use, where the system tells."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
