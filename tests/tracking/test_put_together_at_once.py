"""What is put together at once, packed and by numbers, is what it would be one by one."""

from datetime import date, timedelta
from itertools import combinations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.records import EventType, Status
from comity.register.occurrences import Report
from comity.register.places import place_at
from comity.tracking.bonds import all_of, bonds_of
from comity.tracking.dated_alike import Packed, of_meetings, of_parties, place_of, sighting_of
from comity.tracking.grouping import meeting_bonds, parties_bonds
from comity.tracking.happening import Traits, days_told, is_date
from comity.tracking.memory import Memory
from comity.tracking.neighbourhoods import Days, Neighbourhoods
from comity.tracking.occurrence import merged
from comity.tracking.occurrence_row import _row, row_of_one

FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])

DAYS = st.sampled_from(("2020-01-30", "2020-01-31", "2020-02", "2020", "2020-01-30/2020-02-02", "2016/2020", None))
ACTORS = st.lists(st.sampled_from(("VNM", "USA", "UN", "ASEAN", "group:ASEAN-members")), unique=True, max_size=3).map(tuple)


@st.composite
def traits(draw) -> list[Traits]:
    found = []
    for number in range(draw(st.integers(1, 9))):
        when, published = draw(DAYS), (date(2020, 1, 29) + timedelta(days=draw(st.integers(0, 5)))).isoformat()
        source, mechanism = draw(ACTORS), draw(st.sampled_from(("asean-un-summit", "arf", None)))
        report = Report(
            key=(f"d{number}", 7),
            own=1000 - number,
            reading=number + 1,
            number=draw(st.integers(0, 70)),
            type=draw(st.sampled_from((EventType.CONSULT, EventType.AID))),
            source=source,
            target=(),
            when=when,
            status=draw(st.sampled_from(Status)),
            mechanism=mechanism,
            words="met",
            family=f"d{number}",
            published=draw(st.sampled_from((published, None))),
            language="en",
        )
        first, last = days_told(when, report.published)
        found.append(
            Traits(
                report=report,
                represented=frozenset(source),
                persons=frozenset(),
                mechanism=mechanism,
                meeting=mechanism,
                first=first,
                last=last,
                words="met",
                deed="meeting",
                dated=is_date(when),
                once=draw(st.booleans()) and mechanism is not None,
                out=None,
            )
        )
    return found


@FEW
@given(traits())
def test_bonds_at_once_are_the_bonds_of_every_pair(several: list[Traits]):
    sightings = [found for one in several if (found := sighting_of(one, lambda one: repr((one.represented, one.report.when)).encode()))]
    packed = Packed()
    of_meetings(sightings, packed)
    assert _bonds(packed) == _every(several, all_of([bonds_of(()), *meeting_bonds(several, len(several))]))
    packed = Packed()
    of_parties(sightings, lambda pairs: [True] * len(pairs), packed)
    assert _bonds(packed) == _every(several, parties_bonds(several, len(several)))


def _bonds(packed: Packed) -> list[tuple[int, int, float]]:
    return sorted((min(a, b), max(a, b), strength) for a, b, strength in packed)


def _every(several, bonds) -> list[tuple[int, int, float]]:
    return sorted((*sorted((place_of(several[a]), place_of(several[b]))), strength) for a, b, strength in bonds)


@FEW
@given(traits())
def test_a_report_alone_makes_the_row_of_its_group(several: list[Traits]):
    for one in several:
        assert row_of_one(one) == _row(merged([one]), [one])
        assert place_at(place_of(one)) == (one.report.reading, one.report.number)


PAIRS = st.lists(st.tuples(st.integers(1, 12), st.integers(1, 12)).filter(lambda pair: pair[0] != pair[1]), max_size=12)


@FEW
@given(PAIRS, PAIRS)
def test_neighbourhoods_are_what_bonds_between_documents_lead_to(between, inside):
    bonds, within = Packed(), Packed()
    for packed, pairs in ((bonds, between), (within, inside)):
        for a, b in pairs:
            packed.add(a << 30, b << 30, 1.5)
    together = {number: {number} for number in range(13)}
    for a, b in (*between, *inside):
        joined = together[a] | together[b]
        together.update(dict.fromkeys(joined, joined))
    reached = {number for pair in between for one in pair for number in together[one]}
    made = Neighbourhoods(bonds, within, Days())
    assert made.hold([number << 30 for number in range(13)]).nonzero()[0].tolist() == sorted(reached)
    found = [one for piece in made.in_bulk(3) for one in piece]
    assert sum(map(len, found)) == len(between) + sum(a in reached for a, _ in inside)
    members = [{place >> 30 for place in (*one.a, *one.b)} for one in found]
    assert all(one == together[min(one)] for one in members)
    assert all(a.isdisjoint(b) for a, b in combinations(members, 2))


def test_a_memory_forgets_the_older_half():
    memory = Memory[int, int](4)
    for number in range(6):
        memory[number] = number * number
    assert [number in memory for number in range(6)] == [False, False, True, True, True, True]
    assert memory[5] == 25
