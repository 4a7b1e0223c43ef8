"""Ties all that a register holds to what a pack names: plan lines, goals, elements of visions, priority areas.

In come a register and a pack; the links go into the register. Only readings that this version of linker and pack has not linked yet are
taken, so that a new document or a decision costs no more than what it touches. Many readings are divided among processes.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import cache, cached_property
from itertools import chain, islice
from pathlib import Path
from typing import Any

import msgspec

from comity.knowledge import Knowledge, Pack, knowledge_version, load_knowledge, load_pack
from comity.languages import languages
from comity.records import LanguageCode, Link
from comity.register import Linked, LinkRows, LinkWriter, NewLink, Register, Unlinked, open_register, rows_of
from comity.register.uncollected import uncollected
from comity.tracking.aims import AimLinker, Goals
from comity.tracking.asked_clauses import Asked, LookedThrough
from comity.tracking.goals_alone import GoalsAlone
from comity.tracking.links import Linker, Tie
from comity.tracking.occurrence_update import keep_occurrences
from comity.tracking.partnership_scope import PartnershipScope
from comity.tracking.pieces import Piece, dated, evidence_of, pieces_of
from comity.tracking.second_look import load_second_look, takes_second_look
from comity.tracking.shows import shown_by
from comity.tracking.workers import Workers, processors

LINKER = "13"
"""Raised when the code of the linker finds other links than before; its data are in the version by themselves."""
TOGETHER = 200
"""Readings that are linked together."""
AT_ONCE = 5
"""So many times as many are written in one transaction, which changes pages of the file all over it."""
AHEAD = 4
"""So many batches lie ready for each process while some are written."""
MANY = 1000
"""From so many readings on they are divided among processes: each takes two seconds to begin."""
SEVERAL = 20
"""From so many readings on documents of the partnership are told from others before all is read."""
DECODER = msgspec.msgpack.Decoder(list[LinkRows])


class Tracker:
    """Ties readings to what one pack names. `knowledge` is with that of the pack."""

    def __init__(self, pack: Pack, knowledge: Knowledge) -> None:
        self._lines = Linker(knowledge, pack.plans, second=load_second_look())
        self._aims = AimLinker(knowledge)
        self._scope = PartnershipScope(knowledge, pack)
        self._alone = GoalsAlone(self._aims, self._lines.names)
        self._languages = frozenset(languages())

    def may_be_ours(self, text: str, language: LanguageCode) -> bool:
        """Whether a document may be of the partnership."""
        return language in self._languages and self._scope.may_be_heard(text)

    def linked(self, readings: Sequence[Unlinked]) -> list[LinkRows]:
        """The links of some readings, as they are written."""
        texts = [self._heard(reading) for reading in readings]
        ours = iter(self._ours([(reading, text) for reading, text in zip(readings, texts, strict=True) if text is not None]))
        others = iter(self._others([reading for reading, text in zip(readings, texts, strict=True) if text is None]))
        return [next(others if text is None else ours) for text in texts]

    def _heard(self, reading: Unlinked) -> LookedThrough | None:
        """The text of a reading that is of the partnership, and may be tied to a line of it: of ten that name all parties eight speak so
        much of others that no clause of theirs can be, and goals are seen without a look at the whole text."""
        if not reading.of_partnership or reading.language not in self._languages:
            return None
        text = self._lines.looked_through(reading.text, reading.language, scope=self._scope, title=reading.title or "")
        return text if text.heard is not None and self._lines.may_tie(text.heard) else None

    def _others(self, readings: Sequence[Unlinked]) -> Iterator[LinkRows]:
        """The links of readings that are of no partnership, or say too little of it to be tied to its lines."""
        return map(_with_goals, readings, self._alone.of(readings))

    def _ours(self, readings: Sequence[tuple[Unlinked, LookedThrough]]) -> Iterator[LinkRows]:
        """The links of readings that are of the partnership and may be tied to its lines."""
        read = [self._read(reading, text) for reading, text in readings]
        every = [one for _, asked in read for one in asked]
        ties, goals = iter(self._lines.ties(every)), iter(self._aims.goals([one.view for one in every]))
        for (reading, _), (pieces, asked) in zip(readings, read, strict=True):
            yield _linked(reading, [(piece, self._links(one, next(ties), next(goals))) for piece, one in zip(pieces, asked, strict=True)])

    def _read(self, reading: Unlinked, text: LookedThrough) -> tuple[list[Piece], list[Asked]]:
        """The clauses of a reading, made ready."""
        pieces = list(pieces_of(reading))
        clauses = [
            (
                evidence_of(reading, piece),
                frozenset([actor for finding in piece.findings for actor in finding.actors]),
                dated(reading, piece),
            )
            for piece in pieces
        ]
        return pieces, self._lines.asked_in(text, clauses)

    def _links(self, asked: Asked, ties: list[Tie], goals: Goals | None) -> list[tuple[Link, str]]:
        """The links of a clause, each with the plan of its line."""
        lines = [(tie.target.plan, tie.target.id, tie.score) for tie in ties]
        aims = self._aims.goal_links(asked.evidence, goals) if asked.hopeless else self._aims.links_of(asked.evidence, goals, lines)
        return [*((self._lines.link(asked, tie), tie.target.plan) for tie in ties), *((link, "") for link in aims)]


def _with_goals(reading: Unlinked, found: Sequence[tuple[Piece, Goals | None]]) -> LinkRows:
    """What is written of a reading that is tied to goals alone: of its clauses those with links. Nine of ten are such, with twenty links
    each."""
    links: list[tuple[Any, ...]] = []
    findings: list[tuple[str, int, int]] = []
    for number, (piece, goals) in enumerate(found, 1):
        if goals and goals.alone:
            start, end = piece.span.start, piece.span.end
            words = reading.text[start:end]
            shows, day = shown_by(words, reading.language, piece.findings).value, dated(reading, piece)
            links += [(number, start, end, words, *tail, shows, day) for tail in goals.alone]
            findings += [(finding.kind, finding.number, number) for finding in piece.findings]
    return LinkRows(reading.reading, links, sorted(findings))


def _linked(reading: Unlinked, found: Sequence[tuple[Piece, Sequence[tuple[Link, str]]]]) -> LinkRows:
    """What is written of a reading: of its clauses those with links."""
    links: list[NewLink] = []
    findings: list[tuple[int, str, int]] = []
    for number, (piece, some) in enumerate(found, 1):
        if some:
            links += _new_links(number, reading, piece, some)
            findings += [(number, finding.kind, finding.number) for finding in piece.findings]
    return rows_of(Linked(reading=reading.reading, links=links, findings=findings))


def _new_links(number: int, reading: Unlinked, piece: Piece, links: Sequence[tuple[Link, str]]) -> Iterator[NewLink]:
    shows = shown_by(links[0][0].evidence.quote, reading.language, piece.findings).value
    day = dated(reading, piece)
    ranks: dict[tuple[str, str], int] = {}
    for link, plan in links:
        ranks[link.kind, plan] = rank = ranks.get((link.kind, plan), 0) + 1
        yield NewLink(clause=number, link=link, plan=plan, rank=rank, shows=shows, dated=day)


def track(register: Register, pack: Pack, step: Callable[[int], None] = lambda _: None) -> int:
    """Tracks a register once (`Tracking.track`)."""
    return Tracking(pack).track(register, step)


class Tracking:
    """Tracks for one pack, again and again: what readings are tied with is made when it is first needed, and kept as long as linker,
    knowledge and settings stay what they are."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self._tools = _Tools(pack, linker_version(pack))

    def track(self, register: Register, step: Callable[[int], None] = lambda _: None, waiting: Sequence[int] | None = None) -> int:
        """Links the readings of a register that are not linked yet and puts their events together; gives their number. `step` is told how
        many more are done; `waiting` are those readings where they were asked for before."""
        tools, writer = self._up_to_date(), register.link_writer()
        keys = self.waiting(register) if waiting is None else waiting
        batches = _batches(register, tools, keys)
        while some := list(chain.from_iterable(islice(batches, AT_ONCE))):
            with uncollected():
                writer.write(self.pack.partnership.id, tools.version, some)
            step(len(some))
        keep_occurrences(register, self.pack, lambda: tools.knowledge)
        return len(keys)

    def track_document(self, register: Register, document: str) -> bool:
        """Links one document, as soon as it was added; a tenth of a second beyond the first time. Whether there was something to do: not
        where it is linked already, or not known."""
        tools, writer = self._up_to_date(), register.link_writer()
        keys = writer.to_link_in(document, self.pack.partnership.id, tools.version)
        if keys:
            writer.write(self.pack.partnership.id, tools.version, _taken(tools.tracker, writer, keys))
        keep_occurrences(register, self.pack, lambda: tools.knowledge)
        return bool(keys)

    def waiting(self, register: Register) -> list[int]:
        """The readings that are not linked yet."""
        return register.link_writer().to_link(self.pack.partnership.id, self._up_to_date().version)

    def _up_to_date(self) -> "_Tools":
        version = linker_version(self.pack)
        if self._tools.version != version:
            self._tools = _Tools(self.pack, version)
        return self._tools


class _Tools:
    """What readings are tied with at one version."""

    def __init__(self, pack: Pack, version: str) -> None:
        self.pack, self.version = pack, version

    @cached_property
    def knowledge(self) -> Knowledge:
        return load_knowledge((self.pack,))

    @cached_property
    def tracker(self) -> Tracker:
        return Tracker(self.pack, self.knowledge)


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


def _batches(register: Register, tools: _Tools, keys: Sequence[int]) -> Iterator[list[LinkRows]]:
    """The links of some readings, batch after batch in order."""
    batches = [list(keys[start : start + TOGETHER]) for start in range(0, len(keys), TOGETHER)]
    if len(keys) >= MANY and processors() > 1:
        with closing(Workers(_Work, register.link_writer().address(), tools.pack.folder)) as workers:
            for linked in workers.do(_in_bytes, batches, AHEAD):
                with uncollected():
                    rows = DECODER.decode(linked)
                yield rows
        return
    writer = register.link_writer()
    for some in batches:
        yield _taken(tools.tracker, writer, some)


def _taken(tracker: Tracker, writer: LinkWriter, keys: Sequence[int]) -> list[LinkRows]:
    """The links of some readings by their keys. To tell documents of the partnership from others takes a while to make ready."""
    return tracker.linked(writer.take(keys, tracker.may_be_ours) if len(keys) >= SEVERAL else writer.take(keys))


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
    return msgspec.msgpack.encode(_taken(work.tracker, work.register.link_writer(), keys))
