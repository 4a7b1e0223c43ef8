"""Reports on their way to the rows that a register keeps: traits with what their documents say, and the occurrences of groups of them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from msgspec.structs import replace

from comity.intervals import first_day, last_day
from comity.knowledge import Knowledge
from comity.register import View
from comity.register.occurrence_records import AWAITED, NewOccurrence
from comity.register.occurrences import Report, bodies_named
from comity.tracking.bonds import Bonds, Ints
from comity.tracking.dated_alike import place_of
from comity.tracking.foreseen import company_of, foretold
from comity.tracking.grouping import places_of
from comity.tracking.happening import Traits, is_date, traits_of
from comity.tracking.kept_bonds import packed_by_two
from comity.tracking.occurrence import STATES, Occurrence, State, day_of, merged


def traits_of_reports(view: View, knowledge: Knowledge, reports: Sequence[Report]) -> list[Traits]:
    """With what their documents say of the people in them."""
    return traits_of(reports, knowledge, bodies_named(view, reports))


def rows_of_groups(
    groups: Sequence[Sequence[Traits]], traits: Sequence[Traits], bonds: Bonds, same: Mapping[int, int] | None = None
) -> list[NewOccurrence]:
    """The occurrences of groups, in contact where a bond ties a report of one to a report of another. `same` are groups, by number, that
    are kept under these keys as they are, and of which no row is made; what ties one of these to another goes with the other."""
    stay = same or {}
    rows = [row_of(group) for number, group in enumerate(groups) if number not in stay]
    made = iter(rows)
    keys_of_groups = [stay[number] if number in stay else next(made).key for number in range(len(groups))]
    key_of = {place_of(one): key for key, group in zip(keys_of_groups, groups, strict=True) for one in group}
    places, left = places_of(traits), set(stay.values())
    keys = np.array([key_of.get(place, -1) for place in places.tolist()], dtype=np.int64)
    contacts: defaultdict[int, list[int]] = defaultdict(list)
    for one, other in _in_contact(keys[bonds.a], keys[bonds.b]):
        contacts[one].append(other)
    kept: defaultdict[int, list[tuple[int, bytes]]] = defaultdict(list)
    for one, other, some in packed_by_two(bonds, places, keys):
        if one not in left:
            kept[one].append((other, some))
        elif other not in left:
            kept[other].append((one, some))
    return [
        replace(row, contacts=tuple(contacts[row.key]), bonds=tuple(kept[row.key])) if row.key in contacts or row.key in kept else row
        for row in rows
    ]


def _in_contact(a: Ints, b: Ints) -> Iterator[tuple[int, int]]:
    """Each two keys that a bond ties, both ways round, in order."""
    tied = (a != b) & (a >= 0) & (b >= 0)
    keys, number = np.unique(np.concatenate([a[tied], b[tied], b[tied], a[tied]]), return_inverse=True)
    one, other = np.divmod(np.unique(number[: len(number) // 2] * len(keys) + number[len(number) // 2 :]), max(1, len(keys)))
    return zip(keys[one].tolist(), keys[other].tolist(), strict=True)


def row_of(group: Sequence[Traits]) -> NewOccurrence:
    """The occurrence that a group of reports tells."""
    return row_of_one(group[0]) if len(group) == 1 else _row(merged(group), group)


def row_of_one(one: Traits) -> NewOccurrence:
    """The occurrence that one report alone tells, as most do: the same as that of its group, several times as fast."""
    report = one.report
    when = report.when if is_date(report.when) else None
    told = when or report.published
    parties = tuple(dict.fromkeys(report.parties))
    state = STATES[report.status]
    awaited = when is not None and state in (State.HELD, State.PLANNED)
    company = len(parties) > 1 and (state is State.HELD or (not one.mechanism and when is not None and first_day(when) == last_day(when)))
    awaits = (f"{AWAITED}{company_of(report.type, parties, one.deed)}",) if awaited and company else ()
    return NewOccurrence(
        key=report.own,
        type=report.type.value,
        state=state.value,
        when=when,
        mechanism=one.mechanism,
        announced=last_day(report.published).isoformat() if awaited and report.published else None,
        day=first_day(told).isoformat() if told else "",
        until=last_day(told).isoformat() if told else "",
        grain=(last_day(when) - first_day(when)).days if when else None,
        members=((report.reading, report.number, report.own),),
        tags=(*parties, *awaits),
    )


def _row(one: Occurrence, group: Sequence[Traits]) -> NewOccurrence:
    facts, day = foretold(one), day_of(one)
    published = [report.published for report in one.reports if report.published]
    last = last_day(one.when) if one.when else max((last_day(day) for day in published), default=None)
    awaits = [f"{AWAITED}{key}" for key in facts.awaits if " " in key] if facts else []
    return NewOccurrence(
        key=int(one.id, 16),
        type=one.type.value,
        state=one.state.value,
        when=one.when,
        mechanism=one.mechanism,
        announced=facts.announced.isoformat() if facts and facts.announced else None,
        day=day.isoformat() if day else "",
        until=last.isoformat() if last else "",
        grain=(last_day(one.when) - first_day(one.when)).days if one.when else None,
        members=tuple((member.report.reading, member.report.number, member.report.own) for member in group),
        tags=tuple(dict.fromkeys((*one.parties, *awaits))),
    )
