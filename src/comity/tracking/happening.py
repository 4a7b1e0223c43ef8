"""When two event reports can be of one occurrence: what they say of its kind, its time, its parties and its meeting.

In come reports and what their documents say of the people in them; out come `Traits`, and how strongly two belong together, 0 where they do
not. It relies on nothing but the two and their documents, so that neither the order in which documents came nor others make a difference.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from math import exp
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from comity.intervals import IsoDate, first_day, last_day
from comity.knowledge import Knowledge
from comity.knowledge.folded import fold
from comity.records import ActorId, MechanismId, Status
from comity.register.occurrences import Report
from comity.tracking.deeds import deed_of
from comity.tracking.represented import represented
from comity.tracking.stories import ALIKE, DAYS

SHARP = 6
"""A date of a week at most (so many days between first and last) says which occurrence is meant; a month or a year only in which one of
several it may be."""

PERIOD = timedelta(days=366)
"""What is longer is the period of a plan, and says of no occurrence when it was."""

TELLING = 4
"""An undated report is of the days before its document was published."""

MONTH = 31

EVEN = -0.5
"""Log odds from which two reports of one story are of one occurrence, chosen on the even clusters of benchmarks/events_told.py,
cross-validated: a report goes only with the one most like it, so that there is little to choose between."""

UNLIKELY = -0.7
"""Log odds under which two reports are not of one occurrence, though the same parties acted on the same day."""

SURE = 1.0
"""Log odds from which two reports are of one occurrence though their documents are less alike than those of one story mostly are."""

PARTIES, STORY, MEETING = 1.0, 2.0, 3.0
"""What ties reports, the weakest first."""


class Dated(Protocol):
    """What says of a report whether it may be of one occurrence with another by its day, its meeting and its parties alone."""

    @property
    def status(self) -> Status: ...
    @property
    def mechanism(self) -> MechanismId | None: ...
    @property
    def represented(self) -> frozenset[ActorId]: ...
    @property
    def persons(self) -> frozenset[ActorId]: ...
    @property
    def first(self) -> int: ...
    @property
    def last(self) -> int: ...
    @property
    def dated(self) -> bool: ...
    @property
    def once(self) -> bool: ...
    @property
    def sharp(self) -> bool: ...


class Traits(Struct, frozen=True, kw_only=True):
    """A report with what its names mean. `represented` are states and bodies, a person counting as whom he or she serves; `persons` are
    named; `meeting` is the mechanism's id, or the words for it where no pack knows it; `deed` is what the words for the event tell
    (deeds.py). `first` and `last` are the days on which it may have been, as ordinals, 0 where nothing is known; `dated` is whether the
    report itself says so, `once` whether the meeting sits once in the time that it gives; `out` when its document was published."""

    report: Report
    represented: frozenset[ActorId]
    persons: frozenset[ActorId]
    mechanism: MechanismId | None
    meeting: str | None
    first: int
    last: int
    words: str
    deed: str | None
    dated: bool
    once: bool
    out: tuple[int, int] | None

    @property
    def status(self) -> Status:
        return self.report.status

    @property
    def sharp(self) -> bool:
        return self.dated and self.last - self.first <= SHARP


def traits_of(reports: Iterable[Report], knowledge: Knowledge, offices: dict[tuple[int, ActorId], frozenset[ActorId]]) -> list[Traits]:
    """The traits of reports; `offices` is whom people serve, by reading and person."""
    meetings = names_of_meetings(knowledge)
    known = _Known(knowledge)
    found = []
    for given in reports:
        report = _as_known(given)
        bodies, persons = known[tuple([(party, offices.get((report.reading, party))) for party in report.parties])]
        dated = is_date(report.when)
        first, last = days_told(report.when, report.published)
        mechanism = meetings.get(report.mechanism or "")
        words = _plain(report.words)
        found.append(
            Traits(
                report=report,
                represented=bodies,
                persons=persons,
                mechanism=mechanism,
                meeting=report.mechanism,
                first=first,
                last=last,
                words=words,
                deed=deed_of(words, report.language),
                dated=dated,
                once=mechanism is not None and _sits_once(mechanism, first, last, knowledge),
                out=(first_day(report.published).toordinal(), last_day(report.published).toordinal()) if report.published else None,
            )
        )
    return found


Party = tuple[ActorId, frozenset[ActorId] | None]
"""A party, and whom it serves as its document says."""


class _Known(dict[tuple[Party, ...], tuple[frozenset[ActorId], frozenset[ActorId]]]):
    """Whom some parties represent, and which of them are persons. Many reports have the same parties, and more of them one of these."""

    def __init__(self, knowledge: Knowledge) -> None:
        super().__init__()
        self._alone = _Alone(knowledge)

    def __missing__(self, parties: tuple[Party, ...]) -> tuple[frozenset[ActorId], frozenset[ActorId]]:
        meant = [(party, *self._alone[party, bodies]) for party, bodies in parties]
        self[parties] = found = (
            frozenset([body for _, bodies, _ in meant for body in bodies]),
            frozenset([party for party, _, person in meant if person]),
        )
        return found


class _Alone(dict[Party, tuple[frozenset[ActorId], bool]]):
    """The same of one party."""

    def __init__(self, knowledge: Knowledge) -> None:
        super().__init__()
        self._knowledge = knowledge

    def __missing__(self, party: Party) -> tuple[frozenset[ActorId], bool]:
        self[party] = found = represented(party[0], self._knowledge, {party[0]: party[1]} if party[1] else {})
        return found


@lru_cache(8192)
def _plain(words: str) -> str:
    """Folded, with single spaces."""
    return " ".join(fold(words).split())


def names_of_meetings(knowledge: Knowledge) -> dict[str, MechanismId]:
    """The ids of known mechanisms by the names that reports give them."""
    return {name: known.id for known in knowledge.mechanisms.values() for name in (known.name, known.id)}


@lru_cache(8192)
def days_told(when: IsoDate | None, published: IsoDate | None) -> tuple[int, int]:
    """The first and last day on which an event may have been that is told to be then, or in a document of that day; 0 where nothing is
    known."""
    if when and is_date(when):
        return first_day(when).toordinal(), last_day(when).toordinal()
    if published:
        return first_day(published).toordinal() - TELLING, last_day(published).toordinal()
    return 0, 0


@lru_cache(8192)
def is_date(when: IsoDate | None) -> bool:
    """Whether it says when something was: a year at most."""
    return when is not None and last_day(when) - first_day(when) <= PERIOD


def may_be_one(a: Dated, b: Dated) -> bool:
    """Whether nothing speaks against one occurrence: no other meeting, other day, or denial; what is only proposed was not held, unless it
    is known to be the same meeting."""
    return may_tell_one(a, b) and not is_apart(a, b)


def may_tell_one(a: Dated, b: Dated) -> bool:
    """The same, whatever their days: within one story, a sentence that names no day or another (that of its document, the year of a plan)
    may still tell of the same."""
    if a.mechanism and b.mechanism and a.mechanism != b.mechanism:
        return False
    if a.status is b.status:
        return True
    if {a.status, b.status} == {Status.PROPOSED, Status.HAPPENED} and not (a.mechanism and b.mechanism):
        return False
    return (a.status is Status.DENIED) is (b.status is Status.DENIED)


def is_apart(a: Dated, b: Dated) -> bool:
    """Whether no day is in the time of both; a report without a date counts as of the days before its document."""
    return a.first > b.last or b.first > a.last


def meeting_bond(a: Dated, b: Dated) -> float:
    """Of one meeting, where one of them says when. Two that name a month or less, or a time in which it sits once, are of one sitting; two
    that name a year in which it may sit twice are not."""
    if not (a.mechanism and a.mechanism == b.mechanism and (a.dated or b.dated)):
        return 0.0
    span = max(a.last - a.first, b.last - b.first)
    if min(a.last - a.first, b.last - b.first) > MONTH and not (a.once and b.once):
        return 0.0
    return MEETING + 1 / (1 + span)


def parties_bond(a: Dated, b: Dated) -> float:
    """Of one day or week, with two parties in common and half of all, where no two different persons act in them."""
    if not (a.sharp and b.sharp) or len(a.represented & b.represented) < 2 or (a.persons and b.persons and not a.persons & b.persons):
        return 0.0
    likeness = party_likeness(a, b)
    return PARTIES + likeness if likeness >= 0.5 else 0.0


def one_document_bond(a: Traits, b: Traits) -> float:
    """Of one document that tells the same twice: in the same words, or between the same two parties or more, of the same time."""
    same_parties = a.represented == b.represented and a.persons == b.persons
    told_twice = len(a.report.parties) > (0 if a.words == b.words else 1)
    return MEETING if same_parties and told_twice and a.report.when == b.report.when else 0.0


def story_bond(a: Traits, b: Traits, alike: float, odds: float) -> float:
    """Of two documents that tell the same story, `alike` as they are, where it is likelier than not that the two reports are of one
    occurrence (`odds`: occurrence_odds.py); of documents that are less alike, where it is sure."""
    if odds < least_odds(alike) or not may_tell_one(a, b):
        return 0.0
    return STORY + 1 / (1 + exp(-odds)) / 2 + party_likeness(a, b) / 4


def told_at_once(a: Traits, b: Traits) -> bool:
    """Whether their documents were published within a story's days; not those dated by a year or less sharply."""
    if not (a.out and b.out) or max(a.out[1] - a.out[0], b.out[1] - b.out[0]) > MONTH:
        return False
    return a.out[0] <= b.out[1] + DAYS.days and b.out[0] <= a.out[1] + DAYS.days


def least_odds(alike: float) -> float:
    """Log odds from which two reports are of one occurrence whose documents are so alike."""
    return EVEN if alike >= ALIKE else SURE


def party_likeness(a: Dated, b: Dated) -> float:
    """The share of parties in common, from 0 to 1."""
    together = a.represented | b.represented
    return len(a.represented & b.represented) / len(together) if together else 0.0


def _as_known(report: Report) -> Report:
    """What is told before its day had not happened yet, however the sentence reads ("the summit in October")."""
    early = report.when and report.published and first_day(report.when) > last_day(report.published)
    return replace(report, status=Status.SCHEDULED, early=True) if early and report.status is Status.HAPPENED else report


def _sits_once(mechanism: MechanismId, first: int, last: int, knowledge: Knowledge) -> bool:
    """Whether the pack knows one sitting in that time, and so no second one."""
    begin, end = date.fromordinal(max(first, 1)), date.fromordinal(max(last, 1))
    sittings = knowledge.mechanisms[mechanism].sittings
    return sum(first_day(one.date) <= end and begin <= last_day(one.date) for one in sittings) == 1
