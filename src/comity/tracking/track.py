"""Ties all that a register holds to what a pack names: plan lines, goals, elements of visions, priority areas.

In come a register and a pack; the links go into the register. Only readings that this version of linker and pack has not linked yet are
taken, so that a new document or a decision costs no more than what it touches. Many readings are divided among processes.
"""

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import cache, partial
from itertools import pairwise
from pathlib import Path

import msgspec
from msgspec import Struct

from comity.intervals import IsoDate, first_day, last_day
from comity.knowledge import Knowledge, Pack, knowledge_version, load_knowledge, load_pack
from comity.languages import languages
from comity.records import Evidence, LanguageCode, Span, Status
from comity.register import Linked, NewLink, Register, ToLink, Unlinked, open_register
from comity.register.words import Sentences
from comity.tracking.aims import AimLinker, Goals
from comity.tracking.asked_clauses import Asked
from comity.tracking.clauses import clauses_in
from comity.tracking.links import Linker, Tie
from comity.tracking.occurrence_update import keep_occurrences
from comity.tracking.partnership_scope import PartnershipScope
from comity.tracking.second_look import load_second_look, takes_second_look
from comity.tracking.shows import shown_by
from comity.tracking.workers import Workers, processors

LINKER = "11"
"""Raised when the code of the linker finds other links than before; its data are in the version by themselves."""
TOGETHER = 200
"""Readings in one transaction."""
MANY = 1000
"""From so many readings on they are divided among processes: each takes two seconds to begin."""
EVENTS = "events"
DECODER = msgspec.msgpack.Decoder(list[Linked])


class Piece(Struct, frozen=True):
    """A clause of a reading, and the findings that it stands in."""

    span: Span
    findings: tuple[ToLink, ...]


class Tracker:
    """Ties readings to what one pack names. `knowledge` is with that of the pack."""

    def __init__(self, pack: Pack, knowledge: Knowledge) -> None:
        self._lines = Linker(knowledge, pack.plans, second=load_second_look())
        self._aims = AimLinker(knowledge)
        self._scope = PartnershipScope(knowledge, pack)
        self._languages = frozenset(languages())

    def linked(self, readings: Sequence[Unlinked]) -> list[Linked]:
        """The links of some readings."""
        read = [self._read(reading) if reading.language in self._languages else ([], []) for reading in readings]
        every = [one for _, asked in read for one in asked]
        ties, goals = iter(self._lines.ties(every)), iter(self._aims.goals([one.view for one in every]))
        return [
            self._linked(reading, [(piece, one, next(ties), next(goals)) for piece, one in zip(pieces, asked, strict=True)])
            for reading, (pieces, asked) in zip(readings, read, strict=True)
        ]

    def _read(self, reading: Unlinked) -> tuple[list[Piece], list[Asked]]:
        """The clauses of a reading that may be tied to something, made ready."""
        text = self._lines.looked_through(reading.text, reading.language, scope=self._scope, title=reading.title or "")
        pieces = list(pieces_telling(reading, text.may_tell))
        clauses = [
            (
                Evidence(reading.document, piece.span.start, piece.span.end, reading.text[piece.span.start : piece.span.end]),
                frozenset([actor for finding in piece.findings for actor in finding.actors]),
                _dated(reading, piece),
            )
            for piece in pieces
        ]
        return pieces, self._lines.asked_in(text, clauses)

    def _linked(self, reading: Unlinked, found: list[tuple[Piece, Asked, list[Tie], Goals | None]]) -> Linked:
        links: list[NewLink] = []
        findings: list[tuple[int, str, int]] = []
        for number, (piece, asked, ties, goals) in enumerate(found, 1):
            before = len(links)
            links += self._new_links(number, reading.language, piece, asked, ties, goals)
            if len(links) > before:
                findings += [(number, finding.kind, finding.number) for finding in piece.findings]
        return Linked(reading=reading.reading, links=links, findings=findings)

    def _new_links(
        self, number: int, language: LanguageCode, piece: Piece, asked: Asked, ties: list[Tie], goals: Goals | None
    ) -> Iterator[NewLink]:
        lines = [(tie.target.plan, tie.target.id, tie.score) for tie in ties]
        links = [(self._lines.link(asked, tie), tie.target.plan) for tie in ties]
        aims = self._aims.goal_links(asked.evidence, goals) if asked.hopeless else self._aims.links_of(asked.evidence, goals, lines)
        links += [(link, "") for link in aims]
        if not links:
            return
        shows = shown_by(asked.evidence.quote, language, piece.findings).value
        ranks: dict[tuple[str, str], int] = {}
        for link, plan in links:
            ranks[link.kind, plan] = rank = ranks.get((link.kind, plan), 0) + 1
            yield NewLink(clause=number, link=link, plan=plan, rank=rank, shows=shows, dated=asked.date)


def track(register: Register, pack: Pack, step: Callable[[int], None] = lambda _: None) -> int:
    """Links the readings of a register that are not linked yet and puts their events together; gives their number. `step` is told how many
    more are done."""
    writer, version = register.link_writer(), linker_version(pack)
    keys = writer.to_link(pack.partnership.id, version)
    batches = [keys[start : start + TOGETHER] for start in range(0, len(keys), TOGETHER)]
    knowledge = cache(partial(load_knowledge, (pack,)))
    for linked in _batches(register, pack, knowledge, batches, many=len(keys) >= MANY) if keys else ():
        writer.write(pack.partnership.id, version, linked)
        step(len(linked))
    keep_occurrences(register, pack, knowledge)
    return len(keys)


def track_document(register: Register, pack: Pack, document: str) -> bool:
    """Links one document, as soon as it was added; a tenth of a second beyond the first time. Whether there was something to do: not where
    it is linked already, or not known."""
    writer, version = register.link_writer(), linker_version(pack)
    keys = writer.to_link_in(document, pack.partnership.id, version)
    knowledge = cache(partial(load_knowledge, (pack,)))
    if keys:
        writer.write(pack.partnership.id, version, Tracker(pack, knowledge()).linked(writer.take(keys)))
    keep_occurrences(register, pack, knowledge)
    return bool(keys)


@cache
def _models_version() -> str:
    """A hash of the data that the linker works with."""
    here = Path(__file__).parent
    files = [*sorted((here / "models").glob("*.msgpack")), here / "models" / "concepts_within.yaml"]
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
    return pieces_telling(reading, lambda span: True)


def pieces_telling(reading: Unlinked, telling: Callable[[Span], bool]) -> Iterator[Piece]:
    """The same without those that tell of nothing; a stretch that tells of nothing is not even cut."""
    said = [finding for finding in reading.findings if finding.kind != EVENTS]
    sentences = Sentences(reading.text)
    told = [(sentences.around(finding.start, finding.end), finding) for finding in reading.findings if finding.kind == EVENTS]
    whole = _joined([Span(finding.start, finding.end) for finding in said])
    clauses = sorted(clause for span in whole if telling(span) for clause in clauses_in(reading.text, span, reading.language))
    taken = sorted([*clauses, *(span for span in whole if not telling(span))])
    more = [
        clause
        for span in _joined([Span(*place) for place, _ in told])
        if telling(span)
        for gap in _gaps(span, taken)
        if telling(gap)
        for clause in clauses_in(reading.text, gap, reading.language)
    ]
    clauses = sorted(clause for clause in (*clauses, *more) if telling(clause))
    starts, ends = [clause.start for clause in clauses], [clause.end for clause in clauses]
    standing: list[list[ToLink]] = [[] for _ in clauses]
    reach = [(finding.start, finding.end, finding) for finding in said] + [(*place, finding) for place, finding in told]
    for start, end, finding in reach:
        for place in range(bisect_right(ends, start), bisect_left(starts, end)):
            standing[place].append(finding)
    for clause, findings in zip(clauses, standing, strict=True):
        yield Piece(clause, tuple(findings))


def _joined(spans: list[Span]) -> list[Span]:
    """The spans, those that overlap as one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def _gaps(span: Span, taken: Sequence[Span]) -> list[Span]:
    """What of a span no clause has taken yet. The clauses are in order, none overlapping another."""
    first = bisect_right(taken, span.start, key=lambda one: one.end)
    last = bisect_left(taken, span.end, key=lambda one: one.start)
    edges = [span.start, *(edge for one in taken[first:last] for edge in (one.start, one.end)), span.end]
    return [Span(start, end) for start, end in list(pairwise(edges))[::2] if end > start]


def _dated(reading: Unlinked, piece: Piece) -> IsoDate | None:
    """When what a clause tells of happened, where that is known to the month and was before the document, else when that was published."""
    days = (finding.when for finding in piece.findings if finding.when and finding.status == Status.HAPPENED)
    return next((day for day in days if _is_past(day, reading.published)), reading.published)


def _is_past(day: IsoDate, published: IsoDate | None) -> bool:
    return "/" not in day and len(day) >= len("2020-01") and (published is None or first_day(day) <= last_day(published))


def _batches(
    register: Register, pack: Pack, knowledge: Callable[[], Knowledge], batches: Sequence[list[int]], *, many: bool
) -> Iterator[list[Linked]]:
    """The links of some readings, batch after batch in order."""
    if many and processors() > 1:
        with closing(Workers(_Work, register.link_writer().address(), pack.folder)) as workers:
            for linked in workers.do(_in_bytes, batches):
                yield DECODER.decode(linked)
        return
    writer, tracker = register.link_writer(), Tracker(pack, knowledge())
    for keys in batches:
        yield tracker.linked(writer.take(keys))


class _Work:
    """What a process works with: a register to read from, and what ties its readings."""

    def __init__(self, address: str, folder: str) -> None:
        self.register = open_register(address, create=False)
        pack = load_pack(folder)
        self.tracker = Tracker(pack, load_knowledge((pack,)))

    def close(self) -> None:
        self.register.close()


def _in_bytes(work: _Work, keys: list[int]) -> bytes:
    """The links of some readings; as bytes they come from one process to the other ten times as fast as object by object."""
    return msgspec.msgpack.encode(work.tracker.linked(work.register.link_writer().take(keys)))
