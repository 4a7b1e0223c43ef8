"""Events told by many: the reports of one occurrence from all documents, merged, with what they disagree on.

In comes a view of the register and which occurrences are wanted; out come they in the order of time, each with its reports, its sources
(near copies count once) and its state: held, planned, moved, or overdue as of a day. Reports are grouped from the strongest bond on
(happening.py), an announcement is then tied to what was held (foreseen.py). Everything follows from the set of reports alone.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from enum import StrEnum
from itertools import combinations

from msgspec import Struct
from msgspec.structs import replace

from comity.intervals import IsoDate, first_day, last_day
from comity.knowledge import Knowledge
from comity.knowledge.folded import fold
from comity.knowledge.schema import Sitting
from comity.records import ActorId, EventType, MechanismId, Status
from comity.register import View
from comity.register.occurrences import Report, bodies_served, event_reports
from comity.tracking.happening import Traits, bond, days_of, is_date, is_sharp, may_be_one
from comity.tracking.represented import represented
from comity.tracking.stories import ALIKE, DAYS, Stories

CROWD = 60
"""Where more reports than this share a week, a kind and a party, the party does not make them worth a look: a busy week of a large state
would cost the square of its reports. A rarer party, the trigger's words or the meeting still do."""

APART = timedelta(days=7)
"""Dates of one sitting may be told a few days apart; more apart are two sittings."""


BESIDE = timedelta(days=60)
"""More than a story's days and the month in which an announcement without a meeting's name may come true."""


class State(StrEnum):
    """What has become of an occurrence."""

    HELD = "held"
    MOVED = "moved"
    """Held on another date than was announced."""
    PLANNED = "planned"
    OVERDUE = "overdue"
    """Its planned date is past and no document tells that it was held."""
    PROPOSED = "proposed"
    DENIED = "denied"


class Occurrence(Struct, frozen=True, kw_only=True):
    """One thing that happened, or is to. `when` is the date most sources give, the sharpest of these; `planned` another one once announced.
    `reports` are in the order of publication, `families` counts near copies once; `dates` are all dates told, with how many sources each.
    `sitting` is the pack's own entry. `suggested` marks what was tied to its announcement by the parties alone."""

    id: str
    type: EventType
    state: State
    when: IsoDate | None
    parties: tuple[ActorId, ...]
    mechanism: MechanismId | None
    meeting: str | None
    reports: tuple[Report, ...]
    families: int
    dates: tuple[tuple[IsoDate, int], ...] = ()
    planned: IsoDate | None = None
    sitting: Sitting | None = None
    suggested: bool = False

    @property
    def first_report(self) -> Report:
        return self.reports[0]


def occurrences(
    view: View,
    knowledge: Knowledge,
    *,
    today: date,
    since: IsoDate | None = None,
    until: IsoDate | None = None,
    mechanism: MechanismId | None = None,
    actor: ActorId | None = None,
) -> tuple[Occurrence, ...]:
    """The occurrences between two dates, of one mechanism, or with one actor, the oldest first; those without any date last. As of
    `today`: what was published later is not known yet."""
    from comity.tracking.foreseen import foreseen

    first, last = loaded_between(since, until)
    standing = tuple(name for known in knowledge.mechanisms.values() for name in (known.id, known.name)) if first or last else ()
    known = [report for report in event_reports(view, first, last, standing) if _is_out(report, today)]
    traits = _traits(known, knowledge, view)
    merged = [_occurrence(group) for group in _groups(traits, Stories(view))]
    settled = foreseen(merged, knowledge, today)
    wanted = (one for one in settled if _between(one, since, until))
    if mechanism:
        wanted = (one for one in wanted if one.mechanism == mechanism)
    if actor:
        wanted = (one for one in wanted if actor in one.parties)
    return tuple(sorted(wanted, key=_order))


def loaded_between(since: IsoDate | None, until: IsoDate | None) -> tuple[str | None, str | None]:
    """The whole years that are asked for, and some weeks to each side: so what is dated as vaguely as a year, and what was announced for
    another day, is put together as it would be among all reports. Those of known meetings are all loaded anyway."""
    first, last = None, None
    if since is not None:
        day = first_day(since)
        first = min(f"{day.year:04}", (day - BESIDE).isoformat()[:7]) if day - date.min > BESIDE else ""
    if until is not None:
        day = last_day(until)
        last = max(f"{day.year:04}-12-31", (day + BESIDE).isoformat()) if date.max - day > BESIDE else "9999"
    return first, last


def _traits(reports: Iterable[Report], knowledge: Knowledge, view: View) -> list[Traits]:
    reports = [_as_known(report) for report in reports]
    meetings = {name: known.id for known in knowledge.mechanisms.values() for name in (known.name, known.id)}
    served = bodies_served(view, {party for report in reports for party in report.parties})
    means: dict[ActorId, tuple[frozenset[ActorId], bool]] = {}
    found = []
    for report in reports:
        for party in report.parties:
            if party not in means:
                means[party] = represented(party, knowledge, served)
        found.append(
            Traits(
                report=report,
                represented=frozenset(body for party in report.parties for body in means[party][0]),
                persons=frozenset(party for party in report.parties if means[party][1]),
                mechanism=meetings.get(report.mechanism or ""),
                meeting=report.mechanism,
                days=days_of(report),
                words=" ".join(fold(report.words).split()),
                dated=is_date(report.when),
                sharp=is_sharp(report.when),
                out=(first_day(report.published), last_day(report.published)) if report.published else None,
            )
        )
    return found


def _is_out(report: Report, today: date) -> bool:
    return report.published is None or first_day(report.published) <= today


def _as_known(report: Report) -> Report:
    """What is told before its day had not happened yet, however the sentence reads ("the summit in October")."""
    early = report.when and report.published and first_day(report.when) > last_day(report.published)
    return replace(report, status=Status.SCHEDULED, early=True) if early and report.status is Status.HAPPENED else report


def _groups(traits: list[Traits], stories: Stories) -> list[list[Traits]]:
    """Reports of one occurrence together, joined from the strongest bond on; a group never holds two that speak against each other."""

    def same_story(a: Traits, b: Traits) -> bool:
        near = a.out and b.out and a.out[0] - DAYS <= b.out[1] and b.out[0] - DAYS <= a.out[1]
        return bool(near) and stories.alike(a.report.document, b.report.document) >= ALIKE

    bonds = [(strength, a, b) for a, b in sorted(_candidates(traits)) if (strength := bond(traits[a], traits[b], same_story)) > 0]
    bonds = _without_guesses(bonds, traits)
    group: dict[int, list[int]] = {number: [number] for number in range(len(traits))}
    for _, a, b in sorted(bonds, key=lambda one: (-one[0], traits[one[1]].report.key, traits[one[2]].report.key)):
        left, right = group[a], group[b]
        if left is right or not all(may_be_one(traits[one], traits[other]) for one in left for other in right):
            continue
        left += right
        group.update(dict.fromkeys(right, left))
    seen: dict[int, list[int]] = {id(members): members for members in group.values()}
    return [[traits[number] for number in sorted(members)] for members in seen.values()]


def _candidates(traits: list[Traits]) -> set[tuple[int, int]]:
    """Pairs worth a look: of one kind, and of one meeting in a year, or with a party or a trigger in common within days."""
    blocks: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, one in enumerate(traits):
        if not one.days:
            continue
        kind = one.report.type.value
        if one.mechanism:
            for year in range(one.days[0].year, min(one.days[1].year, one.days[0].year + 9) + 1):
                blocks[kind, "meeting", one.mechanism, str(year)].append(number)
        if one.sharp or not one.dated:
            for party in (*one.represented, f'"{one.words}"'):
                for week in _weeks(one.days):
                    blocks[kind, "party", party, week].append(number)
    pairs: set[tuple[int, int]] = set()
    for key, members in blocks.items():
        if len(members) <= CROWD:
            pairs.update(combinations(members, 2))
        elif key[1] == "meeting":
            ordered = sorted(members, key=lambda number: (traits[number].days or (), traits[number].report.key))
            pairs.update((min(a, b), max(a, b)) for place, a in enumerate(ordered) for b in ordered[place + 1 : place + CROWD // 2])
    return pairs


def _without_guesses(bonds: list[tuple[float, int, int]], traits: list[Traits]) -> list[tuple[float, int, int]]:
    """A month or a year in which a meeting sat more than once says of no sitting that it is meant."""
    sittings: defaultdict[int, list[Traits]] = defaultdict(list)
    for _, a, b in bonds:
        for vague, sharp in ((a, b), (b, a)):
            if traits[sharp].sharp and not traits[vague].sharp and traits[vague].dated:
                sittings[vague].append(traits[sharp])
    unsure = {
        vague
        for vague, found in sittings.items()
        if max(one.days[0] for one in found if one.days) - min(one.days[1] for one in found if one.days) > APART
    }
    return [one for one in bonds if one[1] not in unsure and one[2] not in unsure]


def _weeks(days: tuple[date, date]) -> Iterator[str]:
    day = days[0]
    while day <= days[1] + timedelta(days=6):
        yield "{}-{}".format(*day.isocalendar()[:2])
        day += timedelta(days=7)


def _occurrence(group: list[Traits]) -> Occurrence:
    reports = sorted((one.report for one in group), key=lambda report: (report.published or "9999", report.key))
    told = Counter(party for report in reports for party in dict.fromkeys(report.parties))
    place = {party: number for number, party in reversed(list(enumerate(p for r in reports for p in r.parties)))}
    mechanism = next((one.mechanism for one in group if one.mechanism), None)
    dates = _dates(reports)
    held = [report for report in reports if report.status is Status.HAPPENED]
    return Occurrence(
        id=hashlib.sha256(repr(min(report.key for report in reports)).encode()).hexdigest()[:12],
        type=reports[0].type,
        state=_state(reports),
        when=_when(held or reports),
        parties=tuple(sorted(told, key=lambda party: (-told[party], place[party], party))),
        mechanism=mechanism,
        meeting=Counter(one.meeting for one in sorted(group, key=lambda t: t.report.key) if one.meeting).most_common(1)[0][0]
        if any(one.meeting for one in group)
        else None,
        reports=tuple(reports),
        families=len({report.family for report in reports}),
        dates=dates,
    )


def _state(reports: Collection[Report]) -> State:
    statuses = {report.status for report in reports}
    if Status.HAPPENED in statuses:
        return State.HELD
    if Status.SCHEDULED in statuses:
        return State.PLANNED
    return State.PROPOSED if Status.PROPOSED in statuses else State.DENIED


def _dates(reports: Collection[Report]) -> tuple[tuple[IsoDate, int], ...]:
    families: defaultdict[IsoDate, set[str]] = defaultdict(set)
    for report in reports:
        if is_date(report.when) and report.when:
            families[report.when].add(report.family)
    return tuple((when, len(found)) for when, found in sorted(families.items(), key=lambda pair: (-len(pair[1]), pair[0])))


def _when(reports: Collection[Report]) -> IsoDate | None:
    """The sharpest date; of those as sharp as each other, the one that most sources give."""
    dates = _dates(reports)
    if not dates:
        return None
    return min(dates, key=lambda pair: (last_day(pair[0]) - first_day(pair[0]), -pair[1], pair[0]))[0]


def _between(one: Occurrence, since: IsoDate | None, until: IsoDate | None) -> bool:
    """Whether it was between two days; an undated one by the days on which it was told."""
    days = [one.when] if one.when else [report.published for report in one.reports if report.published]
    if since is None and until is None:
        return True
    return any(
        (since is None or last_day(day) >= first_day(since)) and (until is None or first_day(day) <= last_day(until)) for day in days
    )


def _order(one: Occurrence) -> tuple[date, date, str]:
    when = one.when or min((report.published for report in one.reports if report.published), default=None)
    return (first_day(when), last_day(when), one.id) if when else (date.max, date.max, one.id)
