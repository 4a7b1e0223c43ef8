"""When two event reports can be of one occurrence: what they say of its kind, its time, its parties and its meeting.

In come two reports as `Traits`; out comes how strongly they belong together, 0 where they do not. It relies on nothing but the two, so that
the order in which documents came makes no difference.
"""

from collections.abc import Callable
from datetime import date, timedelta

from msgspec import Struct

from comity.intervals import IsoDate, first_day, last_day
from comity.records import ActorId, MechanismId, Status
from comity.register.occurrences import Report

SHARP = timedelta(days=6)
"""A date of a week at most says which occurrence is meant; a month or a year only in which one of several it may be."""

PERIOD = timedelta(days=366)
"""What is longer is the period of a plan, and says of no occurrence when it was."""

TELLING = timedelta(days=4)
"""An undated report is of the days before its document was published."""

PARTIES, STORY, MEETING = 1.0, 2.0, 3.0
"""What ties reports, the weakest first."""


class Traits(Struct, frozen=True, kw_only=True):
    """A report with what its names mean. `represented` are states and bodies, a person counting as whom he or she serves; `persons` are
    named; `meeting` is the mechanism's id, or the words for it where no pack knows it. `dated` is whether the report itself says when,
    `sharp` whether within a week, `out` when its document was published."""

    report: Report
    represented: frozenset[ActorId]
    persons: frozenset[ActorId]
    mechanism: MechanismId | None
    meeting: str | None
    days: tuple[date, date] | None
    words: str

    dated: bool
    sharp: bool
    out: tuple[date, date] | None


def days_of(report: Report) -> tuple[date, date] | None:
    """The days on which the event may have been."""
    if report.when and is_date(report.when):
        return first_day(report.when), last_day(report.when)
    if report.published:
        return first_day(report.published) - TELLING, last_day(report.published)
    return None


def is_date(when: IsoDate | None) -> bool:
    """Whether it says when something was: a year at most."""
    return when is not None and last_day(when) - first_day(when) <= PERIOD


def is_sharp(when: IsoDate | None) -> bool:
    return when is not None and last_day(when) - first_day(when) <= SHARP


def bond(a: Traits, b: Traits, same_story: Callable[[Traits, Traits], bool]) -> float:
    """How strongly two reports belong to one occurrence, 0 where they do not."""
    if a.report.type is not b.report.type or not may_be_one(a, b):
        return 0.0
    if a.mechanism and a.mechanism == b.mechanism and (a.dated or b.dated):
        return MEETING + _closeness(a, b)
    in_one = a.report.document == b.report.document
    if in_one and a.words == b.words and a.represented == b.represented and a.report.when == b.report.when:
        return MEETING
    shared = a.represented & b.represented
    if not in_one and (shared or a.words == b.words) and same_story(a, b):
        return STORY + _likeness(a, b)
    if a.sharp and b.sharp and len(shared) > 1 and _likeness(a, b) >= 0.5 and (a.persons & b.persons or not (a.persons and b.persons)):
        return PARTIES + _likeness(a, b)
    return 0.0


def may_be_one(a: Traits, b: Traits) -> bool:
    """Whether nothing speaks against one occurrence: no other meeting, other day, or denial; what is only proposed was not held, unless it
    is known to be the same meeting."""
    if a.mechanism and b.mechanism and a.mechanism != b.mechanism:
        return False
    if {a.report.status, b.report.status} == {Status.PROPOSED, Status.HAPPENED} and not (a.mechanism and b.mechanism):
        return False
    if (a.report.status is Status.DENIED) is not (b.report.status is Status.DENIED):
        return False
    return bool(a.days and b.days and a.days[0] <= b.days[1] and b.days[0] <= a.days[1])


def _likeness(a: Traits, b: Traits) -> float:
    """The share of parties in common, from 0 to 1."""
    together = a.represented | b.represented
    return len(a.represented & b.represented) / len(together) if together else 0.0


def _closeness(a: Traits, b: Traits) -> float:
    """Sharper dates first: a month goes to the meeting whose day is known before it goes to another month."""
    assert a.days
    assert b.days
    return 1 / (1 + max((a.days[1] - a.days[0]).days, (b.days[1] - b.days[0]).days))
